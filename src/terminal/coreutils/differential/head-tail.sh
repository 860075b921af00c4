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
