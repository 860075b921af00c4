test a = a; echo $?
test 1 -lt 2 -a 2 -lt 1; echo $?
[ -n '' ]; echo $?
env test -z ''; echo $?
env [ -f passwd ]; echo $?
env test '(' a = b ')' -o c = c; echo $?
env test ! a; echo $?
env test; echo $?
env test passwd -nt nofile; echo $?
env test -e nofile; echo $?
env test -L passwd; echo $?
env test passwd -ef ./passwd; echo $?
env test -s passwd -a -r passwd -a -w passwd; echo $?
env test -x passwd; echo $?
env test -t 0; echo $?
