set -e; echo a; false; echo no

set -e; false || true; if false; then :; fi; while false; do :; done; ! true; false && true; echo still; (false); echo no

set -e; f() { false; echo in f; }; f || echo caught; if f; then echo t; fi; f; echo no

set -e; x=$(false); echo no

set -e; echo $(false) ok; local x 2>/dev/null || true; export y=$(false); echo yes; true | false; echo no

set -e; { false; echo a; } || true; (false; echo b) && echo c; for i in 1; do false; done; echo no

set -e; case x in x) false;; esac; echo no

set -e; trap 'echo exit $?' EXIT; trap 'echo err $?' ERR; false; echo no

set -u; echo "${a-}" "${a:-d}" "$@" $*; a=1; echo $a; unset a; echo $a; echo no

set -u; arr=(); echo "${arr[@]}" "${#arr[@]}"; echo $((und+1)); echo no

set -u; f() { echo $1; }; (f); echo $?; [[ -n ${x:-} ]] || echo empty; [ -z "${y+x}" ] && echo unset; unset z; z=${z:-5}; echo $z ${#z}; echo ${!q}; echo no

set -o pipefail; true | false | true; echo $?; false | true; echo $?; true | true; echo $?; (exit 3) | (exit 4) | true; echo $?; ! false | true; echo $?; set +o pipefail; false | true; echo $?

set -euo pipefail; echo start; v=$(echo ok | cat); echo $v; grep -q zzz fruit.txt || echo nomatch; cat fruit.txt | grep -c apple; false | cat; echo no

set -eo pipefail; x=$(false | cat) || echo caught; if false | cat; then :; else echo else; fi; cat nofile | wc -l; echo no

set -x; echo a "b c" 'd'; x=1 y="2 3"; echo $x | cat; [ a = a ]; [[ $x == 1 ]]; ((x++)); for i in 1 2; do :; done; case a in a) ;; esac; f() { echo $1; }; f q; (echo sub); z=$(echo cs); set +x; echo off

set -f; echo *; set +f; set -C; echo a > n; echo b > n; echo $?; echo c >| n; cat n; set +C; set -a; v=1; env | grep ^v=; set +a; set -n; echo never

set -o | head -3; echo $-; set -eu; echo $-; set +eu; set -o errexit -o nounset; echo $-; set +o errexit; shopt -o errexit; echo $?; shopt -so noglob; echo *; set +o noglob; set -o nosuch; echo $?

set -- -a b; echo $1 $#; set -- ; echo $#; set a b c; echo $3; set -- "$@" d; echo $#; set - x y; echo $1 $#; set -e -- p q; echo $2; set +e; set --; echo "[$1]" $#; set -o posix; echo ${POSIXLY_CORRECT-}

set -e; f() { return 1; }; f && true; echo ok; (set +e; false; echo in); [ a = b ] || [ c = c ]; ((0)) || :; let 0 || :; ((0)); echo no

set -E; trap 'echo E:$?' ERR; f() { false; }; f; (false); x=$(false); set +E; f; true; [ a = b ]; [[ a == b ]]; ((0)); false || true; if false; then :; fi; ! false; echo end

set -T; trap 'echo D' DEBUG; f() { :; }; f; trap - DEBUG; set +T; set -P; mkdir d; ln -s d l; cd l; pwd | sed 's/.*\///'; cd ..; set +P; cd l; pwd | sed 's/.*\///'

PS4='> '; set -x; echo a; x=$(echo b); PS4='+$LINENO: '; echo c; a=(1 "2 3"); { set +x; } 2>/dev/null; echo quiet

shopt -s inherit_errexit; set -e; y=$(echo a; false); echo no

set -v; echo verbose; set +v; echo off; set -h; set +h; type -t echo; set -b; set +b; set -m 2>/dev/null; set +m; echo $?

set -e; ! (false; echo reached); echo $?; ! { false; echo reached2; }; echo $?; ! false | true; echo $?; f() { false; echo in; }; ! f; echo $?

! { set -e; false; echo reached; }; echo after $?

! (set -e; false; echo reached); echo after $?; ! (set -e; f() { false; echo in; }; f; echo reached); echo after $?; ! { (set -e; false; echo reached) | cat; }; echo $?; ! f() { set -e; false; echo in; }; f; echo hi

! ! (set -e; false; echo reached); echo $?; { ! time -p (set -e; false; echo x); } 2>/dev/null; echo $?; if ! (set -e; false; echo reached); then echo yes; fi; if ! { (set -e; false; echo reached); }; then echo yes; fi; ! (set -e; false; echo reached) && echo and; ! (set -e; false; echo r) | cat; echo $?; ! (set -e; false; echo r) & wait

set -e; ! (false; echo reached); echo $?

set -e; ! { false; echo reached2; }; echo $?

set -e; ! (false; echo reached) | cat; echo $?; ! { ! (false; echo r3); }; echo $?

set -k; printenv FOO FOO=1; echo a=b c; f() { echo "$# $x"; }; f one x=2 two; echo "[$x]"; y='1 2'; printenv BAR A=1 BAR="$y"; case $- in *k*) echo on;; esac; set +k; printenv FOO FOO=1; echo a=b; set -o | grep keyword

{ (set -e; { false; echo a; } & wait; echo reached); } && echo and

if (set -e; { false; echo a; } & wait; echo r); then echo t; fi; (set -e; { false; echo no; } & wait; echo r2)

set -e; { false; echo no; } & wait; echo r; { { false; echo yes; } & wait; } || echo or

set -e; if { false; echo c; } & wait; then echo d; fi; ! { false; echo e; } & wait; false | { false; echo f; } & wait; echo end

(set -e; false & wait $!; echo no); echo $?; { (set -e; (false; echo g) & wait; (false; echo h)); } && echo i; set -e; { false & true; } && echo j

set -o posix; echo $SHELLOPTS; export=1; f() { :; }; readonly x=1; x=2; echo notreached

set -o posix; for() { :; }; echo never

set -o posix; readonly x=1; x=2 :; echo no

set -o posix; break 2>&1; shift 5; echo $?; . ./nosuch; echo no

set -o posix; cd /; type -a ls; echo "$(false; echo $?)"; set +e; ((a=1)); echo {a,b} ~; alias e=echo; e hi; f() { echo f; }; declare -f f; set | grep -c '^f ()'

set -o posix; exec nosuch; echo no

set -o posix; f-x() { :; }; echo $?

set -o posix; ls() { echo fn; }; break() { echo b; }; echo done

set -o posix; x=1 eval 'echo $x'; echo "<$x>"; y=2 :; echo "<$y>"; z=3 export w; echo "<$z>"; q=4 true; echo "<$q>"

POSIXLY_CORRECT=1; shopt -o posix; unset POSIXLY_CORRECT; shopt -o posix; POSIXLY_CORRECT=1 bash -c 'shopt -o posix'; bash --posix -c 'shopt -o posix; echo $POSIXLY_CORRECT'; sh -c 'echo $0'

set -o posix; alias -p; export -p | head -1 | cut -c1-6; [[ a < b ]] && echo lt

set -o posix; export Q=1; export -p | grep Q=; readonly R='a b'; readonly -p | grep ' R='; export U; export -p | grep U

set -e; trap 'echo trapped $?' EXIT; f() { echo in f; false; echo not; }; f && echo no || echo handled; if f; then echo then; fi; f | cat; echo piped; f; echo never

set -e; (false; echo no) || true; x=$(false) || echo caught; y=$(echo ok; false; echo still) || echo y=$y; ! false; [ a = b ] || true; while [ a = b ]; do :; done; false | true; echo through; declare z=$(false); echo declare hides; local_() { local q=$(false); echo local too; }; local_; z=$(false); echo never

set -e; eval 'false || true'; . <(echo 'true'); { false || true; }; case a in a) true;; esac; (( 1 )); ((0)) || true; [[ a == a ]]; f() { return 1; }; ! f; until f; do break; done; echo alive; command false || echo cf; builtin false || echo bf; ((0)); echo never

set -euo pipefail; IFS=$'\n\t'; name=${1:-default}; echo "$name"; arr=(a b); for x in "${arr[@]}"; do echo "$x"; done; n=$(printf '%s\n' "${arr[@]}" | grep -c x || true); echo $n; cat nosuch 2>/dev/null | head -1 || echo pipe failed; echo "${undefined_var}"; echo never

set -o | head -5; set -o | wc -l; set +o | head -3; shopt | wc -l; shopt -p | head -3; shopt -s | head -3; shopt -q extglob nullglob; echo $?; shopt -s extglob nullglob; shopt -q extglob nullglob; echo $?; shopt extglob; shopt -u extglob; shopt -p extglob; echo $?; shopt -o errexit; shopt -so noclobber; shopt -po noclobber; shopt -s nosuch; echo $?; shopt -su x; echo $?; shopt -z; echo $?; set -o vi; set -o | grep -E '^(vi|emacs)'; set +o vi

set -- a b; echo $-; set -f; echo $-; set +f -e; echo $-; set +e; set -o noglob; set +o noglob; set - x y; echo $@; set -- ; echo $#; set -abefhkmnptuvxBCEHPT 2>/dev/null; echo never

set -x; set -- "a b" c; set +x; set -v; echo visible
set +v; set -k; env x=1 | grep ^x; set +k; set -t; echo last

f() { local a=1 b; local -r c=3; local -i n=1+1; local -a arr=(x y); local -A m=([k]=v); local; }; f; set -x; echo $'e\nf' é 'x~y' ~x a=~ '#' x# $'\a' '' {} 'a!'; PS4=; echo none; unset PS4; echo unset
