true | false | true; echo ${PIPESTATUS[@]} $?; (exit 3) | (exit 4); echo "${PIPESTATUS[*]}"; true; echo ${PIPESTATUS[@]}; false; echo $PIPESTATUS; echo ${#PIPESTATUS[@]}

false | true; s=("${PIPESTATUS[@]}"); echo ${s[0]} ${s[1]}; false | true | (exit 5); echo ${PIPESTATUS[2]} ${PIPESTATUS[-1]} ${PIPESTATUS[7]-none}; ! false | true; echo $? ${PIPESTATUS[@]}

echo a | cat | tr a b | cat; echo x |& cat; ls nofile |& wc -l; { echo o; echo e >&2; } |& sort; seq 10 | head -3 | tail -1; yes | head -2; yes | head -1 >/dev/null; echo ${PIPESTATUS[@]}

nosuch | cat; echo ${PIPESTATUS[@]}; nosuch 2>/dev/null | true; echo ${PIPESTATUS[@]}; cat nofile 2>/dev/null | false; echo ${PIPESTATUS[@]}; ./passwd 2>/dev/null | :; echo ${PIPESTATUS[@]}; [ a = b ] | [[ a == a ]] | ((0)); echo ${PIPESTATUS[@]}

x=1; x=2 | true; echo $x; x=3 && true | true; echo ${PIPESTATUS[@]}; if false | true; then echo ${PIPESTATUS[@]}; fi; (true | false); echo ${PIPESTATUS[@]}; y=$(false | true; echo ${PIPESTATUS[@]}); echo $y ${PIPESTATUS[@]}

for i in 1 2; do echo $i; done | while read x; do echo "r$x"; done; while read x; do echo $x; done < passwd | wc -l; if true; then echo t; fi | cat; case a in a) echo c;; esac | cat; { echo g; } | cat; (echo s) | cat; f() { cat; }; echo f | f | f

echo a | { cat; exit 7; }; echo $?; echo a | (cat; exit 8) | cat; echo ${PIPESTATUS[1]}; cat fruit.txt | sort | uniq | wc -l; : | :; echo ${PIPESTATUS[@]}; exit 3 | exit 4; echo ${PIPESTATUS[@]}; echo a |
cat |
cat

true && false | true && echo and; false || true | false || echo or; ! true | false; echo $?; ! ! true; echo $?; { time -p true | cat; } 2>/dev/null; true | ! false 2>&1; echo never

echo "a b" | read x y; echo "<$x>"; shopt -s lastpipe; echo "a b" | read x y; echo "<$x>"; seq 3 | mapfile -t m; echo ${#m[@]}; n=0; seq 3 | while read l; do ((n++)); done; echo $n; shopt -u lastpipe; echo q | read x; echo $x

set -o pipefail; (exit 2) | (exit 3) | true; echo $? ${PIPESTATUS[@]}; true | true; echo $?; yes | head -1 > /dev/null; echo $? ${PIPESTATUS[@]}; set -e; false | true || echo caught; echo ${PIPESTATUS[@]}

false | true & wait $!; echo $? ; wait; echo ${PIPESTATUS[@]}; local z 2>/dev/null; echo ${PIPESTATUS[@]}; echo $(exit 3) ; echo ${PIPESTATUS[@]}; PIPESTATUS=5; echo $PIPESTATUS; eval 'false | true'; echo ${PIPESTATUS[@]}; f() { false | true; }; f; echo ${PIPESTATUS[@]}

printf 'b\na\n' | sort | { read x; echo first $x; cat; }; echo 1 | xargs -I{} echo n{}; echo hi | tee f | wc -c; cat f; seq 100000 | tail -1; seq 5 | sed -n '2,3p' | paste -sd+ | tee sum; cat sum | bc; ls | grep txt | cat -A

for i in 1 2 3; do echo $i; done | while read x; do echo r$x; done; for i in $(seq 3); do ((i==2)) && continue; echo $i; done > out; cat out; while read l; do echo $l; done <<< $'a\nb' | tac; { for i in 1 2; do echo $i; done; } | wc -l

f() { echo out; echo err >&2; } 2>/dev/null; f; g() { cat; } <<< default; g; h() { cat; } < fruit.txt; h | head -1; i() { read x; echo "[$x]"; }; echo piped | i; i <<< here; j() { echo a; return 2; echo b; }; j | cat; echo ${PIPESTATUS[@]}; k() { echo "$@" | tr a-z A-Z; }; k some words

(x=1; y=2; echo $x$y; exit 4); echo $? "[$x]"; (cd /; pwd); (set -e; false; echo no); echo $?; (trap 'echo t' EXIT); ( ( echo nested ) ); ((1)); (echo a; (echo b; (echo c))) | tac; echo $BASH_SUBSHELL $(echo $BASH_SUBSHELL) $( (echo $BASH_SUBSHELL) )

a=1; (a=2; echo $a); echo $a; b=$(a=3; echo $a); echo $a $b; echo x | a=4; echo $a; { a=5; } | cat; echo $a; a=6 | true; echo $a; shopt -s lastpipe; echo 7 | read a; echo $a; (exit 3) | (exit 4); echo $? ${PIPESTATUS[@]}

true | false | (exit 3) | true; echo "${PIPESTATUS[@]}" $?; echo ${PIPESTATUS[@]}; false; echo ${PIPESTATUS[0]}; ! false | true; echo ${PIPESTATUS[@]} $?; { exit 5; } | cat; echo ${PIPESTATUS[*]}; x=$(exit 6); echo ${PIPESTATUS[@]}; true | nosuch 2>/dev/null | cat; echo ${PIPESTATUS[@]}

set -o pipefail; false | true; echo $?; (exit 2) | (exit 3) | true; echo $?; true | true; echo $?; ! false | true; echo $?; if false | cat; then echo y; else echo n; fi; false | true || echo caught; set +o pipefail; false | true && echo off; cat fruit.txt | grep -q apple; echo ${PIPESTATUS[1]}

seq 10 | head -2 | tac; yes | head -3 | wc -l; echo a |& cat; ls nosuch |& sed 's/.*: //'; echo a | tee f | tr a b; cat f; cat fruit.txt | sort | uniq | wc -l; echo "x y" | { read a b; echo $b; }; echo 5 | (read n; echo $((n*2))); : | :; echo $?

seq 3 |
  # comment between
  tac |
  head -1
true &&
  echo continued ||
  echo no
echo a \
  | cat


set -o pipefail; false | true; echo $?; true | sh -c 'exit 3' | sh -c 'cat; exit 0'; echo $? ${PIPESTATUS[@]}; ! false | true; echo $?; if false | true; then echo y; else echo n; fi; set +o pipefail; false | true; echo $?
