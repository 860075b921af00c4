uniq -c words
uniq -i words
uniq -d words
uniq -u words | head -n 2
uniq -D words
printf 'a 1\nb 1\nb 2\n' | uniq -f1
printf 'xa\nya\nyb\n' | uniq -s1
printf 'abc\nabd\n' | uniq -w2
printf 'a\nb\n' | uniq - out
cat out
uniq nofile; echo $?
printf 'a\na\n' | uniq -cd
