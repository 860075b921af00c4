#!/bin/bash
# in the manner of nvm and bash completion scripts
nvm_echo() { command printf %s\\n "$*" 2>/dev/null; }
nvm_err() { >&2 nvm_echo "$@"; }
nvm_has() { type "${1-}" >/dev/null 2>&1; }
nvm_normalize() { command awk 'BEGIN { split(ARGV[1], a, /\./); printf "%d%06d%06d\n", a[1], a[2], a[3]; exit; }' "${1#v}"; }
nvm_greater() { local L R; L="$(nvm_normalize "${1-}")"; R="$(nvm_normalize "${2-}")"; [ "${L}" -gt "${R}" ]; }
nvm_strip() { case "${1-}" in v[0-9]*) nvm_echo "${1#v}";; iojs-*) nvm_echo "${1#iojs-v}";; *) nvm_echo "${1-}"; return 1;; esac; }
nvm_tree() { local dir; dir="${PWD}"; while [ "${dir}" != "" ] && [ ! -e "${dir}/${1}" ]; do dir=${dir%/*}; done; nvm_echo "${dir#"$base"}"; }
base=$PWD; mkdir -p p/q/r; touch p/.nvmrc; (cd p/q/r && nvm_tree .nvmrc)
nvm_has ls && nvm_has nvm_echo && ! nvm_has nosuchthing && echo has
nvm_greater v18.2.0 v18.1.9 && echo greater; nvm_greater v2.0.0 v10.0.0 || echo smaller
nvm_strip v1.2.3; nvm_strip iojs-v3; nvm_strip abc || echo "rc $?"
for v in v0.10.48 v16.20.2 v18.0.0; do nvm_echo "$v $(nvm_normalize "$v")"; done
__complete_debug() { [[ -n ${BASH_COMP_DEBUG_FILE-} ]] && echo "$*" >> "$BASH_COMP_DEBUG_FILE"; }
_tool() {
  local cur prev words cword; COMPREPLY=()
  cur=${COMP_WORDS[COMP_CWORD]}; prev=${COMP_WORDS[COMP_CWORD-1]}
  __complete_debug "cur=$cur prev=$prev"
  case $prev in -o|--output) COMPREPLY=($(compgen -W 'json yaml wide' -- "$cur")); return;; -f) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$cur")); return;; esac
  if [[ $cur == -* ]]; then COMPREPLY=($(compgen -W '-o --output -f -h --help' -- "$cur")); else COMPREPLY=($(compgen -W 'get describe delete apply' -- "$cur")); fi
}
complete -F _tool tool
BASH_COMP_DEBUG_FILE=debug.log
try() { COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _tool; echo "${COMPREPLY[*]}"; }
try tool d; try tool get -o ''; try tool get --; try tool -f fr; cat debug.log; complete -p tool
alias_of() { local a; a=$(alias "$1" 2>/dev/null) && eval "echo ${a#*=}"; }
alias k='kubectl --context=dev'; alias_of k; alias_of nope || echo none
path_prepend() { case ":$PATH:" in *":$1:"*) ;; *) PATH="$1:$PATH";; esac; }
old=$PATH; path_prepend /opt/x; path_prepend /opt/x; echo "${PATH%"$old"}"; PATH=$old
indirect() { local -n out=$1; out=("${@:2}"); }; indirect res a 'b c'; declare -p res
lazy() { eval "lazy() { echo 'now defined: \$1'; }"; lazy "$@"; }; lazy one; lazy two
memo() { local key="memo_${1//[^a-zA-Z0-9]/_}"; if [[ -z ${!key+x} ]]; then printf -v "$key" '%s' "computed-$1"; echo miss; else echo "hit ${!key}"; fi; }; memo a-b; memo a-b; memo a.b
with_lock() { local lock=$1; shift; if mkdir "$lock" 2>/dev/null; then "$@"; local rc=$?; rmdir "$lock"; return $rc; else echo locked; return 75; fi; }
with_lock l bash -c 'exit 4'; echo $?; mkdir l; with_lock l true; echo $?
join_by() { local IFS=$1; shift; echo "$*"; }; join_by , a b c; join_by '' x y
in_array() { local e; for e in "${@:2}"; do [[ $e == "$1" ]] && return; done; return 1; }; in_array b a b c && echo found; in_array z a || echo missing
spinner='|/-\'; for i in 0 1 2 3 4; do printf '%s' "${spinner:i%4:1}"; done; echo
getpw() { while IFS=: read -r u _ id _ _ h sh; do [[ $u == "$1" ]] && { echo "$id $h ${sh:-none}"; return; }; done < passwd; return 1; }; getpw daemon; getpw nobody || echo nobody
set -o noclobber; echo a > nc; echo b > nc; echo c >| nc; cat nc; set +o noclobber
type nvm_has | head -2; declare -f join_by | wc -l; unset -f lazy; lazy; echo $?
