f=/usr/local/lib/libc.so.6; echo ${f#*/} ${f##*/} ${f%/*} ${f%%/*} ${f%.*} ${f%%.*}

f=archive.tar.gz; echo ${f%.gz} ${f%.*} ${f%%.*} ${f#*.} ${f##*.} ${f%zz} ${f#zz}

v=aaabbb; echo ${v#a} ${v#a*} ${v##a*} ${v%b} ${v%b*} ${v%%b*} ${v#*b} ${v##*b}

v=hello; echo "${v#h}" "${v#?}" "${v##?}" "${v%?}" "${v#[a-h]}" "${v%[!a-m]}" "${v#[^h]}"

v='a*b*c'; echo "${v#*\*}" "${v##*\*}" "${v#a'*'}" "${v%"*"*}"; p='*'; echo "${v#$p}" "${v#"$p"}" "${v##$p}" "${v%%"$p"*}"

v='  padded  '; echo "[${v#"${v%%[! ]*}"}]" "[${v%"${v##*[! ]}"}]"; echo "[${v# }]" "[${v##* }]"

set -- one.c two.c three.h; echo ${@%.c} "${@%.*}" ${*#t} "${@##*.}"

a=(x.txt y.txt z.md); echo "${a[@]%.txt}" "${a[@]#*.}" "${a[0]%.*}" "${#a[@]}"; printf '<%s>' "${a[@]/%.txt/}"; echo

shopt -s extglob; v=foobarbar; echo ${v%%+(bar)} ${v%+(bar)} ${v##@(foo|bar)} ${v#!(x)} ${v%%*(bar)}

v=a/b; echo "${v%/b}" "${v%\/b}" "${v#a/}"; v='a}b'; echo "${v%\}b}" "${v#a\}}" ; v="it's"; echo "${v%\'s}" "${v#it}"

unset v; echo "[${v#x}]" "[${v%%*}]"; v=; echo "[${v#*}]" "[${v%%*}]"; v=abc; echo "[${v#}]" "[${v%%}]" "[${v##*}]"

v=한글텍스트; echo ${v#한} ${v%트} ${v##*글} ${v#?} ${v%??}

url=https://user@host:8080/path?q=1; p=${url#*://}; echo ${url%%:*} ${p%%/*} ${p#*@} ${url##*\?}

v=$'line1\nline2'; echo "${v%%$'\n'*}" "${v#*$'\n'}"; v=$'a\tb'; echo "${v#*$'\t'}"

IFS=:; v=a:b:c; echo ${v#a} "${v%:*}"; set -- ${v#*:}; echo $#

v=aaa; echo ${v#a} ${v##a*} ${v%a} ${v%%*a} ${v#*} ${v##} "[${v##*}]"

f=/usr/local/lib/python3.11/site.py; echo ${f##*/} ${f%/*} ${f#/*/} ${f%%[0-9]*} ${f##*.} ${f%.*} ${f#*[0-9]} ${f%/*/*}
