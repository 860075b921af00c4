read x <<< "a b c"; echo "<$x>"; read x y <<< "a b c"; echo "<$x><$y>"; read x y z w <<< "a b c"; echo "<$z><$w>"; read <<< "  sp  "; echo "<$REPLY>"; read x <<< "  sp  "; echo "<$x>"

read x <<< 'a\tb\\c'; echo "$x"; read -r x <<< 'a\tb\\c'; echo "$x"; printf 'one\\\ntwo\n' | { read x; echo "$x"; }; printf 'one\\\ntwo\n' | { read -r x; echo "$x"; read -r y; echo $y; }

IFS=: read a b c <<< "x:y:z:w"; echo "$a|$b|$c"; IFS=, read -r a b <<< "1,,2"; echo "$a|$b"; IFS= read -r l <<< "  keep  "; echo "<$l>"; IFS=: read a b <<< "only"; echo "<$a><$b>"; IFS=: read a b <<< "x:y:"; echo "<$b>"

read -a arr <<< "p q r"; echo ${#arr[@]} ${arr[1]}; IFS=/ read -ra parts <<< /usr/local/bin; echo ${#parts[@]} "${parts[@]}"; read -a e <<< ""; echo ${#e[@]}; arr=(old o2 o3); read -a arr <<< new; echo ${arr[@]}

read -n 3 x <<< abcdef; echo $x; read -N 4 x <<< $'a\nb\nc'; echo "$x"; read -n 10 x <<< short; echo $x; read -d : x <<< 'a b:c'; echo "$x"; read -d '' x <<< $'l1\nl2'; echo "$?" "$x"; printf 'a\0b\0' | while IFS= read -r -d '' f; do echo "[$f]"; done

read x < /dev/null; echo $? "<$x>"; printf 'noeol' | { read x; echo $? $x; }; read x < <(:); echo $?; while read l; do echo "$l"; done < fruit.txt | head -2; printf '1\n2' | while read n || [ -n "$n" ]; do echo $n; done

read -p 'prompt: ' x <<< v; echo $x; read -s x <<< secret; echo $x; read -e x <<< ed; echo $x; read -t 1 x <<< quick; echo $? $x; read -t 0.01 x < <(sleep 2); echo $? "<$x>"; read -t 0 x <<< avail; echo $?; read -t 0.02 x < <(printf par; sleep 1); echo "$? $x"

exec 5< passwd; read -u 5 l1; IFS=: read -u 5 u rest; echo $u; exec 5<&-; read -u 5 x; echo $?; read -u 9 x; echo $?; read x <&7; echo $?; { read -u 3 a; read -u 3 b; } 3< fruit.txt; echo $b

read -z; echo $?; read -n x v <<< a; echo $?; read -t abc v; echo $?; read 1x <<< a; echo $?; read -a; echo $?; readonly ro=1; read ro <<< 2; echo $? $ro; read 'a[1]' <<< el; echo ${a[1]}; read -u x v; echo $?

printf 'k=v\nx=y=z\n' | while IFS== read -r k v; do echo "$k -> $v"; done; printf 'a b\n\n c \n' | while read -r l; do echo "<$l>"; done; i=0; while read -r _; do ((i++)); done < fruit.txt; echo $i; read -r first _ <<< "one two three"; echo $first

echo 'a b' | read x y; echo "<$x>"; read x y < <(echo 'c d'); echo $y$x; f() { local v; read v; echo got $v; }; f <<< loc; echo "<$v>"; { read h; cat; } < fruit.txt | tail -1; echo $h; read a b <<EOF
h1 h2
EOF
echo $b

read -r -a words -d . <<< 'one two. three'; echo ${#words[@]}; IFS=' ,' read a b c <<< 'x , y,z'; echo "$a|$b|$c"; read -rn1 c <<< xyz; echo $c; read -rd$'\t' x <<< $'a\tb'; echo $x; read x y <<< $'t\tab'; echo "$x|$y"; IFS=$'\n' read -rd '' -a ls <<< $'p q\nr'; echo ${#ls[@]}

mapfile -t a <<< $'x\ny'; echo ${#a[@]}; mapfile a <<< z; printf '%q\n' "${a[0]}"; mapfile -s 1 -n 2 -t a < fruit.txt; echo "${a[@]}"; mapfile -d ' ' -t a <<< 'p q'; printf '<%s>' "${a[@]}"; echo; mapfile -u 3 -t a 3< passwd; echo ${#a[@]}

read -n 3 x <<< abcdef; echo $x; read -d : x <<< a:b; echo $x; read -a arr <<< 'x y z'; echo ${arr[1]}; read -t 0.01 x < <(sleep 0.2); echo $(($?>128)); IFS=, read a b c <<< 1,2,3,4; echo "$c"; read -N 4 x <<< $'a\nbcd'; echo "$x"; read -r -p prompt x <<< v; echo $x; read <<< 'a  b '; echo "[$REPLY]"; read -t 0 x < passwd; echo $?; read -u 9 x; echo $?

{ exec {fd}>out.txt; echo hi >&$fd; exec {fd}>&-; cat out.txt; a=(0 0); exec {a[1]}>out2; echo z >&${a[1]}; exec {a[1]}>&-; cat out2; }; declare -A m; exec {m[k]}<fruit.txt; read -u ${m[k]} l; echo $l

exec 3<<<$'l1\nl2\nl3'; while read -u 3 -r l; do echo "got $l"; read -u 3 -n 1 c; echo "c=$c"; done; exec 3<&-; read -u 3 x; echo $?
