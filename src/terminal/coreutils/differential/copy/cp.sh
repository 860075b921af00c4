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

echo y | cp -i passwd fruit.txt; echo $?; cmp passwd fruit.txt

echo n | cp -i passwd fruit.txt; echo $?; cmp passwd fruit.txt

echo y | cp -iv passwd new; cp -in passwd fruit.txt; echo $?; echo n | cp -ni passwd fruit.txt; echo $?

cp --sparse=foo passwd a; echo $?; cp --sparse= passwd a; cp --sparse=a passwd a; cp --sparse=nev passwd a; cmp passwd a; cp --sparse=al passwd b; cmp passwd b

head -c 20000 /dev/zero > z; echo x >> z; head -c 9000 /dev/zero >> z; cp --sparse=always z y; cmp z y; stat -c %s y; cp --sparse=never y x; cmp x z; head -c 5000 /dev/zero | cp --sparse=always /dev/stdin w; stat -c %s w

cp --attributes-only passwd a; wc -c a; cp --attributes-only passwd fruit.txt; wc -c fruit.txt; chmod 700 passwd; cp --attributes-only --preserve=mode passwd fruit.txt; stat -c '%a %s' fruit.txt

touch -d 2020-01-01 passwd; chmod 640 passwd; cp --preserve=timestamps passwd a; stat -c '%a %Y' a; cp --preserve=mode passwd b; stat -c %a b; cp -p --no-preserve=timestamps passwd c; stat -c '%a' c; test c -nt passwd; echo $?; cp --preserve=foo passwd d; cp --no-preserve=foo passwd d; cp --preserve=mode,time passwd d; stat -c '%a %Y' d

chmod 600 passwd; cp passwd a; stat -c %a a; cp --no-preserve=mode passwd b; stat -c %a b; mkdir -m 700 d; cp -r d e; stat -c %a e; cp -r --no-preserve=mode d f; stat -c %a f

ln -s passwd l; cp --remove-destination -v fruit.txt l; stat -c %F l; cp --remove-destination -v fruit.txt new; ls -l l | cut -c1

mkdir d; echo x > d/x; cp --strip-trailing-slashes -rv d/ e; ln -s d l; cp -rv --strip-trailing-slashes l/ m; cp -rv l/ n; mkdir t; cp -rv --strip-trailing-slashes l/ t


cp --backup=foo passwd fruit.txt; cp --backup=num passwd fruit.txt; ls; cp --backup=none passwd fruit.txt; cp --backup=simple -S .bak passwd fruit.txt; ls

cp --reflink=never passwd a; cmp a passwd; cp --reflink=auto passwd b; cmp b passwd; cp --reflink=foo passwd c; echo $?

cp -x passwd a; cmp a passwd; cp --one-file-system -r . /nonexistent/x; echo $?; cp -H passwd b; ln -s passwd l; cp -rH l m; stat -c %F m; mkdir d; ln -s ../passwd d/l; cp -rH d e; stat -c %F e/l; cp -rL d f; stat -c %F f/l

ln passwd a; mkdir d; cp -d passwd a d; stat -c %h d/a; cp -a passwd a e; mkdir e; cp -a passwd a e; stat -c %h e/a; cp --preserve=links passwd a e; stat -c %h e/passwd

cp passwd ''; echo $?; cp '' x; echo $?; cp nofile x; cp -r . x/y; cp passwd passwd/; cp passwd nodir/; echo $?; ln -s nofile dang; cp passwd dang; cp dang x

cp -lv passwd h; stat -c %h h; cp -sv passwd d; mkdir dd; cp -s passwd dd; echo $?; cp -s $PWD/passwd dd; cp -ls passwd w; echo $?; cp -fs passwd d

cp -u passwd fruit.txt; echo $?; touch -d 2030-01-01 fruit.txt; cp -uv passwd fruit.txt; cp -uv fruit.txt passwd; cp -bf passwd passwd; ls; cp -f passwd passwd; echo $?

mkdir d; cp -v passwd fruit.txt nums d; cp -n -v passwd d; cp -T passwd d; echo $?; cp -rT d e; ls e; cp -t d; cp -t; cp passwd; cp -Tt d passwd; echo $?

cp --context=foo passwd x; echo $?; cp -Z passwd x; echo $?

mkdir -p a/b; touch a/b/f; chmod 711 a/b; cp --parents -v a/b/f nums . ; mkdir o; cp --parents -v a/b/f o; stat -c %a o/a/b; cp --parents -r ./a o/x; echo $?

cp -r . d; echo $?; cp -r . d; echo $?
