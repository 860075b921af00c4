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
