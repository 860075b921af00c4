cat -b poem
cat -s poem
cat -E fruit.txt
printf 'a\tb\n' | cat -T
cat -et fruit.txt

cat passwd - fruit.txt < /dev/null
echo in | cat - passwd
cat nofile passwd; echo $?
cat .; echo $?
printf x > n
cat n n
cat -sn poem poem | tail -n 3
