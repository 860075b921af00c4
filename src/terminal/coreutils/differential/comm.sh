comm nums words; echo $?
sort nums > a
head -n 3 a > b
comm -12 a b
comm -13 a b
comm -23 a b | head -n 2
comm -123 a b
comm --total -3 a b | tail -n 1
comm a -
comm -z b b | od -c | head -n 2
