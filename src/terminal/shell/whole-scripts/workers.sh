#!/bin/bash
(exit 3) & a=$!; (exit 0) & b=$!; wait $a; echo "a $?"; wait $b; echo "b $?"
f() ( trap 'echo sub exit' EXIT; cd /; pwd; exit 5 ); f; echo "$? $(basename "$PWD" | cut -c1-8)"
coproc UP { while read -r l; do echo "${l^^}"; done; }; for w in one two; do echo $w >&"${UP[1]}"; read -r r <&"${UP[0]}"; echo "$r"; done; eval "exec ${UP[1]}>&-"; wait
timeout 0.2 sleep 5; echo "timeout $?"; timeout -k 1 2 true; echo $?
set -m; sleep 30 & kill %1; wait %1 2>/dev/null; echo $?; set +m
result=$( { echo out; echo err >&2; } 2>&1 >/dev/null ); echo "$result"
{ { echo o; echo e >&2; } | sed 's/^/out:/'; } 2>&1 | sort
diff <(printf '%s\n' a b) <(printf '%s\n' a c); echo $?
exec 3>&1 4>log; echo to-log >&4; exec 4>&-; cat log >&3; exec 3>&-
while read -r a b; do echo "$b $a"; done < <(printf '1 x\n2 y\n') > swapped; cat swapped
cat <<A; cat <<-'B'
$((1+1)) ${HOME}
A
	$literal
	B
! false | true; echo "${PIPESTATUS[@]} $?"
set -o pipefail; false | true; echo $?; (exit 4) | (exit 5) | true; echo "$? ${PIPESTATUS[*]}"
xs=$(seq 3 | while read n; do echo $((n*n)); done | paste -sd,); echo $xs
yes | head -3 | nl; seq 10 | sed -n '2~3p' | tac | xargs
time_it() { local s=$EPOCHREALTIME; "$@"; local e=$EPOCHREALTIME; (( ${e/./} >= ${s/./} )) && echo ordered; }; time_it true
