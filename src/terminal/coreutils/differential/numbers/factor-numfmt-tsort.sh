factor 12 97 1 0 18446744073709551615 abc; echo $?
echo 6 10 | factor; factor ''; factor 1000000007 999999000001 600851475143
factor 340282366920938463463374607431768211455

numfmt --to=iec 1023 1024 1025 10239 10240 1048575 1099511627776; numfmt --to=iec -- -2048
numfmt --to=si 999 1000 1001 9950 9949 99999
numfmt --to=iec --round=nearest 1100 1500; numfmt --to=iec --round=up 1025; numfmt --to=iec --round=towards-zero 2047; numfmt --to=iec --round=from-zero 1025
numfmt --from=iec 4K 2M; numfmt --from=iec-i 1Ki; numfmt --from=iec-i 1K; echo $?
numfmt --from=si 1.5G 1K; numfmt --from=auto 1Ki 1K
numfmt --from-unit=1024 --to=iec 4; numfmt --to-unit=1000 5000

numfmt --suffix=B 5; numfmt --suffix=B --from=iec 5KB; numfmt --to=iec-i --suffix=B 2048
numfmt --invalid=warn a 5; numfmt --invalid=ignore a; numfmt --invalid=fail a 5; echo $?
numfmt abc; echo $?
numfmt 5K; echo $?
numfmt 5x; echo $?

echo 'a 2048 b' | numfmt --field 2 --to=iec; numfmt --field=1,3 --to=iec '2048 5 4096'
printf '1024  2048   x\n' | numfmt --field=2 --to=iec
printf '1024:2048\n' | numfmt -d: --field=2 --to=iec
numfmt --padding=-8 --to=iec 2048 | cat -A; numfmt --padding=10 5
numfmt --format='%10.1f' --to=si 1234567; numfmt --format='<%-8f>' 5; numfmt --format='%08f' 5; numfmt --format='x%fy' 5; numfmt --format='%.2f' --to=iec 123456
numfmt --format=abc 5; numfmt --to=foo 5; echo $?
numfmt 1.5; numfmt 1.505; numfmt --to=iec 1.5; numfmt ''; echo $?
echo '   1024' | numfmt --to=iec; printf 'h\n2048\n' | numfmt --header --to=iec; numfmt --round=down --to=si 1999

printf 'a b\nb c\na c\n' | tsort; printf 'a b c\n' | tsort; printf 'a a\nb b c c\n' | tsort; printf 'x y\nz y\ny w\n' | tsort; echo $?
printf 'a b\nb a\n' | tsort; echo $?
tsort x y; tsort nope; tsort < /dev/null; echo $?

pathchk -p 'a b'; pathchk fruit.txt nope/x; pathchk -P -- -x; pathchk; pathchk passwd/x; echo $?
stdbuf -oL echo hi; stdbuf echo hi; stdbuf -o; stdbuf -iL cat; stdbuf -oX cat; stdbuf -o0; stdbuf -oL nosuch; echo $?

printf 'b a\na c\nc b\n' | tsort; echo $?
printf 'x y\ny z\nz y\n' | tsort; printf 'a b\nb a\nc d\nd c\n' | tsort; echo $?
printf 'a b\nb c\nc a\nd a\n' | tsort; printf 'd c\nc b\nb d\nb a\n' | tsort; echo $?
