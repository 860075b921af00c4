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

cut -f1 -c1 passwd; echo $?

cut -d '' -f1 passwd | head -c 5

cut -z -d: -f1 passwd | od -c | head -n 1

cut -s -c1 passwd; echo $?

cut -c 0 passwd; cut -f 0-1 passwd; cut -f 3-1 passwd; cut -f - passwd; cut -f '' passwd; cut -f a passwd; cut -c 1,b passwd; cut -f 1-2-3 passwd; cut -f 1,,2 passwd; cut -f 1x,2 passwd; cut -f 99999999999999999999 passwd; cut -b 1-x passwd; cut -c x-1 passwd; cut -f 0 passwd; cut -f -0 passwd; cut -f 2-0 passwd

cut -d: -f 1,3- --output-delimiter= passwd | od -c | head -3; cut -c 1-2,2-4,6 --output-delimiter=, passwd; cut -c 1-2,3-4 --output-delimiter=, passwd; cut -c 1-3 --complement passwd; cut -d: -f 2-3 --complement passwd

cut -d: -f '1 3' passwd; cut -c 100- passwd; cut -c 1-3 hangul | od -c; cut -d한 -f1 hangul; cut -f1 tabs; cut -sf2 tabs; cut -b1 nofile passwd; cut; cut -d ab -f1 x; cut -c1,5-7 --complement --output-delimiter=: passwd
