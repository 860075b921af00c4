sleep 0.01 & wait; echo $?; (exit 3) & wait $!; echo $?; sleep 0.01 & p=$!; wait $p; echo $?; wait; echo $?; wait 99999999; echo $?; wait abc; echo $?; wait %5; echo $?

sleep 5 & kill $!; wait $!; echo $?; sleep 5 & kill -9 $! ; wait $! 2>/dev/null; echo $?; sleep 5 & kill %1; wait %1 2>/dev/null; echo $?; sleep 5 & sleep 0.1; kill -INT $!; kill -TERM $!; wait $! 2>/dev/null; echo $?

sleep 1 & sleep 2 & jobs; disown %1; jobs; disown; jobs; disown %9; echo $?; kill %2; sleep 1 & disown -h %1; jobs; kill %1; disown -a; jobs

fg; echo $?; bg; echo $?; fg %1; echo $?; set -m; fg; echo $?; bg %3; echo $?; sleep 0.3 & fg; echo $?; sleep 0.3 & fg %1 >/dev/null; echo $?

true & echo $(( $! > 0 )); x=$!; false & [ $x != $! ] && echo new; wait $x; echo $?; wait $!; echo $?; (echo $!) | grep -c .; f() { sleep 0.01 & echo $(($!>0)); wait; }; f; unset q; : & wait $! && echo ok

kill -l 9; kill -l TERM SIGINT; kill -l 143 130; kill; echo $?; kill -x 1; echo $?; kill -0 $$; echo $?; kill -0 9999999; echo $?; kill abc; echo $?; kill -s NOSUCH $$; echo $?; kill -l | head -2; kill -n 0 $$; echo $?; kill %1; echo $?

cat & wait $!; echo $?; read x & wait; echo "${x-none}"; (read y; echo "<$y>") & wait; cat < passwd & wait | head -1; wait; echo out & wait; echo x | cat & wait; sleep 0.01 && echo chained & wait; { false || echo or; } & wait

jobs; sleep 1 & jobs | sed 's/[0-9]\{4,\}/PID/'; jobs -p | grep -c .; jobs -r | wc -l; jobs -s; kill %1; wait %1 2>/dev/null; echo $?; jobs %3; echo $?; kill $! 2>/dev/null; echo $?

(exit 4) & wait -n; echo $?; wait -n; echo $?; sleep 0.01 & wait -n; echo $?; (exit 6) & p=$!; wait -p id -n $p; echo $? $((id==p)); wait -f; echo $?

bash -c 'kill -TERM $$'; echo $?; bash -c 'kill -INT $$'; echo $?; bash -c 'kill -PIPE $$'; echo $?; x=$(bash -c 'kill -9 $$' 2>/dev/null); echo $?; bash -c 'kill -9 $$' 2>/dev/null | cat; echo ${PIPESTATUS[@]}

timeout 0.05 sleep 5; echo $?; timeout 1 true; echo $?; nohup true 2>/dev/null; echo $?; suspend; echo $?; (trap 'echo t; exit 3' TERM; sleep 1 & wait) & sleep 0.05; kill $!; wait $!; echo $?

coproc cat; echo hi >&${COPROC[1]}; read l <&${COPROC[0]}; echo $l; kill $COPROC_PID; wait 2>/dev/null

coproc N { while read a; do echo "got $a"; done; }; echo q >&${N[1]}; read r <&${N[0]}; echo $r; kill $N_PID; wait $N_PID 2>/dev/null; echo $?


set -m; sleep 0.3 & fg %1; echo $?; sh -c 'sleep 0.3; exit 3' & fg > /dev/null; echo $?; (sleep 0.3; exit 5) & fg %+ > /dev/null; echo $?; fg %-; echo $?

set -m; sleep 0.3 & bg; echo $?; bg %1; echo $?; fg > /dev/null; echo $?; bg; echo $?; sleep 0.3 & bg %sleep; echo $?; wait

sleep 0.05 & disown; jobs; wait; echo $?; sleep 0.05 & disown $!; jobs; sleep 0.05 & disown %%; jobs; disown; echo $?; disown -x; echo $?

sleep 1 & p=$!; sleep 1 & q=$!; disown -h $p; jobs | wc -l; disown $q; jobs | wc -l; disown -a; jobs | wc -l; kill $p $q; echo $?

sleep 1 & disown -r; jobs | wc -l; kill $!; disown 99999999; echo $?; disown %nosuch; echo $?; sleep 1 & disown %sleep; jobs | wc -l; kill $!

set -m; f() { sleep 0.3 & fg > /dev/null; echo "f $?"; }; f; { sleep 0.3; exit 7; } & fg > /dev/null; echo $?; (sleep 0.3; exit 8) & wait %1; echo $?

set -m; sleep 0.3 | sh -c 'cat; exit 4' & fg > /dev/null; echo $?; sh -c 'exit 1' | sleep 0.3 & fg > /dev/null; echo $?; set -o pipefail; sh -c 'exit 6' | sleep 0.3 & fg > /dev/null; echo $?
