(echo a; echo b); x=1; (x=2; echo $x); echo $x; (cd /; pwd); pwd | grep -c drydock; (exit 3); echo $?; (false); echo $?; (set -e; false; echo no); echo $?

{ echo a; echo b; }; { x=2; }; echo $x; { cd /; }; pwd; { exit 4; }; echo never

(echo o; echo e >&2) 2>/dev/null; { echo o; echo e >&2; } 2>&1 | sort; (cat) <<< in; { cat; } < passwd | wc -l; (echo 1; echo 2) > out; cat out; { read a; read b; } <<< $'x\ny'; echo $a$b

(f() { echo sub; }; f); f 2>/dev/null; echo $?; (trap 'echo ex' EXIT; echo in); (export V=1; env | grep ^V=); echo ${V-none}; (alias q=w; alias q); alias q 2>/dev/null; echo $?

echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL; (echo $BASH_SUBSHELL)); echo $(echo $BASH_SUBSHELL); { echo $BASH_SUBSHELL; }; echo x | { cat; echo $BASH_SUBSHELL; }; [ $$ = $(echo $$) ] && echo same; [ $BASHPID != $(echo $BASHPID) ] && echo differs

((1+1)); (( 1 + 1 )); ( (echo nested) ); ((echo not arith) ); (((1))); echo $?; ( (exit 2); echo $? ); { { echo deep; }; }; ({ echo mix; })

(return 3); echo $?; f() { (return 4); echo $?; { return 5; }; echo no; }; f; echo $?; (break) 2>&1; for i in 1 2; do (continue; echo x); echo $i; done; for i in 1 2; do { break; }; done; echo $i

(echo a) && (echo b) || (echo c); (false) || { echo d; false; } && echo e; ! (true); echo $?; ! { false; }; echo $?; { false; } && echo no; if (true); then echo t; fi; while { [ "$n" != 2 ]; }; do n=2; done; echo $n

(sleep 0.01; echo late) & wait; { echo bg; } & wait; (exit 5) & wait $!; echo $?; x=$( (echo a; exit 6) ); echo $x $?; (umask 077; umask); umask; (set -f; echo *); echo f*; (shopt -s nullglob; echo zz*); echo zz*

( echo $1; set -- z; echo $1 ); set -- a; ( echo $1 $# ); (unset HOME; echo ${HOME-gone}); echo $HOME; (readonly r=1; r=2; echo no); echo $? ${r-unset}; (IFS=:; v=a:b; echo $v); (echo ${nope?msg}); echo $?

(
echo multi
echo line
); {
echo g1
}; (echo c;); { echo d
}; ( echo '( not' ); ( : ) && echo ok; (:); echo $?; (kill -TERM $BASHPID); echo $?; (exec true; echo no); echo $?; (exec nosuch); echo $?

{ echo x; } >&2; { echo y >&3; } 3>&1; (echo z >&3) 3>out; cat out; { echo 1; echo 2; } | while read l; do echo "[$l]"; done; v=before; echo x | read v; echo $v; shopt -s lastpipe; echo after | read v; echo $v

{ echo one; } | { read x; echo "$x two"; } | (cat; echo three); (echo a | cat; exit 7) | cat; echo ${PIPESTATUS[@]}; { :; } > empty; wc -c < empty

{ echo a; echo b; } > out; cat out; { x=set; }; echo $x; { false; }; echo $?; { echo 1; } && { echo 2; } || { echo 3; }; { read a; read b; } < fruit.txt; echo "$a|$b"; { echo o; echo e >&2; } 2>&1 | sort; { { echo deep; }; }; {echo x; }; echo $?
