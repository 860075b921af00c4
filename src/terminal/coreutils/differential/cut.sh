cut -d: -f1 passwd
cut -d: -f1,3-4 passwd
cut -d: -f5- passwd
cut -d: -f-2 passwd
cut -c2-4 words | head -n 2
cut -b1,3 words | head -n 2
cut -d' ' -f2 -s poem | head -n 3
cut --complement -d: -f1,7 passwd
cut -d: -f1,7 --output-delimiter=' -> ' passwd
cut -d : -f 9 passwd
echo 가나다라 | cut -c1-3
cut -f1 passwd

cut -d: passwd; echo $?
cut -f0 passwd; echo $?
cut -d:: -f1 passwd; echo $?
cut -f3-1 passwd; echo $?
cut -fx passwd; echo $?
cut -f1 nofile; echo $?
cut -c 1-3,5 --output-delimiter=_ words | head -n 1
