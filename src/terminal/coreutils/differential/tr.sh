echo hello | tr a-y b-z
echo 'a  b   c' | tr -s ' '
echo a1b2 | tr -d 0-9
echo a1b2 | tr -cd '0-9\n'
echo hello | tr -s l
echo hello | tr -c 'a-z\n' '*'
echo abc | tr abc x
echo abc | tr -t abc x
echo 'a:b' | tr ':' '\n'
echo x | tr x '\t' | cat -T
echo abc | tr '[a-b]' '[x-y]'
printf 'a\nb\n' | tr '\n' ,; echo
echo AbC | tr '[:upper:]' '[:lower:]'
echo 'a b' | tr '[:space:]' _; echo
echo aab | tr -ds a b
echo hi | tr 'h*' x
echo abcd | tr a-d '[x*2]yz'

tr -d; echo $?
echo a | tr '\141' '\x'
echo 'a\b' | tr '\\' /
echo abc | tr -C a-b -; echo
