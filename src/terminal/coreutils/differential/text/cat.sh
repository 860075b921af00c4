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

printf '\001\177\200\n' | cat -v; cat -A hangul; cat -n n fruit.txt; cat -e tabs; cat -t tabs

paste -d '\0' nums nums | head -n 1; paste -d '\n' pats pats; paste -d 'a\' pats pats; echo $?; paste -d ',;' pats pats pats; paste -z pats pats | od -c; paste -sd, nums; paste -s -d '+\0' nums; paste - - < nums; paste nofile; paste -d '' pats pats; paste -d '\t\\' pats pats pats

fold -w 0 poem; echo $?; fold -w x poem; fold -w 10 hangul; fold -sw 20 poem; fold -w 7 tabs; fold .; fold nofile

fmt nofile; echo $?; rev nofile; echo $?; rev hangul

tac -s: passwd; tac -b -s: passwd; tac -r -s '[0-9]' nums | head -3; tac nofile; echo $?; printf 'a\nb' | tac; tac pats words | head -3; tac -s '' words; echo $?
