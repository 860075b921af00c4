echo 'read x; echo got:$x
line for read
echo after' | bash

printf 'cat\nrest of it\nmore\n' | bash; echo 'echo $0 $1 $#' | bash -s a b; echo 'exit 3; echo no' | bash; echo $?

printf 'echo one\nhead -1\nthis line\necho two\n' | bash

printf 'if true\nthen echo y\nfi; read a b\np q\necho $a-$b\n' | bash

printf 'echo a\nif\n' | bash; echo $?; printf 'echo a; )\necho b\n' | bash; echo $?; printf 'cat <<E\nhere\nE\necho after' | bash; echo 'echo no newline $-' | tr -d '\n' | bash

bash < fruit.txt; printf 'echo a\\\nb\nf() {\necho in f\n}\nf\n' | bash; printf 'echo $LINENO\n\necho $LINENO\nnosuchcmd\n' | bash

printf 'set -e\nfalse\necho no\n' | bash; echo $?; printf 'trap "echo bye" EXIT\necho x\n' | bash; printf 'while read l; do echo "l=$l"; done\na\nb\n' | bash; printf 'alias g="echo g"\nshopt -s expand_aliases\nalias h="echo h"\nh there\n' | bash

printf 'read x\nval\necho $x\n' | dash; printf 'cat\nrest\n' | dash; printf 'echo a\nif\n' | dash; echo $?; echo 'echo $0 $1' | dash -s q

printf 'echo hi $0 "$@"\n' > x; chmod +x x; env ./x a; echo $?; ./x b; echo $?; nohup ./x c 2>/dev/null; echo $?; timeout 5 ./x; echo $?; xargs ./x < /dev/null; echo $?; find fruit.txt -exec ./x {} \; ; echo $?; nice ./x; echo $?; exec ./x d

printf 'f() {\necho in f\n}\nf\n' | bash; printf '{\n# c\necho a\n}\n' | bash; printf '(\necho s\n)\n' | bash; printf 'f()\n{\necho q\n}\nf' | bash

printf 'case a in\na) echo c;;\nesac\n' | bash; printf 'x=(\n1\n2\n)\necho ${#x[@]}\n' | bash; printf 'for i in 1 2\ndo\necho $i\ndone | cat\n' | bash; printf 'echo "a\nb"\n' | bash; printf "echo 'it\nis' &&\necho z\n" | bash; printf 'echo a |\ncat\n[[ a &&\nb ]] && echo y\n' | bash

printf 'function g {\necho g\n}\ng; ((1+\n1)) && echo two\necho $((1+\n2))\n' | bash; printf 'while read a\ndo echo "<$a>"\ndone <<E\n1\n2\nE\necho end\n' | bash; printf 'echo $(\necho sub\n)\necho `\necho bt\n`\n' | bash

printf 'echo a; {\n' | bash; echo $?; printf 'echo "unclosed\n' | bash; echo $?; printf 'if true; then\n' | bash; echo $?; printf 'echo $((1+\n' | bash; echo $?; printf 'f() {\n' | bash; echo $?

printf 'exec 3<fruit.txt\nread -u 3 a\necho $a\nread b\nthe line\necho $b\n' | bash -s x; printf 'shift\necho $1 $#\n' | bash -s -- a b c; printf 'echo $-\n' | bash -es

printf 'echo one\nexec < fruit.txt\n' | bash 2>&1 | head -3; printf 'false || {\necho in\n} && echo y\n' | bash; printf 'echo a # c\n# only\n\necho b' | bash; printf 'cat <<X\n$((1+1))\nX\n' | bash

printf 'set -v\necho a\nset +v\necho b\n' | bash; printf 'echo $BASH_COMMAND; caller; echo $?\n' | bash; printf 'f() { return 3; }\nf\nexit\n' | bash; echo $?; printf 'exit 7' | bash; echo $?; : | bash; echo $?

printf 'sed s/a/b/ <<< aa\ntr a-z A-Z\nremaining lines\ngo there\n' | bash; printf 'while read -r l; do [ "$l" = end ] && break; echo "[$l]"; done\nx y\nend\necho after\n' | bash

printf 'sleep 0.01 &\nwait\necho done\ncat &\nwait\necho rest\n' | bash; printf 'echo $(cat)\na\nb\n' | bash; printf '(read x; echo "<$x>")\nfor the subshell\necho next\n' | bash
