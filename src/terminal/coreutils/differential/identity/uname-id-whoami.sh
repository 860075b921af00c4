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

id -Z; id -z; id -n; id -ug; id -un root daemon; id root daemon nosuch; id -r; id -Gz | od -c | head -2; id -z -u; echo; id -gn root; id 0; id -Gn daemon root; id -Gz root daemon | od -c
