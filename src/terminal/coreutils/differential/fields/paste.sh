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

paste -d, words pats | head -3; paste -s -d'+-' nums; paste - - - < nums; paste -d '\0' pats pats; paste -z pats pats | tr '\0' '#'; paste nofile; echo $?; paste -d '\' pats pats; echo $?

paste .; paste
