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
