echo hi; echo "a  b" 'c $d' $((1+2))

x=5; echo ${x} ${y:-def} ${x:+set} "${y-}"

x=abc.tar.gz; echo ${x%.*} ${x%%.*} ${x#*.} ${x##*.}

x=hello; echo ${x/l/L} ${x//l/L} ${x/#h/H} ${x/%o/O} ${x^} ${x^^} ${#x}

x=hello; echo ${x:1} ${x:1:3} ${x: -2} ${x:0:-1}

a=(1 2 3); echo ${a[@]} ${#a[@]} ${a[1]} ${!a[@]} ${a[-1]}

a=(x y); a+=(z); a[5]=w; for i in "${!a[@]}"; do echo $i=${a[$i]}; done

declare -A m=([one]=1 [two]=2); echo ${m[one]} ${#m[@]}; for k in "${!m[@]}"; do echo $k; done

for i in 1 2 3; do echo $i; done; for ((i=0;i<3;i++)); do echo c$i; done

i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done; until [ $i -eq 0 ]; do i=$((i-1)); done; echo $i

case foo in f*) echo yes;; *) echo no;; esac; case x in y) echo y;; x) echo x;& z) echo fall;; esac

if [[ abc == a* && 3 -gt 2 ]]; then echo t; else echo f; fi; [[ foo =~ ^(f)(o+)$ ]] && echo ${BASH_REMATCH[2]}

f() { local x=1; echo $1 $# $x; return 3; }; f a b; echo $?

echo a | tr a b | cat; echo $?; false | true; echo ${PIPESTATUS[@]}; set -o pipefail; false | true; echo $?

(exit 3); echo $?; { echo g; }; (x=1; echo $x); echo "[$x]"

cat <<< "here $((2*3))"; read a b <<< "one two three"; echo "$a|$b"

echo out; echo err >&2; { echo a; echo b >&2; } 2>&1 | sort

echo hi > f; cat f; echo more >> f; wc -l < f; cat nosuch; echo $?

nosuchcmd; echo $?; ./nofile; echo $?; . ./nofile; echo $?

set -e; false; echo no

set -u; echo $undefined; echo no

set -e; if false; then :; fi; false || echo ok; ! true; echo still

trap 'echo bye' EXIT; echo hi; exit 3

trap 'echo err $?' ERR; false; echo go

x=$(echo sub); y=`echo back`; echo $x $y "$(printf 'a\n\n')"

echo {a,b}{1,2} {1..5} {a..e..2} {01..03} x{,y}

echo *.txt *.nope; echo "*"; shopt -s nullglob; echo *.nope

IFS=:; x=a:b:c; for p in $x; do echo $p; done; set -- $x; echo $# "$*"

set -- a 'b c' d; echo $# "$@"; for i in "$@"; do echo "<$i>"; done; shift 2; echo $1 $#

printf '%s-%d\n' a 1 b 2; printf '%05d|%-5s|%x|%o\n' 42 ab 255 8; printf '%q\n' 'a b'

echo -e 'a\tb\n' -n; echo -n x; echo; echo -E 'a\tb'

let x=5+3; echo $x; ((x++)); echo $x; echo $((x**2 % 7)) $((x>5?1:0)) $((0x1f)) $((2#101)) $((~1))

echo $((1/0)); echo after

echo $((08)); echo x

false; a=$?; echo $a $?; false; b=$((1+1)) c=$?; echo $b $c $?; false; d='$(x)'; echo $?; d=$(exit 3) e=$?; echo $e $?; false; $nothing; echo $?

while getopts ab:c o -a -b val -c; do echo $o $OPTARG; done; echo $OPTIND

readonly r=1; r=2; echo not

x=1; unset x; echo "${x-unset}"; unset -f nofn; echo $?

echo ${x:?missing}; echo no

echo a; echo b; if then fi

echo 'unterminated

for x in 1 2; do echo $x

echo a )

fi

type cd; type -t if; type -t nosuch; echo $?; command -v echo

test -f fruit.txt && echo file; [ -d . -a -r fruit.txt ] && echo dir; [ 1 -eq x ]; echo $?

cd /nonexistent; echo $?; cd /tmp && pwd; cd - >/dev/null; echo $?

eval 'x=1; echo $x'; eval "echo a; echo b" | wc -l

exec 3>out; echo to3 >&3; exec 3>&-; cat out

f() { echo "$FUNCNAME $LINENO"; }; f

true && echo a || echo b; false && echo a || echo b; ! false; echo $?

x=abc; echo "${x@Q}" ${x@U}; declare -p x; declare -i n=3+4; echo $n

a=(3 1 2); printf '%s\n' "${a[@]}" | sort -n; echo "${a[*]}"; echo ${a[@]:1:2}

echo "a'b" 'a"b' a\ b $'t\tn'; echo "\$x \`"

for f in fruit.txt; do [[ -e $f ]] && echo "$f"; done; [[ -z "" ]] && echo empty; [[ ! a < b ]]; echo $?

sleep 0.01 & wait $!; echo $?; (exit 4) & wait $!; echo $?

printf 'l1\nl2\n' | while read -r l; do echo "got $l"; done; mapfile -t m < fruit.txt; echo ${#m[@]} "${m[0]}"

x=5; x+=3; echo $x; y=(1); y+=(2); echo ${y[@]}; declare -r c=1; echo $c

local x; echo $?; return 1; echo $?; break; echo $?

set -x; echo hi; x=1; true a 'b c'

diff <(echo a) <(echo a) >/dev/null 2>&1; cat <(echo one) <(echo two)

echo ${!HOME*} ${nope[@]} "${#nope[@]}"

alias ll='echo alias'; ll; shopt -s expand_aliases

f() { f2() { echo inner; }; f2; }; f; f2; declare -F f

echo $0 $# $$ >/dev/null; echo $-; echo "$?"

umask 022; umask; umask -S; ulimit -n >/dev/null; times >/dev/null; hash -r; echo $?

kill -l 9; kill -l INT; kill 999999; echo $?

unset v; echo "${v:-a b}" ${v-x} ${v:=set} $v; v=; echo "${v:-e}|${v-e}|${v:+p}|${v+p}"

v=path/to/file.tar.gz; echo ${v##*/} ${v%/*} ${v%%.*} ${v#*/} ${v/o/0} ${v//\//:} ${v/%gz/xz} ${v/#path/PATH}

v=Hello; echo ${v,} ${v,,} ${v^^} ${v~~} ${v^^[el]} ${v:1:3} ${v: -3:2} ${v:(-2)} ${#v}

a=b; b=c; echo ${!a}; set -- x y z; echo ${@:2} ${@:1:2} ${*: -1} ${#@} ${!#}

v='a  b'; echo $v "$v"; set -- $v; echo $#; IFS=; set -- $v; echo $#; IFS=' '; v=' x '; set -- $v; echo "<$1>"

v='*'; echo "$v"; cd /; v='et?'; echo $v; set -f; echo $v

v=abc; echo "${v@Q}" "${v@U}" "${v@u}" "${v@L}" "${v@A}"; v=$'a\tb'; echo "${v@Q}" "${v@E}"

x=1; echo ${x:?no}; (echo ${y?unset y}); echo $?; (echo ${y:?}); echo $?

v=aXbXc; echo "${v//X/}" "${v//X}" "${v/X/&-}"; v=a/b; echo "${v/\//-}"; echo "${v%\/b}"

foo1=a foo2=b; echo ${!foo@} "${!foo*}"; declare -n ref=foo1; echo $ref; ref=new; echo $foo1; unset -n ref; echo $foo1

echo "$((1))$(echo 2)${x-3}" '$x' "\$x" $'\x41\u00e9\102' $"loc"

v="a'b\"c"; echo $v; echo "${v//\'/Q}"; echo ${#v}; printf '[%s]' ${v} "$v"; echo

a=(1 2 3); a[10]=x; echo ${#a[@]} "${!a[@]}" ${a[@]: -1}; unset 'a[1]'; echo "${a[@]}"; a=("${a[@]}" new); echo "${!a[@]}"

a=("x y" z); for i in "${a[@]}"; do echo "<$i>"; done; for i in ${a[@]}; do echo "[$i]"; done; for i in "${a[*]}"; do echo "{$i}"; done

a=(aa ab ba); echo "${a[@]#a}" "${a[@]/a/X}" "${a[@]^}" "${a[@]:1}" "${#a[1]}"; IFS=,; echo "${a[*]}"

declare -A m; m[x y]=1; m[z]=2; m+=([w]=3); echo ${#m[@]} "${m[x y]}"; unset 'm[z]'; [[ -v m[w] ]] && echo has; [[ -v m[z] ]] || echo hasnot; for k in "${!m[@]}"; do echo "$k=${m[$k]}"; done | sort

a=(1 2); b=("${a[@]}" 3); declare -p b; declare -A e=([k]=v); declare -p e; readonly -a r=(1); r[0]=2; echo $?

mapfile -t l < <(printf '1\n2\n3\n'); echo ${#l[@]} ${l[2]}; mapfile -n 1 -s 1 q < fruit.txt; echo "${q[0]}"; IFS=: read -ra p <<< a:b::c; echo ${#p[@]} "${p[2]}" ${p[3]}

a=(3 1 2); sorted=($(printf '%s\n' "${a[@]}" | sort)); echo "${sorted[@]}"; echo ${a}; a+=4; echo ${a[0]}; i=1; echo ${a[i]} ${a[i+1]} ${a[-1]}

a=(); echo "${#a[@]}" "${a[@]-empty}"; set -u; echo "${a[@]}"; echo "${a[0]-d}"; printf '%s,' "${a[@]}"; echo

echo $((7/2)) $((-7/2)) $((7%3)) $((-7%3)) $((2**10)) $((1<<4)) $((255>>2)) $((5&3)) $((5|3)) $((5^3)) $((~5)) $((!0)) $((!5))

i=5; echo $((i++)) $i $((++i)) $((i--)) $((--i)) $((i+=2)) $((i*=2)) $((i<<=1)) $((i%=5)) $i; echo $((a=3,a+1)) $((1?2:3)) $((0||1)) $((1&&0))

echo $((010)) $((0x10)) $((2#1010)) $((36#z)) $((16#ff)) $((64#_)); echo $((9223372036854775807+1)); x=5+3; echo $((x)) $((x*2))

((0)); echo $?; ((1)); echo $?; ((i=3)); echo $i; if ((i>2)); then echo big; fi; let i++ j=i*2; echo $i $j; let 0; echo $?; echo $((1 == 1)) $((1 != 1)) $((2 >= 3))

echo $((1+)); echo $?; echo $((2**-1)); echo $((5%0)); echo after; a=b; b=a; echo $((a)); echo $((08)); echo $((1 2))

a=(5 6); echo $((a[0]+a[1])) $((a[1]++)) ${a[1]}; for ((i=0,j=10;i<j;i+=3,j-=2)); do echo $i $j; done; echo $(( (1+2)*3 )) $[4+4]

echo {a,b,c}{1,2} x{,y}z {1..3} {3..1} {a..c} {0..10..5} {01..3} {-1..1} {a..e..2} {1..3}{a,b} {} {a} a{b,c}d{e,f} {1,2}.txt "{a,b}" \{a,b}

echo ~ ~root ~/x "~" x=~ ~nosuchuser; HOME=/tmp; echo ~; v=~/a:~/b; echo $v

touch a1 a2 b1 .h; echo a* ?1 [ab]1 [!a]1 [a-b]* *; shopt -s dotglob; echo *; shopt -u dotglob; shopt -s nullglob; echo zz* end; shopt -u nullglob; echo zz*

shopt -s extglob; touch x.c x.h x.o; eval 'echo *.@(c|h) !(*.o|fruit.txt|passwd) x.+(c|o) x?(.c); case foobar in foo+(b|a|r)) echo m;; esac; [[ abc == a!(x)c ]] && echo y'

mkdir -p d/e; touch d/f d/e/g; shopt -s globstar; echo **; echo d/**/; echo **/g; shopt -s failglob; echo no*; echo $?

touch 'a b' 'c*d'; for f in *' '*; do echo "<$f>"; done; ls c\*d; echo "c*"; echo c"*"d; GLOBIGNORE='a*'; echo *

echo a'b'"c"\d $'\'' "a\"b" 'a"b' "a

b" a\

b; echo "\a\$\\\n"; printf '%s|' "" '' a""b; echo

IFS=,; v=a,b,,c; set -- $v; echo $#; printf '<%s>' $v; echo; IFS=', '; v='a , b,c '; printf '<%s>' $v; echo; unset IFS; v=$' a\tb\nc '; printf '<%s>' $v; echo

set -- "a b" c; printf '<%s>' $@; echo; printf '<%s>' "$@"; echo; printf '<%s>' $*; echo; printf '<%s>' "$*"; echo; printf '<%s>' "x$@y"; echo; set --; printf '<%s>' "$@"; echo; printf '<%s>' "x$@"; echo

cat <(echo a) <(echo b); paste <(seq 2) <(seq 3 4); while read x; do echo "r$x"; done < <(seq 2); echo hi > >(cat); sleep 0.05; tee >(wc -c) < /dev/null >/dev/null; sleep 0.05

cat <<< "a b"; cat <<< $'x\ny'; v="q r"; cat <<< $v; tr a-z A-Z <<< abc; read a b <<< "1 2 3"; echo "$b"; wc -l <<< ""; { read x; read y; } <<< $'l1\nl2'; echo $x$y

eval $'cat <<E\n$HOME $((1+1)) \`echo x\`\nE\ncat <<\'E\'\n$HOME\nE\ncat <<-E\n\t\ttab\n\tE\n'

if false; then :; elif true; then echo elif; else echo else; fi; if ! false; then echo neg; fi; if true && false || true; then echo chain; fi; if [ -z "" -a 1 -lt 2 ]; then echo t; fi

n=0; while true; do n=$((n+1)); [ $n -eq 2 ] && continue; [ $n -gt 4 ] && break; echo $n; done; until [ $n -le 3 ]; do n=$((n-1)); done; echo $n; for i in 1 2; do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done

for x in a "b c" d; do echo "$x"; done; for x; do echo never; done; set -- p q; for x; do echo $x; done; for x in; do echo no; done; echo $?; for i in {1..3}; do echo -n "$i "; done; echo

case abc in a*) echo 1;;& *c) echo 2;; *) echo 3;; esac; case "a b" in "a b") echo sp;; esac; case x in [xy]|z) echo cls;; esac; case '*' in \*) echo star;; esac; case a in (a) echo paren;; esac; shopt -s nocasematch; case ABC in abc) echo nc;; esac

PS3='? '; printf '2\n\n9\n' | { select x in a b c; do echo "got $x $REPLY"; [ -z "$x" ] && break; done; }

{ echo a; echo b; } | wc -l; ( cd /; pwd ); pwd | sed 's/.*drydock.*/here/'; (exit 5); echo $?; { exit 6; } | cat; echo $?; x=1; (x=2); echo $x; { x=3; }; echo $x

[[ a < b ]] && echo lt; [[ 10 -gt 9 ]] && echo gt; [[ -f fruit.txt && ! -d fruit.txt ]] && echo file; [[ abc =~ ^a(.)c$ ]] && echo "${BASH_REMATCH[1]}"; [[ "a.c" =~ a\.c ]] && echo esc; r='^[0-9]+$'; [[ 123 =~ $r ]] && echo num; [[ x = "x" ]] && echo eq

[[ a == b || c == c ]] && echo or; [[ ( a == a ) && -n x ]] && echo grp; [[ -z $nope ]] && echo z; v='a*'; [[ abc == $v ]] && echo pat; [[ abc == "$v" ]] || echo lit; [[ fruit.txt -nt nofile ]] && echo nt; [[ -o errexit ]] || echo noe; [[ 1 -eq 1+0 ]] && echo ar

[[ a =~ [ ]]; echo $?; echo next

f() { echo "$# $1 $@"; }; f; f a b; f "x y"; g() { return 7; }; g; echo $?; h() { local x=1 y; echo $x ${y-unset}; x=2; }; x=9; h; echo $x; function k { echo k; }; k; unset -f k; k; echo $?

f() { local -a a=(1 2); local -i n=2+3; local -r c=k; echo ${#a[@]} $n $c; c=z; echo no; }; f; echo after; rec() { [ $1 -le 0 ] && return; echo $1; rec $(($1-1)); }; rec 3

f() { echo in; } > out; f; cat out; f2() ( cd /; x=5 ); x=1; f2; echo $x; f3() { echo "$FUNCNAME ${FUNCNAME[1]}"; }; w() { f3; }; w; declare -f f3; type f3 | head -1; f4() { set -- q; echo $1; }; f4 z; echo ${1-none}

outer() { inner() { echo in; }; inner; }; outer; inner; f() { local x=$(exit 3); echo $?; local y; y=$(exit 4); echo $?; }; f; f() { trap 'echo ex' EXIT; }; (f); export -f outer; bash -c outer

set -e; f() { false; echo no; }; f || echo caught; (false; echo in) || echo sub; echo go; false && x; echo still; ! false; echo neg; x=$(false); echo no

set -eo pipefail; true | false | true || echo pf; echo a | grep -q b && echo no; echo on; false | true; echo no

set -u; echo ${x-} "$@" "${a[@]-}"; x=1; echo $x; echo $nope; echo no

trap 'echo exit $?' EXIT; trap 'echo int' INT; kill -INT $$; echo after; (echo sub); trap - INT; trap; exit 3

trap 'echo err $LINENO $?' ERR; false; f() { false; }; f; if false; then :; fi; false || true; (exit 3); true; set -E; f; trap - ERR; false; echo end

trap 'echo "dbg $BASH_COMMAND"' DEBUG; echo a; x=1; for i in 1 2; do :; done; f() { echo inf; }; f; trap - DEBUG; echo b

trap 'echo usr' USR1; kill -USR1 $$; echo x; trap '' TERM; kill $$; echo alive; (trap 'echo subexit' EXIT; echo s); trap -p TERM; bash -c 'kill -TERM $$'; echo $?

set -x; a=1; echo $a | cat; [ 1 = 1 ]; [[ a = a ]]; ((1)); for i in x; do echo $i; done; case a in a) :;; esac; set +x; echo off

set -C; echo a > f; echo b > f; echo $?; echo c >| f; cat f; set +C; set -f; echo *; set -a; q=1; env | grep ^q=; set -n; echo no

set -- a b c; set -o | grep -c .; shopt -q nullglob; echo $?; shopt nullglob; set -o nosuch; echo $?; shopt -s nosuch; echo $?; set -k; set -Z; echo $?

printf 'a b  c\nd\\e\nf' | { read x y; echo "$x|$y"; read -r z; echo "$z"; read w; echo "$w $?"; }; printf 'a:b' | { IFS=: read p q; echo $p-$q $?; }; read -n 2 v <<< abc; echo $v; read -d x v <<< 'pqxr'; echo $v; read -N 3 v <<< abcdef; echo $v; read -t 0.01 v < <(sleep 1); echo $?

printf '%5s|%-5s|%05d|%+d|%x|%X|%#x|%o|%e|%.2f|%g|%c|%%\n' a b 42 7 255 255 255 8 12345.678 3.14159 0.0001 xyz; printf '%b\n' 'a\tb\0101'; printf '%q %q\n' "a b" "it's"; printf '%s\n' a b c; printf '%d %s\n' 1; printf '%*d|%-*d|\n' 5 1 5 2; printf '%.3s|\n' abcdef; printf '\x41\101\u00e9\n'; printf -v v '%03d' 7; echo $v; printf '%(%Y)T\n' 0; printf '%d\n' 0x1f 010 "'A"

printf '%d\n' x; echo $?; printf; echo $?; printf '%s %s\n' a; printf 'no newline'; echo; printf '%i %u\n' -5 5; printf -- '-%s\n' x; printf '%s' ; echo "<>"

f() { local OPTIND=1 o; while getopts ':ab:' o "$@"; do case $o in a) echo A;; b) echo B=$OPTARG;; :) echo need $OPTARG;; \?) echo bad $OPTARG;; esac; done; shift $((OPTIND-1)); echo rest "$@"; }; f -a -b x y; f -abz q; f -c; f -b; f -- -a; getopts ab: o -x; echo $? $o

echo a > f; echo b >> f; cat < f; cat f > g 2>&1; { echo o; echo e >&2; } > out 2> err; cat out err; ls nofile &> both; wc -l < both; echo x >&2 2>/dev/null; exec 5< f; read -u 5 l; echo $l; exec 5<&-; echo $(< f)

exec 3> f 4>&3; echo a >&3; echo b >&4; exec 3>&- 4>&-; cat f; exec {fd}> g; echo $((fd >= 10)); echo z >&$fd; exec {fd}>&-; cat g; echo hi 3>&1 1>&2 2>&3 | cat; echo x > /; echo $?; echo y > nodir/f; echo $?; : < nofile; echo $?

echo a | tee f | cat; { cat; } < fruit.txt | head -1; while read l; do echo "$l"; break; done < fruit.txt; cat fruit.txt - < passwd | wc -l; f() { cat; }; echo piped | f; echo b 1> f; cat 0< f; echo "$(cat <<< x)"; cat < fruit.txt > copy; cmp copy fruit.txt; echo >f; wc -c f

sleep 0.02 & p=$!; wait $p; echo $?; (exit 9) & wait $!; echo $?; wait; echo $?; wait 999999; echo $?; false & wait -n; echo $?; sleep 5 & kill $!; wait $! 2>/dev/null; echo $?; true | false | true; echo ${PIPESTATUS[*]}; jobs; { sleep 0.01; echo bg; } & wait

kill -0 $$; echo $?; kill -l TERM; kill -l 143; kill; echo $?; kill -ZZ 1; echo $?; bash -c 'exit 300'; echo $?; disown; echo $?; fg; echo $?; { time -p true; } 2>/dev/null; :

! true; echo $?; ! false; echo $?; true; echo $?; nosuch 2>/dev/null; echo $?; ./passwd 2>/dev/null; echo $?; / 2>/dev/null; echo $?; (exit 256); echo $?; f() { return 257; }; f; echo $?; exit 1000

type -a echo | head -1; type -t if for cd ls nosuch f; f() { :; }; type -t f; command -v ls cd f if; command -V cd; builtin echo x; builtin ls; echo $?; command nosuch; echo $?; hash ls; hash -t ls 2>/dev/null; alias a=b; alias a; unalias a; alias a; echo $?; enable -n test; type -t test; enable test; type -t test

cd /usr; cd bin; pwd; cd ..; pwd; cd - ; cd; pwd; cd /nonexistent; echo $?; cd a b; echo $?; pushd /tmp; pushd /; dirs; popd; dirs -v; popd; popd; echo $?; CDPATH=/usr; cd bin; echo $OLDPWD

x=1; export x y=2; env | grep -E '^[xy]=' | sort; export -n x; env | grep -c '^x='; readonly z=1; z=2; echo $?; unset z; echo $?; declare -x w=3; declare -i n; n=2*3; echo $n; declare -u up=abc; echo $up; declare -l lo=ABC; echo $lo; declare +i n; n=1+1; echo $n; declare -p n up; unset x; echo ${x-gone}; declare -r; :

echo -n a; echo -e 'b\tc\c'; echo; echo -E '\n'; echo -ne 'x\n'; echo --; echo -; echo -nz; shift; echo $?; set -- 1 2 3; shift 2; echo $1; shift 5; echo $?; eval 'echo $((1+1))'; eval "a=1;" "echo \$a"; . /dev/null; echo $?; source; echo $?; umask 027; umask; umask -S; umask u=rwx,g=,o=; umask; ulimit -c 0; times > /dev/null; echo $?

test 1 -lt 2; echo $?; test -z ''; echo $?; [ a = a ]; echo $?; [ ! -e x ]; echo $?; [ -n ]; echo $?; [ ]; echo $?; [ a b ]; echo $?; [ 1 -gt a ]; echo $?; [ -e fruit.txt -a -s fruit.txt ]; echo $?; [ x -o '' ]; echo $?; [ \( a = b \) ]; echo $?; [ 1 -eq 1; echo $?; test -t 0; echo $?

compgen -W 'apple ant bee' a; compgen -A function; f() { :; }; compgen -A function; complete -W 'x y' foo; complete -p foo; complete -r foo; complete -p foo; echo $?; compgen -b | grep -c '^cd$'; compopt -o nospace; echo $?; caller; echo $?; f() { caller; caller 0; }; f

fi; echo x

echo "unterminated

case x in

foo() { echo; 

echo a &&

c=a export c=exported; echo "[$c]"; c=1; c=2 read c <<< 5; echo "[$c]"; c=1; c=2 let c=7; echo $c; c=1; c=2 eval 'c=3'; echo $c; c=1; c=2 declare c=9; echo $c; c=1; c=2 printf -v c %s 8; echo $c; c=1; c=2 export c; echo $c; unset c; c=2 export c; echo $c; declare -p c; c=1; c=2 declare c; echo $c; c=1; c=4 readonly c; echo $c

x=1; c=2 export x=3 c; echo $x $c; f() { local v=1; v=5 export v; echo in $v; }; f; echo out $v; y=3 cd /; echo [$y]; OPTIND=1 getopts a o -a; echo $o $OPTIND; pwd

a=${a:=set}'s q' read -r a b <<< "pre $a post"; echo "$b"; x=1; x=2 read y <<< "$x"; echo $y; x=3 cat <<< $x; f() { cat; echo $x; }; x=4 f <<< $x; x=5 eval 'echo $x' > o$x; ls o*; x=6 : > nodir/f; echo $? $x; x=7 f > nodir/f; echo $? $x; x=8 cat < nofile; echo $? $x

a="a\"b"$(echo cs) let "b = a * 2 + 1"; echo $?

f() { echo "$1 $v"; }; v=1 f a; echo "[$v]"; v=1 w=$v f b; v=out; v=in f c; f d; v=1 command f; v=2 command eval 'echo $v'; v=3 builtin echo $v; IFS=: read a b <<< x:y; echo $a $b "$IFS" | cat -A; v=4 . /dev/stdin <<< 'echo s$v'; echo $v; v=5 exec 3>&1; echo $v; v=6 :; echo $v

set -o; set +o

x=abc; echo "${x@X}"; echo $?

if() { :; }

{ echo a
)
echo b

echo x; (echo a
}

time() { echo mine; }; time

exec 5>trace.log; BASH_XTRACEFD=5; set -x; echo hi; ls nosuch 2>/dev/null; set +x; cat trace.log

cat > a.sh <<'E'
echo "a: $0 ${BASH_SOURCE[*]}"
. ./b.sh
cd /nonexistent
[[ ${BASH_SOURCE[0]} == "$0" ]] && echo main || echo sourced
E
cat > b.sh <<'E'
return 3
E
. ./a.sh; echo $?; bash a.sh; echo $?

declare -F; f() { :; }; declare -F; declare -f f; export -f f; bash -c f; echo $?; declare -fx; readonly -f f; f() { echo x; }; unset -f f; echo $?

compgen -A function -- f; compgen -b | head -3; compgen -k | head -3; compgen -v BASH_V; compgen -W 'apple banana avocado' a; compgen -d /et; compgen -c ech; complete -W 'a b' foo; complete -p foo; complete -r foo; complete -p foo

suspend; echo $?; logout; disown; jobs; fg; bg; echo $?; wait 99999; echo $?; kill %9; echo $?; kill; echo $?

dirs -v; pushd /tmp > /dev/null; pushd /etc >/dev/null; dirs -p | tail -2; popd -n; cd -; echo $OLDPWD; popd +5; pushd nosuch; dirs -c; popd
