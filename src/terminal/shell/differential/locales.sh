s=한글; echo ${#s}; LC_ALL=C; echo ${#s}; unset LC_ALL; echo ${#s}; LANG=C.UTF-8; echo ${#s}; LC_CTYPE=POSIX; echo ${#s}; LC_CTYPE=; echo ${#s}; LC_ALL=C.utf8; echo ${#s}

f() { local LC_ALL=C; echo ${#1} "${1:0:3}"; }; f 가나다; s=가나다; echo ${#s} "${s:0:2}"

urlencode() { local LC_ALL=C s=$1 i c; for ((i = 0; i < ${#s}; i++)); do c=${s:i:1}; case $c in [a-zA-Z0-9.~_-]) printf '%s' "$c" ;; *) printf '%%%02X' "'$c" ;; esac; done; echo; }
urlencode 'a b&c/é 한글'

LC_ALL=C; s=a한b; printf '%s' "${s:1:1}" "${s:2:2}" | od -An -tx1; echo "${s:1:3}" "${s: -1}" "${s:4}"; t="${s:0:2}${s:2}"; echo "$t"

LC_ALL=C; s=가나가; echo "${s#?}" | od -An -tx1; echo "${s#???}" "${s%???}" "${s##*나}" "${s%%나*}"; echo "${s%?}" | od -An -tx1

LC_ALL=C; s=x가y; echo "${s//?/-}" "${s/가/a}" "${s//[!a-z]/.}" "${s/#x?/}" | od -An -c

LC_ALL=C; s=éa; echo "${s^^}" "${s^}" "${s,,}" "${s~~}"; LC_ALL=C.UTF-8; echo "${s^^}" "${s^}"

LC_ALL=C; case 한 in ?) echo one ;; ???) echo three ;; esac; [[ 한 == ??? ]] && echo yes; [[ 한 == ? ]] || echo no; [[ 한글 == 한* ]] && echo head

LC_ALL=C; [[ 한 =~ ^...$ ]]; echo $? "${BASH_REMATCH[0]}"; [[ a한b =~ a(.*)b ]]; echo "${BASH_REMATCH[1]}"; [[ é =~ ^[[:alpha:]] ]]; echo $?; LC_ALL=C.UTF-8; [[ é =~ ^[[:alpha:]]$ ]]; echo $?

touch 한.txt abc.txt; echo ?.txt; LC_ALL=C; echo ?.txt ???.txt

printf '%d %d\n' "'é" "'한"; LC_ALL=C; printf '%d %d %x\n' "'é" "'한" '"가'; printf '%d\n' "'A"; printf '%s\n' "'한"

LC_ALL=C; printf '%q\n' 한 'a b' "é'"; s=한; echo "${s@Q}"

LC_ALL=ko_KR.UTF-8; s=한글; echo ${#s}; LC_ALL=ko_KR.UTF-8; export LC_ALL=ko_KR.UTF-8; echo end

LC_ALL=; LC_CTYPE=nowhere; LC_TIME=nowhere; LANG=nowhere; LC_NUMERIC=C; echo "$LC_CTYPE"; LC_ALL=nowhere; LC_ALL=C; LC_TIME=unseen; echo end

f() { local LC_ALL=xx_YY; echo "in $LC_ALL"; }; f; declare LC_ALL=zz; printf -v LC_ALL ff; echo end

LC_ALL=none bash --norc -c 'echo "$LC_ALL"; s=한; echo ${#s}'; export LC_ALL=; unset LC_ALL; LC_CTYPE=none LC_TIME=none LANG=none bash --norc -c 'echo $LANG; s=한; echo ${#s}'

env -i /bin/bash --norc -c 's=한글; echo ${#s} ${s:0:3}'; env -i LANG=C.UTF-8 /bin/bash --norc -c 's=한글; echo ${#s} ${s:0:1}'; env -i LC_ALL=bad LANG=C.UTF-8 /bin/bash --norc -c 's=한글; echo ${#s}'; env -i LANG=ko_KR.UTF-8 /bin/bash --norc -c 's=한글; echo ${#s}'
