printf '<?xml version="1.0"?>\n' > x; chmod +x x; ./x; echo $?; bash x; echo $?; ./x | cat; echo ${PIPESTATUS[@]}

printf 'a\0b\n' > b; chmod +x b; ./b; echo $?; bash b; echo $?; . ./b; echo $?; (./b); echo $?; ./b | cat; b() { ./b; }; b; echo $?

printf 'echo a\n\0\0\n' > b; chmod +x b; ./b; echo $?; bash b; echo $?; . ./b; echo $?

: > e; chmod +x e; ./e; echo $?; bash e; echo $?

printf 'echo $0 $# "$@" $v $w $-; f; return 3; echo after; exit 5\n' > x; chmod +x x; v=1; w=2 ./x a 'b c'; echo $?; export v; f() { echo fn; }; set -eu; ./x q || echo $?; export -f f; ./x; echo no

printf 'echo $0 $BASH_SOURCE ${#BASH_SOURCE[@]} $LINENO $SHLVL\n[ $$ = $BASHPID ] && echo own\ntrap' > x; chmod +x x; trap 'echo bye' EXIT; SHLVL=3; PATH=$PWD:$PATH x; PATH=$PWD:$PATH; x 1 | cat; exec x

printf 'echo in $1; read l; echo got $l' > x; chmod +x x; echo line | ./x one; ./x two < x > out; cat out; ./x three & wait $!; echo $?; command ./x four <<< hi

printf '\177ELFxx\n' > x; chmod +x x; ./x; echo $?

printf 'if true; then\n' > x; chmod +x x; ./x; echo $?; printf 'echo "open\n' > x; ./x; echo $?; printf 'cd /none\nnosuch\nexit 4' > x; ./x; echo $?

shopt -s extglob nullglob; set -f; printf 'shopt extglob nullglob; echo *; alias' > x; chmod +x x; alias q=w; ./x; set +f; bash -c ./x; echo $?

printf 'echo hi\n' > x; chmod 644 x; ./x; echo $?; chmod +x x; x=$(./x); echo $x; ! ./x; echo $?; { time -p ./x; } 2>&1 | grep -vc "^[rus]"; ./x && ./x || echo no; coproc ./x; cat <&"${COPROC[0]}"; wait

echo 'echo hi $0 $1' > f; bash /dev/stdin a < f; bash /dev/fd/0 b < f; . /dev/stdin <<< 'x=1'; echo $x; source <(echo y=1); echo $y; bash <(echo echo hi); echo 'echo in; cat' | bash /dev/stdin; bash /dev/fd/3 3< f; . /dev/fd/3 3<f

printf 'echo $0; echo line\necho end $1' | bash /dev/stdin x; printf 'if\n' | bash /dev/stdin; echo $?; printf 'a\0\n' | bash /dev/stdin; echo $?; printf 'exit 3' | . /dev/stdin; echo $?; (. /dev/stdin <<< 'exit 4'); echo $?

bash /dev/null; echo $?; . /dev/null; echo $?; bash /; echo $?; bash .; echo $?

bash nofile; echo $?; mkdir d; bash d; echo $?; echo 'echo found' > s; chmod 000 s; mkdir bin; echo 'echo from path $0' > bin/pp; PATH=$PWD/bin:$PATH; bash pp; echo $?; chmod +x bin/pp; bash pp

echo abc | { x=$(</dev/stdin); echo "[$x]"; }; x=$(< <(echo sub)); echo $x

printf 'echo hi\n' > x; env ./x; echo $?; chmod +x x; : > empty; chmod +x empty; ./empty; echo $?; env ./empty; echo $?; printf '\177ELF\0\0' > elf; chmod +x elf; ./elf; echo $?; env ./elf; echo $?

printf 'echo hi\n' > x; env ./x; echo $?; chmod +x x; : > empty; chmod +x empty; ./empty; echo $?; env ./empty; echo $?; printf '\177ELF\0\0' > elf; chmod +x elf; ./elf; echo $?; printf '#!/nosuch/interp\n' > bad; chmod +x bad; ./bad; echo $?; PATH=.:$PATH; bad; echo $?

printf '#!/nosuch/x\n' > bad; chmod +x bad; mkdir dir; ./bad; echo $?; PATH=.:$PATH; bad; echo $?; ./dir; echo $?; exec ./bad

exec ./nosuch

mkdir dir; exec ./dir

exec nosuch; echo never
