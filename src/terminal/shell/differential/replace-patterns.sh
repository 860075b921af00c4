v=banana; echo ${v/a/o} ${v//a/o} ${v/#b/B} ${v/%a/A} ${v/x/y} ${v//an/} ${v/an}

v=path/to/file; echo ${v/\//-} ${v//\//-} ${v////:} "${v/to\/file/x}" "${v//\//\\}"

v='a.b.c'; echo ${v//./ } "${v//./_}" "${v//[.]/}" "${v/.*/}" "${v//?/x}" "${v/*/whole}"

v=hello; r='L&L'; echo ${v//l/[&]} "${v//l/\&}" "${v/l/$r}" "${v/l/"$r"}" "${v/l/'&'}" "${v//[aeiou]/<&>}"

v=aaa; echo ${v/#a/b} ${v/%a/b} ${v//#a/b} ${v/#x/b} ${v/#/pre} ${v/%/post} ${v//a}

p='[a-c]'; v='b[a-c]'; echo "${v/$p/X}" "${v/"$p"/X}" "${v//[a-c]/-}"

set -- cat bat; echo ${@/a/o} "${@/%t/r}" ${*//t}; a=(x1 y1); echo "${a[@]/1/2}" "${a[@]/#/n-}" "${a[1]/y/z}"

v='a b  c'; echo "${v// /_}" ${v// /} "${v//  / }"; v=$'x\ny'; echo "${v//$'\n'/,}"

v=abc; echo "${v/b/"x y"}" ${v/b/x y} "${v/b/$(echo sub)}" "${v/b/$((1+1))}" "${v/${v:1:1}/${v:0:1}}"

shopt -s extglob; v=aabbcc; echo ${v//+(a|b)/x} ${v/@(bb|cc)/-} ${v//!(a)/y} ${v/?(z)a/q}

v=ABCabc; shopt -s nocasematch; echo ${v/a/x} ${v//b/y}; shopt -u nocasematch; echo ${v/a/x}

unset v; echo "[${v/a/b}]" "[${v//a}]"; v=; echo "[${v/a/b}]" "[${v/#/b}]"

v='$HOME'; echo "${v/\$HOME/x}" "${v/\$/S}" '${v}' ; v='back\slash'; echo "${v//\\/\/}" "${v/\\s/S}"

v='quote"d'; echo "${v/\"/\'}" "${v//\"}"; v="it's"; echo "${v/\'/X}" "${v//"'"/Y}"

v=한국어; echo ${v/국/X} ${v//?/-} ${v/%어/말}

v=a/b/c; echo "${v//\//}" "${v/%\/c}" "${v/#a\/}" ; v='x{y}z'; echo "${v/\{y\}/-}"
