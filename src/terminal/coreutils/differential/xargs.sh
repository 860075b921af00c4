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
xargs -a fruit.txt -n 2 echo | head -n 2
echo a | xargs false; echo $?
echo a | xargs nosuchcmd; echo $?
echo 1 2 | xargs -n1 sh -c 'exit 255'; echo $?
echo x | xargs -I{} sh -c 'echo {} {}'
printf 'a\n\nb\n' | xargs -L 1 echo
echo 1 | xargs sh -c 'exit 3'; echo $?

echo a b c | xargs -n x; echo $?
echo 'a END b' | xargs -E END echo
