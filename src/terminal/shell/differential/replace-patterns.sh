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

url=https://user@host.example:8443/path/x?q=1#frag; p=${url#*://}; echo ${url%%:*} ${p%%/*} ${p#*/} ${p%%\?*} ${p##*#}; h=${p%%/*}; echo ${h#*@} ${h##*:}

v='[abc]'; echo ${v#[} ${v#\[} ${v%]} "${v#'['}" ${v//[]/} ${v//[\[\]]/}; p='['; echo "${v#"$p"}"

v='a*b*c'; echo "${v#a*}" "${v#a\*}" "${v##*\*}" "${v%'*'*}" "${v//\*/+}"; p='*'; echo "${v//$p/x}" "${v//"$p"/x}"

v=' padded  '; t="${v#"${v%%[![:space:]]*}"}"; t="${t%"${t##*[![:space:]]}"}"; echo "[$t]"; echo "[${v// }]" "[${v/# /_}]" "[${v/% /_}]"

v=foobarfoo; echo ${v/foo} ${v//foo} ${v/#foo/X} ${v/%foo/X} ${v/o*/Y} ${v//o/00} ${v//[aeiou]/-} ${v/foo/&&} ${v/foo/\/}

v=abc; r='<&>'; echo "${v/b/$r}" "${v/b/"$r"}" "${v/b/\&}" "${v/b/'&'}"; shopt -u patsub_replacement; echo "${v/b/$r}" "${v/b/&}"

shopt -s extglob; v=aabbcc; echo ${v/+(a)/X} ${v//@(a|c)/_} ${v##+(a|b)} ${v%%*(c)} ${v/!(a*)/Z} ${v//?(b)c/q}

v=straße; echo ${#v} ${v^^} ${v:4}; v=한국어; echo ${#v} ${v:1:1} ${v: -1} ${v/국/KUK} ${v%어}; v=éÉ; echo ${v^^} ${v,,} ${v~~}

v=abc; shopt -s extglob; echo "${v/*(x)/Z}" "${v//*(x)/Z}" "${v/?(b)/Z}" "${v//?(b)/Z}" "${v/%*(x)/Z}" "${v/#*(x)/Z}" "${v/!(abc)/Z}" "${v//!(abc)/Z}" "${v/!(b)/Z}" "${v//!(b)/Z}" "${v//!(a*)/Z}"
