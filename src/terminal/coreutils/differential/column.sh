column -t -s: passwd
column -t fruit.txt
column -c 30 words
column -t -o '|' fruit.txt
printf 'a b\nc\n' | column -t -N X,Y
printf 'a,b\n1,\n' | column -ts,
printf '가 a\n나다 b\n' | column -t
column -x -c 30 words
