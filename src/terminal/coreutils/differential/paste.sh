paste fruit.txt passwd
paste -d: words nums | head -n 3
paste -s nums
paste -sd+ nums
seq 6 | paste - - -
paste -d ',;' nums nums nums | head -n 2
paste nofile; echo $?
paste -d '\n' words nums | head -n 4
seq 3 | paste -sd '' -
paste - < nums | head -n 1
