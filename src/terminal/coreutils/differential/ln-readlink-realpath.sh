ln passwd hard
stat -c %h passwd
ln -s passwd soft
readlink soft
ln -s passwd soft; echo $?
ln -sf fruit.txt soft
readlink soft
ln nofile x; echo $?
mkdir d
ln d e; echo $?
ln -s ../passwd d
readlink d/passwd
ln -sv a b

mkdir -p d/e
ln -s d/e l
ln -sfn d l
readlink l
ln -s x d
ls -A d | cat
ln -sr d/e rel
readlink rel
ln -t d passwd
ls d
ln; echo $?
ln -s; echo $?
ln -T passwd d; echo $?

mkdir -p d/e
ln -s d/e l
realpath l d/../passwd | sed 's,.*/tmp/,,;s,^drydock-[^/]*/,,'
realpath nofile/x; echo $?
realpath -e nofile; echo $?
realpath --relative-to=d passwd
realpath -m --relative-to=. nodir/x/../y
readlink -f nodir/a; echo $?
readlink passwd; echo $?
readlink -e nofile; echo $?
readlink -m no/such | sed 's,.*drydock-[^/]*,,'

ln -s loop1 loop2
ln -s loop2 loop1
cat loop1; echo $?
realpath loop1; echo $?
readlink -n loop1
realpath -s passwd | sed 's,.*/,,'
realpath; echo $?
readlink; echo $?
