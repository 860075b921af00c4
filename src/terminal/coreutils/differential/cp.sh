cp passwd copy
cmp passwd copy
cp -v passwd copy
cp -n fruit.txt copy
cmp passwd copy
cp passwd fruit.txt nodir; echo $?

mkdir d
cp passwd fruit.txt d
ls d
cp d e; echo $?
cp -r d e
ls e
cp -r d e
ls -R e

mkdir d
cp -t d passwd fruit.txt
ls d
cp -T passwd d; echo $?
cp d/passwd .
cp passwd passwd; echo $?

touch -d 2020-01-01 passwd
chmod 600 passwd
cp -p passwd p
stat -c '%a %y' p
cp -a passwd q
stat -c '%a %Y' q
ln -s passwd l
cp -P l m
readlink m
cp l n
stat -c %F n

cp -b passwd fruit.txt
ls
cp --backup=numbered passwd fruit.txt
ls
cp -u fruit.txt passwd; echo $?
cp -s passwd slink
readlink slink
cp -l passwd hard
stat -c %h passwd

mkdir -p s/t
echo x > s/t/f
cp --parents s/t/f nodir; echo $?
mkdir o
cp --parents s/t/f o
find o | sort
cp -rv s w
cp -r s s/in; echo $?

chmod 0 fruit.txt
cp -f passwd fruit.txt
cat fruit.txt
cp; echo $?
cp --zz a b; echo $?
cp a b c; echo $?

mkdir d; chown --dereference --silent 0 d; chgrp --quiet 0 d; diff --speed-large-files pats pats; mv --zzz; echo $?; cp --zz; echo $?; cp -y a b; echo $?; sort --zzz; echo $?; ln --re; echo $?
