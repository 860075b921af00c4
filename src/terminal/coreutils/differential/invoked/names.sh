(exec -a other ls --nosuch); echo $?
(exec -a other ls /no/file); echo $?
(exec -a /u/v/other grep -@); echo $?
(exec -a /u/v/other grep x /no/file); echo $?
(exec -a /u/v/other gzip /no/file); echo $?
(exec -a /u/v/other tar xf /no/file); echo $?
(exec -a /u/v/other column /no/file); echo $?
(exec -a '' cat /no/file); echo $?
(exec -a -cat cat /no/file); echo $?

ln -s /bin/ls other
./other --nosuch; echo $?
./other /no/file; echo $?
PATH=.:$PATH
other /no/file; echo $?
$PWD/other --nosuch; echo $?

sh -c '/bin/ls /no/file'; echo $?
sh -c 'exec /bin/ls /no/file'; echo $?
env /bin/ls /no/file; echo $?
env ls /no/file; echo $?
nice /bin/ls /no/file; echo $?
nohup /bin/ls /no/file < /dev/null; echo $?
timeout 5 /bin/ls /no/file; echo $?
setsid -w /bin/ls /no/file; echo $?
stdbuf -o0 /bin/ls /no/file; echo $?
xargs /bin/ls < /dev/null /no/file; echo $?
command /bin/ls /no/file; echo $?
(exec /bin/ls /no/file); echo $?
(cd /bin; ./ls /no/file); echo $?
(cd /usr; bin/ls /no/file); echo $?
/usr/../bin/ls /no/file; echo $?

printf '#!/bin/sh\nls /no/file\n/bin/ls /no/file\nnosuchprogram\n' > x.sh; chmod +x x.sh; echo $?
./x.sh; echo $?
sh x.sh; echo $?
$PWD/x.sh; echo $?
printf '#!/bin/bash\nls --nosuch\nnosuchprogram\n' > y.sh; chmod +x y.sh; echo $?
./y.sh; echo $?
bash y.sh; echo $?
printf '#!/bin/cat -@\nx\n' > z; chmod +x z; ./z; echo $?
printf '#!/usr/bin/env cat\nx\n' > w; chmod +x w; ./w /no/file; echo $?

/bin/mkdir -v made; echo $?
/bin/rmdir -v made; echo $?
/bin/install -dv made; echo $?
/bin/rm -v words; echo $?
/bin/cp -v nums nums2; echo $?
/bin/rm -i nums < /dev/null; echo $?
/bin/mv -i nums nums2 < /dev/null; echo $?
/bin/rm -r -i . < /dev/null; echo $?
/bin/ls > /dev/full; echo $?
/bin/cat nums > /dev/full; echo $?
/usr/bin/wc nums > /dev/full; echo $?
/usr/bin/sort nums > /dev/full; echo $?
/usr/bin/grep 1 nums > /dev/full; echo $?
/bin/cat < /; echo $?
/usr/bin/head -c 3 /; echo $?
/usr/bin/sort <&-; echo $?
