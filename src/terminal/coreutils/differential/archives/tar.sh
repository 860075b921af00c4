mkdir -p d/e
echo a > d/a
echo b > d/e/b
tar -cf x.tar d
tar -tf x.tar | sort
tar -xvf x.tar -C nodir; echo $?
mkdir o
tar -xf x.tar -C o
find o | sort
tar -xf x.tar d/a -O
tar tf x.tar | sort

echo 1 > a
echo 2 > b
tar cvf x.tar a
tar tf x.tar
echo 3 > a
tar xf x.tar --to-stdout b
tar tf x.tar nope; echo $?
tar xvf x.tar --wildcards 'a*'
tar tf y.tar

mkdir d
echo a > d/a
echo b > d/b.log
tar czf x.tar.gz --exclude='*.log' d
tar tzf x.tar.gz
ls z
ls d
tar xf x.tar -k
ls d
tar caf y.tgz d
gzip -t y.tgz; echo $?
tar tf y.tgz | sort

tar --delete -f x.tar d/e/b

tar rvf x.tar b

tar uf x.tar a

tar df x.tar; echo $?

tar cf y.tar -T /dev/null

tar -xzf x.tar.gz --transform 's,^d,z,'

tar cf x.tar --remove-files d/b.log

tar cf x.tar ./d/a /nonexistent; echo $?

mkdir -p d/e; echo a > d/a; echo c > c; tar cf x.tar d; tar rf x.tar c; tar tf x.tar | sort; tar rvf x.tar c; tar tf x.tar | sort; wc -c < x.tar

echo c > c; tar cf x.tar c; tar uvf x.tar c; touch -d 2030-01-01 c; tar uvf x.tar c; tar tf x.tar

mkdir d; echo a > d/a; echo c > c; tar cf x.tar d c; tar --delete -f x.tar c; tar tf x.tar; tar --delete -f x.tar d; tar tf x.tar; wc -c < x.tar; tar --delete -f x.tar d; echo $?

mkdir d; echo a > d/a; echo c > c; tar cf x.tar d c; tar df x.tar; echo bb > c; chmod 600 d/a; touch -d 2020-01-01 c; tar df x.tar; echo $?; rm d/a; tar dvf x.tar; echo $?; tar df x.tar c

mkdir d; echo a > d/a; ln -s a d/l; tar cf x.tar d/l d/a; rm d/l; ln -s b d/l; tar df x.tar

mkdir d; tar czf x.tgz d; tar rf x.tgz d; echo $?; tar rzf x.tgz d; echo $?

echo c > c; tar cf y.tar c; tar cf x.tar words; tar Af x.tar y.tar; tar tf x.tar

mkdir -p d/e; echo a > d/e/a; tar cvf x.tar --transform 's,^d,z,' d; tar tf x.tar; tar cvf x.tar --show-transformed-names --xform 's/d/Z/g;s/a/\U&/' d; mkdir o; tar xvf x.tar -C o --transform 's/Z/q/'; find o | sort; tar cf x.tar --transform zzz d; echo $?

mkdir d; echo a > d/a; echo c > c; tar cf x.tar --remove-files c d; ls; tar tf x.tar

mkdir -p d; echo a > d/a; tar cf x.tar --owner=bob --group=staff:50 --mtime=2020-01-02 --mode=u=rw,go= d; TZ=UTC tar tvf x.tar; tar cf x.tar --owner=0 --mtime=@0 --sort=name d/a; TZ=UTC tar tvf x.tar; TZ=UTC tar tvf x.tar --full-time --numeric-owner

tar xf nofile.tar; echo $?; tar xzf nofile.tgz; echo $?; tar cf /nonexistent/x.tar words; echo $?; tar tzf words; echo $?

tar cf x.tar; echo $?; tar cf x.tar -T nofile; echo $?; tar cf x.tar -X nofile words; echo $?; tar cf x.tar -T /dev/null; echo $?; wc -c < x.tar

mkdir -p d/e/f; echo a > d/a; mkdir d/.git; echo '*/e' > ex; tar cf x.tar -X ex d; tar tf x.tar | sort; tar cf x.tar --exclude-vcs --exclude=a d; tar tf x.tar | sort; tar cf x.tar --exclude='d/e/*' d; tar tf x.tar | sort; tar tf x.tar --exclude=.git | sort

mkdir d; echo a > d/a; tar cf x.tar d; tar xf x.tar --keep-newer-files -v; tar xf x.tar --skip-old-files; tar xkf x.tar -v; echo $?; tar xf x.tar --overwrite

mkdir d; echo a > d/a; tar cf x.tar -b 1 d/a; wc -c < x.tar; tar xf x.tar --one-top-level; find x | sort; tar xf x.tar --one-top-level=top; find top | sort; tar czf y.tar.gz d; tar xf y.tar.gz --one-top-level; find y | sort

tar zzz; echo $?; tar -cf; echo $?; tar; echo $?; tar x.tar; echo $?; tar -xt -f x.tar; echo $?; tar --format=foo -cf x.tar words; echo $?; tar --zzz; echo $?; tar cf; echo $?

mkdir d; echo a > d/a; echo b > d/b; tar cf x.tar d; tar --wildcards -tf x.tar '*a'; tar -tf x.tar '*a'; echo $?; tar tf x.tar nofile d/a; echo $?; tar xOf x.tar d/a; tar --no-wildcards -tf x.tar '*a'

echo junk > j; tar tf j; echo $?; : > z; tar tf z; echo $?

mkdir d; echo a > d/a; touch -d 2031-06-01 d/n; tar cf x.tar --newer=2031-01-01 d; tar tf x.tar; tar xf x.tar -C nodir; echo $?; tar cf x.tar -C nodir d; echo $?

mkdir d; echo a > d/a; tar cf x.tar --no-recursion d; tar tf x.tar; printf 'd/a\0' | tar cf x.tar --null -T -; tar tf x.tar; echo d/a | tar cf x.tar -T - words; tar tf x.tar; tar cf x.tar --add-file=d/a; tar tf x.tar

mkdir d; echo a > d/a; tar cf x.tar ./d ../zz/d /nonexistent/a; echo $?; tar tf x.tar; tar xPf x.tar -v; tar cf x.tar d/; tar tf x.tar; tar cf x.tar d/a --no-xattrs --no-acls --force-local; tar --list --file=x.tar --verbose | cut -c1-10

mkdir d; echo a > d/a; ln d/a d/b; tar cf x.tar d/a d/b; tar tvf x.tar | sed 's/.*:..//'; tar cf x.tar --hard-dereference d/a d/b; tar tvf x.tar | sed 's/.*:..//'

mkdir d; echo a > d/a; tar caf x.tar.gz d; gzip -l < x.tar.gz | wc -l; tar tf x.tar.gz; tar -xvzf x.tar.gz --strip-components=1; tar -cvzf - d/a | tar -tzvf - | wc -l; tar -zcf x.tgz d -v

mkdir -p a/b c; touch a/1 a/b/2 c/3; tar cvf x.tar -C a 1 -C b 2; echo $?; tar cvf x.tar -C a 1 -C ../c 3 ; tar cvf x.tar -C a 1 -C nosuch 2; echo $?; tar cvf x.tar c -C a; echo $?; tar cf - -C c . -C ../a/b . | tar t; tar cvf x.tar a/1 --directory=a b; echo $?

mkdir -p a c; touch a/1 c/3; printf '1\n' > list; tar cvf x.tar -C c 3 -C ../a -T ../list; echo $?; tar cvf x.tar -C c -T list; echo $?; tar cvf x.tar -T list -C a; echo $?; tar cvf x.tar -C a -T list --add-file=1; echo $?; tar xvf x.tar -C c; ls c; tar cvzf y.tgz -C a 1 -C .. fruit.txt; tar tzf y.tgz; tar rvf x.tar -C c 3 -C ../a 1; tar tf x.tar
