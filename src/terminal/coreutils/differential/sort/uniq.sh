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

printf 'a\na\nb\n' | uniq --group; uniq a b c; echo $?; uniq -w x; echo $?; uniq -f -1; printf 'a\na\nb\nc\nc\n' > u; for g in prepend append separate both; do uniq --group=$g u; echo ==; done; for d in none prepend separate; do uniq --all-repeated=$d u; echo ==; done; uniq --group=x u; echo $?; uniq --all-repeated=q u; uniq -c --group u; uniq -cD u; uniq -D u; uniq -z u | od -c; uniq u out; cat out; printf 'x a\ny a\nz b\n' | uniq -f1; printf 'x a\ny a\nz b\n' | uniq -1; printf 'xa\nya\nzb\n' | uniq -s1 -w1 -c; uniq -di <<< $'A\na\nB'; uniq -u u; uniq -cd u; uniq < /dev/null; uniq --group < /dev/null

uniq -1 fruit.txt; uniq -f -1; uniq -2f fruit.txt; uniq +1 words
