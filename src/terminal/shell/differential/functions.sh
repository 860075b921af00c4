f() { echo "$# $1 $2 $@ $*"; }; f; f a b; f "x y" z; function g { echo g $1; }; g 1; function h() { echo h; }; h

f() { return 3; }; f; echo $?; f() { false; }; f; echo $?; f() { true; return; }; f; echo $?; f() { return 256; }; f; echo $?; f() { (exit 9); return; }; f; echo $?

f() { local x=1 y; echo "$x${y-unset}"; x=2; g; }; g() { echo $x; x=3; }; x=0; f; echo $x; f() { local x; x=5; }; f; echo $x; local z 2>&1; echo $?

f() { local a=$1 b=$a; echo $a-$b; local -r c=k; local -i n=1+1; local -a l=(p q); local -A m=([k]=v); echo $c $n ${l[1]} ${m[k]}; }; f 1; echo "${c-}${n-}${l-}"

rec() { local n=$1; ((n<=0)) && return; echo $n; rec $((n-1)); echo back $n; }; rec 3; fact() { (($1<2)) && echo 1 || echo $(($1*$(fact $(($1-1))))); }; fact 6

f() { echo in; } > out; f; cat out; f() ( cd /; x=5; pwd ); x=1; f; echo $x; f() if true; then echo if-body; fi; f; f() for i in 1 2; do echo $i; done; f; f() [[ $1 == a ]]; f a; echo $?; f() ((1+1)); f; echo $?

f() { echo one; }; f() { echo two; }; f; unset -f f; f; echo $?; f=var; f() { echo fn $f; }; f; unset f; echo "${f-novar}"; f; unset -f f; type f 2>&1

f() { set -- x y; echo $1 $#; shift; echo $1; }; set -- a b c; f 1; echo $1 $#; f() { echo $0 | grep -c bash; echo ${FUNCNAME[0]} ${#FUNCNAME[@]}; }; f; g() { f; }; g

outer() { inner() { echo inner $1; }; inner a; }; outer; inner b; f() { unset -f f; echo once; }; f; f 2>/dev/null; echo $?; f() { f2() { echo f2; }; }; f2 2>/dev/null; f; f2

f() { cat; }; echo piped | f; f <<< here; f < passwd | head -1; f() { read a; read b; echo $b-$a; }; printf '1\n2\n' | f; f() { echo o; echo e >&2; }; f 2>/dev/null; f 2>&1 >/dev/null; x=$(f 2>&1); echo $x

declare -F; f() { echo hi; }; declare -F f; type -t f; declare -f f; declare -f nosuch; echo $?; export -f f; bash -c f; export -nf f; bash -c f 2>/dev/null; echo $?

readonly -f nosuch 2>&1; f() { echo r; }; readonly -f f; f() { echo changed; }; f; unset -f f; echo $?; f

f() { break; echo in; }; for i in 1 2; do f; echo $i; done; f() { echo $1; shift 2; echo $?; }; f a; f() { return 1 2; }; f; echo $?; f() { return x; }; f; echo $?

f() { trap 'echo ret' RETURN; echo body; }; f; f() { local IFS=:; echo "$*"; }; f a b; echo "$*"; f() { local -; set -f; echo *; }; f; echo f*; f() { local PATH=/none; ls 2>/dev/null; echo $?; }; f; ls | head -1

f() { local x=$(exit 3); echo $?; local y; y=$(exit 4); echo $?; return $(echo 5); }; f; echo $?; f() { echo "<$v>"; }; v=tmp f; echo "<$v>"

f() { a | b && c || d; [[ x == y ]]; ((1+1)); echo "q $v" 'r' > out 2>&1 <<< s; x=1 y=2 cmd; ! w; }; declare -f f; type f

f-g() { echo dash; }; f-g; f.g() { echo dot; }; f.g; _f1() { echo under; }; _f1; f() { echo ${1:-none} ${2-}; }; f ''; f '' x; function k { echo k; } 2>/dev/null; k

caller; echo $?; f() { caller; caller 0; caller 1; caller 5; echo $?; caller x; echo $?; }; f
g() { f; }
g

stack() { local i=0; while caller $i; do ((i++)); done; }
f() { g; }
g() {
  stack
}
f
