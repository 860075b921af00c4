if true; then echo a; fi; if false; then echo b; else echo c; fi; if false; then :; elif true; then echo d; else echo e; fi; if false; then :; fi; echo $?; if ! false; then echo f; fi; if true && false || true; then echo g; fi

i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done; echo $?; until [ $i -le 0 ]; do i=$((i-1)); done; echo $i; while false; do :; done; echo $?; while true; do break; done; echo $?; until false; do break 1; done

for i in a "b c" $(echo d e) {1..2} f*; do echo "<$i>"; done; for i in; do echo no; done; echo $?; for i; do echo no; done; set -- x y; for i; do echo $i; done; for i in "$@" z; do echo $i; done; echo $i

for i in 1 2 3; do for j in a b; do [ $j = b ] && continue 2; [ $i = 3 ] && break 2; echo $i$j; done; done; for i in 1 2; do break 5; done; echo $i; for i in 1; do continue 0; done; echo $?; for i in 1 2; do break x; done; echo never

while read a b; do echo "$b-$a"; done < fruit.txt; n=0; while ((n<3)); do ((n++)); ((n==2)) && continue; echo $n; done; while :; do ((n--)) || break; done; echo $n; until ((n>=2)); do ((n++)); done; echo $n

for i in 1 2 3; do echo $i; done | tac; for i in 1 2; do echo $i; done > out; cat out; for i in 1 2; do read l; echo $i:$l; done < passwd; while read l; do echo $l; done <<< $'p\nq'; if read l; then echo $l; fi < passwd; for f in *.txt; do [ -e "$f" ] || continue; echo $f; done

true && echo a; false && echo b; echo $?; false || echo c; true || echo d; true && false || echo e; false || true && echo f; true && true && echo g; ! true || echo h; ! false && echo i; false; echo $?; true; echo $?; { false || false; }; echo $?

if [ -f fruit.txt ] && [ ! -d fruit.txt ]; then echo file; fi; if [[ -d . ]]; then echo dir; fi; if ((3>2)); then echo gt; fi; if grep -q apple fruit.txt; then echo has; fi; if test "a" = "a"; then echo eq; fi; if (exit 0); then echo sub; fi; if { false; }; then :; else echo grp; fi; if f() { :; } ; then echo def; fi

for x in 1 2 3; do case $x in 2) continue;; 3) break;; esac; echo $x; done; for x in a; do for y in b; do for z in c; do echo $x$y$z; break 3; done; done; done; while true; do while true; do break 2; done; done; echo out; break; echo $?; continue; echo $?

for i in 1 2; { echo $i; }; for ((;;)) { break; }; if true
then
echo nl
fi
while false
do
:
done
for i
in 1 2
do
echo $i
done; for i in a b;do echo $i;done;if :;then echo tight;fi;while :;do break;done;case a in a)echo c;;esac

x=5; if [ $x -gt 3 -a $x -lt 10 ]; then echo in; fi; [ $x -eq 5 ] && { echo a; echo b; }; [ $x -eq 6 ] || { echo c; }; ((x>3)) && ((x<10)) && echo both; [ "$x" ] && echo nonempty; [ ! "$nope" ] && echo unset; [ a = a -o b = c ] && echo or; test ! -e none && echo no

for i in $(seq 3); do echo $i; i=9; done; echo $i; for HOME in a b; do :; done; echo $HOME; readonly r=1; for r in a; do echo no; done; echo $?; for 1x in a; do :; done; echo never

for() { :; }; echo never

for; do :; done

case; esac

while() { :; }

function if { echo f; }; 'if'

if true; then echo a
done
echo never

echo one
while true; do echo x; break
fi
echo never

f() {
  if true; then
    echo hi
}
f

case x in
x) echo a
esac
if false; then :
else echo b
done

false; for i in; do :; done; echo $?; false; case x in y) ;; esac; echo $?; false; case x in x) ;; esac; echo $?; false; while false; do :; done; echo $?; f() { case x in x) return;; esac; }; false; f; echo $?; case a in a) false;;& b) ;; esac; echo $?

declare -A h=([a b]=1 [c]=2 ["d e"]='x y' [f g h]+=z); for k in "${!h[@]}"; do echo "<$k>=<${h[$k]}>"; done | sort; a=([1 + 1]=two [0]=z); declare -p a; h+=([new key]=v); echo "${h[new key]}"; local 2>/dev/null; f() { local -A m=([k 1]=v [k 2]=w); echo "${m[k 2]}"; }; f

if [ 1 = 1 ] && [ 2 = 2 ]; then echo a; fi; if ! grep -q nosuch fruit.txt; then echo absent; fi; if grep -q apple fruit.txt; then echo present; elif true; then echo no; else echo no; fi; if true; false; then echo no; else echo last decides; fi; if (exit 3); then :; fi; echo $?

while read -r name n; do [ -z "$name" ] && continue; [ "$n" -gt 5 ] && { echo "$name big"; break; }; echo "$name"; done < fruit.txt; echo $name; until ((++i>=3)); do echo u$i; done; while false; do :; done; echo $?

for i in 1 2 3; do for j in 1 2 3; do [ $j = 2 ] && continue 2; [ $i = 3 ] && break 2; echo $i$j; done; done; for i in a; do break 5; done; echo $?; for i in 1 2; do continue 9; echo no; done; echo $i; for i in 1; do break 0; done; echo $?

for f; do echo no; done; set -- x 'y z'; for f; do echo "[$f]"; done; for f in "$@" end; do echo $f; done; for 1x in a; do :; done; echo never

n=5; while ((n--)); do ((n%2)) && continue; echo $n; done; echo end $n; while :; do break; done; echo $?; while true; do (exit 7); break; done; echo $?; i=0; until [ $i -ge 3 ]; do i=$((i+1)); done; echo $i
