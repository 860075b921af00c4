diff fruit.txt fruit.txt; echo $?
sed 's/fig/kiwi/' fruit.txt > g
diff fruit.txt g; echo $?
diff -u --label a --label b fruit.txt g
diff -q fruit.txt g
diff --normal fruit.txt g
diff --brief fruit.txt nofile; echo $?
diff -w fruit.txt g
diff --strip-trailing-cr fruit.txt fruit.txt
diff -U 0 --label a --label b fruit.txt g
diff -s fruit.txt fruit.txt

seq 20 > a
seq 20 | sed '3d;10s/$/ten/;15a new' > b
diff a b
diff -u --label a --label b a b
diff -a a b | head -n 1
diff --color=never a b | wc -l
diff -t a b | head -n 1

seq 30 > a; seq 30 | sed '2d;28s/$/x/;15i new' > b; diff -c --label a --label b a b; diff -C1 --label a --label b a b; diff -e a b; diff -n a b; diff -y -W 40 a b; diff -y --suppress-common-lines -W 40 a b; diff -y --left-column -W 30 a b; diff -y -W 20 a b; diff -y a b | head -5; diff -u1 --label a --label b a b; diff -2u --label a --label b a b; diff -c2 --label a --label b a b; diff -D X a b | head -n 20; diff -I '^[0-9]*x' a b; diff -I x -I '^1*$' a b

diff --from-file=passwd fruit.txt poem | wc -l; diff --to-file=passwd fruit.txt poem | wc -l; diff -W 3; echo $?; diff -W x a b; diff -U x a b; diff -u -c a b; echo $?; diff; echo $?; diff passwd; echo $?; diff a b c; echo $?; printf 'a' > n1; printf 'a\n' > n2; printf 'a\nb' > n3; diff -c --label a --label b n1 n2; diff -y -W 20 n1 n2; diff -y -W 20 n1 n3; diff -y -W 20 n3 n3; diff -n n1 n3; diff -D M n2 n3; diff -D M n2 n2; diff -y -W 30 tabs poem; diff -yt -W 30 tabs poem; diff -y -W 31 hangul poem; diff -y -W 20 n2 n2

printf 'int f(void)\n{\n a;\n b;\n c;\n d;\n e;\n}\nint g()\n{\n a;\n b;\n c;\n d;\n}\n' > p; sed 's/ d;/ dd;/' p > q; diff -up --label a --label b p q; diff -p --label a --label b p q; diff -cp --label a --label b p q; diff -u -F '^{' --label a --label b p q; diff -U1 -p --label a --label b p q; printf 'x\n.\ny\n' > r; diff -e p r; diff -e r p | head -3; diff -e /dev/null r; diff -e r /dev/null; diff -c --label a --label b /dev/null r; diff -y -W 20 /dev/null r; diff -rc --label a --label b p q | head -4

cmp -n x pats words; cmp -i x pats words; cmp -ls pats words; cmp pats words 1 x; echo $?; cmp pats words 1 2; cmp -n 3 pats words; cmp -i 1:2 pats words; cmp -b pats words; echo $?

diff -u pats words | tail -n +3; diff -c pats words | tail -n +3; diff -y -W 40 pats words; diff --brief pats words; diff -s pats pats; diff -i <(echo A) <(echo a); diff -w <(echo 'a  b') <(echo 'a b '); diff -b <(echo 'a  b') <(echo 'a b'); diff -B <(printf 'a\n\nb\n') <(printf 'a\nb\n'); diff -e pats words; diff -n pats words; diff --normal pats words; diff --suppress-common-lines -y -W 30 pats words; diff --left-column -y -W 30 pats words; diff -U 0 pats words | tail -n +3; diff --label A --label B -u pats words; diff -q nofile pats; echo $?

L='--label a --label b'; diff -t tabs words; diff -y -t tabs words; diff -ut $L tabs words; diff -ct $L tabs words; diff -T tabs words; diff -tT tabs words; diff -uT $L tabs words; diff -cT $L tabs words
diff -t --tabsize=4 tabs words; diff -y --tabsize=4 -W 60 tabs words; diff --tabsize=0 tabs words; diff --tabsize=x tabs words
sed s/moon/sun/ poem > sun; diff -u --suppress-blank-empty $L poem sun | cat -A; diff -c --suppress-blank-empty $L poem sun | cat -A; diff -uT $L poem sun | cat -A
printf '\na\n' > one; printf 'b\n\nc\n\n' > two; diff one two; diff --suppress-blank-empty -u $L one two | cat -A; diff -uT $L one two | cat -A; diff -T one two | cat -A

L='--label a --label b'; awk 'BEGIN{srand(3); for(i=0;i<400;i++) print int(rand()*30)}' /dev/null | head -n 0; for s in 1 2 3 4 5 6 7 8; do n=$s; x=$s; : > a; : > b; for i in $(seq 60); do x=$(( (x*1103515245+12345) & 0x7fffffff )); echo $(( (x>>8) % 9 )) >> a; (( (x>>16) % 4 )) && echo $(( (x>>8) % 9 )) >> b; (( (x>>12) % 5 )) || echo $(( (x>>10) % 9 )) >> b; done; diff -u $L a b; diff -c $L a b; diff -d a b; diff -b -U1 $L a b; diff -y -W 20 a b; done | md5sum

for s in 11 12 13 14; do x=$s; : > a; : > b; for i in $(seq 150); do x=$(( (x*1103515245+12345) & 0x7fffffff )); echo "v$(( (x>>8) % 40 ))" >> a; (( (x>>16) % 4 )) && echo "V$(( (x>>8) % 40 )) " >> b; (( (x>>12) % 5 )) || echo >> b; done; diff -i -b a b; diff -iB -Z a b; diff -i -b -U 2 --label a --label b a b; diff -I '^$' -ib a b; done | md5sum

seq 30 > a; sed 's/15/x/;s/3$/y/' a > b; diff -u -U1  a b | wc -l

seq 30 > a; sed 's/15/x/;s/3$/y/' a > b; diff -u -1  a b | wc -l; diff -U1 -u a b | wc -l;  diff -1 -u a b | wc -l;

seq 30 > a; sed 's/15/x/;s/3$/y/' a > b; diff -U2 -p a b | wc -l; diff -p a b | wc -l;  diff -c -C1 a b | wc -l; diff -u0 a b | wc -l

seq 30 > a; sed 's/15/x/;s/3$/y/' a > b; diff -U 5 -U 1 a b | wc -l; diff -y -p a b | head -n 3

seq 30 > a; sed 's/15/x/;s/3$/y/' a > b; diff -C 2 -q a b; diff -2 a b

cat words | cmp -l - poem; cmp -l -n 20 words poem; cmp -l -i 30 words poem; cat words | cmp -l - <(cat poem) | head -n 2; cmp -bl words poem | head -n 2
