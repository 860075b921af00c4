column -t -s: passwd
column -t fruit.txt
column -c 30 words
column -t -o '|' fruit.txt
printf 'a b\nc\n' | column -t -N X,Y
printf 'a,b\n1,\n' | column -ts,
printf '가 a\n나다 b\n' | column -t
column -x -c 30 words

printf 'a b c\n' | column -t -H 2 -N a,b,c

printf 'n v\na 1\n' | column -t -J -N n,v -n tbl; printf 'a b c\n1 2\n' | column -t -J -N A,B-x,C; printf 'a b c\n1 2 3\n' | column -J; echo $?; printf 'a b\n' | column -t -J; printf 'a b c\n' | column -t -N x,y -J -n q; echo $?; printf 'a"b c\\\n' | column -t -N x,y -J -n q; printf 'a b\n' | column -J -N x,y

printf 'a b c\n1 2 3\n' | column -t -N x,y,z -H y -R z; printf 'a b c\n1 2 3\n' | column -t -N x,y,z -H y,1; printf 'a b c\n1 2 3\n' | column -t -N x,y,z -O z,x; printf 'a b c\n1 2 3\n' | column -t -l 2; printf 'a b c\n1 2 3\n' | column -t -N x,y -d; printf 'a b c\n1 22 3\n' | column -t -N x,y,z -R y -o '|'; printf 'a:b:c:d\n' | column -s: -t -l 2; printf 'a:b::c\n' | column -s: -t

printf 'a b c\n' | column -H 1; echo $?; printf 'a b c\n' | column -c x; echo $?; printf 'a b c\n' | column -t -R zz; printf 'a b c\n' | column --zz; printf 'a b c\n' | column -t -H zz; printf 'a b c\n' | column -N a,b; printf 'a b c\n' | column -n x; printf ' a b\n' | column -t; printf 'a b\n\nc d\n' | column -t -L; printf '가 b\nxyz c\n' | column -t; column nofile; echo $?

seq 200000 | column -c 80 | tail -1; seq 200000 | column -x -c 80 | cksum; seq 150000 | column -t | cksum
