sed 's/a/X/' fruit.txt
sed 's/a/X/g' fruit.txt
sed 's/a/X/2' fruit.txt
sed 's/a/X/2g' fruit.txt
sed 's/APPLE/kiwi/I' fruit.txt
sed -n 's/apple/kiwi/p' fruit.txt
sed -n 's/apple/kiwi/gpw out' fruit.txt; cat out
sed 's,/,|,g' passwd
sed 's/\//|/' passwd
sed 's/[0-9]/<&>/; s/[0-9]/\&/2' passwd

sed -E 's/([a-z]+) ([0-9]+)/\2-\1/' fruit.txt
sed 's/\([a-z]*\) \([0-9]*\)/\2-\1/' fruit.txt
sed -r 's/(a)(p+)/\U\1\L\2\E!/' fruit.txt
sed 's/\b\(.\)/\u\1/g' poem
sed 's/\w\+/[&]/g' fruit.txt
sed 's/.*/"&"/' words
sed -E 's/^(.)(.*)$/\2\1/' words
sed -E 's/a|e/_/g' fruit.txt
sed 's/a\|e/_/g' fruit.txt
sed 's/x*/-/g' words | head -n 3
sed -E 's/(^|[^a-z])t/\1T/g' poem
sed 's/$/\r/' pats | od -c | head -n 1
sed 's/a/\n/' words | head -n 2
sed 's/a/b\
c/' words | head -n 2
sed 's/\t/<TAB>/' tabs

sed -n 3p nums
sed -n '$p' nums
sed -n '3,5p' nums
sed -n '3,+2p' nums
sed -n '2~5p' nums
sed -n '3,~4p' nums
sed -n '/3/,/5/p' nums
sed -n '18,$p' nums
sed -n '5,2p' nums
sed -n '0,/1/p' nums
sed -n '1,/1/p' nums
sed -n '/apple/!p' fruit.txt
sed -n '1!p' passwd
sed -n '/APPLE/Ip' fruit.txt
sed -n '\,root,p' passwd
sed -n '2{p;q}' nums
sed -n '/^$/=' poem
sed -n '$=' poem

sed '2d' fruit.txt
sed '/^$/d' poem
sed '1,3d; $d' fruit.txt
sed '2,4!d' nums
sed 3q nums
sed '3q5' nums; echo $?
sed 3Q nums
sed '/3/Q4' nums; echo $?
sed '2i before' pats
sed '2i\
before' pats
sed '1a\  after' pats
sed '$a last\
two' pats
sed '/fig/c changed' pats
sed '1,2c\both' pats
sed '1i\\tx' pats
sed 'a\' pats; echo $?
sed -e '1a a' -e '1i i' -e '1s/a/X/' pats
sed '2r passwd' nums | head -n 6
sed 'r nofile' pats
sed '1w out' pats; cat out
sed '1R words' pats

sed 'y/abc/xyz/' fruit.txt
sed 'N; s/\n/ /' nums | head -n 3
sed '$!N; P; D' poem | head -n 2
sed ':a; N; $!ba; s/\n/,/g' nums
sed -n 'H; ${x; s/\n/:/g; p}' nums
sed 'G' pats
sed -n '1!G; h; $p' pats
sed '1h; 2G; 2x' pats
sed = pats | sed 'N; s/\n/\t/'
sed -n l tabs
sed -n 'l 10' passwd
sed 'n; d' nums | head -n 3
sed '$!d' nums
sed -n '$!{h; d}; H; x; l' pats
sed -s -n '1p' fruit.txt passwd
sed -n '$p' fruit.txt passwd
sed -s -n '$p' fruit.txt passwd
sed 'z; s/^$/empty/' pats
sed -n 'F' passwd
sed '1~2s/^/> /' words
sed '/a/{s//A/;s/p/P/}' fruit.txt
sed -E ':a; s/^([0-9]+)([0-9]{3})/\1,\2/; ta' nums | tail -n 1
echo 1234567 | sed -E ':a; s/([0-9])([0-9]{3})($|,)/\1,\2\3/; ta'
echo abc | sed 's/b/X/; t end; s/a/Y/; :end; s/c/Z/'
echo abc | sed 's/q/X/; T end; s/a/Y/; :end; s/c/Z/'
echo hello | sed 's/l/L/gp; d'
sed -z 's/\n/;/g' pats; echo
sed --expression='s/a/b/' --quiet -e 1p pats
sed 's/a/b/ # comment
# another
2d' pats
sed '/apple/s/p/P/g' pats
sed 's/\(p\)\1/<\1\1>/' pats
echo 'a+b' | sed 's/a+b/x/; s/a\+b/y/'
echo 'aab' | sed 's/a\{2\}/x/'
echo '[x]' | sed 's/\[x\]/y/; s/[]]/z/'
echo 'a/b' | sed 's|/|\||'
echo foo | sed 's/o/0/w /dev/stdout'
echo 한글날 | sed 's/./&-/g; s/글/字/'
echo "it's" | sed "s/'/\"/"

sed -i 's/apple/APPLE/' fruit.txt; cat fruit.txt
sed -i.bak '1d' fruit.txt; ls; head -n 1 fruit.txt fruit.txt.bak
sed -i -e '$a new' passwd words; tail -n 1 passwd words
sed -n -i p passwd; cat passwd
sed -i '/swap/s/^/#/' nofile; echo $?
printf 'no newline' | sed 's/n/N/'
printf 'no newline' > f; sed -i 's/n/N/' f; cat f; sed '$a x' f; sed p f
sed -f script.sed people.csv
sed -u 1q nums

sed 's/a/b' pats; echo $?
sed 'q;k' pats; echo $?
sed 's/\(a/b/' pats; echo $?
sed -E 's/(a/b/' pats; echo $?
sed 's/a/\1/' pats; echo $?
sed 'p' nofile pats; echo $?
sed 'b nolabel' pats; echo $?
sed '{p' pats; echo $?
sed 'p}' pats; echo $?
sed 'y/abc/x/' pats; echo $?
sed 's/a/b/gg' pats; echo $?
sed 's/a/b/0' pats; echo $?
sed 'a' pats; echo $?
sed '3,p;x' pats; echo $?
sed ':' pats; echo $?
sed '=p' pats; echo $?
sed p .; echo $?
sed --zzz 2> /dev/null; echo $?
sed '/a' pats; echo $?
sed 's/[/x/' pats; echo $?
sed '5' pats; echo $?
sed 's/a/b/w' pats; echo $?
