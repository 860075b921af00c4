mkdir -v a b
mkdir -pv c/d/e
mkdir -m 700 m
stat -c %a m
mkdir -p a; echo $?
mkdir a; echo $?
mkdir x/y; echo $?
mkdir passwd/z; echo $?
mkdir; echo $?
umask 077
mkdir u
stat -c %a u
mkdir -m u=rwx,go=rx v
stat -c %a v
mkdir -m zz w; echo $?
