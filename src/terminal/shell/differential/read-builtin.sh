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

echo "a b c" > f; read x y < f; echo "$x|$y"; read x < f; echo "$x"; read < f; echo "$REPLY"; read -r l <<< 'a\tb\\c'; echo "$l"; read l <<< 'a\tb\\c\'; echo "$l"; echo "  lead trail  " | { read l; echo "[$l]"; }; echo "  lead trail  " | { IFS= read -r l; echo "[$l]"; }

read -p 'prompt> ' x <<< val; echo $x; read -s x <<< secret; echo $x; read -sp 'pw: ' x <<< s; echo $x; read -n 3 x <<< abcdef; echo $x; read -n3 -r x <<< 'a\b'; echo $x; read -N 4 x <<< 'a b c'; echo "[$x]"; read -N 9 x <<< ab; echo $? "[$x]"; read -d : x <<< 'a b:c'; echo $x; read -d '' x <<< whole; echo $? $x

read -t 0 x < /dev/null; echo $?; read -t 0.01 x < <(sleep 1); echo $?; read -t 1 x <<< fast; echo $? $x; read -t -1 x <<< y; echo $?; read -t abc x <<< y; echo $?; read -n -1 x <<< y; echo $?; read -u 9 x; echo $?; read 1x <<< y; echo $?; read -z; echo $?; read x < /dev/null; echo $? "[$x]"

printf 'a:b:c\nd:e\n:f:\n' | while IFS=: read -r p q r; do echo "[$p][$q][$r]"; done; IFS=, read -r a b <<< 'x,y,'; echo "[$a][$b]"; IFS=, read -r a <<< 'x,'; echo "[$a]"; IFS=, read -r a b <<< 'x,y,,'; echo "[$b]"; IFS=' ,' read a b c <<< ' x , y , z '; echo "[$a][$b][$c]"

printf 'no newline' | { read x; echo $? "$x"; }; printf 'last line\nno nl' | while read l || [ -n "$l" ]; do echo "got $l"; done; printf 'a\\\nb\n' | { read x; echo "$x"; }; printf 'a\\\nb\n' | { read -r x; echo "$x"; }; printf '\n\nx\n' | { read x; read y; read z; echo "[$x$y$z]"; }

read -a arr <<< 'one two three'; echo ${#arr[@]} ${arr[1]}; read -ra arr <<< ''; echo ${#arr[@]}; IFS=: read -a arr <<< 'a::b'; echo ${#arr[@]}; read -a arr -d ';' <<< 'p q;r'; echo ${arr[@]}; read -n 2 -a arr <<< 'abc'; echo ${arr[@]}; read -i default x <<< ''; echo "[$x]"; read -e x <<< viae; echo $x; read -E 2>&1 | head -1

exec 4< fruit.txt; read -u 4 a; read -u 4 b; echo "$a/$b"; while read -ru 4 l; do echo ".$l"; done; exec 4<&-; while read a && read b <&3; do echo "$a+$b"; done < <(seq 3) 3< <(seq 11 13); while read l; do cat; done < fruit.txt | head -2; for i in 1 2; do read x; echo $i:$x; done < passwd

readonly ro=1; read ro <<< 2; echo $? $ro; read a ro b <<< '1 2 3'; echo $? "$a|$b"; f() { local v; read v <<< in; echo $v; }; f; echo "[$v]"; unset IFS; read a b <<< '1 2	3'; echo "$a|$b"; read x y z <<< 'only'; echo "$x[$y][$z]"; declare -i n; read n <<< 3+4; echo $n; declare -u up; read up <<< abc; echo $up


read -s -p 'Password: ' -r pw <<< 'p\w'; echo "<$pw>" ${#pw}; read -p '' x <<< y; echo $x; read -p "$(echo made): " x <<< z; echo $x; read -p; echo $?

ask() { local answer; read -rsp "$1 " answer <<< "$2"; echo "$1=$answer"; }; ask name kim; ask age 30; ask '' none

read -t 2 -p 'within two ' -a words <<< 'a b c'; echo "${words[2]}" ${#words[@]}; read -sa both <<< 'x y'; echo "${both[*]}"; read -t 1 -s x <<< hidden; echo $? $x

while read -r -p 'next ' line; do echo "[$line]"; done < fruit.txt | head -3; read -s -n 2 x <<< abcd; echo $x; read -s -d , x <<< 'q,r'; echo $x

read -t 0.05 -p 'slow ' x < <(sleep 1); echo $(($? > 128)) "<$x>"; read -t 0.05 -s x < <(sleep 1); echo $(($? > 128)); read -t 0.05 -a arr < <(printf 'in time\n'); echo $? ${#arr[@]}

echo yes | { read -p 'sure? ' -n 1 -r reply; echo "<$reply>"; [[ $reply =~ ^[Yy]$ ]] && echo going on; }; echo no | { read -sp 'sure? ' reply; [[ $reply == y* ]] || echo stopped; }

IFS=: read -s -a fields < passwd; echo "${fields[0]}" ${#fields[@]}; IFS=: read -p 'user ' user _ < passwd; echo $user; read -s _ <<< 'gone'; echo $?

for n in 1 2 3; do read -t 1 -p "$n? " x <<< "v$n" && echo $x; done; until read -s -t 1 x <<< last; do :; done; echo $x; read -a a -p 'list ' <<< ''; echo ${#a[@]}

read -p 'one ' -p 'two ' x <<< v; echo $x; read -s -s x <<< v; echo $x; read -t 1 -t 2 x <<< v; echo $x; read -psx y <<< v; echo "<$y>"; read -p -s z <<< v; echo "<$z>"

(read -t 0.01 -p 'sub ' x < <(sleep 0.5); echo $(($? > 128))); f() { read -s -p 'in f ' "$1" <<< value; }; f made; echo $made; read -t 0 -p 'asked ' <<< here; echo $?

TMOUT=1; read -p 'tmout ' x <<< v; echo $x; unset TMOUT; read -s -p 'menu> ' choice <<< 2; case $choice in 1) echo first;; 2) echo second;; esac; read -t 5 -s -p 'all ' -r -a all <<< 'a\ b c'; echo ${#all[@]}

read -n 3 x <<< abcdef; echo $x; read -N 4 x <<< $'a\nbcd'; echo "$x"; read -d : x <<< 'a:b'; echo $x; read -t 0 <<< x; echo $?; read -u 3 x 3<<< hi; echo $x; read -a a <<< '1 2 3'; echo ${a[1]}; read -r x <<< 'a\b'; echo $x; read x y <<< ' a  b  c '; echo "[$x][$y]"; read <<< '  z '; echo "[$REPLY]"

read -t x y; echo $?; read -t -1 y; echo $?; read -n x y; read -u x y; read -u 77 y; read 1x; read -z; read -i text -e x <<< hi; echo $x; read -s x <<< s; echo $x; read -p prompt x <<< p; echo $x; read -d '' x < <(printf 'a\0b'); echo $x; IFS=: read a b c <<< 'x:y:z:w'; echo "$c"; IFS= read -r l <<< '  sp '; echo "[$l]"; read x < /dev/null; echo $?
