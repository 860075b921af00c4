/usr/bin/grep; echo $?
/usr/bin/grep --nosuch; echo $?
/usr/bin/grep -@; echo $?
/usr/bin/grep x /no/file; echo $?
/usr/bin/grep -A zz x words; echo $?
/usr/bin/grep '[' words; echo $?
/usr/bin/grep -E -P a words; echo $?
/usr/bin/egrep x /no/file; echo $?
/usr/bin/fgrep x /no/file; echo $?

/usr/bin/sed p /no/file; echo $?
/usr/bin/sed zz words; echo $?
/usr/bin/sed s/a words; echo $?
/usr/bin/sed -n -f /no/file words; echo $?
/usr/bin/sed -i p /no/file; echo $?
/usr/bin/sed --nosuch 2>&1 | head -n 2; echo $?
/usr/bin/sed -@ 2>&1 | head -n 2; echo $?

/usr/bin/find --nosuch; echo $?
/usr/bin/find -nosuch; echo $?
/usr/bin/find /no/file; echo $?
/usr/bin/find . -name; echo $?
/usr/bin/find . -type zz; echo $?
/usr/bin/find . -type 'd,d'; echo $?
/usr/bin/find . -type ''; echo $?
/usr/bin/find . -type 'D'; echo $?
/usr/bin/find . -type 'd,'; echo $?
/usr/bin/find . -type 'dz'; echo $?
/usr/bin/find . -type 'z,d'; echo $?
/usr/bin/find . -maxdepth zz; echo $?
/usr/bin/find words -exec /bin/ls --nosuch {} \;; echo $?
/usr/bin/find words -exec /bin/ls /no/file {} +; echo $?
/usr/bin/find words -exec nosuchprogram {} \;; echo $?

/usr/bin/xargs --nosuch; echo $?
/usr/bin/xargs -@; echo $?
/usr/bin/xargs -n zz; echo $?
/usr/bin/xargs -a /no/file; echo $?
echo a | /usr/bin/xargs nosuchprogram; echo $?
echo /no/file | /usr/bin/xargs /bin/ls; echo $?
echo /no/file | /usr/bin/xargs ls; echo $?
echo "a'" | /usr/bin/xargs; echo $?

/usr/bin/diff; echo $?
/usr/bin/diff --nosuch; echo $?
/usr/bin/diff -@; echo $?
/usr/bin/diff words; echo $?
/usr/bin/diff words /no/file; echo $?
/usr/bin/diff -U zz words nums; echo $?
/usr/bin/diff a b c; echo $?
mkdir a b; echo 1 > a/x; echo 2 > b/x; echo 3 > a/y; /usr/bin/diff -r a b; echo $?

/usr/bin/cmp; echo $?
/usr/bin/cmp --nosuch; echo $?
/usr/bin/cmp -@; echo $?
/usr/bin/cmp words; echo $?
/usr/bin/cmp words /no/file; echo $?
/usr/bin/cmp words nums; echo $?
head -n 3 nums > x; /usr/bin/cmp x nums; echo $?
/usr/bin/cmp -n zz words nums; echo $?

/usr/bin/patch --nosuch; echo $?
/usr/bin/patch -@; echo $?
/usr/bin/patch -i /no/file; echo $?
/usr/bin/patch a b c; echo $?
/usr/bin/patch -p zz < /dev/null; echo $?
echo garbage | /usr/bin/patch; echo $?

/bin/tar; echo $?
/bin/tar --nosuch; echo $?
/bin/tar -@; echo $?
/bin/tar xf /no/file; echo $?
/bin/tar xzf /no/file; echo $?
/bin/tar cf; echo $?
/bin/tar cf x.tar; echo $?
/bin/tar cf x.tar /no/file; echo $?
/bin/tar tf words; echo $?
/bin/tar tzf words; echo $?
/bin/tar cxf x.tar words; echo $?
/bin/tar cf x.tar words; /bin/tar xf x.tar nosuch; echo $?
/bin/tar cf x.tar words; /bin/tar xf x.tar 'w*'; echo $?
/bin/tar cf x.tar words; /bin/tar tf x.tar -C /no/dir; echo $?
/bin/tar cf x.tar -C /no/dir words; echo $?

/bin/gzip --nosuch; echo $?
/bin/gzip -@; echo $?
/bin/gzip /no/file; echo $?
/bin/gzip -d words; echo $?
/bin/gzip -S '' words; echo $?
mkdir d; /bin/gzip d; echo $?
/bin/gzip words; /bin/gzip words.gz; echo $?
/bin/gunzip --nosuch; echo $?
/bin/gunzip /no/file; echo $?
/bin/zcat /no/file; echo $?
/bin/zcat words; echo $?

/usr/bin/awk '{ print'; echo $?
/usr/bin/awk '{ print }' /no/file; echo $?
/usr/bin/awk -f /no/file; echo $?

/usr/bin/awk 'BEGIN { printf "%d" }'; echo $?

/usr/bin/iconv --nosuch; echo $?
/usr/bin/iconv -@; echo $?
/usr/bin/iconv -f utf8 -t ascii /no/file; echo $?

/usr/bin/column --nosuch; echo $?
/usr/bin/column /no/file; echo $?
/usr/bin/rev /no/file; echo $?
/usr/bin/rev -@; echo $?
/usr/bin/hexdump /no/file; echo $?
/usr/bin/hexdump --nosuch; echo $?
/usr/bin/hd /no/file; echo $?
/usr/bin/colrm zz; echo $?
/usr/bin/namei; echo $?
/usr/bin/flock; echo $?
/usr/bin/flock --nosuch; echo $?
/usr/bin/flock zz; echo $?
/usr/bin/getopt; echo $?
/usr/bin/getopt --nosuch; echo $?
/usr/bin/mountpoint; echo $?
/usr/bin/fallocate; echo $?
/usr/bin/fallocate words; echo $?
/usr/bin/setsid; echo $?
/usr/bin/whereis; echo $?
