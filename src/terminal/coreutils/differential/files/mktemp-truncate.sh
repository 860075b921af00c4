mktemp -d dXXXXXX | wc -c
mktemp -p nodir; echo $?
mktemp aXX; echo $?
truncate -s 5 t
stat -c %s t
truncate -s +3 t
stat -c %s t
truncate -s 1K t
stat -c %s t
truncate -s -24 t
stat -c %s t
truncate t; echo $?
truncate -s q t; echo $?
truncate -c -s 4 nofile
ls nofile
truncate -s '<10' t
stat -c %s t
truncate -r passwd t
cmp t passwd | head -c 20
truncate -s %16 t
stat -c %s t
