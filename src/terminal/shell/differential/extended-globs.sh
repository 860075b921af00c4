shopt -s extglob; touch a.c a.h a.o b.c; eval 'echo *.@(c|h) *.!(c) !(*.c|*.txt|passwd) +(a|b).c ?(x)a.c *(a|b).o'

shopt -s extglob; v=foofoobar; eval 'echo ${v##+(foo)} ${v%@(bar|baz)} ${v/+(o)/0} ${v//@(o|a)/-} ${v#!(x)}'

shopt -s extglob; for w in foo foofoo bar '' foobar; do eval 'case $w in +(foo)) echo plus;; ?(bar)) echo opt;; *) echo none;; esac'; done

[[ foobar == foo@(bar|baz) ]] && echo y; [[ foo == !(bar) ]] && echo n; [[ aaa == +(a) ]] && echo p; [[ '' == *(a) ]] && echo e; [[ ab == ?(a)b ]] && echo o; [[ b == ?(a)b ]] && echo o2

[[ file.txt == *.@(txt|md) ]]; echo $?; [[ file.c == *.!(c) ]]; echo $?; [[ 123 == +([0-9]) ]] && echo num; [[ 12a == +([0-9]) ]] || echo nan; [[ -5 == ?(-)+([0-9]) ]] && echo int

p='@(a|b)'; [[ a == $p ]] && echo var; [[ a == "$p" ]] || echo lit; shopt -s extglob; case a in $p) echo case;; esac; touch a; eval 'echo $p'

shopt -s extglob; touch f1 f2 f10; eval 'echo f+([0-9]) f!(1) f@(1|10) f?(1)?(0) !(f*)'; shopt -u extglob; echo f[12]

shopt -s extglob nullglob; eval 'echo @(none|nada)* end'; eval 'set -- !(*)'; echo $#; eval 'echo !(fruit*)'

shopt -s extglob; v='  trim me  '; eval 'v=${v##+([[:space:]])}; v=${v%%+([[:space:]])}'; echo "[$v]"; n=000123; eval 'echo ${n##+(0)}'; x=a,,b,,,c; eval 'echo ${x//+(,)/,}'

[[ abc == a!(x)c ]] && echo 1; [[ ac == a!(x)c ]] && echo 2; [[ axc == a!(x)c ]] || echo 3; [[ abab == +(ab) ]] && echo 4; [[ aba == *(ab)?(a) ]] && echo 5; [[ a+b == a\+b ]] && echo 6

[[ abcdef == @(abc|a)@(def|bcdef) ]] && echo alt; [[ x == @() ]] || echo empty; [[ '' == @() ]] && echo emp; [[ 'a|b' == 'a|b' ]] && echo pipe; [[ 'a)' == a\) ]] && echo paren; [[ xyz == !(*y*) ]] || echo noty

shopt -s extglob; mkdir -p d1 d2 e; eval 'ls -d !(d*)/'; eval 'echo @(d1|e)/'; touch d1/x e/y; eval 'echo @(d1|e)/*'; eval 'rm -r !(fruit.txt|passwd)'; ls

shopt -q extglob; echo $?; bash -O extglob -c 'echo @(fruit|x).txt'; [[ aXb == a@([[:upper:]])b ]] && echo up; [[ $'a\nb' == a?b ]] && echo nl

shopt -s extglob
touch a.c a.h a.o ab abc abcd
echo @(a|ab) +(a|b) ?(a)b *(ab)c !(*.c|fruit.txt|passwd) a.!(c) a.@(c|h) a?(b)?(c) !(a*)
echo *(x) ?(zz)

shopt -s extglob
v=file.tar.gz; case $v in *.@(tar.gz|tgz)) echo tarball;; esac; [[ aaab == +(a)b ]] && echo p; [[ ab == !(ab) ]] || echo neg; [[ "" == ?(x) ]] && echo e; [[ foobar == foo@(bar|baz) ]] && echo alt; x=+(a); [[ aaa == $x ]] && echo var
