/usr/bin/basename; echo $?

/usr/bin/cat /no/file; echo $?

/usr/bin/base64 /no/file; echo $?

/usr/bin/basenc; echo $?

/usr/bin/chgrp root; echo $?
/usr/bin/chgrp root /no/file; echo $?

/usr/bin/chmod; echo $?
/usr/bin/chmod 644; echo $?
/usr/bin/chmod 644 /no/file; echo $?
/usr/bin/chmod zzz words; echo $?

/usr/bin/chown root; echo $?
/usr/bin/chown nosuchuser words; echo $?

/usr/bin/cksum /no/file; echo $?
/usr/bin/cksum -a zzz words; echo $?

/usr/bin/comm words; echo $?
/usr/bin/comm /no/file words; echo $?

/usr/bin/cp; echo $?
/usr/bin/cp words; echo $?
/usr/bin/cp /no/file x; echo $?
/usr/bin/cp words nums nodir; echo $?

/usr/bin/csplit words; echo $?
/usr/bin/csplit /no/file 3; echo $?

/usr/bin/cut -f1 /no/file; echo $?
/usr/bin/cut words; echo $?
/usr/bin/cut -z -b0 words; echo $?

/usr/bin/date -d nonsense; echo $?
/usr/bin/date +%s extra; echo $?

/usr/bin/dd if=/no/file; echo $?
/usr/bin/dd nosuch=1; echo $?
/usr/bin/dd conv=zzz; echo $?
/usr/bin/dd bs=zz; echo $?

/usr/bin/df /no/file; echo $?

/usr/bin/dirname; echo $?

/usr/bin/du /no/file; echo $?

/usr/bin/env nosuchprogram; echo $?
/usr/bin/env -u; echo $?
/usr/bin/env -C /no/dir true; echo $?

/usr/bin/expand /no/file; echo $?
/usr/bin/expand -t x words; echo $?

/usr/bin/expr; echo $?
/usr/bin/expr 1 +; echo $?
/usr/bin/expr a + 1; echo $?

/usr/bin/factor zz; echo $?

/usr/bin/fmt /no/file; echo $?
/usr/bin/fmt -w zz; echo $?

/usr/bin/fold /no/file; echo $?
/usr/bin/fold -w zz; echo $?

/usr/bin/groups nosuchuser; echo $?

/usr/bin/head /no/file; echo $?
/usr/bin/head -n zz words; echo $?
/usr/bin/head -3x words; echo $?

/usr/bin/id nosuchuser; echo $?

/usr/bin/install; echo $?
/usr/bin/install /no/file x; echo $?

/usr/bin/join words; echo $?
/usr/bin/join /no/file words; echo $?

/usr/bin/link words; echo $?
/usr/bin/link /no/file x; echo $?

/usr/bin/ln; echo $?
/usr/bin/ln -s a b c; echo $?
/usr/bin/ln /no/file x; echo $?

/usr/bin/ls /no/file; echo $?
/usr/bin/ls --color=zz; echo $?
/usr/bin/ls --sort=zz; echo $?

/usr/bin/md5sum /no/file; echo $?
/usr/bin/md5sum -c /no/file; echo $?

/usr/bin/mkdir; echo $?
/usr/bin/mkdir words; echo $?
/usr/bin/mkdir a/b/c; echo $?
/usr/bin/mkdir -v newdir; echo $?

/usr/bin/mkfifo; echo $?
/usr/bin/mkfifo words; echo $?

/usr/bin/mknod; echo $?
/usr/bin/mknod x y; echo $?

/usr/bin/mktemp zzz; echo $?
/usr/bin/mktemp -d /no/dir/XXXXXX; echo $?

/usr/bin/mv; echo $?
/usr/bin/mv words; echo $?
/usr/bin/mv /no/file x; echo $?

/usr/bin/nice -n zz true; echo $?
/usr/bin/nice nosuchprogram; echo $?

/usr/bin/nl /no/file; echo $?

/usr/bin/nohup; echo $?

/usr/bin/numfmt zz; echo $?
/usr/bin/numfmt --to=zz 1; echo $?

/usr/bin/od /no/file; echo $?
/usr/bin/od -t zz words; echo $?

/usr/bin/paste /no/file; echo $?

/usr/bin/pathchk; echo $?
/usr/bin/pathchk ''; echo $?


/usr/bin/printf; echo $?
/usr/bin/printf %d zz; echo $?
/usr/bin/printf %Z 1; echo $?

/usr/bin/readlink; echo $?
/usr/bin/readlink -v /no/file; echo $?

/usr/bin/realpath; echo $?
/usr/bin/realpath /no/file/x; echo $?

/usr/bin/rm; echo $?
/usr/bin/rm /no/file; echo $?
/usr/bin/rm nums/; echo $?

/usr/bin/rmdir; echo $?
/usr/bin/rmdir /no/file; echo $?
/usr/bin/rmdir words; echo $?

/usr/bin/seq; echo $?
/usr/bin/seq zz; echo $?
/usr/bin/seq 1 2 3 4; echo $?

/usr/bin/sha256sum /no/file; echo $?

/usr/bin/shred /no/file; echo $?

/usr/bin/shuf -n zz; echo $?
/usr/bin/shuf /no/file; echo $?

/usr/bin/sleep; echo $?
/usr/bin/sleep zz; echo $?
/usr/bin/sleep zz yy; echo $?

/usr/bin/sort /no/file; echo $?
/usr/bin/sort -k zz words; echo $?
/usr/bin/sort --sort=zz words; echo $?

/usr/bin/split /no/file; echo $?
/usr/bin/split -n zz words; echo $?

/usr/bin/stat; echo $?
/usr/bin/stat /no/file; echo $?

/usr/bin/stdbuf; echo $?
/usr/bin/stdbuf -o zz true; echo $?

/usr/bin/stty -F /no/file; echo $?

/usr/bin/sum /no/file; echo $?

/usr/bin/tac /no/file; echo $?

/usr/bin/tail /no/file; echo $?
/usr/bin/tail -n zz words; echo $?

/usr/bin/tee nodir/x </dev/null; echo $?

/usr/bin/test -z a b; echo $?

/usr/bin/[ a; echo $?

/usr/bin/timeout; echo $?
/usr/bin/timeout zz true; echo $?
/usr/bin/timeout 1 nosuchprogram; echo $?

/usr/bin/touch; echo $?
/usr/bin/touch /no/file; echo $?
/usr/bin/touch -d zz words; echo $?

/usr/bin/tr; echo $?
/usr/bin/tr a; echo $?
/usr/bin/tr -d a b c; echo $?

/usr/bin/truncate; echo $?
/usr/bin/truncate -s zz words; echo $?
/usr/bin/truncate -s 3; echo $?

/usr/bin/tsort a b; echo $?
/usr/bin/tsort /no/file; echo $?

/usr/bin/uname zz; echo $?

/usr/bin/uniq /no/file; echo $?
/usr/bin/uniq --group=zz words; echo $?

/usr/bin/unlink; echo $?
/usr/bin/unlink /no/file; echo $?

/usr/bin/wc /no/file; echo $?
/usr/bin/wc --files0-from=- words; echo $?

/usr/bin/whoami zz; echo $?

/usr/bin/who a b c; echo $?
