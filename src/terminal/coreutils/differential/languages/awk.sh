awk '{print $1}' fruit.txt
awk '{print $NF}' fruit.txt
awk '{print NR, NF, $0}' poem
awk 'END {print NR}' nums

awk -F: '{print $1 "=" $7}' passwd
awk -F: -v OFS=- '{$2="x"; print}' passwd
awk -F'[:/]' '{print NF, $5}' passwd
awk -Ft '{print $1}' words | head -n 2
awk -F'\t' '{print $2}' tabs
awk 'BEGIN {FS=","} {print $2}' people.csv
awk -F '|' '{print $1}' people.csv | head -n 1

awk 'NR>1 && $3=="Seoul"' FS=, people.csv
awk -F, 'NR>1 {sum+=$2; n++} END {printf "%.2f %d\n", sum/n, n}' people.csv
awk -F, 'NR>1 {c[$3]++} END {for (k in c) print k, c[k]}' people.csv | sort
awk -F, 'NR>1 && $2>max {max=$2; who=$1} END {print who, max}' people.csv

awk '/apple/' fruit.txt
awk '!/a/' fruit.txt
awk '/banana/,/cherry/' fruit.txt
awk 'NR==2,NR==4' nums
awk '$2 > 4' fruit.txt
awk '$1 ~ /^[ab]/ {print $1}' fruit.txt
awk '$1 !~ /a/' fruit.txt
awk 'length > 8' fruit.txt
awk 'NF' fruit.txt
awk 'NR%2' nums | head -n 3
awk '!seen[$1]++' fruit.txt

awk 'BEGIN {print length("hello"), index("hello", "l"), substr("hello", 2, 3), substr("hello", 0), substr("hello", 4, 99)}'
awk 'BEGIN {print toupper("abc") tolower("DEF"), sprintf("%05.1f|%-4s|%c|%c", 3.14159, "x", 65, "hello")}'
awk 'BEGIN {s = "foo bar foo"; n = gsub(/foo/, "[&]", s); print n, s; sub(/bar/, "\\&", s); print s}'
awk 'BEGIN {print match("foobar", /o+/), RSTART, RLENGTH; print match("x", /y/), RSTART, RLENGTH}'
awk 'BEGIN {n = split("a:b:c", p, ":"); print n, p[1], p[3]; n = split("a1b22c", q, /[0-9]+/); print n, q[2], q[3]; print split("", z), split("abc", y, "")}'
awk 'BEGIN {print int(3.9), int(-3.9), sqrt(16), exp(0), log(1), sin(0), cos(0), atan2(0, -1)}'

awk 'BEGIN {print 1/3, 1e6, 1e20, 0.1 + 0.2, 1e-5, 3.0, -0}'
awk 'BEGIN {print 7 % 3, -7 % 3, 2 ^ 10, 2 ^ 3 ^ 2, -2 ^ 2, 1 - -1}'
awk 'BEGIN {print 1 " " 2, 1 + 2 "3", "a" > "/dev/stdout"}'
awk 'BEGIN {print 1 == 1.0, "1" == 1, "a" < "b", 10 < 9, "10" < "9", "abc" < 1}'
awk 'BEGIN {x = "3x"; print x + 0, +x, -x, !x, !"", !0, ".5." + 0, "1e2" + 0}'
awk 'BEGIN {OFMT = "%.2f"; CONVFMT = "%.3f"; x = 3.14159; print x, x ""}'
echo '10 9' | awk '{print ($1 > $2), ($1 "" > $2 "")}'
echo '0 a 0x 1e1' | awk '{print ($1 ? "t" : "f"), ($2 ? "t" : "f"), ($3 ? "t" : "f"), ($4 == 10)}'

awk 'BEGIN {for (i = 0; i < 5; i++) {if (i == 2) continue; if (i == 4) break; print i}}'
awk 'BEGIN {while (i < 3) print i++; do {print "d" i; i--} while (i > 1)}'
awk 'BEGIN {i = 5; print i++ + ++i, i--, --i; x += 2; x *= 3; x -= 1; x /= 5; x ^= 2; x %= 3; print x}'
awk 'BEGIN {a["x"]; if ("x" in a) print "in"; if (!("y" in a)) print "out"; delete a["x"]; print length(a)}'
awk 'BEGIN {a[1,2] = 3; for (k in a) {split(k, p, SUBSEP); print p[1], p[2], a[k]}; if ((1,2) in a) print "yes"}'
awk 'function f(n) {return n <= 1 ? 1 : n * f(n - 1)} BEGIN {print f(5), f(10)}'
awk 'function g(a, k) {a[k] = 1; k = 9} BEGIN {k = "z"; g(m, k); for (i in m) print i, k}'
awk 'function noret() {x = 1} BEGIN {y = noret(); print "[" y "]", x}'

awk '{ $2 = $2 * 2 } 1' fruit.txt
awk '{ $5 = "e"; print; print NF }' fruit.txt | head -n 2
awk '{ NF = 1; print }' fruit.txt
awk '{ $0 = "x y z"; print $2, NF }' passwd
awk '{ $3 = ""; print NF, $0 }' OFS=- fruit.txt | head -n 1
echo 'a b c' | awk '{ $1 = $1; print; OFS = "-"; $1 = $1; print; print $(NF - 1) }'

awk 'BEGIN {RS = ""} {print NR ": " $1, NF}' poem
awk 'BEGIN {RS = ";"} {print NR, $0}' words | head -n 2
printf 'a,b;c,d' | awk 'BEGIN {RS = ";"; FS = ","} {print $2}'
printf 'a\nb\n\n\nc d\n' | awk -v RS= -F'\n' '{print NF ":" $1}'
awk 'BEGIN {ORS = "|"; OFS = "+"} {print $1, $2} END {printf "\n"}' fruit.txt
printf 'one1two22three' | awk 'BEGIN {RS = "[0-9]+"} {print}'

awk '{print > ($1 ".out")} END {close("apple.out")}' fruit.txt 2> /dev/null
cat apple.out banana.out
awk '{print $1 | "sort -r"}' fruit.txt
awk 'BEGIN {while ((getline line < "nums") > 0) n += line; print n; close("nums"); getline < "nums"; print $0}'
awk 'BEGIN {"echo hi there" | getline; print $2; "echo x" | getline v; print v; r = (getline z < "nofile"); print r}'
awk 'NR == 1 {getline; print; getline x; print x, NR}' nums
awk 'BEGIN {print "b\na" | "sort"; close("sort"); print "after"}'
awk 'BEGIN {system("echo from sh"); r = system("exit 3"); print r}'
awk 'BEGIN {print "e" > "/dev/stderr"; printf "%s\n", "f" > "f"; print "g" >> "f"}'; cat f

awk 'BEGIN {exit 3} END {print "end"}'; echo $?
awk '{exit} END {print NR}' nums; echo $?
awk 'NR == 2 {exit 1}' nums; echo $?
awk 'BEGIN {exit} {print}' nums; echo $?
awk 'NR == 1 {next} {print; exit}' nums
awk 'FNR == 2 {nextfile} {print FILENAME, $1}' fruit.txt passwd

awk '{print FILENAME, FNR, NR}' fruit.txt passwd | tail -n 2
awk 'NR == FNR {a[$1] = $2; next} $1 in a {print $1, a[$1]}' fruit.txt words
awk '{print x}' x=1 fruit.txt x=2 passwd | uniq -c
awk 'BEGIN {print ARGC, ARGV[1], ARGV[2]}' a b
awk -v 's=a\tb' 'BEGIN {print s}'
A=env awk 'BEGIN {print ENVIRON["A"]}'
awk -f prog.awk people.csv
awk -v n=2 -v m=3 'BEGIN {print n * m}'

awk '{a[NR] = $0} END {for (i = NR; i > 0; i--) print a[i]}' words
awk '{for (i = NF; i > 0; i--) printf "%s%s", $i, (i > 1 ? " " : "\n")}' poem
awk '{w += NF; c += length($0) + 1} END {print NR, w, c}' poem
awk 'length($0) > m {m = length($0); l = $0} END {print m, l}' poem
awk '{print substr($0, 1, 10)}' poem
awk 'BEGIN {printf "%d%%\n", 50.9; printf("%s\n", "paren")}'
awk '{gsub(/[aeiou]/, "#"); print}' fruit.txt
awk '{sub(/$/, "!"); sub(/^/, ">"); print}' fruit.txt
echo aaa | awk '{print gsub(/x*/, "-"), $0}'
echo 'a.b.c' | awk '{gsub(".", "x"); print} {gsub("\\.", "-"); print}'

awk '{print $3}' log.txt | sort | uniq -c
awk '$(NF - 1) >= 400 {print $1, $(NF - 1)}' log.txt
awk '{ip[$1] += $NF} END {for (k in ip) print k, ip[k]}' log.txt | sort
awk -F'"' '{split($2, r, " "); print r[1], r[2]}' log.txt
awk 'match($0, /[0-9]+\/Mar/) {print substr($0, RSTART, RLENGTH)}' log.txt

awk 'BEGIN {print "a" "b" > "o"; print (1, 2) in a}'
awk 'BEGIN { if (1) ; else print "no"; print "ok" }'
awk 'BEGIN { if (0) print "a"; else if (1) print "b"; else print "c" } # end'
awk '
# a comment
BEGIN { x = 1   # more
  y = x +
    2
  print x, \
    y
}'
awk 'BEGIN{a="x";b=a"y"a;print b;print a=="x"&&b!="x"||0;print 1,2;print(1)(2)}'
awk 'BEGIN { $3 = "c"; print; print NF }'
awk 'BEGIN { getline x < "fruit.txt"; print x; print x ~ "ban" }'
awk 'BEGIN { print substr("한글", 1, 3) != "", index("ab", "b") }'
awk 'BEGIN { print length() }' < /dev/null
awk 'BEGIN { printf "%5d|%-5d|%05d|%+d|%x|%o|%e|%g\n", 42, 42, 42, 42, 255, 8, 1234.5, 0.00001 }'
awk 'BEGIN { printf "%s|%10s|%-10s|%.2s\n", "abc", "abc", "abc", "abc" }'
awk 'BEGIN { printf "%*d|%.*f\n", 5, 42, 2, 3.14159 }'
awk 'BEGIN { print -3 % 2, 2 - 1 " " -1; print 1 " " -1; x = 5; print x " " -x }'
awk 'BEGIN { print !x + 1, 1 + !x, - - 1, ! ! 3 }'
awk 'BEGIN { print 1e300 * 1e300, -1e300 * 1e300 }' 2> /dev/null
awk 'BEGIN { print 2147483647, 65536 * 32767 }'
awk 'BEGIN { printf "%d %d %i\n", 2147483647, -2^30, "12abc" }'
awk '/a/ {n++} /b/ {m++} END {print n, m + 0, z + 0}' words

awk 'BEGIN {' ; echo $?
awk '{print' fruit.txt; echo $?
awk '{print $1}' nofile; echo $?
awk '{print $1}' nofile passwd; echo $?
awk -f nofile; echo $?
awk 'BEGIN {print 1/0}'; echo $?
awk --zzz 2> /dev/null; echo $?

awk 1 .; echo $?
awk 'END { print NR }' fruit.txt .; echo $?
awk 1 < .; echo $?
awk 1 fruit.txt > /dev/full; echo $?
awk 1 fruit.txt >&-; echo $?
