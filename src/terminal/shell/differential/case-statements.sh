for w in apple banana cherry date; do case $w in a*) echo A;; *an*) echo B;; [c-d]*) echo CD;; esac; done

case abc in abc|xyz) echo 1;; esac; case x in a|b|x) echo 2;; esac; case y in (x|y) echo 3;; esac; case z in a) ;; *) echo 4;; esac; case q in a) ;; esac; echo $?

case abc in a*) echo 1;;& *b*) echo 2;;& x) echo 3;;& *) echo 4;; esac; case abc in a*) echo 1;& x) echo 2;& y) echo 3;; *) echo 4;; esac

case '' in '') echo empty;; esac; case "a b" in "a b") echo sp;; esac; case 'a*' in 'a*') echo lit;; esac; case ab in 'a*') echo no;; a*) echo pat;; esac; p='a*'; case ab in $p) echo var;; esac; case ab in "$p") echo no;; *) echo quoted;; esac

v=file.tar.gz; case $v in *.tar.gz|*.tgz) echo tar;; *.gz) echo gz;; esac; case $v in *.[tg]*) echo br;; esac; case ${v##*.} in gz) echo ext;; esac; case $(echo x) in x) echo cmd;; esac; case $((1+1)) in 2) echo ar;; esac

case x in x) ;; esac; echo $?; case x in x) false;; esac; echo $?; false; case x in y) ;; esac; echo $?; false; case x in x) ;; esac; echo $?; (exit 3); case $? in 3) echo three;; esac

case a in a) case b in b) echo nested;; esac;; esac; case a in a) for i in 1 2; do case $i in 2) break;; *) echo $i;; esac; done;; esac; f() { case $1 in r) return 5;; esac; echo no; }; f r; echo $?

case a in
a)
echo one
echo two
;;
b) echo three ;;
esac
case b in (a) echo x ;; (b) echo y
esac

case [x] in [x]) echo m1;; \[x\]) echo m2;; esac; case '[x]' in [x]) echo m1;; \[x\]) echo m2;; esac; case x in [!a-w]) echo neg;; esac; case - in [a-]) echo dash;; esac; case ']' in []]) echo br;; esac; case 5 in [[:digit:]]) echo dig;; esac

case $'a\nb' in *$'\n'*) echo nl;; esac; case ab in a?) echo q;; esac; case a in ?) echo one;; esac; case '' in ?) ;; *) echo none;; esac; case '?' in \?) echo lit;; esac; case 한 in ?) echo ko;; esac

case ~ in /root) echo tilde;; esac; case {a,b} in '{a,b}') echo nobrace;; esac; case * in '*') echo noglob;; esac; case "$@" in '') echo noargs;; esac; set -- a b; case "$*" in 'a b') echo args;; esac; case $# in 2) echo two;; esac

case x in x) echo a ;; x) echo b ;; esac; case in in in) echo kw;; esac; case esac in (esac) echo kw2;; esac; case if in if) echo kw3;; esac; x=case; case $x in case) echo kw4;; esac; case 1 in 1) ;; esac && echo and

case x in x) exit 4;; esac; echo never

case x in y) echo a; esac; case x in x) echo noterm; esac; case x in x) echo amp & wait;; esac; case x in x) { echo grp; };; esac; case x in x) (echo sub);; esac; case x in x) echo r > out;; esac; cat out; case x in x) cat;; esac <<< input

shopt -s nocasematch; case ABC in abc) echo nc;; esac; shopt -u nocasematch; case ABC in abc) ;; *) echo cs;; esac

case $# in 0) echo none;; 1) echo one;; *) echo many;; esac; case a/b in */*) echo slash;; esac; case "" in "") echo e;; esac; case x in [!x]) echo no;; [x-z]) echo yes;; esac

for v in start stop restart xyz ''; do case $v in start|restart) echo "S:$v";; sto*) echo stop;; ?*) echo other;; *) echo empty;; esac; done

case 5 in [0-9]) echo digit;& [a-z]) echo fell;;& 5) echo again;;& *) echo last;; 5) echo never;; esac; echo $?

case foo in bar) false;; esac; echo $?; case x in x) false;; esac; echo $?; case x in x) ;; esac; echo $?; case $(exit 3) in '') echo $?;; esac

v='*'; case abc in "$v") echo lit;; $v) echo glob;; esac; case '*' in "$v") echo lit;; esac; p='a|b'; case a in $p) echo alt;; *) echo noalt;; esac; case 'a|b' in a\|b) echo esc;; esac

case a in (a|b) echo p;; (c) echo q; esac; case z in esac; echo $?; case in in in) echo in;; esac; case if in if) echo if;; esac; case a
in
a )
echo lines
;;
esac

f() { case $1 in -h|--help) echo usage; return 0;; --*=*) echo "${1%%=*} ${1#*=}";; --) echo dashdash;; -?) echo short ${1#-};; -*) echo cluster;; [0-9]*) echo num;; *[!a-z]*) echo mixed;; *) echo word;; esac; }; for a in -h --x=1 -- -v -abc 42 ab1 abc; do f $a; done
