SECONDS=5; echo $SECONDS; SECONDS=abc; echo $SECONDS; SECONDS=2+3; echo $SECONDS; unset SECONDS; echo "[$SECONDS]"

LINENO=100; echo $LINENO
echo $LINENO

LINENO=abc; echo $LINENO; unset LINENO; echo "[$LINENO]"

RANDOM=42; echo $RANDOM $RANDOM; RANDOM=42; echo $RANDOM; RANDOM=abc; echo $RANDOM; unset RANDOM; echo "[$RANDOM]"

RANDOM=1; echo $RANDOM; BASH_COMPAT=50; RANDOM=1; echo $RANDOM

EPOCHSECONDS=1; [ $EPOCHSECONDS -gt 100 ] && echo big; unset EPOCHSECONDS; echo "[$EPOCHSECONDS]"

EPOCHREALTIME=1; [[ $EPOCHREALTIME =~ ^[0-9]+\.[0-9]{6}$ ]] && echo ok

BASH_ARGV0=foo; echo $BASH_ARGV0; unset BASH_ARGV0; BASH_ARGV0=x; echo $0

SRANDOM=5; [[ $SRANDOM =~ ^[0-9]+$ ]] && echo ok

BASHPID=4; echo "[$?]"; [ $BASHPID = $$ ] && echo same

PPID=4; echo no

UID=4; echo no

EUID=4

BASHOPTS=x

SHELLOPTS=x

BASH_VERSINFO=x

GROUPS=4; echo $?; echo ${GROUPS[0]}; FUNCNAME=x; echo $? "[$FUNCNAME]"; DIRSTACK=x; echo $?; HISTCMD=9; echo $HISTCMD

BASH_COMMAND=x; echo $BASH_COMMAND; PIPESTATUS=7; echo ${PIPESTATUS[@]}

echo ${#GROUPS[@]}; unset GROUPS; echo "[${GROUPS[0]}]"

unset BASHPID; echo "[$BASHPID]"; unset HISTCMD; echo "[$HISTCMD]"; unset FUNCNAME; f() { echo "[$FUNCNAME]"; }; f

declare -i RANDOM; declare -p RANDOM | sed 's/=.*//'; declare -p LINENO

declare -p BASHPID | sed 's/=.*//'; declare -p EPOCHSECONDS | sed 's/=.*//'; declare -p BASH_SUBSHELL

local x; f() { local SECONDS=3; echo $SECONDS; }; f

PS4='+$LINENO '; set -x; echo a; f() { echo b; }; f; x=1; [[ a == b ]]; ((1)); for i in 1 2; do :; done; case a in a) ;; esac; echo "a b" $'c\nd' ''; x=(1 2); y+=z; declare z=1; local q; ! true; echo a > /dev/null; $(echo echo) hi; { :; }; (echo s)

PS4='\u \w $((1+1)) '; set -x; echo a; PS4=; echo b; unset PS4; echo c; BASH_XTRACEFD=1; echo d

echo $-; echo $_; echo a b; echo $_; : x y; echo $_; f() { echo $_; }; f 1 2; echo $_; x=1; echo "[$_]"; ls >/dev/null; echo $_; [[ a ]]; echo $_; (echo z); echo $_

bash -c 'echo $_'; bash -c 'exec printenv _'; bash -c 'exec printenv _; echo no'; bash -c '_=5 printenv _; : a; exec printenv _'; echo $?

echo a b; printenv _; true | printenv _; (printenv _); printenv _ & wait; echo $(printenv _); command printenv _; eval printenv _; f() { printenv _; }; f a; timeout 5 printenv _; xargs -n1 printenv <<< _; env printenv _

env -i /bin/bash --norc -c 'echo $_; declare -p _; : x; declare -p _; export _=7; printenv _; unset _; printenv _; echo "[$_]"; declare -p _' | sed s,/usr/bin,/bin,; sh -c 'printenv _; echo "[$_]"' | sed s,/usr/bin,/bin,

export -f f; g() { echo g; }; export -f g; (exec bash -c g); (exec -c /bin/bash -c g 2>/dev/null); echo $?; printf '#!/bin/bash\nprintenv _; echo $_\n' > zz.sh; chmod +x zz.sh; ./zz.sh; PATH=.:$PATH; zz.sh; hash -p /usr/bin/printenv pp; pp _
