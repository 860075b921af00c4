a=(1 2); echo never

echo ${a[0]}; echo after

nosuch; echo $?; ./nofile; echo $?; /etc; echo $?; cd nodir; echo $?; cat < nofile; echo $?; echo x > nodir/f; echo $?; . ./nofile; echo never

f() { local x=1 y; echo $x $1; x=2; return 3; }; x=out; f a; echo $? $x; function g { echo g; }; g

[[ a == a ]]; echo $?; ((1)); echo $?; [ a == a ]; echo $?; test 1 -eq x; echo $?; [ a; echo $?; [ -n a -a -n b ]; echo $?

echo $((5/2)) $((5%3)) $((2<<3)) $((~1)) $((1?2:3)) $((x=4)) $x $((0x10)) $((010)); echo $((1/0)); echo never

x=abc; echo ${x#a} ${x%c} ${x:-d} ${y:-d} ${#x} ${y:=set} $y ${x:+alt}; echo ${x:1}; echo never

x=abc; echo ${x/b/c}; echo never

echo ${x^^}; echo never

echo ${y?unset msg}; echo never

unset y; : ${y:?}; echo never

set -u; echo $nope; echo never

readonly r=1; r=2; echo never

trap 'echo bye' EXIT; trap; trap - EXIT; trap 'echo int' INT; kill -INT $$; trap '' TERM; trap; trap foo NOSUCH; echo $?

umask; umask 077; umask -S; ulimit -n | grep -c .; times >/dev/null; echo $?; getopts ab: o -a -b x; echo $o $OPTARG $OPTIND; shift 5; echo never

for i in 1 2 3; do echo $i; [ $i = 2 ] && break; done; while :; do break; done; until true; do :; done; case abc in a*) echo m;; esac; for i; do echo $i; done; for i in; do :; done; for ((i=0;i<2;i++)); do echo; done

echo a; fi

set -e; false; echo never

set -x; echo a 'b c'; x=1; y="$x z"; set +x; for i in 1; do :; done

set -- a b c; echo $# $1 $*; shift; echo $@; set -- ; echo $#; echo "$0"; echo $-

exit abc; echo never

exit 3

return 4; echo after

cat <<< x; echo never

echo $RANDOM $UID $BASH_VERSION $HOSTNAME $PPID | wc -w; echo $LINENO; pwd -P >/dev/null; cd /tmp; cd -; echo $OLDPWD; echo $PWD

! true; echo $?; ! false | true; echo $?; (exit 5); echo $?; { echo g; }; a=$(echo sub); echo $a; echo `echo bt`; true && echo y || echo n; echo *.none; echo pass*

test -z "" && echo z; test a = b; echo $?; test a \< b; echo $?; [ 1 -lt 2 ] && echo lt; [ ! a ]; echo $?; [ -f passwd -o -d x ]; echo $?; [ x -foo y ]; echo $?; [ a b ]; echo $?; [ -e passwd ]; echo $?

echo 'a\tb\nc'; echo -n x; echo -e 'y\tz'; echo 'c\cd'; echo; printf '%b|%s\n' 'q\tr' 's\t'

[[ a == a ]]; echo $?; ((1)); echo $?; [ a == a ]; echo $?; [ a; echo $?; [ x -foo y ]; echo $?; [ a b ]; echo $?

set -o pipefail; echo never

set -x; echo a 'b c'; x=1; y="$x z"; set +x; for i in 1; do :; done

function g() { echo g; }; g

diff <(echo a) <(echo b); echo never

select x in a b; do echo $x; done

source ./x; echo $?; let x=1; echo $?; declare x=1; echo $?; shopt; echo $?; pushd /; echo $?; mapfile x; echo $?; history; echo $?
