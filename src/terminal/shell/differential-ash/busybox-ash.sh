[[ a == a ]]; echo $?; [[ abc == a* ]]; echo $?; [[ -n x && 1 -lt 2 ]]; echo $?

v=abcabc; echo ${v/b/X} ${v//b/X} ${v/#a/X} ${v/%c/X} ${v/b} ${v//c/}

v=hello; echo ${v:1} ${v:1:2} ${v:0:1} ${v: -2} ${v:2:-1} ${#v}

v=a.b.c; echo ${v#*.} ${v##*.} ${v%.*} ${v%%.*}

unset u; echo ${u:-d} ${u-e} ${u:=set} $u ${u:+alt} ${u+alt}

unset u; echo ${u:?no value}; echo never

unset u; : ${u?}; echo never

function f { echo in f $1; }; f x

function g() { echo in g; }; g; h() { return 4; }; h; echo $?

f() { local x=1 y=2; echo $x $y; x=3; }; x=out; f; echo $x $y

echo 'echo sourced $1; x=here' > s; source ./s; echo $x; . ./s; echo $?

source ./nosuch; echo never

. nosuchfile; echo never

echo $'a\tb\nc\x41\'q\''; x=$'\101'; echo "$x"

echo -e 'a\tb\nc'; echo -n x; echo 'a\tb'; echo -e 'x\cy'; echo; echo -ne 'z\n'

nosuch; echo $?; ./nosuch; echo $?; /etc; echo $?; ./passwd; echo $?

cd nodir; echo $?; cat < nofile; echo $?; echo x > nodir/f; echo $?

echo $((5/2)) $((5%3)) $((2**10)) $((2<<3)) $((~1)) $((1?2:3)) $((x=4)) $x $((0x10)) $((010)) $((x++)) $x $((1,2))

echo $((1/0)); echo never

echo $((1+)); echo never

echo $((a b)); echo never

set -u; echo $nope; echo never

set -e; false; echo never

set -e; if false; then :; fi; false || true; echo here; (exit 3); echo never

readonly r=1; r=2; echo never

readonly r=1; unset r; echo $?; readonly | grep "^readonly r"

set -o pipefail; false | true; echo $?; true | false; echo $?; set +o pipefail; false | true; echo $?

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

printf 'abcdef\n' | { read -n 3 x; echo "$x"; }; printf 'a:b\n' | { IFS=: read p q; echo $q $p; }

printf 'a\\b c\n' | { read -r x; echo "$x"; }; printf 'a\\b c\n' | { read x; echo "$x"; }

printf 'x\n' | { read -s y; echo $y; }; read z </dev/null; echo $?; read -t 1 z </dev/null; echo $?

i=0; while [ $i -lt 3 ]; do i=$((i+1)); [ $i = 2 ] && continue; echo $i; done; until [ $i = 0 ]; do i=$((i-1)); done; echo $i

for i in a b; do for j in 1 2; do [ $j = 2 ] && break 2; echo $i$j; done; done; break; echo $?

case abc in a?c) echo q;; *) echo n;; esac; case x in y|x) echo or;; esac; case z in [a-c]) echo c;; [!a-c]) echo not;; esac

test -z "" && echo z; [ a = b ]; echo $?; [ 1 -lt 2 ] && echo lt; [ -f passwd ] && echo f; [ ! a ]; echo $?; [ a == a ]; echo $?

[ a; echo $?; test 1 -eq x; echo $?; [ x -foo y ]; echo $?; [ a b ]; echo $?; [ 1 -eq ]; echo $?

trap 'echo bye' EXIT; trap; trap - EXIT; trap 'echo int' INT; kill -INT $$; trap '' TERM; trap; trap foo NOSUCH; echo $?

trap 'echo bye $?' EXIT; exit 7

set -- a 'b c' d; echo $# "$2"; shift; echo $*; for x in "$@"; do echo "<$x>"; done; shift 5; echo $?

IFS=:; v=a:b::c; for w in $v; do echo "<$w>"; done; set -- x y; echo "$*"

alias ll='echo listed'; alias; alias ll; unalias ll; alias ll; echo $?

type cd; type f; f() { :; }; type f; type nosuch; echo $?; command -v cd; command -V cd; command -v nosuch; echo $?

getopts ab: o -a -b x; echo $o; getopts ab: o -a -b x; echo $o $OPTARG $OPTIND; getopts ab: o -a -b x; echo $? $OPTIND

getopts a: o -a; echo $o; getopts a o -z; echo $o; OPTIND=1; getopts :a o -z; echo $o $OPTARG

umask; umask 077; umask; umask -S; ulimit -n >/dev/null; echo $?; times >/dev/null; echo $?

let x=1+2; echo $x $?; let x=0; echo $?; let 'x+=5'; echo $x

echo {a,b} {1..3}; a=(1 2); echo never

diff <(echo a) <(echo b); echo never

cat <<< word; echo never

eval 'echo a; echo b'; eval "x=1; echo \$x"; eval false; echo $?; exec 3>o; echo hi >&3; exec 3>&-; cat o; echo x >&3; echo $?

echo out; echo err >&2; { echo o; echo e >&2; } 2>&1 | sort; echo b &> both; cat both

sleep 0 & wait; echo $?; (exit 3) & wait $!; echo $?; wait 99999; echo $?

unset -f nofn; echo $?; unset novar; echo $?; x=1; unset x; echo ${x-unset}; export E=1; export -p | grep "E='1'"; env | grep ^E=

set -x; echo a 'b c'; x=1; y="$x z"; set +x; echo done

set -f; echo *; set +f; echo pass*; set -C; echo a > new; echo b > new; echo $?; echo c >| new; cat new

cd /usr; cd /tmp; cd -; echo $OLDPWD; cd; pwd; pwd -P; cd a b; echo $?

true; return 3; echo after

x=5; x=6 env | grep ^x; x=7 true; echo $x; x=8 eval 'echo $x'; echo ${x}

echo "$0 $# $?" $-; echo "${PPID:+ppid}"; echo "$@"; echo $_

hash -r; echo $?; shopt; echo $?; declare x=1; echo $?; pushd /; echo $?; mapfile x; echo $?

printf '%s-%d|%5s|%-5s|%05d|%x|%c\n' a 3 b c 42 255 hello; printf '%d\n' abc; echo $?; printf '\x41\101\n'

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

env | grep -c '^_='; env | grep -c SHLVL; sh -c 'echo $SHLVL' > x; test $(cat x) -gt $SHLVL; echo $?

kill -l | head -n 3; kill -l 9; kill -l KILL; kill -l 137

x=time; echo time $x; for time in 1; do echo $time; done

s=한글; echo ${#s} "${s:3}"; echo "${s:1:2}" | od -b; echo "${s#???}"; case 한 in ?) echo one;; ???) echo three;; esac; LC_ALL=C; echo ${#s}
