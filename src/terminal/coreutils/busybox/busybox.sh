busybox ls --zzz
busybox ls -l nofile
busybox ls nofile passwd
busybox ls -1 | busybox head -3
busybox cat nofile
busybox cat -n fruit.txt
busybox cat -e tabs
busybox cat -v hangul
busybox cat .
busybox head -n 2 nums
busybox head -n x nums
busybox head -c 5 nums
busybox head nofile
busybox head -n 2 nums words
busybox tail -n 2 nums
busybox tail -n +19 nums
busybox tail -c 4 nums
busybox tail -n x nums
busybox wc nums
busybox wc -l nums words
busybox wc -c < nums
busybox wc nofile
busybox sort -n nums | busybox head -3
busybox sort nofile
busybox sort -r words
busybox sort -u words
busybox sort -t: -k3n passwd
busybox sort -z < nums | busybox head -1
busybox uniq -c words
busybox uniq -d words
busybox uniq nofile
busybox cut -d: -f1 passwd
busybox cut -f1
busybox cut -c 1-3 words
busybox cut -d: -f 1,3- passwd
busybox tr a-z A-Z < words
busybox tr
busybox tr -d aeiou < words
busybox tr -s p < words
busybox grep root passwd
busybox grep -c a words
busybox grep --zzz a words
busybox grep a nofile
busybox grep -n a words
busybox grep -v a words
busybox grep -o 'an' words
busybox grep -r apple . | busybox sort
busybox grep -l apple words fruit.txt
busybox grep -E 'a|b' words
busybox grep -q zzz words; busybox echo $?
busybox grep -A1 banana words
busybox grep .
busybox sed s/a/b/ words
busybox sed -n 2p nums
busybox sed -i s/1/X/ nums; busybox cat nums
busybox sed --zzz p nums
busybox sed -E 's/(a)(p)/\2\1/' words
busybox sed '$d' nums | busybox tail -1
busybox awk '{print $1}' fruit.txt
busybox awk -F: '{print $1,$3}' passwd
busybox awk 'BEGIN{printf "%5.2f\n", 3.14159}'
busybox awk '{s+=$2} END{print s}' fruit.txt
busybox awk 'BEGIN{print length("abc")}'
busybox cp nofile x
busybox cp
busybox cp passwd y; busybox cat y
busybox cp -r . /nonexistent/x
busybox mv nofile x
busybox mv
busybox rm nofile
busybox rm -f nofile; busybox echo $?
busybox rm
busybox mkdir a/b
busybox mkdir
busybox mkdir -p a/b/c; busybox ls a
busybox mkdir passwd
busybox rmdir nofile
busybox rmdir passwd
busybox mkdir e; busybox touch e/f; busybox rmdir e
busybox touch
busybox touch nodir/f
busybox ln
busybox ln -s passwd l; busybox readlink l
busybox ln nofile m
busybox chmod 644
busybox chmod zzz passwd
busybox chmod 600 nofile
busybox chmod 600 passwd; busybox ls -l passwd | busybox cut -c1-10
busybox stat -c %s passwd
busybox stat nofile
busybox basename /a/b.c .c
busybox basename
busybox dirname /a/b
busybox dirname
busybox echo a b
busybox echo -n a
busybox echo -e 'a\tb'
busybox printf '%s %d\n' a 1
busybox printf '%d\n' x
busybox printf
busybox seq 3
busybox seq 1 2 5
busybox seq -w 8 10
busybox seq x
busybox seq
busybox expr 1 + 2
busybox expr a : 'a'
busybox expr 1 / 0
busybox expr
busybox test 1 -eq 1; busybox echo $?
busybox true; busybox echo $?
busybox false; busybox echo $?
busybox sleep x
busybox sleep
busybox date -u -d @0
busybox date -u -d @0 +%Y-%m-%d
busybox date -d zzz
busybox env -i A=b env
busybox id -u
busybox whoami
busybox find . -name 'w*'
busybox find . -type f | busybox wc -l
busybox find . -maxdepth 1 -name '*.txt' | busybox sort
busybox xargs echo < pats
busybox xargs -n 1 echo < pats
busybox echo "a 'b" | busybox xargs
busybox tee x < pats; busybox cat x
busybox tee /nonexistent/x < pats
busybox md5sum passwd
busybox sha256sum passwd
busybox md5sum nofile
busybox base64 passwd
busybox echo aGkK | busybox base64 -d
busybox base64 nofile
busybox od -c pats
busybox od -x pats
busybox hexdump -C pats
busybox xxd pats
busybox gzip -c pats | busybox gunzip -c
busybox gzip nofile
busybox tar cf t.tar pats words; busybox tar tf t.tar
busybox tar
busybox diff pats pats; busybox echo $?
busybox diff
busybox cmp pats words
busybox cmp pats pats; busybox echo $?
busybox cmp pats nofile
busybox du nofile
busybox nl pats
busybox nl -b a fruit.txt
busybox rev pats
busybox tac pats
busybox fold -w 3 pats
busybox paste pats pats
busybox paste -d, pats pats
busybox expand tabs
busybox unexpand -a tabs
busybox shuf -e a
busybox factor 12 97
busybox which ls nofile_x | busybox wc -l
busybox yes | busybox head -2
busybox kill zzz
busybox timeout 1 true; busybox echo $?
busybox realpath passwd | busybox sed 's,.*/,,'
busybox realpath nofile/x
busybox readlink nofile; busybox echo $?
busybox readlink
busybox truncate -s 5 pats; busybox cat pats
busybox truncate pats
busybox bc <<< 1+2
busybox uname
busybox uname -z
busybox hostname zzz yyy --zz
busybox du -s nofile
busybox sync; busybox echo $?
busybox zzzapplet
busybox ls -la nofile
busybox cat -z
busybox cp -z a b
busybox echo | busybox wc -z
busybox mv -z
busybox rm -z
busybox xargs -z
busybox date -z
busybox stat -z
busybox chown nosuchuser passwd
busybox chown
busybox chgrp nosuchgroup passwd
busybox grep -P a words
busybox grep
busybox sed
busybox find nofile
busybox find . -zzz
busybox tar tf nofile
busybox tar cf x.tar nofile
busybox df nofile
busybox kill -l | busybox head -1
busybox find . -name
busybox tar --delete -f x a
busybox tar rf x.tar words
busybox grep -y a words
busybox grep -u a words
busybox grep -T a words
busybox egrep 'a|b' words
busybox fgrep a.b words
busybox grep '[' words
busybox grep -r apple words
busybox grep -A x a words
busybox grep -m x a words
busybox xargs -s 10 echo < nums
busybox sha256sum --tag words
busybox tar cf x.tar words; busybox tar tf x.tar; busybox tar xvf x.tar
busybox grep -E '*a' words
busybox grep -c a words pats
busybox grep -L a words pats
busybox grep -d skip a words
busybox touch -t 202401020304 passwd; busybox ls -ln passwd | busybox cut -c1-44,58-
busybox touch -t 202401020304 passwd d; busybox ls -lnd passwd d | busybox cut -c11-17,36-
busybox touch -t 202401020304 passwd; busybox ls -lnh passwd | busybox cut -c1-28,36-
busybox touch -t 202401020304 passwd; busybox ls -lns passwd | busybox cut -c1-24,43-
busybox rm .
busybox rm -r ..
busybox kill
busybox find . -daystart
busybox find . -regextype awk
busybox find . -name pats -xdev
busybox sort -y
busybox mv -v words w2
echo n | busybox cp -i words pats; busybox cmp words pats
echo n | busybox rm -i words; busybox ls words
busybox sed s/a words
busybox sed nofile
busybox sed p nofile
busybox awk
busybox test 1 -eq x; busybox echo $?
busybox sha256sum -c nofile
busybox gunzip nofile
busybox diff -u pats nofile
busybox timeout x true
busybox head -z 1 pats
busybox sed -n 's/\(a/x/p' words
