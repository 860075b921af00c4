/usr/bin/arch --nosuch; echo $?
/usr/bin/arch -@; echo $?

/usr/bin/b2sum --nosuch; echo $?
/usr/bin/b2sum -@; echo $?

/usr/bin/base32 --nosuch; echo $?
/usr/bin/base32 -@; echo $?

/usr/bin/base64 --nosuch; echo $?
/usr/bin/base64 -@; echo $?

/usr/bin/basename --nosuch; echo $?
/usr/bin/basename -@; echo $?

/usr/bin/basenc --nosuch; echo $?
/usr/bin/basenc -@; echo $?

/usr/bin/cat --nosuch; echo $?
/usr/bin/cat -@; echo $?

/usr/bin/chcon --nosuch; echo $?
/usr/bin/chcon -@; echo $?

/usr/bin/chgrp --nosuch; echo $?
/usr/bin/chgrp -@; echo $?

/usr/bin/chmod --nosuch; echo $?
/usr/bin/chmod -@; echo $?

/usr/bin/chown --nosuch; echo $?
/usr/bin/chown -@; echo $?

/usr/sbin/chroot --nosuch; echo $?
/usr/sbin/chroot -@; echo $?

/usr/bin/cksum --nosuch; echo $?
/usr/bin/cksum -@; echo $?

/usr/bin/comm --nosuch; echo $?
/usr/bin/comm -@; echo $?

/usr/bin/cp --nosuch; echo $?
/usr/bin/cp -@; echo $?

/usr/bin/csplit --nosuch; echo $?
/usr/bin/csplit -@; echo $?

/usr/bin/cut --nosuch; echo $?
/usr/bin/cut -@; echo $?

/usr/bin/date --nosuch; echo $?
/usr/bin/date -@; echo $?

/usr/bin/df --nosuch; echo $?
/usr/bin/df -@; echo $?

/usr/bin/dir --nosuch; echo $?
/usr/bin/dir -@; echo $?

/usr/bin/dirname --nosuch; echo $?
/usr/bin/dirname -@; echo $?

/usr/bin/du --nosuch; echo $?
/usr/bin/du -@; echo $?

/usr/bin/env --nosuch; echo $?
/usr/bin/env -@; echo $?

/usr/bin/expand --nosuch; echo $?
/usr/bin/expand -@; echo $?

/usr/bin/factor --nosuch; echo $?
/usr/bin/factor -@; echo $?

/usr/bin/fmt --nosuch; echo $?
/usr/bin/fmt -@; echo $?

/usr/bin/fold --nosuch; echo $?
/usr/bin/fold -@; echo $?

/usr/bin/groups --nosuch; echo $?
/usr/bin/groups -@; echo $?

/usr/bin/head --nosuch; echo $?
/usr/bin/head -@; echo $?

/usr/bin/hostid --nosuch; echo $?
/usr/bin/hostid -@; echo $?

/usr/bin/id --nosuch; echo $?
/usr/bin/id -@; echo $?

/usr/bin/install --nosuch; echo $?
/usr/bin/install -@; echo $?

/usr/bin/join --nosuch; echo $?
/usr/bin/join -@; echo $?

/usr/bin/link --nosuch; echo $?
/usr/bin/link -@; echo $?

/usr/bin/ln --nosuch; echo $?
/usr/bin/ln -@; echo $?

/usr/bin/logname --nosuch; echo $?
/usr/bin/logname -@; echo $?

/usr/bin/ls --nosuch; echo $?
/usr/bin/ls -@; echo $?

/usr/bin/md5sum --nosuch; echo $?
/usr/bin/md5sum -@; echo $?

/usr/bin/mkdir --nosuch; echo $?
/usr/bin/mkdir -@; echo $?

/usr/bin/mkfifo --nosuch; echo $?
/usr/bin/mkfifo -@; echo $?

/usr/bin/mknod --nosuch; echo $?
/usr/bin/mknod -@; echo $?

/usr/bin/mktemp --nosuch; echo $?
/usr/bin/mktemp -@; echo $?

/usr/bin/mv --nosuch; echo $?
/usr/bin/mv -@; echo $?

/usr/bin/nice --nosuch; echo $?
/usr/bin/nice -@; echo $?

/usr/bin/nl --nosuch; echo $?
/usr/bin/nl -@; echo $?

/usr/bin/nohup --nosuch; echo $?
/usr/bin/nohup -@; echo $?

/usr/bin/nproc --nosuch; echo $?
/usr/bin/nproc -@; echo $?

/usr/bin/numfmt --nosuch; echo $?
/usr/bin/numfmt -@; echo $?

/usr/bin/od --nosuch; echo $?
/usr/bin/od -@; echo $?

/usr/bin/paste --nosuch; echo $?
/usr/bin/paste -@; echo $?

/usr/bin/pathchk --nosuch; echo $?
/usr/bin/pathchk -@; echo $?

/usr/bin/printenv --nosuch; echo $?
/usr/bin/printenv -@; echo $?

/usr/bin/pwd --nosuch; echo $?
/usr/bin/pwd -@; echo $?

/usr/bin/readlink --nosuch; echo $?
/usr/bin/readlink -@; echo $?

/usr/bin/realpath --nosuch; echo $?
/usr/bin/realpath -@; echo $?

/usr/bin/rm --nosuch; echo $?
/usr/bin/rm -@; echo $?

/usr/bin/rmdir --nosuch; echo $?
/usr/bin/rmdir -@; echo $?

/usr/bin/seq --nosuch; echo $?
/usr/bin/seq -@; echo $?

/usr/bin/sha1sum --nosuch; echo $?
/usr/bin/sha1sum -@; echo $?

/usr/bin/sha224sum --nosuch; echo $?
/usr/bin/sha224sum -@; echo $?

/usr/bin/sha256sum --nosuch; echo $?
/usr/bin/sha256sum -@; echo $?

/usr/bin/sha384sum --nosuch; echo $?
/usr/bin/sha384sum -@; echo $?

/usr/bin/sha512sum --nosuch; echo $?
/usr/bin/sha512sum -@; echo $?

/usr/bin/shred --nosuch; echo $?
/usr/bin/shred -@; echo $?

/usr/bin/shuf --nosuch; echo $?
/usr/bin/shuf -@; echo $?

/usr/bin/sleep --nosuch; echo $?
/usr/bin/sleep -@; echo $?

/usr/bin/sort --nosuch; echo $?
/usr/bin/sort -@; echo $?

/usr/bin/split --nosuch; echo $?
/usr/bin/split -@; echo $?

/usr/bin/stat --nosuch; echo $?
/usr/bin/stat -@; echo $?

/usr/bin/stdbuf --nosuch; echo $?
/usr/bin/stdbuf -@; echo $?

/usr/bin/sum --nosuch; echo $?
/usr/bin/sum -@; echo $?

/usr/bin/sync --nosuch; echo $?
/usr/bin/sync -@; echo $?

/usr/bin/tac --nosuch; echo $?
/usr/bin/tac -@; echo $?

/usr/bin/tail --nosuch; echo $?
/usr/bin/tail -@; echo $?

/usr/bin/tee --nosuch; echo $?
/usr/bin/tee -@; echo $?

/usr/bin/timeout --nosuch; echo $?
/usr/bin/timeout -@; echo $?

/usr/bin/touch --nosuch; echo $?
/usr/bin/touch -@; echo $?

/usr/bin/tr --nosuch; echo $?
/usr/bin/tr -@; echo $?

/usr/bin/truncate --nosuch; echo $?
/usr/bin/truncate -@; echo $?

/usr/bin/tsort --nosuch; echo $?
/usr/bin/tsort -@; echo $?

/usr/bin/tty --nosuch; echo $?
/usr/bin/tty -@; echo $?

/usr/bin/uname --nosuch; echo $?
/usr/bin/uname -@; echo $?

/usr/bin/unexpand --nosuch; echo $?
/usr/bin/unexpand -@; echo $?

/usr/bin/uniq --nosuch; echo $?
/usr/bin/uniq -@; echo $?

/usr/bin/unlink --nosuch; echo $?
/usr/bin/unlink -@; echo $?

/usr/bin/users --nosuch; echo $?
/usr/bin/users -@; echo $?

/usr/bin/vdir --nosuch; echo $?
/usr/bin/vdir -@; echo $?

/usr/bin/wc --nosuch; echo $?
/usr/bin/wc -@; echo $?

/usr/bin/who --nosuch; echo $?
/usr/bin/who -@; echo $?

/usr/bin/whoami --nosuch; echo $?
/usr/bin/whoami -@; echo $?

/usr/bin/yes --nosuch; echo $?
/usr/bin/yes -@; echo $?
