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

env test 1 -eq x; echo $?; env [ -f passwd; echo $?; env test a b; echo $?; env test a '<' b; echo $?; env test 3 -gt 2 extra; echo $?

for e in '' 'a' '!' '! a' '-f' '-f passwd' '-q x' '( a )' '( a' '( )' 'a = a' 'a = b -o c' 'a -a' 'a -a b' '! a = a' '! -f passwd' '! ! a' '( -f passwd )' '( a = a ) -a ( b )' '-f passwd -a -d .' '-f passwd -o -d' 'a = a = a' '1 -lt 2 -a 3 -gt 2' '-t x' '-t 0' '( a = b' '-n' '-z' 'a -eq 1' '1 -eq 1x' '" 1" -eq 1' '+1 -eq 1' '-1 -lt 0' '-e passwd -a' 'x -nt y' 'passwd -ef passwd' '! ( a )' '( ! a )' '-a -a -a' '-f = -f' '! = !' '( = (' '( ( a ) )' 'a b c d' 'a b c d e' '-x -o a' '-l abc -eq 3' '1 -eq 1 -o' '-G passwd' '-S passwd' '-k passwd'; do env test $e; echo "$e: $?"; env [ $e ]; echo $?; done
