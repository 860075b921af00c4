shuf -e one
shuf -i 7-7
shuf -n 0 nums
seq 20 | shuf | sort -n | cmp - nums
shuf -i 1-3 | sort
shuf nofile; echo $?
shuf a b; echo $?
shuf -n 3 -i 1-100 | wc -l
shuf -r -n 5 -e x
shuf -z -e a | od -c

shuf -i a-b; echo $?; shuf -i 1-x; shuf -i 5; shuf -i 5-1; shuf -i 1-2-3; shuf -n x; shuf -n -1; shuf -i 3-3; shuf -e x; shuf . ; shuf nofile; shuf a b; shuf -i 1-3 x
