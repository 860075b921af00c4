uname -s
uname -q; echo $?
uname extra; echo $?
id -u
id -un
id -g
id nosuchuser; echo $?
whoami
whoami x; echo $?
id -Gn | head -c 4
nproc --zzz; echo $?
tty; echo $?
arch; echo $?
