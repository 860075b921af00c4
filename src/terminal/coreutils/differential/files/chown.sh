chown 12:34 passwd
stat -c '%u:%g' passwd
chown :5 passwd
stat -c '%u:%g' passwd
chown 7 passwd
stat -c '%u:%g' passwd
chown root:root passwd
stat -c '%U:%G' passwd
chown nosuchuser passwd; echo $?
chown root:nogrp passwd; echo $?
chown 1 nofile; echo $?
chown; echo $?
chgrp 9 passwd
stat -c %g passwd
chown -R 3:4 .
stat -c %u fruit.txt
chown -v 0:0 passwd
chown --reference=fruit.txt passwd
stat -c %u passwd
