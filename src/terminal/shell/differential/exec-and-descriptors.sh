exec 3> out; echo a >&3; echo b >&3; exec 3>&-; cat out; echo c >&3; echo $?; exec 4< passwd; read l <&4; echo $l; read l <&4; echo $l; exec 4<&-

exec 3>&1 > out; echo hidden; exec >&3 3>&-; echo shown; cat out; exec 2> err; echo e >&2; nosuch; exec 2>&1; cat err; (exec > sub; echo in); cat sub; echo still

exec {fd}> out; echo x >&$fd; [ $fd -ge 10 ] && echo big; exec {fd}>&-; cat out; exec {in}< passwd; read -u $in l; echo $l; exec {in}<&-; { echo y; } {v}>&1; echo $((v>=10))

echo a 3>&1 1>&2 2>&3 | cat; { echo o; echo e >&2; } 3>&1 1>&2 2>&3 | sed 's/^/out:/'; ls nofile 2>&1 >/dev/null | wc -l; { echo x >&3; } 3>&1; echo to4 4>&1 >&4

exec 5<> rw; echo one >&5; echo two >&5; exec 5>&-; cat rw; exec 6< rw; read a <&6; read b <&6; echo $b$a; exec 6<&-; echo new 1<> rw; cat rw; : > rw; wc -c < rw; > created; ls created

exec true; echo never

exec nosuchcmd; echo never

exec ./nofile 2>/dev/null; echo never

(exec echo from exec; echo no); (exec -a name bash -c 'echo $0'); (exec -c env | wc -l); x=$(exec echo sub); echo $x; exec < passwd; read l; echo $l; exec 0< fruit.txt; read l; echo $l

echo a > f1 > f2; ls f1 f2; wc -c f1 f2; cat < f2 < passwd | head -1; echo b >> f2 2>&1; cat f2; echo c &> both; echo d &>> both; cat both; echo e >& both2; cat both2; ls zz > all 2>&1; cat all

echo q > nodir/f; echo $?; echo q > .; echo $?; cat < none; echo $?; echo a >&9; echo $?; echo b <&9; echo $?; : > 'a b'; x='a b'; echo c > $x; echo $?; cat "$x"; echo d > *.nope; ls; echo e > f*t; echo $?; cat < ''; echo $?; echo > ''; echo $?

exec 3>&1; exec 3>&1-; echo a >&3; exec 1>&3 3>&-; echo b; exec 7>f 8>&7 7>&-; echo c >&8; cat f; exec 8>&-; : 3< passwd; read -u 3 x 2>/dev/null; echo $?; while read -r l <&3; do echo $l; break; done 3< passwd

f() { echo in >&3; }; f 3>&1; { f; f; } 3> o; cat o; if true; then echo t; fi > o; cat o; for i in 1 2; do echo $i; done > o; cat o; while read l; do echo $l; done < o; case a in a) echo c;; esac > o; cat o; (echo s) > o; cat o; [[ a ]] > o; ((1)) > o; wc -c < o

echo x > /dev/null; cat /dev/null; cat /dev/stdin <<< in; cat /dev/fd/3 3<<< three; echo y | cat /dev/stdin; echo z | cat - /dev/null

exec {fd}>o; echo hi >&$fd; exec {fd}>&-; cat o; exec {a}<o {b}>p; read x <&$a; echo $x >&$b; cat p; echo $((a>=10)); { echo in; } {z}>q; ls q; : {y}<nofile; echo $?

echo 2>&1 < nosuch | cat; ls 2>&1 < nosuch | cat; { echo; } 2>&1 < nosuch | cat; f() { :; }; f 2>&1 < nosuch | cat; x=1 2>&1 < nosuch | cat; > /nosuch/x 2>&1; echo $?; for i in 1; do echo; done 2> err < nosuch; cat err

echo a > "$(echo)" 2>err; echo $?; cat err; echo x 3>&9; echo $?; exec 3< nosuch; echo never

exec cat < nosuch; echo $?; exec > /nosuch/y; echo $?; exec 4< nosuch; echo $?; exec 9>&8; echo $?

exec 3> out; echo to3 >&3; echo more >&3; exec 3>&-; cat out; echo x >&3; echo $?; exec 3<> rw; echo text >&3; exec 3<&-; cat rw; exec 4< fruit.txt; read -u4 l; echo $l; exec 5<&4; read -u5 l; echo $l; exec 4<&- 5<&-; { echo a; echo b >&2; } > f 2>&1; cat f

echo a 3>&1 1>&2 2>&3 | cat; { echo o; echo e >&2; } 3>&1 1>&2 2>&3 3>&- | sed 's/^/pipe:/'; echo x &> f; cat f; echo y &>> f; cat f; echo z >& f; cat f; ls nosuch > f 2>&1; cat f; ls nosuch 2> f >&2; cat f; echo 1>f; wc -c < f; echo 2 >f; cat f

exec {fd}> out; echo $((fd>9)); echo via >&$fd; exec {fd}>&-; cat out; { echo $((a>9)); } {a}< fruit.txt; read l <&$a; echo $l; exec {a}<&-; read l <&$a; echo $?; exec {b}<<< here; cat <&$b; v=3; exec 3> w; echo q >&$v; cat w; echo x >&nope; echo $?; cat nope; echo x >&"$unset"; echo $?

exec nosuch; echo never

exec echo replaced; echo never

set -C; echo a > f; echo b > f; echo $?; echo c >| f; cat f; echo d >> f; cat f; echo e > /dev/null; set +C; echo g > f; cat f; > empty; ls -s empty; < empty; > a > b; ls a b; cat < nosuch; echo $?; echo x > nodir/f; echo $?; echo x > .; echo $?; cat < .; echo $?; : > 'sp ace'; ls sp*

echo end

echo 'shift; set -- changed' > s; . ./s a b; echo $1; echo 'shift' > t; set -- x y; . ./t p q; echo $1; echo 'set -- kept' > u; f() { . ./u; echo $1; }; f arg; echo $1; { :; } {fd}< fruit.txt; read l <&$fd; echo $l; exec {fd}<&-; read l <&$fd; v=; echo x >&"$v"
