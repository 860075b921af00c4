cat fruit.txt; cat -n fruit.txt; cat -A fruit.txt; cat nofile; echo $?

head -n 2 fruit.txt; head -1 fruit.txt; head -c 5 fruit.txt; head -n -4 fruit.txt; head nofile; echo $?

tail -n 2 fruit.txt; tail -n +5 fruit.txt; tail -c 6 fruit.txt; tail nofile; echo $?

sort fruit.txt; sort -r fruit.txt; sort -k2 -n fruit.txt; sort -u -k1,1 fruit.txt; sort -k2nr fruit.txt

cut -d' ' -f1 fruit.txt; cut -c1-3 fruit.txt; cut -d: -f1,7 passwd; cut; echo $?

grep apple fruit.txt; grep -c a fruit.txt; grep -v a fruit.txt; grep -n fig fruit.txt; grep -o '[0-9]*' fruit.txt; grep zzz fruit.txt; echo $?

grep -E '^(apple|fig) ' fruit.txt; grep -i APPLE fruit.txt; grep -l apple *; grep -A1 apple fruit.txt; grep -w 5 fruit.txt; grep x nofile; echo $?

sed 's/apple/APPLE/' fruit.txt; sed -n 2p fruit.txt; sed '1d;$d' fruit.txt; sed -n '/apple/,/fig/p' fruit.txt; sed 's/\(.*\) \(.*\)/\2 \1/' fruit.txt

sed -E 's/([a-z]+) ([0-9]+)/\2:\1/' fruit.txt; sed -i 's/fig/grape/' fruit.txt; cat fruit.txt; sed '2i\x' fruit.txt; sed '$a end' fruit.txt; sed y/abc/xyz/ fruit.txt

awk '{print $1}' fruit.txt; awk '{s+=$2} END {print s}' fruit.txt; awk -F: '{print $1, NF}' passwd; awk 'NR==2' fruit.txt; awk '/apple/ {print NR": "$0}' fruit.txt

awk 'BEGIN {for (i=0;i<3;i++) printf "%d,%s\n", i, i*i; x["a"]=1; print length(x), ("a" in x), substr("hello",2,3), toupper("ab")}'

awk '{c[$1]++} END {for (k in c) print k, c[k]}' fruit.txt | sort; awk -v x=3 'BEGIN{print x+1}'; echo "a b" | awk '{$1="z"; print; print NF}'

wc fruit.txt; wc -l fruit.txt passwd; wc -c < fruit.txt; echo a b c | wc -w

uniq fruit.txt; sort fruit.txt | uniq -c; printf 'a\na\nb\n' | uniq -d; printf 'a\na\nb\n' | uniq -u

tr a-z A-Z < fruit.txt; echo hello | tr -d l; echo aabb | tr -s ab; echo abc | tr '[:lower:]' '[:upper:]'; tr; echo $?

seq 3; seq 2 5; seq 1 2 7; seq -s, 3; seq -w 8 10; seq x; echo $?

basename /a/b.txt .txt; dirname /a/b; basename /; dirname a; basename; echo $?

mkdir d; mkdir d; echo $?; mkdir -p d/e/f; ls d; rmdir d; echo $?; rm d; echo $?; rm -r d; ls

cp fruit.txt x; cp nofile y; echo $?; mv x y; ls; mv x z; echo $?; cp fruit.txt; echo $?

touch t1 t2; ls t*; ln -s t1 link; readlink link; ls -l nofile; echo $?; rm -f nofile; echo $?; rm nofile; echo $?

find . -name '*.txt'; find . -type f | sort; find . -maxdepth 1 -name 'p*' -exec echo {} \;; find nodir; echo $?

echo a b c | xargs -n1 echo; printf 'a\nb\n' | xargs -I{} echo "<{}>"; echo | xargs echo x; ls | xargs -n 2

echo hello | base64; echo aGVsbG8K | base64 -d; echo hi | md5sum; echo hi | sha256sum

printf '1\n2\n3\n' | tac; echo abc | rev; nl fruit.txt; paste -s -d, fruit.txt; printf 'a\nb\n' | paste - -; fold -w 4 fruit.txt

expr 1 + 2; expr 5 \* 3; expr length abc; expr abc : 'a\(.*\)'; expr 1 = 2; echo $?; expr a + 1; echo $?

echo x | tee a b; cat a b; env -i A=1 env; printenv HOME; printenv NOPE; echo $?

date -u -d @0; date -d 2024-02-29 +%F_%j_%a; date -u -d '2024-01-31 12:00:00' '+%Y/%m/%d %H:%M:%S %s'; date +%Q >/dev/null; echo $?

stat -c '%s %F %n' fruit.txt; chmod 600 fruit.txt; stat -c %a fruit.txt; chmod u+x,g=r fruit.txt; stat -c %A fruit.txt; chmod zz fruit.txt; echo $?

ls -1; ls -a; ls -d .; ls fruit.txt passwd; ls -F; mkdir -p q/r; ls -R q; ls --zzz; echo $?

yes | head -n 2; true; echo $?; false; echo $?; sleep x; echo $?; printf '%d\n' abc; echo $?; timeout 1 true; echo $?

head -z; echo $?; cat -z; echo $?; sort -k0 fruit.txt; echo $?; tail -n x fruit.txt; echo $?; grep; echo $?

seq 1000 | sort -n | tail -1; seq 5 | awk '{s+=$1} END {print s/NR}'; seq 10 | sed -n '3,5p;8q'; seq 3 | sed 'N;s/\n/-/'
