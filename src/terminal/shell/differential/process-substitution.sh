cat <(echo one) <(echo two); paste <(printf '1\n2\n') <(printf 'a\nb\n'); diff <(echo a) <(echo b); echo $?

while read -r a b; do echo "$b:$a"; done < <(printf 'x y\nz w\n'); echo $a; n=0; while read -r l; do n=$((n+1)); done < <(seq 5); echo $n

comm -12 <(sort fruit.txt) <(sort passwd); wc -l < <(cat fruit.txt passwd); grep -c a <(cat fruit.txt); head -n 1 <(seq 9)

f() { cat "$1" "$2"; }; f <(echo p) <(echo q); x=$(cat <(echo nested <(echo in) | cut -c1-6)); echo $x; cat <(cat <(echo deep))

mapfile -t a < <(seq 3); echo ${a[@]}; read x < <(echo r); echo $x; IFS=: read a b < <(head -n1 passwd); echo $a $b; . <(echo 'v=sourced'); echo $v

exec 3< <(printf 'l1\nl2\n'); read x <&3; echo $x; read x <&3; echo $x; exec 3<&-; exec 4> >(cat); echo to4 >&4; exec 4>&-; wait

[ -e <(:) ] && echo exists; [[ -p <(:) ]] && echo pipe; case <(:) in /dev/fd/*) echo path;; esac; test -r <(echo) && echo readable

cat <(exit 3); echo $?; true <(false); echo $?; cat <(nosuchcmd) 2>/dev/null; echo $?; x=1; cat <(x=2; echo $x); echo $x; cat <(echo $x)

echo "<(echo a)" '<(echo b)' \<\(c\); cat <(echo "a b" 'c') <(for i in 1 2; do echo $i; done) <({ echo g; }) <( echo sp )

sort -m <(seq 1 2 5) <(seq 2 2 6); join <(printf 'a 1\nb 2\n') <(printf 'a x\nb y\n'); cmp <(echo a) <(echo a) && echo same

seq 3 > >(while read l; do echo "got $l"; done); sleep 0.1; { echo out; echo err >&2; } > >(sed 's/^/O:/') 2> >(sed 's/^/E:/'); sleep 0.1

echo data | tee >(tr a-z A-Z >out) >/dev/null; sleep 0.1; cat out

diff <(seq 3) <(seq 2 4); echo $?; cat <(echo a) - <(echo c) <<< b; wc -l < <(seq 5); while read -r a b; do echo "$b $a"; done < <(paste <(seq 2) <(seq 3 4)); echo <(:) | grep -c /dev/fd/

tee >(sed 's/^/A /' > o1) >(sed 's/^/B /' > o2) < fruit.txt | wc -l; wait; while [ ! -s o2 ] || [ ! -s o1 ]; do :; done; head -1 o1; comm -12 <(sort fruit.txt) <(sort -r fruit.txt | sort); sort -m <(seq 1 2 5) <(seq 2 2 6)

f() { cat "$1" "$2"; }; f <(echo one) <(echo two); x=$(cat <(echo sub)); echo $x; mapfile -t L < <(grep a fruit.txt); echo ${#L[@]}; source <(echo 'v=sourced'); echo $v; exec 5< <(echo fd5); read -u 5 l; echo $l; . <(echo 'echo $1') arg

echo data > >(cat > saved); wait $!; cat saved

[[ -e <(:) ]] && echo exists; [ -p <(:) ] && echo pipe; case <(:) in /dev/fd/*) echo fd;; esac

exec 5< <(echo a; echo b); read -u5 x; read -u5 y; echo $x$y; exec 5<&-; exec 6> >(cat > o); echo via >&6; exec 6>&-; wait $!; cat o; { echo grouped; } > >(tr a-z A-Z); wait $!; while read l; do cat <(echo "in $l"); done < <(seq 3); . <(echo 'h() { cat $1; }'); h <(echo fn)

f() { while read -r l; do echo "got $l"; done < "$1"; read x < <(echo inner); echo $x; cat "$1" | wc -l; }; f <(seq 2); (cat <(echo sub)); x=$(cat <(echo cs)); echo $x; cat <(cat <(echo nested)); if grep -q b <(echo abc); then echo yes; fi; echo a | cat - <(echo b); time_() { eval 'cat <(echo ev)'; }; time_; cat <(echo bg) & wait
