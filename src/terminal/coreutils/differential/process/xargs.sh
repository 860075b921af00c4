echo 1 2 3 4 | xargs -n2
printf 'a b\nc\n' | xargs -L1 echo x
printf 'a b\nc\n' | xargs -I% echo '[%]'
printf 'a\0b c\0' | xargs -0 -n1 echo
echo "a 'b c' d\ e" | xargs -n1
echo | xargs echo none
echo | xargs -r echo none
echo a | xargs -t echo
echo a b | xargs -d' ' -n1 echo

echo a,b | xargs -d, echo
seq 3 | xargs -P2 -n1 echo | sort
xargs -a fruit.txt -n 2 echo
echo a | xargs false; echo $?
echo a | xargs nosuchcmd; echo $?
echo 1 2 | xargs -n1 sh -c 'exit 255'; echo $?
echo x | xargs -I{} sh -c 'echo {} {}'
printf 'a\n\nb\n' | xargs -L 1 echo
echo 1 | xargs sh -c 'exit 3'; echo $?

echo a b c | xargs -n x; echo $?
echo 'a END b' | xargs -E END echo

echo "a 'b" | xargs; echo $?

seq 3 | xargs -s 10 echo

printf 'a b\nc\n"d\n' | xargs -n1 echo; echo $?

seq 3 | xargs -s 6 echo; echo $?; echo abcdefgh | xargs -s 10 echo; echo $?; echo 1 abcdefgh 1 | xargs -x -s 10 echo; echo $?; seq 5 | xargs -n 2 -s 8 echo

seq 3 | xargs -s x echo; seq 3 | xargs -s 0 echo; echo $?; seq 3 | xargs -n 0 echo; seq 3 | xargs -n x echo; seq 3 | xargs -L 0 echo; seq 3 | xargs -P x echo; seq 3 | xargs -P 0 echo; seq 3 | xargs -l echo; seq 4 | xargs -l2 echo

seq 3 | xargs -e2 echo; seq 3 | xargs -E 2 echo; seq 3 | xargs --eof=3 echo; seq 3 | xargs -e echo; printf 'a 2 b\nc\n' | xargs -E 2 echo

seq 2 | xargs --process-slot-var=S -n1 sh -c 'echo $S $0'

seq 3 | xargs -I{} -n 2 echo {}; seq 3 | xargs -n2 -I{} echo {}; seq 3 | xargs -n2 -L1 echo; seq 3 | xargs -L1 -n2 echo; seq 3 | xargs -I{} -n1 echo {}; seq 3 | xargs -n1 -I{} echo {}; seq 3 | xargs -L1 -I{} echo {}; seq 3 | xargs -I{} -L1 echo {}; seq 2 | xargs -i -l echo {}

seq 3 | xargs -d xx echo; seq 3 | xargs -d '\x31' echo; seq 3 | xargs -d '\n' echo; printf 'a,b,c' | xargs -d, -n1 echo; printf 'a\tb' | xargs -d '\t' -n1; printf 'a:b' | xargs -d '\072' -n1

printf 'a\0b c\0' | xargs -0 -n1 echo; printf 'a\0b' | xargs -n1; seq 2 | xargs -0 echo

xargs -a nofile echo; xargs -a pats echo; seq 2 | xargs -I echo; seq 3 | xargs -i -t echo x{}; printf "a  b\n  'c d' e\n" | xargs -I% echo '<%>'

printf 'a \nb\nc\n' | xargs -L1 echo; printf 'a b\n\nc\n' | xargs -L2 echo; echo | xargs -r echo x; echo | xargs echo x; echo 'a b  ' | xargs -L1 echo; printf 'a\\ b c' | xargs -n1 echo; printf '"a b"c d\n' | xargs -n1 echo

seq 1 | xargs nosuchcmd; echo $?; seq 3 | xargs false; echo $?; seq 3 | xargs -n1 sh -c 'exit 255'; echo $?; seq 3 | xargs -d; seq 3 | xargs --zz; echo "a'b c'd" | xargs; printf "a 'b\nc' d" | xargs; echo $?

{ echo a; echo b 'c d'; sleep 0.2; echo e; } | xargs -n 1 echo got | { read x; echo first $x; cat; }

printf 'a\nb\n' | xargs -I{} sh -c 'echo {}; exit 255'; echo $?; printf '1 2\n3 \n4\n\n5\n' | xargs -L 1 echo; printf 'x\\\ny z\n' | xargs -n1; printf 'a b\nSTOP\nc\n' | xargs -E STOP; printf 'a,b,,c' | xargs -d, -n1 echo; printf 'q "un\nclosed' | xargs; echo $?

seq 5 | xargs -P 3 -n 1 sh -c 'echo $0' | sort; seq 3 | xargs -P 0 -I% sh -c 'echo %' | sort; printf '\n\n' | xargs echo none; printf '' | xargs -r echo none; printf '  \n' | xargs -I{} echo '[{}]'; seq 3 | xargs -n2 nosuchprog; echo $?; seq 3 | xargs -n 1 false; echo $?; yes | head -2000 | xargs -s 1000 echo | wc -l
seq 8 | xargs -P0 -n1 echo | sort -n | paste -sd" "; seq 10 | xargs -P4 -n3 echo | sort -n; seq 40 | xargs -P 8 -I{} sh -c "echo {}" | wc -l
