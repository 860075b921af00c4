printf 'ls\r\n' > x; bash x; printf './a\r\n' > x; bash x; printf 'cd /nosuch\r\n' > x; bash x; printf 'echo a\r\n' > x; bash x | od -c; printf 'if true; then\r\necho y\r\nfi\r\n' > x; bash x

printf '#!/bin/bash\r\necho hi\r\n' > y; chmod +x y; ./y; echo $?; sh -c ./y; echo $?; printf '#! /bin/bash \t\necho blank\n' > y; ./y

$'a\tb'; $'\377x'; 'a b'; $'c\nd'; $'한글'; './q w'; $'./t\tu'; cat < $'n\to'; cd $'n\to'; . $'n\to'; (exec $'n\to'); echo $?

cd $'n\to'; pushd $'a\rb'; type $'a\r'; command $'a\r'; hash $'a\r'; bash $'f\r'; kill $'x\r'; echo > $'d/n\r'; cat < $'n\r'

unset $'a\r'; echo $?; unset 'a b'; echo $?; export $'a\r'; echo $?; declare $'b\r=1'; echo $?; read $'q\r' <<< 1; echo $?; trap : $'INT\r'; set -o $'pipefail\r'; shopt -s $'extglob\r'; umask $'022\r'; echo $?

let $'a\r'; x=$'5\r'; echo $((x)); [ "$x" -eq 5 ]; echo $?; [[ $x -eq 5 ]]; echo $?; (( x > 3 )); echo $?; x=$'5\t\n '; [ "$x" -eq 5 ]; [[ $x -eq 5 ]]; echo $?; let $'1 +\t2\n+\r1'; let $'\v1'; let $'\f1'; x=$' 7\t'; [ "$x" -eq 7 ]; echo $?

read x <<< $'5\r'; echo ${#x} "${x@Q}"; printf '%q %d\n' "$x" "$x"; while read -r a b; do echo "${a@Q} ${b@Q}"; done < <(printf 'k v\r\nw\r\n'); mapfile -t m < <(printf '1\r\n2\r\n'); declare -p m; echo "${m[0]%$'\r'}"; case $'a\r' in a) echo a;; *) echo other;; esac; [ $'a\r' = a ]; echo $?

printf 'set -e\r\n' > x; bash x; echo $?; printf 'set -euo pipefail\r\necho a\r\n' > x; bash x; echo $?

printf 'f() {\r\necho a\r\n}\r\nf\r\n' > x; bash x; printf 'case a in\r\na) echo b;;\r\nesac\r\n' > x; bash x; printf 'for i in 1 2; do\r\necho $i\r\ndone\r\n' > x; bash x; printf 'while true\r\ndo\r\nbreak\r\ndone\r\n' > x; bash x

printf 'if [ 1 = 1 ]\r\nthen\r\necho y\r\nelse\r\necho n\r\nfi\r\n' > x; bash x; printf 'cat <<EOF\r\nhi\r\nEOF\r\n' > x; bash x | od -c; printf 'cat <<EOF\nhi\nEOF\r\n' > x; bash x; printf 'x=1\r\necho "[$x]"\r\n' > x; bash x | od -c; printf 'a=(1 2)\r\necho ${#a[@]}\n' > x; bash x

x=$'\377a'; echo "${x@Q}"; printf '%q\n' "$x"; declare -p x; set -x; : "$x" $'\r' $'\e[0m'; set +x; y=$'\200\300\n'; declare -p y; alias z=$'\377'; alias z

printf 'sleep 0\r\n' > x; sh x; echo $?; printf 'exit 3\r\n' > x; bash x; echo $?; printf 'return 1\r\n' > x; . ./x; echo $?; printf 'true && echo a\r\n' > x; bash x | od -c; printf 'false\r\n' > x; bash x; echo $?; printf ':\r\n' > x; bash x; echo $?
