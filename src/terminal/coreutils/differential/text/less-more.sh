less fruit.txt
less -N fruit.txt | head -n 2
cat fruit.txt | less
less fruit.txt passwd | wc -l
echo x | more | cat

less nofile; echo $?

less .; echo $?

less fruit.txt nofile; echo $?

less < fruit.txt | head -1; cat fruit.txt | less | tail -1

printf 'no newline' | less; less fruit.txt nofile passwd | tail -3; less nofile 2>/dev/null | wc -l
