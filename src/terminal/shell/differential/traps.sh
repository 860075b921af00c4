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
