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

head -2c nums; head -2q nums words; head -1v nums; head -2k nums | wc -c; head -1x nums; head -1b nums; head -3l nums; head -n 99999999999999999999999 nums

tail -1 nums words; tail -2b nums | wc -c; tail +2 nums | head -2; tail -c; tail + nums | wc; tail -n 99999999999999999999 nums; tail --pid=x nums; tail --pid=1 -n1 nums; tail --retry -n1 nums; tail --follow=zz nums; tail -s x nums; seq 3 | tail -f; tail -n1 -qf words nums --pid=999999; tail --follow=name nofile; tail -F -; mkdir dd; tail -f dd; tail -f --retry dd

(echo a>x; timeout 4 tail -f x & sleep .5; rm x; sleep 1.2; echo n > x; sleep 1; wait)
