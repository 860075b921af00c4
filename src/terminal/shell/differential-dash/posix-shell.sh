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

v=a.b.c; echo ${v#*.} ${v##*.} ${v%.*} ${v%%.*}

unset u; echo ${u:-d} ${u-e} ${u:=set} $u ${u:+alt} ${u+alt}

unset u; echo ${u:?no value}; echo never

unset u; : ${u?}; echo never

f() { local x=1 y=2; echo $x $y; x=3; }; x=out; f; echo $x $y

. nosuchfile; echo never

nosuch; echo $?; ./nosuch; echo $?; /etc; echo $?; ./passwd; echo $?

cd nodir; echo $?; cat < nofile; echo $?; echo x > nodir/f; echo $?

echo $((5/2)) $((5%3)) $((2<<3)) $((~1)) $((1?2:3)) $((x=4)) $x $((0x10)) $((010))

echo $((1/0)); echo never

echo $((1+)); echo never

set -u; echo $nope; echo never

set -e; false; echo never

set -e; if false; then :; fi; false || true; echo here; (exit 3); echo never

readonly r=1; r=2; echo never

if; then echo; fi

echo a; ); echo never

for i in 1 2; echo $i; done

case x in x) echo y

echo "unfinished

x=$(echo a; echo b); echo $x; echo "$x"; echo `echo bt`

{ echo g; echo h; } | while read l; do echo "<$l>"; done

(exit 5); echo $?; (cd /; pwd); ! true; echo $?; ! false; echo $?

read a b <<E
one two three
E
echo "[$a][$b]"

printf 'a\\b c\n' | { read -r x; echo "$x"; }; printf 'a\\b c\n' | { read x; echo "$x"; }

i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done; until [ $i = 0 ]; do i=$((i-1)); done; echo $i

for i in a b; do for j in 1 2; do [ $j = 2 ] && break 2; echo $i$j; done; done; break; echo $?

case abc in a?c) echo q;; *) echo n;; esac; case x in y|x) echo or;; esac; case z in [a-c]) echo c;; [!a-c]) echo not;; esac

test -z "" && echo z; [ a = b ]; echo $?; [ 1 -lt 2 ] && echo lt; [ -f passwd ] && echo f; [ ! a ]; echo $?; [ a == a ]; echo $?

[ a; echo $?; test 1 -eq x; echo $?; [ x -foo y ]; echo $?; [ a b ]; echo $?; [ 1 -eq ]; echo $?

trap 'echo bye' EXIT; trap; trap - EXIT; trap 'echo int' INT; kill -INT $$; trap '' TERM; trap; trap foo NOSUCH; echo $?

trap 'echo bye $?' EXIT; exit 7

set -- a 'b c' d; echo $# "$2"; shift; echo $*; for x in "$@"; do echo "<$x>"; done; shift 5; echo $?

IFS=:; v=a:b::c; for w in $v; do echo "<$w>"; done; set -- x y; echo "$*"

type cd; type f; f() { :; }; type f; type nosuch; echo $?; command -v cd; command -V cd; command -v nosuch; echo $?

getopts ab: o -a -b x; echo $o; getopts ab: o -a -b x; echo $o $OPTARG $OPTIND; getopts ab: o -a -b x; echo $? $OPTIND

umask; umask 077; umask; umask -S; ulimit -n >/dev/null; echo $?; times >/dev/null; echo $?

echo {a,b} {1..3}; a=(1 2); echo never

eval 'echo a; echo b'; eval "x=1; echo \$x"; eval false; echo $?; exec 3>o; echo hi >&3; exec 3>&-; cat o; echo x >&3; echo $?

sleep 0 & wait; echo $?; (exit 3) & wait $!; echo $?; wait 99999; echo $?

unset -f nofn; echo $?; unset novar; echo $?; x=1; unset x; echo ${x-unset}; export E=1; export -p | grep "E='1'"; env | grep ^E=

set -x; echo a 'b c'; x=1; y="$x z"; set +x; echo done

set -f; echo *; set +f; echo pass*; set -C; echo a > new; echo b > new; echo $?; echo c >| new; cat new

cd /usr; cd /tmp; cd -; echo $OLDPWD; cd; pwd; pwd -P; cd a b; echo $?

true; return 3; echo after

x=5; x=6 env | grep ^x; x=7 true; echo $x; x=8 eval 'echo $x'; echo ${x}

echo `x

echo $(x

echo ${x

if true; then

echo a |

while :

case x in

{ echo

(echo

for i in 1 2; echo $i; done

echo a; done

echo 'x

f() { echo

if true; then echo a; else

case x in x) echo y

x=8 eval 'echo $x'; echo $x; y=1 export z=2; echo $y

w=3 :; echo $w; q=1 cd /; echo $q.; f() { echo $v; }; v=4 f; echo $v.

echo $((2**3)); echo after

x=1; echo $((x++)); echo $x

echo $((1,2)); echo after

x=1; echo $((++x)) $x

x=5; echo $((--x)) $((- -x)) $((-x)) $((+x)) $((!x)) $((~x))

echo $((x--)); echo no

echo $((5 % 3)) $((7/2)) $((1<<3)) $((1 ? 2 : 3)) $((a=4)) $((a+=2)) $((010)) $((0x1f)); echo $((2#101))

echo $((08)); echo no

echo $((1/0)); echo no

echo $((abc)) $((abc+1)); abc=12x; echo $((abc)); echo no

echo $(( )); echo after; echo $((3 4)); echo no

let 1+1; echo $?; ((1)); echo $?; echo $((1 && 0)) $((1 || 0)) $((3 > 2 )) $((3 == 3)) $((1 | 6)) $((7 & 3)) $((5 ^ 1)); x=3; echo $((x *= 2)) $((x <<= 1)) $x

env | grep -c '^_='; echo time; for time in 1; do echo $time; done

s=한글; echo ${#s}; echo "${s#???}" "${s%글}"; echo "${s#?}" | od -An -tx1; case 한 in ?) echo one;; ???) echo three;; esac; printf '%d\n' "'한"
