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

grep root d; echo $?

grep -d skip root d passwd

grep -oP 'a\Kn' fruit.txt

printf 'a\0b\n' | grep a; echo $?

printf 'a\0b\0' | grep -z b | od -c

grep -n --color=always -o 'a[np]' fruit.txt

grep -e; echo $?

grep '[' fruit.txt; echo $?

grep 'a\{1' fruit.txt; echo $?

grep -E '*a' fruit.txt | head -n 1

grep --zzz; echo $?

grep -m x a fruit.txt; echo $?

grep -A -1 a fruit.txt; echo $?

echo 가나다 | grep -o '[가-나]'

seq 1200 > n; grep -nT 99 n | head -3; grep -nT 1000 n; grep -bT 1000 n; grep -bT 99 n | tail -1; grep -HT 1000 n; grep -cT 1 n

grep -r an fruit.txt; mkdir d; echo anna > d/a; grep -rh an d; grep -r an d fruit.txt; grep an d; echo $?; grep -s an d nofile; echo $?; grep an d fruit.txt; echo $?

grep -PE a fruit.txt; echo $?; grep -EP a fruit.txt; echo $?; grep -P a -e b fruit.txt; echo $?

grep -f /dev/null fruit.txt; echo $?; grep -vf /dev/null fruit.txt | head -n 1

printf 'a\0a\n' | grep -c a; printf 'a\0a\n\n' | grep -vc a

printf 'a\xff\nb\n' | grep .; echo $?

printf 'b\na\xff\nb\n' | grep .; echo $?; printf 'b\na\xff\nb\n' | grep -c .; printf 'b\na\xff\nb\n' | grep -a . | od -c; printf 'b\na\xff\nb\n' | grep -I .; echo $?

grep -A0 a fruit.txt; grep --group-separator=XX -A0 a fruit.txt; grep --no-group-separator -A0 a fruit.txt

grep -m1 -A3 a fruit.txt; grep -m0 a fruit.txt; echo $?; grep -m -1 a fruit.txt; grep -m1 -A3 -v a fruit.txt

grep -A x a fruit.txt; echo $?; grep -B '' a fruit.txt; echo $?; grep -C fig fruit.txt; echo $?; grep -A 99999999999999999999 fig fruit.txt

grep -o -A1 fig fruit.txt; grep -o -C1 a fruit.txt; grep -ob a fruit.txt; echo 가나 | grep -ob 나

mkdir d; echo anna > d/a; grep -Z -c a fruit.txt d/a | od -c; grep --color=always -c a fruit.txt d/a; grep --color=always -l a fruit.txt d/a; grep -Zl a fruit.txt | od -c; grep -ZH fig fruit.txt | od -c

mkdir d; echo anna > d/a; grep --color=always -A1 -n cherry fruit.txt d/a; grep --color=always -v -C1 -n cherry fruit.txt; grep --color=always -A0 -n 'apple' fruit.txt; grep --color=always -H -b apple fruit.txt; grep --color=always -v a fruit.txt; grep --color=always -T -n apple fruit.txt

GREP_COLORS='mt=01;34:fn=33:se=' grep --color=always -Hn fig fruit.txt; GREP_COLORS='sl=1:cx=2' grep --color=always -A1 10 fruit.txt; GREP_COLOR='01;34' grep --color=always -n fig fruit.txt; GREP_COLORS='rv:sl=1:cx=2' grep --color=always -vA1 10 fruit.txt; GREP_COLORS='ne:ms=1:mc=2' grep --color=always -v -C1 fig fruit.txt

grep a fruit.txt nums > out; grep a * > fruit2.txt; echo $?; grep -q a * > nums; echo $?

grep --include='*.c' a fruit.txt; grep --include='*.txt' a fruit.txt; grep --exclude='fruit*' a ./fruit.txt; echo $?; grep --exclude='*.txt' a words | head -n 1; grep --include='*.c' --exclude='*.txt' -h apple words fruit.txt; echo $?

mkdir d; echo anna > d/a; grep --exclude-dir=d -r anna d; echo $?; grep --exclude-dir=d/ -r anna .; echo $?; grep --exclude-from=nofile a fruit.txt; echo $?; echo '*.txt' > ex; grep --exclude-from=ex -r 'fig 7' .; echo $?; grep -r --include='a' anna; grep -r --include='b' anna; echo $?

grep -L a fruit.txt; echo $?; grep -L zzz fruit.txt; echo $?; grep -lv a fruit.txt; grep -lc a fruit.txt; grep -lL a fruit.txt; grep -Ll a fruit.txt

echo a | grep --label=foo -H a; grep -H fig - < fruit.txt; grep -c a - < fruit.txt; echo a | grep -c --label=x a - fruit.txt

grep fig fruit.txt nofile; echo $?; grep -q a nofile fruit.txt; echo $?; grep -q a fruit.txt nofile; echo $?; grep -sq a nofile; echo $?

grep -x -w 'fig 7' fruit.txt; grep -i --no-ignore-case FIG fruit.txt; echo $?; grep --no-ignore-case -i FIG fruit.txt; grep -y FIG fruit.txt

grep -e a -f nofile fruit.txt; echo $?; grep --regexp; echo $?; grep --colo fig fruit.txt; echo $?; grep --in fig fruit.txt; echo $?; grep --color=x fig fruit.txt > o; echo $?

grep -2 fig fruit.txt; grep -12 fig fruit.txt; grep -1 -n fig fruit.txt

printf 'x\0y\n' | grep -z y | od -c; printf 'x\0y\n' | grep -zc y; printf 'x\ny\0' | grep -z '^y' | od -c; printf 'x\ny\0' | grep -zP '^y' | od -c

mkdir d; echo anna > d/a; ln -s . d/loop; grep -R anna d; echo $?; rm d/loop; grep -r anna d/; grep -r anna ./d; cd d; grep -r anna; grep -r anna .; ln -s a b; grep -r anna b; grep -R anna . | sort; grep -r anna | sort

grep -E 'a|' fruit.txt -c; grep '' fruit.txt -c; grep -w '' fruit.txt -c; grep -F '' fruit.txt -c; grep -o '' fruit.txt; echo $?; grep -x '' fruit.txt -c; grep -e '' -e a -o fruit.txt

grep -Fx 'fig 7' fruit.txt; grep -Fw 7 fruit.txt; grep -Fi FIG fruit.txt; grep -F 'a.b' words; grep -Fo a.b words

printf 'a\nfig\n' | grep -f - fruit.txt; printf 'fig' > p; grep -f p fruit.txt; printf 'fig\n\n' > p; grep -cf p fruit.txt; grep -f p -f pats -c fruit.txt

mkdir d; grep -d skip a d; echo $?; grep -d read a d; echo $?; grep -d x a d; echo $?; grep -D x a d; echo $?; grep -d recurse a d; echo $?; grep --directories=skip a d fruit.txt -c; grep -D skip a /dev/null; echo $?

printf 'a\0n\nan\n' > bin; grep -c an bin; grep -o an bin; grep -I an bin fruit.txt; grep --binary-files=text an bin | od -c; grep --binary-files=x an bin; echo $?; grep --binary-files=without-match an bin; echo $?; grep -U an bin; echo $?; grep -n an bin fruit.txt; grep -q an bin; echo $?; grep -l an bin; grep -s an bin; grep -v zz bin; grep -A1 an bin

printf 'a\nb\0\n' | grep a; echo $?; printf 'a\nb\0\n' | grep zz; echo $?

egrep 'a|b' fruit.txt | head -n 1; fgrep a.b words; egrep; echo $?; fgrep -q; echo $?; egrep --zzz; echo $?

grep -w foo <<< 'foobar foo-x'; grep -wo fo <<< 'foo fo'; grep -wE 'a|ab' <<< 'ab'; grep -ow 'a*' <<< 'aa b aab'

grep -c '' nofile; echo $?; grep a ''; echo $?; grep -H a fruit.txt -m 1; grep -nb apple fruit.txt; grep -nvb a fruit.txt

grep -oP '.*/\K.*' passwd; grep -oP '^\w+(?=:)' passwd; grep -oP ':\K\d+' passwd | head -n 2; grep -P '\d{2}' fruit.txt; grep -vP '\d' fruit.txt; grep -cP '^$' fruit.txt; grep -oiP 'APPLE (?<n>\d+)' fruit.txt; grep -wP 'app\w+' fruit.txt; grep -xP 'fig \d' fruit.txt

grep -P 'a(?i)PPLE' fruit.txt; grep -oP '(?i:F)ig' fruit.txt; grep -oP '[^ ]++ \d' fruit.txt; grep -oP 'fig(?#c) 7' fruit.txt; grep -oP '(?x) f i g ' fruit.txt; grep -oP '\Qa.b\E' words; grep -oP '\x{61}p{2}' fruit.txt; grep -oP "[[:alpha:]]+(?!\w)" fruit.txt; grep -oP '(a)(p)\2' fruit.txt; grep -oP '(?<!p)p' fruit.txt; grep -oP 'b|(?<=ch)e' fruit.txt

grep -u a fruit.txt; echo $?

printf 'a\nb\n' | grep -P 'a
b'
