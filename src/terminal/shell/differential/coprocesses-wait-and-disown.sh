coproc cat; echo hi >&"${COPROC[1]}"; read -r x <&"${COPROC[0]}"; echo "$x"; echo ${#COPROC[@]}

coproc UP { tr a-z A-Z; }; echo abc >&"${UP[1]}"; eval "exec ${UP[1]}>&-"; cat <&"${UP[0]}"; wait; echo $?

coproc P { read -r l; echo "got $l"; exit 4; }; pid=$P_PID; echo line >&"${P[1]}"; cat <&"${P[0]}"; wait $pid; echo $?

(exit 3) & wait -n; echo $?; wait -n; echo $?

(exit 3) & p=$!; wait -n $p; echo $?; wait $p; echo $?

(exit 2) & p=$!; wait -p who $p; echo $?; [ "$who" = "$p" ] && echo same

(exit 2) & p=$!; wait -n -p who; echo $?; [ "$who" = "$p" ] && echo same

(exit 1) & a=$!; (exit 2) & b=$!; wait $a $b; echo $?; wait; echo $?

wait 999999; echo $?; wait x; echo $?; wait %1; echo $?; wait -z; echo $?

sleep 0.3 & disown; jobs; wait; echo $?; disown; echo $?; disown %1; echo $?

set -m; sleep 5 & disown -h %1; jobs %1; kill %1; wait %1 2>/dev/null; echo $?

sleep 5 & p=$!; disown -a; jobs; kill $p; echo $?; disown -r; echo $?; disown -z; echo $?

fg; echo $?; bg; echo $?; set -m; fg %3; echo $?; bg; echo $?

coproc MYC { cat; }; echo hi >&"${MYC[1]}"; read -r l <&"${MYC[0]}"; echo $l; echo ${#MYC[@]}; [[ -n $MYC_PID ]] && echo pid; exec {MYC[1]}>&-; wait $MYC_PID; echo $?

coproc cat; echo a >&${COPROC[1]}; read x <&${COPROC[0]}; echo $x; kill $COPROC_PID; wait $COPROC_PID 2>/dev/null; echo $?; echo "<${COPROC[0]}>"

coproc 1bad { cat; }; echo $?

coproc BC { while read -r e; do echo $((e)); done; }; echo '2+3' >&${BC[1]}; read -r r <&${BC[0]}; echo $r; echo '7*6' >&"${BC[1]}"; read -r r <&"${BC[0]}"; echo $r; eval "exec ${BC[1]}>&-"; wait; echo done $?

sleep 5 & x=$(jobs -p); [ "$x" = "$!" ] && echo same; kill $!; wait 2>/dev/null; echo $?

wait -n; echo $?; wait -n 99999; echo $?; wait -p v -n; echo "$? [$v]"

wait 99999; echo $?; wait abc; echo $?; wait %5; echo $?; wait -n abc; echo $?; wait -n %5; echo $?

v=old; wait -p v 99999; echo "$? [${v-unset}]"; wait -p v; echo "$? [${v-unset}]"

true & wait -n -p v $!; echo "$?"; [ "$v" = $! ] && echo same

(exit 3) & a=$!; (sleep 0.2; exit 4) & wait -n -p v; echo $?; [ "$v" = $a ] && echo a; wait -n -p v; echo $?

wait -p; echo $?; wait -p 1x -n; echo $?; wait -x; echo $?; wait -f; echo $?
