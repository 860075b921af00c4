printf 'a 1\nb 2\nd 4\n' > l
printf 'a x\nc y\nd z\n' > r
join l r
join -v1 l r
join -o 1.1,2.2 l r
join -1 2 -2 1 l r
join -i l r
join l nofile; echo $?
join -j3 l r
