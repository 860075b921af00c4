printf '%(%Y-%m-%d %H:%M:%S)T\n' 0; TZ=UTC printf '%(%F %T %Z)T|%(%s)T\n' 86400 5; printf '%(%A %a %B %b %d %e %j %u %w %y %C %D %I %p %M %n%t%%)T\n' 1000000000; printf '%()T\n' 3600; printf '[%20(%Y)T] [%-10(%Y)T]\n' 0 0; printf '%(%Q)T\n' 0

printf -v x '%(%Y)T' -1; [ $x -gt 2020 ] && echo ok; printf '%(%Y)T\n' -2 | grep -c 20; printf '%(%Y)T\n' abc; printf '%(%c|%x|%X|%r|%R|%h|%G|%g|%V|%U|%W|%k|%l|%P|%z)T\n' 1700000000

read -N 3 x <<< abcdef; echo "$x"; read -n 2 y <<< abc; echo "$y"; read -d : z <<< 'a b:c'; echo "[$z]"; read -N 5 w <<< $'a\nbc'; printf '%q\n' "$w"; read -n 3 a b <<< 'x y z'; echo "$a|$b"; read -N 4 a b <<< 'x y z'; echo "$a|$b"

exec 3< fruit.txt; read -u 3 a b; echo $a-$b; read -u 3 -a arr; echo ${arr[1]}; read -u 9 x; echo $?; read -u x y; echo $?; read -i foo -e x <<< bar; echo $x; read -t 0 < fruit.txt; echo $?; read -t 0.01 x < <(sleep 1); echo $?; read -n 0 x; echo "$?$x"; read -N 0 x; echo $?

read -t abc; echo $?; read -n x y; echo $?; read -N -1 y; echo $?; read -d; echo $?; read -q; echo $?; read 1a; echo $?; read 'a[0]' <<< v; echo $a; read -a 1x <<< v; echo $?; read -p 'prompt ' x <<< v; echo $x; read -s x <<< v; read -d '' x <<< $'a\nb'; echo "$?[$x]"; read -rd $'\t' x <<< $'q\tw'; echo $x

TMOUT=0.01; read x < <(sleep 0.5; echo a); echo $?; unset TMOUT; IFS=, read -ra a <<< 'x,y,,z,'; declare -p a; IFS= read -r x <<< '  a\b  '; echo "[$x]"; read x <<< 'a\
b'; echo "$x"; read a b c <<< '  one   two three  four '; echo "[$a][$b][$c]"; IFS=: read a b <<< 'x:y:z:'; echo "[$b]"

declare -A m=([a]=1 [b]='x y'); a=(1 "2 3" [5]=z); declare -i n=5; declare -l lo=ABC; declare -u up=abc; declare -r ro=1; declare -x ex=1; declare -n ref=n; declare -p m a n lo up ro ex ref; declare -p nosuch; echo $?; echo ${m@A} ${a@A} ${n@A} ${lo@A} ${ro@A} "${a[@]@A}" "${m[@]@A}" ${m[@]@K} "${a[@]@K}" ${a[@]@k} ${ref@a} ${a@a} ${m@a} ${ex@a}${up@a}

f() { echo hi; }; g() { local x; }; declare -f f; declare -F; declare -F f nosuch; echo $?; declare -f nosuch; echo $?; declare -fx f; declare -F; declare -p -f f; declare -pF; typeset -f g

declare -i i=3+4; echo $i; i=i*2; echo $i; i+=1; echo $i; declare -i j=abc; echo $j; declare +i i; i=3+4; echo $i; declare -l x; x=FOO; echo $x; declare -u x; x=foo; echo $x; declare -c y=hELLO; echo $y; declare -lu z=aB; echo $z; declare -p z x

declare -n r=t; t=5; echo $r; r=6; echo $t; declare -n r2=r; echo $r2 ${!r}; unset r; echo "[$t]"; declare -p r; unset -n r; declare -p r; declare -n self=self; declare -n bad=1x; echo $?; declare -n arr='a[1]'; arr=5; declare -p a; f() { local -n o=$1; o=done; }; f res; echo $res

v="it's a \"test\" \$x"; echo ${v@Q}; w=$'a\nb\t'; echo ${w@Q} "${w@E}"; e='\t\x41'; echo "[${e@E}]"; p='\u@\h'; [ -n "${p@P}" ] && echo p; echo ${v@U} ${v@u} ${v@L} ${v@A} ${w@A} "${v@K}" ${nosuch@Q} "[${nosuch@A}]"; set -- a 'b c'; echo "${@@Q}" "${*@Q}" "${@@A}"; echo ${v@Z}

caller; echo $?; caller 0; echo $?; f() { caller; caller 0; caller 1; caller 2; echo $?; }; g() { f; }; g; f
caller x; f

enable -n echo; type echo | head -1; enable -n; enable echo; enable -a | head -3; enable -s; enable nosuch; echo $?; enable -p | wc -l; enable -d x; echo $?; enable -f x y; echo $?; enable -z; echo $?; enable -ps; enable -n test true; enable -a | grep -- -n; compgen -A disabled

hash; ls >/dev/null; cat fruit.txt >/dev/null; hash; hash -t ls; hash -t ls cat; hash -l; hash -d ls; hash; hash -p /bin/foo foo; hash -t foo; foo; echo $?; hash nosuch; echo $?; hash -d nosuch; hash -r; hash; hash -z; echo $?; hash -t; echo $?; hash ls; hash; hash -t nosuch

shopt -p; shopt -s; shopt -u

shopt -q extglob; echo $?; shopt -q nosuch; echo $?; shopt -s extglob; shopt -q extglob cmdhist; echo $?; shopt extglob globstar; echo $?; shopt -p extglob; shopt -po errexit; echo $?; shopt -so pipefail; set -o | grep pipefail; shopt -o; shopt -qo pipefail; echo $?; shopt -z; echo $?; shopt -su x; echo $?; shopt -s nosuch; echo $?; shopt -o nosuch

set -o; set +o; set -o nosuch; echo $?; set -Z; echo $?; set -o posix; echo $POSIXLY_CORRECT; set +o posix; set -euo pipefail; echo $-; set +eu; echo $-; set -- a -b c; echo $*; set -; echo $*; set - x y; echo $*; set +x z; echo $*

history -s a b; history; history -p '!!'; history -c; history; history -d 5; echo $?; history -z; echo $?; history x; history -s one; history -s two; history 1; history -d 1; history -w h; cat h; history -r h; history; history -a; history -anr; echo $?

trap 'echo D $LINENO' DEBUG; echo a; x=1; trap - DEBUG; trap 'echo E $?' ERR; false; (exit 3); true && false; if false; then :; fi; f() { false; }; f; set -E; f; trap -p; trap 'echo R' RETURN; f() { :; }; f; set -T; f; . /dev/null

trap 'echo int' INT; kill -INT $$; trap 'echo usr $?' USR1; (exit 4); kill -USR1 $$; trap -l | head -3; trap -p INT; trap '' TERM; kill $$; echo alive; trap; trap - INT TERM; trap; trap 'x' NOSUCH; echo $?; trap -z; echo $?; trap INT; trap 2; trap 'echo bye $?' 0; exit 5

f() { trap 'echo ret $?' RETURN; return 3; }; f; g() { :; }; g; trap 'echo exit' EXIT; (echo sub); (trap 'echo subexit' EXIT); bash -c 'trap "echo x" EXIT; exit 2'; echo $?; $(exit 2); { trap 'echo grp' EXIT; }; trap - EXIT; set -e; trap 'echo err $LINENO' ERR; false

select x in a b; do echo "$REPLY:$x"; [ "$x" ] && break; done <<< $'0\n3\nx\n\n2'

coproc cat; echo hi >&${COPROC[1]}; read x <&${COPROC[0]}; echo $x; [ -n "$COPROC_PID" ] && echo pid; eval "exec ${COPROC[1]}>&-"; wait $COPROC_PID; echo $?; coproc N { read a; echo "got $a"; }; echo z >&"${N[1]}"; read r <&"${N[0]}"; echo $r; wait; echo "${#N[@]}"

coproc A { echo a; }; read x <&"${A[0]}"; echo $x; wait $A_PID; echo $?; coproc B { sleep 0.3; exit 4; }; wait $B_PID; echo $?; coproc while read l; do echo "<$l>"; done; echo 1 >&${COPROC[1]}; read y <&${COPROC[0]}; echo $y; kill $COPROC_PID; wait $COPROC_PID 2>/dev/null; echo $?

sleep 0.3 & sleep 0.1 & wait -n; echo $?; jobs | sed 's/  */ /g'; wait; (exit 3) & wait -n $!; echo $?; wait -n; echo $?; (exit 5) & p=$!; wait -p v -n; echo $?; [ "$v" = $p ] && echo same; wait 1; echo $?; wait %9; echo $?; wait x; echo $?; disown; echo $?; sleep 0.1 & disown; jobs; disown %3; echo $?; disown -z; echo $?

hash -r; ls >/dev/null; cat /dev/null; declare -p BASH_CMDS; BASH_CMDS[foo]=/bin/echo; foo hi; hash -t foo; hash

shopt -p | head -100; shopt -s nullglob dotglob; shopt -q nullglob; echo $?; shopt -o; shopt nosuch; echo $?; shopt -s nosuch; echo $?

enable -n echo; type echo; enable echo; type echo; enable -a | wc -l; enable -s; enable -n test; enable -n; enable nosuch; echo $?; enable -f x y; echo $?; enable -d echo; echo $?; enable -p | head -3

echo -n; echo -e 'a\nb\tc\\d\0101\x41\u263a\cX'; echo; echo -E 'a\nb'; echo -ne 'x\n'; echo -en 'y\n'; echo -nn z; echo; echo -e; echo -ex; echo - -- -n; shopt -s xpg_echo; echo 'a\tb'; echo -n 'c\n'; shopt -u xpg_echo; echo 'a\tb'; echo "-n"; echo "" | wc -c; echo a    b

set -P; ln -s /usr l; cd l; pwd; set +P; cd - >/dev/null; cd l; pwd | grep -c l$; pwd -P; cd -P .; pwd; cd ..; pwd; cd -L /usr/../tmp; pwd; cd ''; echo $?; pwd -x; echo $?; cd -z; echo $?; cd a b; echo $?; HOME=/usr; cd; pwd; unset HOME; cd; echo $?; OLDPWD=/nosuch; cd -; echo $?; CDPATH=/usr; cd lib; cd ./nosuch; cd /nosuch/x; cd fruit.txt; echo $?

enable -n echo; type echo; echo via disk; enable echo; type echo; enable -a | wc -l; enable | head -2; enable -n | head; enable -s | head -3; enable nosuch; echo $?; builtin nosuch; echo $?; builtin; echo $?; builtin printf '%s\n' x; command; echo $?; command -p ls fruit.txt; command -x; echo $?; command nosuch; echo $?; enable -p | wc -l; enable -f nosuch x; echo $?; enable -d cd; echo $?

declare x=1; declare -p x; declare -x y=2; declare -rx z=3; declare -p x y z; declare -i n=5; declare -p n; declare +x y; declare -p y; declare -p nosuch; echo $?; declare -r x; x=2; echo $?; declare -l L=ABC; declare -u U=abc; declare -c C=abc; echo $L $U $C; declare -t t=1; declare -p t; typeset v=5; echo $v; declare -z; echo $?; declare 1x=2; echo $?; declare a-b=1; echo $?; declare -F nosuch; echo $?; declare -a -A q; echo $?

export a=1 b; declare -p a b; export -p | grep -c 'declare -x a'; export -n a; declare -p a; b=2; env | grep ^b=; export 1x; echo $?; export -f nofunc; echo $?; readonly r=1; readonly -p | grep -c ' r='; unset r; echo $?; r=2; echo $?; (r=3; echo no); echo $?; export r=5; echo $?; f() { local r=9; echo $r; }; f; readonly; unset -v a; echo ${a-gone}; unset -f a; unset nosuch; echo $?; unset -z; echo $?; unset 1x; echo $?; unset -n nope; echo $?

eval; echo $?; eval ''; echo $?; eval echo a '$HOME' "'b  c'"; eval 'x=5; (exit 3)'; echo $? $x; eval "f() { echo dyn \$1; }"; f arg; v=name; eval "$v=val"; echo $name; eval 'if'; echo $?; eval 'echo a
echo b'; eval -- echo dd; eval -x; echo $?; eval 'for i in 1 2; do' 'echo $i;' 'done'; cmd='ls fruit.txt | tr a-z A-Z'; $cmd 2>/dev/null; eval $cmd; eval "$(echo 'y=6')"; echo $y; true; eval '' ; echo $?; false; eval 'echo $?'

echo $SHLVL; bash -c 'echo $SHLVL'; (echo $SHLVL); SHLVL=abc bash -c 'echo $SHLVL'; SHLVL=10 bash -c 'bash -c "echo \$SHLVL"; echo $SHLVL'; exec bash -c 'echo $SHLVL'

f() { echo "$LINENO ${BASH_LINENO[0]} ${FUNCNAME[0]}"; }
f
eval 'echo $LINENO
echo $LINENO'
echo $LINENO; (echo $LINENO); echo $(echo $LINENO)

echo $$ | grep -c '^[0-9]*$'; [ $$ = "$(echo $$)" ] && echo same; (echo $BASHPID | grep -qv "^$$\$") && echo other; echo $PPID | grep -c .; echo ${#BASH_VERSINFO[@]} ${BASH_VERSINFO[5]}

echo $# $* "$@" $0 $?; set -- x y; echo $# $* "${@:1}" $-; shift; echo $1; false; echo $? $?; : $?; echo "${?}${#}"; true; echo ${PIPESTATUS[@]}

IFS=; echo "[$IFS]"; unset IFS; echo ${IFS-unset}; v='a b'; set -- $v; echo $#; IFS=b; set -- $v; echo $# "$*"; OPTIND=3; echo $OPTIND; OPTERR=0; echo $OPTERR; REPLY=x; read <<< y; echo $REPLY; PS4='> '; set -x; :; set +x

readonly BASH_VERSINFO 2>/dev/null; BASH_VERSINFO=1; BASHOPTS=1; SHELLOPTS=1; UID=7; echo next; [ $UID = $EUID ] && echo root $UID; GROUPS=9; echo ${GROUPS[0]}; FUNCNAME=x; echo "[$FUNCNAME]"; DIRSTACK=x; BASH_SUBSHELL=9; (echo $BASH_SUBSHELL)

RANDOM=42; a=$RANDOM b=$RANDOM; RANDOM=42; [ $a = $RANDOM ] && [ $b = $RANDOM ] && echo same; echo $a $b; RANDOM=1; echo $RANDOM $RANDOM $RANDOM; RANDOM=0; echo $RANDOM $RANDOM; x=7; RANDOM=x+1; echo $RANDOM; for i in {1..200}; do printf '%s ' $((RANDOM % 6 + 1)); done; RANDOM=-5; echo $RANDOM $RANDOM

enable -a | wc -l; enable -n test; enable -a | grep test; enable -d echo; echo $?; enable -f x y; echo $?; enable -x

hash; hash ls; hash; hash -l; hash -t ls; hash -t ls cat; echo $?; hash -r; hash; hash nosuch; echo $?; hash -d ls; echo $?

hash -p /bin/echo foo; foo hi; hash -t foo; hash -l; hash -d foo; foo; hash -x; hash -t; hash -p; hash -d; echo $?

shopt | wc -l; shopt -s | wc -l; shopt extglob nosuch; echo $?; shopt -q extglob; echo $?; shopt -s nosuch; shopt -p | head -2; shopt -o | head -2; shopt -po pipefail; shopt -so pipefail; set -o | grep pipefail; shopt -us x; shopt -z

for o in $(set -o | cut -f1); do case $o in noexec|errexit|monitor|xtrace|verbose|onecmd|history|restricted) continue;; esac; set -o $o 2>&1 || echo "$o $?"; done; echo $-

set -o | cut -f1 | tr '\n' ' '; set +o | wc -l; set -o nosuch; echo $?; set -Z; echo $?; set -o errexit +o errexit; echo ok

caller; f() { caller; caller 0; caller 1; caller 5; echo $?; }; g() { f; }; g; caller x; caller 0
