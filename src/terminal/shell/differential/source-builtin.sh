echo 'x=5; echo in $1 $#' > s; . ./s; echo $x; source ./s a b; set -- p; . ./s; . ./s q; echo $1

echo 'return 3; echo no' > s; . ./s; echo $?; echo 'false' > s; . ./s; echo $?; : > s; false; . ./s; echo $?; echo 'echo $?' > s; (exit 4); . ./s

. ./nofile; echo $?; source nofile; echo $?; .; echo $?; source; echo $?; . /; echo $?; . .; echo $?; set -e; . ./nofile || echo caught; . ./nofile; echo no

echo 'f() { echo f $1; }; v=fromfile; alias q=w; cd /' > s; . ./s; f 1; echo $v; alias q; pwd; (cd; . /dev/null; echo $?)

echo 'echo ${BASH_SOURCE[0]} $LINENO; echo ${FUNCNAME[0]}' > s; . ./s; f() { . ./s; }; f; echo 'echo outer; . ./inner; echo back' > outer; echo 'echo inner' > inner; . ./outer

echo 'echo ok; fi; echo no' > s; . ./s; echo $?; printf 'echo one\necho "open\n' > s; . ./s; echo $?; printf 'echo one\nif\n' > s; . ./s; echo $?

echo 'exit 6' > s; (. ./s; echo no); echo $?; . ./s; echo never

mkdir bin; echo 'echo from path' > bin/lib.sh; PATH=$PWD/bin:$PATH; . lib.sh; chmod -x bin/lib.sh; source lib.sh; echo 'echo local' > here.sh; . here.sh; shopt -u sourcepath; . lib.sh; echo $?

for i in 1 2; do echo 'break; echo no' > s; . ./s; echo after; done; echo $i; echo 'shift; echo $1' > s; set -- a b; . ./s; echo $1; . ./s x y; echo $1; echo 'set -- new' > s; . ./s; echo $1; . ./s arg; echo $1

echo 'nosuchcmd; cd /none; echo ${q?bad}; echo no' > s; . ./s; echo $?; echo end

printf '#!/bin/sh\necho script $0 | sed "s/ .*bash/ bash/"\n' > s; . ./s; . <(echo echo procsub); echo 'echo piped' | . /dev/stdin; . /dev/stdin <<< 'echo hs'; cat > t <<E
echo "heredoc $((1+1))"
E
. ./t

echo 'local x=1 2>&1; echo $?' > s; . ./s; f() { . ./s; echo $x; }; f; echo 'trap "echo src exit" EXIT' > s; . ./s; echo 'x=1 y=2' > env; set -a; . ./env; set +a; env | grep -c '^[xy]='; . ./s > out; cat out

cat > in.sh <<'E'
nosuchcmd
cd /nonexistent
. ./in2.sh
E
cat > in2.sh <<'E'
echo hi
nosuch2
x=$((1/0))
echo after
E
. ./in.sh
echo $?

cat > in.sh <<'E'
echo start
if true; then
  echo a
done
E
. ./in.sh; echo $?; bash in.sh; echo $?; eval 'if; then'; echo $?; source nosuch.sh; echo $?

cat > lib.sh <<'E'
LIB=loaded; libf() { echo "lib $1"; }; [ $# -gt 0 ] && echo "args $*"; return 4; echo never
E
. ./lib.sh; echo $? $LIB; libf x; source ./lib.sh p q; echo $? $#; set -- keep; . ./lib.sh; echo $1; . ./nosuch; echo $?; PATH=$PATH:.; . lib.sh; (. ./lib.sh; echo in); source; echo $?; . -x; echo $?

echo 'echo $0 ${BASH_SOURCE[0]} $LINENO; shift; set -- changed' > s; . ./s a b; echo $1; set -- x; . ./s; echo $1; echo 'exit 3' > e; (. ./e; echo no); echo $?; echo 'local x=1' > l; . ./l; echo $?; f() { . ./l; echo $x; }; f; echo 'return' > r; false; . ./r; echo $?; mkdir d; . ./d; echo $?; echo 'if' > syn; . ./syn; echo $?; echo next
