v="it's a \"test\""; echo "${v@Q}"; v=$'tab\there\nline'; echo "${v@Q}"; v=; echo "${v@Q}"; v=plain; echo ${v@Q}

v='a\tb\x41\u00e9\n'; echo "${v@E}"; v='no escapes'; echo "${v@E}"; v='\\ \" \e[0m' ; echo "${v@E}" | cat -v

v=5; declare -i n=3; declare -r ro=x; declare -x ex=y; a=(1 2); declare -A m=([k]=v); echo "[${v@a}] ${n@a} ${ro@a} ${ex@a} ${a@a} ${m@a}"

v='a b'; echo "${v@A}"; declare -i n=3; echo "${n@A}"; a=(1 '2 3'); echo "${a[@]@A}"; declare -A m=([k]='v w'); echo "${m[@]@A}"

a=('x y' "it's"); echo "${a[@]@Q}"; echo "${a[*]@Q}"; for i in "${a[@]@Q}"; do echo "$i"; done; set -- p 'q r'; echo "${@@Q}" "${*@Q}"

a=(1 2); echo "${a[@]@K}"; declare -A m=([key]=val); echo "${m[@]@K}"; echo "${m[@]@k}"; for i in "${a[@]@k}"; do echo $i; done

unset v; echo "[${v@Q}] [${v@A}] [${v@a}] [${v@U}]"; declare -i n; echo "[${n@a}] [${n@A}]"

v='\w \$ \u'; cd /; echo "${v@P}"; v='$HOME \\'; echo "${v@P}"; v='\t' ; [[ "${v@P}" =~ ^[0-9:]+$ ]] && echo time

v=hello; echo "${v@u}" "${v@U}"; w=HELLO; echo "${w@L}"; echo ${v@Z}; echo next

eval "copy=${PATH@Q}"; [ "$copy" = "$PATH" ] && echo same; x='$(rm)'; eval "y=${x@Q}"; echo "$y"; eval "${x@A}"; echo "$x"

v=$'\x01\x7f'; echo "${v@Q}"; v=한글; echo "${v@Q}"; v='!x'; echo "${v@Q}"; v='a
b'; echo "${v@Q}"

f() { local l=1; echo "${l@a}${l@A}"; local -ix m=2; echo "${m@a} ${m@A}"; }; f; readonly -a ra=(z); echo ${ra@a} "${ra[@]@A}"

x='hello world foo'; echo "${x@U}" "${x@u}" ${x@Q}; a=(one 'two three'); echo ${a[@]@Q} "${a[*]@U}" "${a[1]@A}" "${a[@]@a}"; declare -A h=([a b]=1 [c]='$x'); for k in "${!h[@]}"; do echo "$k=${h[$k]@Q}"; done; echo "${h[@]@A}"

declare -u up=abc; declare -l low=ABC; echo $up $low "${up@a}" "${low@A}"; declare -c cap='hello world'; echo $cap; declare -n ref=up; echo "${ref@a}" "${!ref}" "${ref@A}"; unset -n ref; declare -p ref

v="it's"; echo ${v@Q} ${v@A}; v='plain'; echo ${v@Q} "${v@a}"; declare -rx rx=1; echo ${rx@a} ${rx@A}; a=(1 'b c'); echo ${a[@]@Q} ; echo ${a[@]@A} ${a@a}; declare -A h=([k]='v w'); echo ${h[@]@K} ; echo "${a[@]@K}"; printf '<%s>' "${a[@]@k}"; echo

v='\u\h tab\there'; echo "${v@E}"; p='[\$] \s'; echo "${p@P}"; v=hello; echo ${v@U} ${v@u}; v=HELLO; echo ${v@L}; echo ${@@Q} x; set -- 'a b' c; echo ${@@Q} "${*@Q}"

echo *.nosuch; shopt -s nullglob; echo *.nosuch; echo [z]; shopt -u nullglob; shopt -s failglob; echo *.nosuch; echo after

aa=1; ab=2; ac=(3); echo ${!a@} ${!a*} ; for x in "${!a@}"; do echo -n "<$x>"; done; for x in "${!a*}"; do echo -n "<$x>"; done; echo; a=(1 'b c' 3); a[9]=z; echo "${a[@]@A}"; echo "${a[@]@Q}"; echo "${a[@]@K}"; echo ${a[@]@k}; echo "${a[@]@a}"; unset x; x='a\tb'; echo "${x@E}" "${x@Q}" "${x@A}" "${x@U}" "${x@u}" "${x@L}" "${x@a}"; p='\u'; echo "${p@P}" ; declare -A m=([a]=1 [b]='2 3'); echo "${m[@]@K}" "${m[@]@A}"; echo ${m[@]@k}

echo ${x@Z}; echo no

echo ${nosuch@Q} ${nosuch@A}; set -- a 'b c'; echo ${@@Q} ${*@A}; declare -i n=3; echo ${n@a} ${n@A}; declare -r r=1; echo ${r@a}; a=(1); echo ${a@a} ${a@A}; declare -x e; echo ${e@a} ${e@A}; declare -A d; echo ${d@A} ${d[@]@A}; readonly -a ra=(1); echo ${ra[@]@A}
