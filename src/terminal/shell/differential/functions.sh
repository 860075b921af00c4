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

f() { select opt in start stop; do return 3; done; }; f <<< 1; echo $?; select a in x; do select b in y; do echo $a$b; break 2; done; done <<< $'1\n1'; select x in p q; do continue; done <<< 1; echo $?

greet() { local name=${1:-world}; echo "hello $name"; }; greet; greet bob; function up { echo "${1^^}"; }; up x; function both() { echo both; }; both; sub() ( cd /; pwd ); sub; pwd | grep -c '^/$'; one() if true; then echo compound; fi; one; loop() for i in 1 2; do echo $i; done; loop

fact() { (( $1 <= 1 )) && echo 1 || echo $(( $1 * $(fact $(($1-1))) )); }; fact 5; fib() { local n=$1; ((n<2)) && { echo $n; return; }; echo $(( $(fib $((n-1))) + $(fib $((n-2))) )); }; fib 7; depth() { ((${#FUNCNAME[@]}>4)) && { echo "${FUNCNAME[@]}"; return; }; depth; }; depth

x=global; f() { local x=f; g; echo f:$x; }; g() { echo g:$x; x=changed; }; f; echo $x; h() { local x; echo "[${x-unset}]"; x=1; unset x; echo "[${x-unset}]"; }; h; echo $x; i() { declare -g x=viaglobal; local x=l; echo $x; }; i; echo $x; local y=1; echo $?

f() { return 5; }; f; echo $?; g() { return; }; false; g; echo $?; h() { false; return; }; h; echo $?; i() { return -1; }; i; echo $?; j() { return abc; }; j; echo $?; k() { return 1 2; }; k; echo $?; l() { true; }; l && echo ok; m() { return 300; }; m; echo $?

f() { echo $0 $# $1; shift; echo $1 $#; set -- new; echo $1; }; set -- A B; f x y z; echo $1 $#; f() { echo redefined; }; f; unset -f f; f; echo $?; ls() { echo myls "$@"; }; ls -l; command ls fruit.txt; unset -f ls; echo() { printf 'E:%s\n' "$*"; }; echo a b; builtin echo c

f() { local a=1 b; local -r c=3; local -i n=1+1; local -a arr=(x y); local -A m=([k]=v); echo $a ${b-unset} $c $n ${arr[1]} ${m[k]}; local; }; f; local_test() { local -; set -f; echo *; }; local_test; echo f*; g() { local OPTIND IFS=:; echo $OPTIND; set -- a:b; echo $1; v=a:b; echo $v; }; g

outer() { local v=o; inner() { echo $v; v=i; }; inner; echo $v; }; outer; inner; echo [$v]; f() { local "$1=$2"; echo ${!1}; }; f key val; g() { local x=$x; echo $x; }; x=5; g; h() { local x=1; (x=2; echo $x); echo $x; { x=3; }; echo $x; }; h; echo $x

f() { trap 'echo returning' RETURN; echo in; }; f; f2() { echo x; }; f2; trap - RETURN; f() { local r=$?; echo $r; }; false; f; (exit 9); f; f() { echo $BASH_SUBSHELL $(echo $BASH_SUBSHELL); (f3); }; f3() { echo $BASH_SUBSHELL; }; f

declare -f nosuch; echo $?; f() { echo "$1"   ; if true;then echo x;fi; }; declare -f f; type f; declare -F f; declare -F | head -2; export -f f; bash -c 'f exported'; export -nf f; bash -c 'f' ; echo $?; readonly -f f; f() { :; }; echo $?; unset -f f; echo $?

f() { g; }; g() { echo "${FUNCNAME[*]}|${BASH_LINENO[*]}|$LINENO"; caller; caller 0; caller 1; caller 9; echo $?; }; f
main() {
  f
}
main

retry() { local n=1 max=$1; shift; until "$@"; do ((n>=max)) && { echo "failed after $n"; return 1; }; echo "attempt $n failed"; ((n++)); done; echo ok after $n; }; c=0; flaky() { ((++c >= 3)); }; retry 5 flaky; retry 2 false; echo $?
