unset v; echo "[${v:-default}]" "[${v-default}]" "[${v:+set}]" "[${v+set}]"

v=; echo "[${v:-default}]" "[${v-default}]" "[${v:+set}]" "[${v+set}]"

v=x; echo "[${v:-default}]" "[${v-default}]" "[${v:+set}]" "[${v+set}]"

unset v; echo ${v:=assigned}; echo $v; : ${w=other}; echo $w; unset u; : "${u:=a b}"; echo "$u"

unset v; echo ${v:-a b   c}; echo "${v:-a b   c}"; for i in ${v:-one two}; do echo $i; done

unset v; echo "${v:-"quoted inside"}" "${v:-'single'}" ${v:-'single'} "${v:-$HOME}"

unset v w; echo ${v:-${w:-deep}}; w=wide; echo ${v:-${w:-deep}}; echo ${v:-$(echo sub)} ${v:-$((2+3))}

unset v; (echo ${v:?}); echo $?; (echo ${v?}); echo $?; (echo ${v:?custom message}); echo $?

v=; (echo ${v:?empty}); echo $?; echo ${v?fine} ok

echo ${1:-no arg} ${2-no second}; set -- a ''; echo "${1:-no arg}" "${2:-empty}" "${2-unset}" "${@:-none}" "${#:-n}"

a=(); echo "${a[@]:-none}" "${a[0]:-zero}" "${a[*]+set}"; a=(''); echo "[${a[@]:-none}]" "[${a[@]-none}]" "[${a[@]:+x}]"

unset v; echo ${v:-}x"${v:-}"y; set -- ${v:-}; echo $#; set -- "${v:-}"; echo $#; set -- "${v+x}"; echo $#

unset v; echo ${v:-*.txt} "${v:-*.txt}" ${v:-~} "${v:-~}"; echo ${v:-\}} "${v:-\}}" "${v:-a\"b}"

set -u; echo ${nope:-fine} ${nope+x} "${nope-}"; echo ${#nope}; echo never

readonly r=1; : ${r:=2}; echo $r; readonly e=; : ${e:=2}; echo never

: ${1:=x}; echo after

unset v; echo "${v:-$(echo computed)}" "${v:-${w:-deep}}" "${v:-'single'}" ${v:-'single'} "${v:-"dq in dq"}"

v=; echo "${v-unset}|${v:-empty}|${v+set}|${v:+full}"; echo ${v:=assigned}; echo $v; : ${v:=other}; echo $v

set --; echo "${1-none}" "${@:-nothing}" "${*:-zero}" ${#:-x} "${#}"; set -- a; echo "${1:-x}${2:-y}"

: ${1?first argument missing}; echo never

f() { echo ${1:?"usage: f NAME"}; }; (f); echo $?; f ok

arr=(); echo "${arr[@]:-empty}" "${arr[0]:=zero}" "${arr[@]}"; declare -p arr

declare -A m; echo "${m[k]:=made}" "${m[k]}" "${!m[@]}"; echo ${m[nope]-no} ${m[k]+yes}

x=$'line1\nline2'; echo ${x:-q}; echo "${x:-q}"; echo "${x:+"${x}"}"; echo ${y:-$'tab\there'}

echo ${HOME:+home} ${NOPE:+no} ${PATH:+path}; IFS=,; v=a,b; echo ${v:-x} "${v:-x}" ${nope:-p,q}

echo "${nope:-~}" ${nope:-~} ${nope:-*.txt} "${nope:-*.txt}"; echo ${nope:-{a,b}} ${nope:-\}} "${nope:-\}}"

echo ${nope:-a b   c} "${nope:-a b   c}"; for i in ${nope:-1 2 3}; do echo $i; done; for i in "${nope:-1 2 3}"; do echo $i; done; for i in ${nope:-"1 2" 3}; do echo $i; done

echo "${v:?}"; echo never
