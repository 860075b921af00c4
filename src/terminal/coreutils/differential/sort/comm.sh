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

comm -12 <(sort words) <(sort pats); comm --total -3 <(sort words) <(sort pats) | tail -1; comm --output-delimiter=: <(sort words) <(sort pats) | head -3; comm --check-order words pats; echo $?; comm --nocheck-order words pats | head -2; comm -z pats pats; comm words; echo $?
