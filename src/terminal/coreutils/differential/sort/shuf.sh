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

shuf --random-source=nums -i 1-5; shuf -n 2 --random-source=poem words; shuf -e a b c --random-source=poem; shuf -z -e a b --random-source=poem | tr '\0' '#'
shuf -r -n 5 -i 0-1 --random-source=poem; shuf -i 1-2 -o out --random-source=poem; cat out; shuf words --random-source=/dev/null; echo $?; shuf -n 0 words
shuf -n 3 --random-source=nums -i 1-1000000; shuf -r -n 3 -e a b c --random-source=nums; shuf --random-source=nofile nums; shuf -i 1-100000 -n 30 --random-source=pats; echo $?
