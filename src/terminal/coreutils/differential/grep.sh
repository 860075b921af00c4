grep -n a fruit.txt passwd
grep -h a fruit.txt passwd
grep -H fig fruit.txt
grep -L apple *.txt passwd
grep -c '' fruit.txt
grep -e apple -e fig fruit.txt
grep -x 'fig 7' fruit.txt
grep -F '.' passwd; echo $?

grep -B1 -A1 cherry fruit.txt
grep -C1 fig fruit.txt
grep -n -A1 apple fruit.txt
grep -m1 apple fruit.txt
grep -q apple fruit.txt; echo $?
grep -s x nofile; echo $?
grep -b fig fruit.txt
grep -on '[a-z]*' fruit.txt

grep -r root . | sort
mkdir d
echo root > d/x.c
grep -rn root d
grep -r --include='*.c' root .
grep -r --exclude-dir=d root . | sort
grep -rl root | sort

grep '^$' fruit.txt
grep -E '(an){2}' fruit.txt
grep 'a\{2\}' words
grep -E 'colou?r' words
grep '\bthe\b' poem
grep '\<s' poem
grep -w the poem
grep -E '^[[:upper:]]' poem
grep -c '[[:space:]]' poem
grep 'a.*e$' words
grep -E 'x|^y' words
grep '\(.\)\1' words
grep -E '(.)\1' words

grep -P '\d+' fruit.txt
grep -P '(?<=apple )\d' -o fruit.txt
grep -i 'BANANA\|FIG' fruit.txt
grep -vn a fruit.txt
grep -vc a fruit.txt
echo a.b | grep -o '\.'
printf 'a\0b\n' | grep -a a | od -c | head -n 1

grep --color=always ap fruit.txt
grep -f pats fruit.txt
grep -ef fruit.txt
grep -E '(' fruit.txt; echo $?
grep -E 'a{1' words; echo $?
grep -Z -l apple fruit.txt | od -c
grep -y APPLE fruit.txt
grep --line-buffered fig fruit.txt
grep -T fig fruit.txt

grep 한글 hangul
grep -o '.글' hangul
grep -c 말 hangul
grep -n '^.$' hangul
fgrep a.b words
egrep 'a|b' nofile; echo $?
