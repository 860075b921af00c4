printf 'a 1\nb 2\nd 4\n' > l
printf 'a x\nc y\nd z\n' > r
join l r
join -v1 l r
join -o 1.1,2.2 l r
join -1 2 -2 1 l r
join -i l r
join l nofile; echo $?
join -j3 l r

printf '1 a\n2 b\n3 c\n' > l; printf '1 x\n3 y z\n4 w\n' > r; join -a1 -e NA -o auto l r; join -a1 -a2 -e - -o auto l r; join -o x l r; echo $?; join -a3 l r; echo $?; join -1 0 l r; join -o 1 l r; join -o 3.1 l r; join -o 1.x l r; join -t ab l r; join -v 1 l r; join -o 2.2,1.2 l r; join -o 0 -a 2 l r; join -j 2 l l; join -1 2 -2 1 l r; join -i l r

join -t: passwd passwd | head -n 1; printf 'b 1\na 2\nc 3\n' > u; join u u; echo $?; printf 'a 1\nb 2\n' > s; join u s; echo $?; join s u; echo $?; join --nocheck-order u s; join --check-order u u; echo $?; join -a1 u s; echo $?

join - - < nums; echo $?; join words; echo $?; join -t ab words pats; join -1 x words pats; echo $?; join -o 3.1 words pats; echo $?; join -z <(printf 'a 1\0') <(printf 'a 2\0') | tr '\0' '#'

join -j 1 -1 2 words pats; join -1 2 -1 2 pats fruit.txt; join a b c
