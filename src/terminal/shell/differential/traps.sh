trap 'echo bye $?' EXIT; echo hi; exit 3

trap 'echo bye' EXIT; trap - EXIT; echo hi; trap 'echo 1' EXIT; trap 'echo 2' 0; false

trap 'echo int' INT; kill -INT $$; echo after; trap 'echo term; exit 9' TERM; kill $$; echo never

trap '' INT TERM; kill -INT $$; kill $$; echo alive; trap - INT; trap; bash -c 'kill -TERM $$; echo child alive'; (kill -TERM $BASHPID; echo sub alive)

trap 'echo usr1 $?' USR1; (exit 5); kill -USR1 $$; echo $?; trap 'false' USR1; true; kill -USR1 $$; echo $?; trap 'x=$((x+1))' USR2; for i in 1 2 3; do kill -USR2 $$; done; echo $x

trap 'echo err $? $LINENO' ERR; false; true; (exit 4); f() { return 2; }; f; ! true; false || true; if false; then :; fi; trap - ERR; false; echo end

trap 'echo dbg $BASH_COMMAND' DEBUG; x=1; echo a; [ -n x ]; for i in 1; do echo $i; done; trap - DEBUG; echo b

trap 'echo exit' EXIT; (echo sub); (trap 'echo subexit' EXIT); $(trap 'echo cs' EXIT); x=$(trap 'echo cs' EXIT; echo in); echo $x; bash -c 'echo child'; { echo grp; }

trap 'echo a' INT TERM; trap -p; trap -p INT; trap 'it'"'"'s' USR1; trap -p USR1; trap INT; trap -p INT; trap - TERM USR1; trap; trap -l | head -1; trap 'x' NOSUCH; echo $?; trap 'x' 99; echo $?

trap; echo $?; trap foo; echo $?; trap -- 'echo dash' EXIT; trap -p EXIT; trap '' HUP; trap -p HUP; trap 'echo q' SIGQUIT 15 hup; trap -p; exit

trap 'echo one; echo two' EXIT; set -e; false; echo no

trap 'exit 7' EXIT; exit 2

trap 'echo in $?; (exit 4); echo $?' EXIT; (exit 6)

trap 'echo cleanup; rm -f tmp' EXIT; touch tmp; f() { exit 5; }; f; echo no

trap 'echo alarm' ALRM; (sleep 0.02; kill -ALRM $$) & sleep 0.05; wait; echo after; trap 'echo w' USR1; (sleep 0.02; kill -USR1 $$) & wait $!; echo $?

f() { trap 'echo ret' RETURN; return 3; }; f; echo $?; g() { :; }; g; trap - RETURN; echo 'trap "echo fromsrc" EXIT' > s; . ./s; echo end

trap 'echo got; trap - USR1' USR1; kill -USR1 $$; sleep 0.01; trap -p USR1; echo done

TIMEFORMAT=; trap 'echo E' ERR; ! { false; true; }; echo 1; ! f; f() { false; true; }; ! f; set -E; ! f; ! (false; true); ! false | true; ! true | false; ! [[ a == b ]]; ! ((0)); ! time false 2>/dev/null; ! { false; }; false; echo end

trap 'echo E $BASH_COMMAND $LINENO' ERR; false; (exit 3); [ 1 = 2 ]; for i in 1 2; do false; done; while false; do :; done; if false; then :; fi; false || false; false && true; ls nofile 2>/dev/null; x=$(false); f() { return 2; }; f; { false; }; case x in x) false;; esac; echo | false; trap - ERR; false; echo done

trap 'echo R $?' RETURN; f() { echo f; return 3; }; f; set -T; f; g() { f; }; g; echo 'echo sourced' > s; . ./s; set +T; h() { trap 'echo own' RETURN; }; h; h; trap - RETURN; f; trap -p

trap 'echo D $BASH_COMMAND' DEBUG; x=1; echo $x; for i in 1 2; do echo $i; done; if true; then echo t; fi; case a in a) echo c;; esac; f() { echo in; }; f; (echo sub); echo p | cat; [[ a == a ]]; ((1)); trap - DEBUG; echo off

trap 'echo usr1 $?' USR1; false; kill -USR1 $$; echo $?; trap 'echo x; exit 4' EXIT; trap -p EXIT USR1; (trap; echo sub); (trap 'echo subexit' EXIT); f() { trap 'echo fexit' EXIT; }; f; exit 2

trap 'echo int' INT; kill -INT $$; trap '' TERM; kill -TERM $$; echo alive; trap - TERM; trap; trap -p INT TERM; trap foo NOSUCH; echo $?; trap 'echo a' 15 SIGHUP QUIT; trap -p; trap 15; trap -p | wc -l; trap - 1 2 3; trap; trap -l | head -3

trap 'echo one' EXIT; trap 'echo two' EXIT; bash -c 'trap "echo inner" EXIT; exit 3'; echo $?; (exit 5); echo $?; trap -- '' INT; trap; trap 'echo "q u"' HUP; trap -p HUP; eval "trap -- 'echo ev' EXIT"

set -o functrace; trap 'echo "[$BASH_COMMAND]"' DEBUG; f() { local a=1; echo $a; }; f; x=$(echo cs); echo $x; (echo s); f | cat; set +o functrace; f

set -e; trap 'echo err $LINENO' ERR; f() { false; echo no; }; trap 'echo bye $?' EXIT; if f; then echo yes; fi; f || echo or; f; echo never

trap 'echo "status $?"; false' USR1; true; kill -USR1 $$; echo $?; false; kill -USR1 $$ || :; echo $?; trap 'return 5' USR1; f() { kill -USR1 $$; echo notreached; }; f; echo $?; trap 'break' USR1; for i in 1 2 3; do echo $i; kill -USR1 $$; done; echo out

trap 'echo chld' CHLD; /bin/true; echo a; (exit 1); echo after; trap '' CHLD; (exit 2); echo $?; trap - CHLD; (exit 3); echo x; trap 'echo chld2' SIGCHLD; x=$(/bin/echo v); echo $x; trap

trap 'n=$((n+1))' CHLD; for i in 1 2 3; do (exit $i); done; echo $n; true | true; echo $n; f() { trap 'echo in' CHLD; (true); }; f; (true)

TIMEFORMAT=; trap 'echo E' ERR; set -E; ! [[ a == b ]]; echo 1;  ! ((0)); echo 2; ! time false 2>/dev/null; echo 3; time false 2>/dev/null; echo 4; ! false | false; echo 5; false | false; time false | true

f() { false; true; }; trap 'echo E' ERR;  ! f; echo 2

shopt -s extdebug; f() { echo "$BASH_ARGC / ${BASH_ARGV[*]}"; g a b c; }; g() { echo "${BASH_ARGC[*]} / ${BASH_ARGV[*]}"; }; f 1 2

shopt -s extdebug
f() {
  :
}
g() { :; }
declare -F f g
shopt -u extdebug
declare -F f g

shopt -s extdebug; trap '[[ $BASH_COMMAND == "echo skip"* ]] && return 1 2>/dev/null; [[ $BASH_COMMAND != *skip* ]]' DEBUG; echo one; echo skip me; echo two

shopt -s extdebug; f() { echo a; echo b; echo c; }; trap 'if [[ $BASH_COMMAND == "echo b" ]]; then (exit 2); fi' DEBUG; f; echo after

set -T; f() { echo in; return 3; }; trap 'echo "D:$BASH_COMMAND"' DEBUG; f; (echo sub); x=$(echo cs); echo $x

trap 'echo D:$LINENO' DEBUG
f() {
  echo in
}
f
(echo sub)
trap - DEBUG

f() { false; echo in; }; trap 'echo ERR $LINENO $FUNCNAME' ERR; f; set -E; f; (false); x=$(false); ! false; false || true; if false; then :; fi; false | true; true | false

f() { trap 'echo RET $FUNCNAME' RETURN; g; }; g() { echo g; }; f; g; declare -ft g; g; trap - RETURN; echo 'echo sourced' > s.sh; trap 'echo R' RETURN; . ./s.sh; f2() { :; }; f2

f() {
  echo $LINENO
  eval 'echo $LINENO
echo $LINENO'
  trap 'echo exit $LINENO' EXIT
}
f
echo $LINENO
(
echo $LINENO )
x=$(
echo $LINENO)
echo $x

echo "a
b" $LINENO; echo $LINENO "c
d"; echo $LINENO
echo $LINENO

f()
{
  echo $LINENO; false
}
shopt -s extdebug
declare -F f
function g
{ :; }
declare -F g
f

trap 'echo T $LINENO' USR1
kill -USR1 $$
echo $LINENO
f() {
  kill -USR1 $$
  echo x
}
f

trap 'echo E $LINENO; false; echo $LINENO' EXIT

trap 'echo err $LINENO' ERR
false
(exit 3)
[ 1 = 2 ]
f() {
  false
}
f
set -E
f
{ false
}
if true; then
 false
fi

trap 'echo R $FUNCNAME ${BASH_SOURCE[0]} $LINENO' RETURN
echo 'echo sourced' > s.sh
. ./s.sh
f() { . ./s.sh; }
f
declare -ft f
f

shopt -s extdebug; echo 'echo ${BASH_ARGC[@]} - ${BASH_ARGV[@]}' > s.sh; set -- x y; . ./s.sh; . ./s.sh 1 2 3; f() { . ./s.sh k; }; f p q

echo ${BASH_ARGC[@]} - ${BASH_ARGV[@]}; set -- a b c; echo ${BASH_ARGC[@]} - ${BASH_ARGV[@]}; f() { echo ${BASH_ARGC[@]} - ${BASH_ARGV[@]}; }; f 1; declare -p BASH_ARGC BASH_ARGV

shopt -s extdebug; set -o | grep trace; shopt -u extdebug; set -o | grep trace

shopt -s extdebug; trap 'echo "[$BASH_COMMAND]"; ((n++ != 1))' DEBUG; for i in 1 2 3; do echo $i; done; case x in x) echo c;; esac; [[ a ]] && echo t; ((1)); echo $?

shopt -s extdebug; trap 'false' DEBUG; x=5; echo hi; trap - DEBUG; echo "<$x> $?"

shopt -s extdebug; f() { trap 'return 2' DEBUG; echo a; echo b; }; f; echo $?

trap 'echo "ERR at $LINENO: $BASH_COMMAND ($?)"' ERR; set -E; f() { ls /nonexistent 2>/dev/null; return 4; }; f; (exit 9); x=$(false); grep -q zzz fruit.txt; true

set -eE; trap 'echo "fail: $BASH_COMMAND line $LINENO in ${FUNCNAME[0]:-main}"' ERR; g() { cat nosuch 2>/dev/null; }; h() { g; echo unreached; }; h

trap 'rm -f tmp.$$; echo cleaned $?' EXIT; touch tmp.$$; ls tmp.* | wc -l; exit 3

trap 'echo int; exit 130' INT; trap 'echo term' TERM; kill -TERM $$; echo after; kill -INT $$; echo never

cleanup() { local rc=$?; trap - EXIT; echo "rc=$rc"; exit $rc; }; trap cleanup EXIT INT TERM; false; (exit 7)

set -o functrace; trap 'echo "+ $BASH_COMMAND"' DEBUG; f() { local a=1; echo $a; }; f; trap - DEBUG; f

PS4='+${BASH_SOURCE##*/}:${LINENO}:${FUNCNAME[0]:-}: '; set -x; f() { echo in; }; f; { set +x; } 2>/dev/null

cat > lib.sh <<'E'
libf() {
  echo "${BASH_SOURCE[0]} ${BASH_LINENO[0]} ${FUNCNAME[*]}"
  nosuchcommand
  caller 0
}
E
. ./lib.sh
libf

f() { echo $?; }; false; f; (exit 3); f; trap 'f' EXIT; (exit 5)

f() { local rc=$?; echo $rc; }; (exit 3); f; trap f EXIT; exit 4

f() { echo "rc=$?"; }; trap f EXIT; false

cleanup() { rc=$?; rm -rf "$tmp"; echo "cleaned $rc"; exit $rc; }; trap cleanup EXIT; tmp=$(mktemp -d); touch $tmp/x; [ -d $tmp ] && echo made; exit 5

trap 'echo "error on line $LINENO: $BASH_COMMAND ($?)"' ERR
true
false
f() { return 3; }
f
(exit 4)
if false; then :; fi
false || true
! true
x=$(false)
false | true
true | false
echo end

trap 'echo usr1; flag=1' USR1; (sleep 0.02; kill -USR1 $$) & wait; echo $? $flag; wait; trap 'echo chld' CHLD; true; (true); /bin/true; trap - CHLD; trap 'echo dbg' DEBUG; :; trap - DEBUG; trap 'echo $BASHPID' EXIT; trap - EXIT; trap 0; trap 'echo zero' 0; trap -p

trap 'echo parent' EXIT; (echo sub; trap -p); (trap 'echo child' EXIT); $(trap -p EXIT 2>&1 >/dev/null); x=$(trap -p); echo "$x"; bash -c 'trap "echo inner" EXIT; exit 2'; echo $?; trap 'exit 9' EXIT; exit 1

trap 'echo "in $FUNCNAME ${#FUNCNAME[@]}"' DEBUG; f() { :; }; f; set -T; f; trap - DEBUG; set +T; trap 'echo ret $?' RETURN; f; set -o functrace; g() { return 7; }; g; echo $?; . /dev/null; trap - RETURN; g

(trap 'echo got TERM; exit 3' TERM; sleep 5 & kill -TERM $BASHPID; wait); echo $?; bash -c 'trap "echo bye; exit 0" INT; kill -INT $$; echo never'; echo $?; bash -c 'trap "" TERM; kill $$; echo survived'; bash -c 'trap "echo hup" HUP; kill -HUP $$; kill -HUP $$; echo end'; (trap - TERM; kill $BASHPID) ; echo $?

f() { local x=1; kill -USR1 $$; }; trap 'echo ${x-unset}' USR1; f

f() { local x=1; kill -USR1 $$; echo in; }; trap 'echo ${x-unset} $LINENO' USR1; f

trap 'echo t' USR1; { kill -USR1 $$; } > k; echo after; cat k

trap 'echo t' USR1; { kill -USR1 $$; echo in; } > k; echo after; cat k

trap 'echo t' USR1; f() { kill -USR1 $$; }; f > k; echo after; cat k

trap 'echo t' USR1; kill -USR1 $$ > k; echo after; cat k

trap 'echo t' USR1; for i in 1 2; do kill -USR1 $$; done > k; echo after; cat k

trap 'echo t' USR1; if kill -USR1 $$; then :; fi > k; echo after; cat k

trap 'echo t' USR1; while kill -USR1 $$; do break; done > k; echo after; cat k

trap 'echo t' USR1; { { kill -USR1 $$; } > k2; } > k; echo after; cat k k2

trap 'echo t' USR1; eval 'kill -USR1 $$' > k; echo after; cat k

echo 'kill -USR1 $$' > s; trap 'echo t' USR1; . ./s > k; echo after; cat k

trap 'echo t' USR1; kill -USR1 $$ > k && echo and; cat k

trap 'echo t$?' USR1; (exit 3); kill -USR1 $$ ; echo $?

trap 'echo "t $x"' USR1; x=1 kill -USR1 $$

trap 'echo "t $x"' USR1; f() { kill -USR1 $$; }; x=1 f; x=2; f

trap 'echo t; (exit 4)' USR1; kill -USR1 $$; echo $?

trap 'echo t; return 4' USR1; f() { kill -USR1 $$; echo in; }; f; echo $?

trap 'echo t; return 4' USR1; f() { kill -USR1 $$; }; f; echo $?

trap 'echo t; break' USR1; for i in 1 2 3; do echo $i; kill -USR1 $$; done; echo $?

trap 'echo t; trap - USR1' USR1; kill -USR1 $$; trap

trap 'echo one' USR1; trap 'echo two' USR2; kill -USR2 $$; kill -USR1 $$; echo end

trap 'echo hup; exit 3' HUP; trap 'echo bye $?' EXIT; kill -HUP $$; echo never

trap 'echo t' USR1; x=$(kill -USR1 $$; echo in); echo "[$x]"

trap 'echo t' USR1; (kill -USR1 $BASHPID; echo in); echo "out"

trap 'echo t' CHLD; (exit 1); /bin/true; echo end

trap 'echo t $LINENO' USR1
f() {
  kill -USR1 $$
  echo b
}
f

trap 'echo d $BASH_COMMAND' DEBUG; trap 'echo u' USR1; kill -USR1 $$; echo e

trap 'echo t' USR1; exec 3>k; kill -USR1 $$ >&3; echo end; cat k

trap 'echo t >&2' USR1; kill -USR1 $$ 2>k; echo end; cat k

trap 'echo t' USR1; case x in x) kill -USR1 $$;; esac > k; echo end; cat k

trap 'echo t' USR1; { sleep 0.1; kill -USR1 $$; } & wait > k; echo $?; cat k

trap 'echo t' USR1; { sleep 0.1; kill -USR1 $$; } & read x < <(sleep 1; echo q) > k; echo $?; cat k

trap 'echo t; exit 3' USR1; { sleep 0.1; kill -USR1 $$; } & read x < <(sleep 1; echo q) > k; echo $? $x; cat k

trap 'echo t; false' USR1; { sleep 0.1; kill -USR1 $$; } & read x < <(sleep 1; echo q) > k; echo $? $x; cat k

trap 'echo t' USR1; { sleep 0.1; kill -USR1 $$; } & mapfile x < <(sleep 1; echo q); echo $? $x

trap 'echo err' ERR; false > k; cat k; echo end

set -e; trap 'echo bye' EXIT; false > k

x=1 eval 'echo $x; false' > k; cat k

trap 'echo t' USR1; { sleep 0.1; kill -USR1 $$; } & sleep 0.4 > k; echo $?

set -o posix; trap 'echo t' USR1; { sleep 0.1; kill -USR1 $$; } & read x < <(sleep 1; echo q); echo $? $x

trap 'echo t' SEGV; bash -c 'kill -SEGV $$'; echo "out"

trap 'echo t' TERM; bash -c 'kill -TERM $$'; echo "out"

trap 'echo d $BASH_COMMAND' DEBUG; trap 'echo u; echo v' USR1; kill -USR1 $$; echo e

trap 'echo d $BASH_COMMAND' DEBUG; trap 'echo u; echo v' ERR; false; echo e

trap 'echo d $BASH_COMMAND' DEBUG; trap 'echo u; echo v' EXIT; echo e

trap 'echo d $BASH_COMMAND' DEBUG; trap 'echo u; echo v' RETURN; set -T; f() { echo in; }; f; echo e

trap 'echo d $BASH_COMMAND; echo x' DEBUG; trap 'echo u; false' USR1; trap 'echo err $BASH_COMMAND' ERR; kill -USR1 $$; echo e

set -e; trap 'false; echo x' USR1; kill -USR1 $$; echo e

set -e; trap 'false; echo x' EXIT; echo e

set -e; trap 'false; echo x' ERR; false; echo e

trap 'echo err; false; echo x' ERR; false; echo e

trap 'echo err' ERR; trap 'false; echo x' EXIT; echo e

trap 'echo err' ERR; trap 'false; echo x' DEBUG; echo e

set -e;  trap 'false; echo x' DEBUG; echo e

set -E; f() { false; }; trap 'f; echo err' ERR; false; echo e

trap 'echo err' ERR; set -T; trap 'false; echo x' RETURN;  f() { echo in; }; f; echo e

trap 'echo ret' RETURN; set -T; trap 'f' USR1; f() { echo in; }; kill -USR1 $$; echo e

f() { echo f; trap 'echo sub' USR1; }; trap f USR1; kill -USR1 $$; kill -USR1 $$

trap 'echo d $LINENO' DEBUG; f() { echo in; }; f; echo e

trap 'echo "$BASH_COMMAND failed with $? at $LINENO"' ERR
f() {
  false
  ls /nope
}
f
(exit 4)
! true
if false; then :; fi
false | true
true | false
x=$(false)
[[ a == b ]]
((0))

trap 'echo r $?' RETURN; f() { return 3; }; f; declare -ft f; f; echo 'return 4' > s; . ./s; trap - RETURN; trap; trap -l | wc -l; trap -p; trap 'x' INT; trap -p INT; trap -p; trap INT; trap -p; trap '' 99; trap x NOSUCH; echo $?; trap -x; trap x; trap - ; echo $?

f() { trap 'echo in' EXIT; }; f; trap; (trap 'echo sub' EXIT); echo; x=$(trap 'echo cs' EXIT); echo $x; trap 'echo out' EXIT; (echo s); exec true
