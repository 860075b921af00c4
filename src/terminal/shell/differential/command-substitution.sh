echo $(echo a) "$(echo 'b  c')" $(echo 'b  c') `echo d`; x=$(printf 'a\n\n\n'); echo "[$x]"; x=$(printf '\na'); echo "[$x]"; echo "$(printf 'a\nb')" $(printf 'a\nb')

x=$(exit 3); echo $?; echo $(exit 3); echo $?; x=$(false) y=$(true); echo $?; x=$(true) y=$(false); echo $?; local x=$(false) 2>/dev/null; export x=$(false); echo $?; $(exit 4); echo $?; $(echo true); echo $?

echo `echo \`echo nested\`` `echo "\$HOME"` "`echo '$x'`" `echo \\\\` `echo '\\'` "`echo \"q\"`"; echo $(echo $(echo $(echo deep))); echo "$(echo "$(echo "q")")"

echo $(< fruit.txt); x=$(< passwd); echo ${#x}; echo $(< nofile); echo $?; echo "$(cat < fruit.txt | head -1)"; echo $(<fruit.txt head -1)

echo $(case x in x) echo paren;; esac) $(case y in (y) echo both;; esac) $(echo ')') $(echo '(' ")" \)) $(# comment )
echo after) $(echo a # b
)

v=1; echo $(v=2; echo $v) $v; echo $(cd /; pwd; echo $OLDPWD | grep -c drydock); (echo $(exit 2); echo $?); f() { echo $(echo $1 $FUNCNAME); }; f arg; set -- p q; echo $(echo $# $2; shift; echo $1) $#

for i in $(echo a b; echo c); do echo $i; done; a=($(seq 3)); echo ${#a[@]}; case $(echo x) in x) echo m;; esac; [ $(echo 1) -eq 1 ] && echo eq; echo $(($(echo 2)+$(echo 3))); cat <<< $(echo hs); echo ${v:-$(echo dflt)} ${u:-$(echo dflt)}

$(echo echo) cmd; $(echo echo a b); "$(echo echo)" q; "$(echo 'echo a')" 2>/dev/null; echo $?; x='echo v'; $x w; $(:) echo empty; $(:); echo $?; $nothing; echo $?; $nothing echo z; `echo echo` bt; x=$(echo a)$(echo b); echo $x

echo $(echo out; echo err >&2) 2>/dev/null; x=$(echo err >&2) 2>/dev/null; y=$(ls nofile 2>&1); echo "$y"; z=$( { echo o; echo e >&2; } 2>&1 ); echo $z; echo $(echo a & wait) $(sleep 0.01; echo b); echo $(printf 'a\0b') 2>&1

echo $(echo "*") "$(echo '*')" $(echo '\*'); echo $(echo '$HOME') $(echo '~') $(echo {a,b}) "$(echo {a,b})"; IFS=:; echo $(echo a:b); echo "$(echo a:b)"; x=$(echo a:b); echo $x

echo "$(if true; then echo t; else echo f; fi)" "$(for i in 1 2; do echo -n $i; done)" "$(while read l; do echo -n $l.; done <<< x)" "$({ echo g; })" "$( (echo s) )" "$([[ a ]] && echo c)" "$(f() { echo fn; }; f)"

x=$(cat <<E
doc $((1+1))
E
); echo $x; echo "$(
echo nl
)" $(echo a;echo b;) $(echo c &&
echo d); y=$(trap 'echo t' EXIT; exit 5); echo $y $?; set -e; z=$(false); echo no

echo a$(echo b)c `echo d` "$(echo "e f")" $(echo g h) "$(printf 'i\n\n\n')" "$(:)" $(exit 3)$?; x=$(exit 4); echo $?; echo $(echo $(echo $(echo deep)))

v=$(printf 'a\0b'); echo ${#v} "$v"

echo "$(echo out; echo err >&2)" 2>&1; x=$(ls nosuch 2>&1); echo $x; y=$({ echo o; echo e >&2; } 2>&1 >/dev/null); echo "[$y]"; x=$(trap 'echo bye' EXIT; echo hi); echo $x
