less fruit.txt
less -N fruit.txt | head -n 2
cat fruit.txt | less
less fruit.txt passwd | wc -l
echo x | more | cat
