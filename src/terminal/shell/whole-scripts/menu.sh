#!/bin/bash
# menu program over standard input
shopt -s nocasematch extglob nullglob
declare -A menu=([1]=list [2]=add [3]=remove [4]=quit)
items=(apples "green pears" plums)
prompt() { printf '%s: ' "$1"; IFS= read -r "$2" || return 1; printf '%s\n' "${!2}"; }
trim() { local s=$1; s=${s##+([[:space:]])}; s=${s%%+([[:space:]])}; printf '%s' "$s"; }
list() { local i; for i in "${!items[@]}"; do printf '%2d) %s\n' $((i + 1)) "${items[i]}"; done; }
add() { local name; prompt 'name' name || return; name=$(trim "$name"); [[ -n $name ]] || { echo 'empty name'; return 1; }; items+=("$name"); echo "added '$name'"; }
remove() {
  local n; prompt 'number' n || return
  [[ $n =~ ^[0-9]+$ ]] || { echo "not a number: $n"; return 2; }
  (( n >= 1 && n <= ${#items[@]} )) || { echo "out of range"; return 3; }
  echo "removed ${items[n-1]}"; unset 'items[n-1]'; items=("${items[@]}")
}
confirm() { local a; read -rn1 a; echo; [[ $a == y ]]; }
main() {
  local choice rc
  while :; do
    echo '--- menu ---'
    for k in $(printf '%s\n' "${!menu[@]}" | sort -n); do echo "$k. ${menu[$k]^}"; done
    prompt choice choice || break
    case $(trim "$choice") in
      1|l?(ist)) list ;;
      2|a?(dd)) add; rc=$? ;;
      3|r?(emove)) remove; rc=$?; ((rc)) && echo "rc=$rc" ;;
      4|q?(uit)) printf 'sure? '; confirm && break ;;
      '') continue ;;
      !(*[!0-9]*)) echo "no entry $choice" ;;
      *) echo "what is '$choice'?" ;;
    esac
  done
  echo "bye, ${#items[@]} items"
}
main <<'INPUT'
1
 LIST 
2
  kiwis  
add

3
x
r
9
REMOVE
2

77
hello there
q
nq
yes
INPUT
PS3='choose> '
select x in "${items[@]}" done; do
  [[ $x == done ]] && break
  echo "you chose ${x:-nothing} ($REPLY)"
done <<< $'1\n0\n4'
printf '%s\n' "${items[@]@Q}"
