head -n 1 passwd fruit.txt
head -q -n 1 passwd fruit.txt
head -v -n 1 passwd
head -c -10 fruit.txt
head -n 0 fruit.txt
head -n 1K nums | wc -l
head -c 1k nums | wc -c
head -5 nums; echo $?

tail -n 1 passwd fruit.txt
tail -q -n 1 passwd fruit.txt
tail -v -c 5 passwd
tail -3 nums
tail -n +19 nums
tail -c +80 fruit.txt
tail -n 0 nums
seq 5 | tail -n 2
tail -n -2 nums
tail nofile passwd; echo $?

seq 100000 | head -n 3
seq 100000 | tail -n 2
yes | head -c 6
yes a b | head -n 2
head -n x nums; echo $?
tail -c q nums; echo $?
head .; echo $?
head -n -18 nums
head -n 2 - < nums

tail +18 nums; tail -z -n 1 fruit.txt; tail -c +5 fruit.txt; tail -n +2 fruit.txt poem; printf 'a\nb' | tail -n 1; printf 'a\nb' | tail -n 2; printf 'a\n\n\n' | tail -n 2; seq 100000 | tail -c 20; seq 100000 | tail -n 3; seq 100000 | tail -n +99999; tail -n 0 nums; tail -c 0 nums; tail -c 1K nums | wc -c; tail nofile nums | tail -2; tail -5c nums; tail -c x nums; printf '' | tail; tail .; yes | head -c 300000 | tail -c 7; tail -n 20 nums | head -1; tail -n 21 nums | head -1; tail -n 19 nums | head -1
