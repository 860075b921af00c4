fold -w 10 poem
fold -s -w 12 poem
echo 가나다라 | fold -w 4
printf 'a\tb\n' | fold -w 4 | cat -T
fold -b -w 3 hangul | wc -l
fold -5 words | head -n 2
rev words
rev hangul
tac poem
printf 'x' | tac
fmt -w 20 poem

tac words fruit.txt; printf 'a,b,c' | tac -s,; echo; tac nofile; echo $?; printf 'a,b,c' | tac -b -s,; echo; printf 'a1b22c' | tac -r -s '[0-9]'; echo; tac -s '' words; echo $?; printf 'x' | tac; printf ',a,b' | tac -b -s,; printf ',,a,b' | tac -s,

fold -w 10 poem; fold -s -w 12 poem; fold -b -w 5 hangul | od -c | head -2; fold -w 0 poem; echo $?; fold -5 pats; fold -w x pats; echo $?; fold -w 4 tabs
