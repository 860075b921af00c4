[[ a == a ]] && echo 1; [[ a != b ]] && echo 2; [[ a < b ]] && echo 3; [[ b > a ]] && echo 4; [[ a = a ]] && echo 5; [[ "" ]] || echo 6; [[ x ]] && echo 7; [[ ! x ]] || echo 8

[[ -z "" && -n x ]] && echo 1; [[ -z x || -n x ]] && echo 2; [[ ! ( -z x ) ]] && echo 3; [[ ( a == a || b == c ) && d == d ]] && echo 4; [[ ! a == b && ! c == d ]] && echo 5

[[ 1 -eq 01 ]] && echo 1; [[ 2 -gt 1 ]] && echo 2; [[ 1 -lt 2 ]] && echo 3; [[ 3 -ge 3 ]] && echo 4; [[ 3 -le 2 ]] || echo 5; [[ 1 -ne 2 ]] && echo 6; x=5; [[ x -eq 5 ]] && echo 7; [[ x+1 -eq 6 ]] && echo 8; [[ 0x10 -eq 16 ]] && echo 9

[[ -e fruit.txt ]] && echo e; [[ -f fruit.txt ]] && echo f; [[ -d . ]] && echo d; [[ -r fruit.txt ]] && echo r; [[ -w fruit.txt ]] && echo w; [[ -x fruit.txt ]] || echo nox; [[ -s fruit.txt ]] && echo s; [[ -L fruit.txt ]] || echo nol; ln -s x l; [[ -L l ]] && echo l; [[ -h l && ! -e l ]] && echo dangling; [[ -c /dev/null ]] && echo c

touch -d 2020-01-01 old; touch new; [[ new -nt old ]] && echo newer; [[ old -ot new ]] && echo older; [[ new -ef new ]] && echo same; [[ old -nt none ]] && echo nt; [[ none -ot old ]] && echo ot; ln new hard; [[ new -ef hard ]] && echo ef

v='a b'; [[ $v == 'a b' ]] && echo 1; [[ $v == "a b" ]] && echo 2; [[ -n $v ]] && echo 3; [[ $unset == "" ]] && echo 4; [[ -z $unset ]] && echo 5; [[ $v == a\ b ]] && echo 6; [[ $v == *" "* ]] && echo 7; [[ "$v" == "a*" ]] || echo 8

p='a*'; [[ abc == $p ]] && echo 1; [[ abc == "$p" ]] || echo 2; [[ abc == a* ]] && echo 3; [[ abc == 'a'* ]] && echo 4; [[ abc != b* ]] && echo 5; [[ a*c == a\*c ]] && echo 6; [[ abc == [a-c]?[!x] ]] && echo 7; [[ abc == [[:alpha:]]* ]] && echo 8

[[ -v HOME ]] && echo 1; unset q; [[ -v q ]] || echo 2; q=; [[ -v q ]] && echo 3; a=(1); [[ -v a[0] ]] && echo 4; [[ -v a[1] ]] || echo 5; declare -A m=([k]=v); [[ -v m[k] ]] && echo 6; set -u; [[ -v nope ]] || echo 7; [[ -o nounset ]] && echo 8; [[ -o xtrace ]] || echo 9

[[ a == a ]]; echo $?; [[ a == b ]]; echo $?; [[ -f none ]]; echo $?; ! [[ a == b ]]; echo $?; if [[ 1 -eq 1 ]]; then echo t; fi; [[ a == a ]] && [[ b == b ]] || echo n; while [[ $i -lt 3 ]]; do ((i++)); done; echo $i

[[ a -eq 0 ]] && echo zero; [[ "1 + 1" -eq 2 ]] && echo expr; [[ abc -eq abc ]] && echo names; [[ 1x -eq 1 ]]; echo $?; [[ 08 -eq 8 ]]; echo $?; echo next

[[ $(echo x) == x ]] && echo cs; [[ `echo y` == y ]] && echo bt; [[ $((1+1)) -eq 2 ]] && echo ar; [[ ~ == $HOME ]] && echo tl; [[ {a,b} == '{a,b}' ]] && echo nobrace; [[ * == '*' ]] && echo noglob; [[ "$(printf 'a\nb')" == $'a\nb' ]] && echo nl

a ]]; echo $?; [[ a == a && # comment
b == b ]]; echo $?; [[
 -n x
]]; echo $?

[[ ! -e none && ( -f fruit.txt || -d none ) ]] && echo yes; [[ -n a && -n b && -n c || -z d ]] && echo chain; [[ -z a || -z b || -n c ]] && echo or; [[ ! ! a ]]; echo $?

shopt -s nocasematch; [[ ABC == abc ]] && echo nc; [[ ABC == a* ]] && echo ncp; [[ ABC =~ ^abc$ ]] && echo ncr; [[ a < B ]]; echo $?; shopt -u nocasematch; [[ ABC == abc ]] || echo cs; [[ -t 0 ]] || echo notty; [[ é > z ]] && echo loc

[[ a == a && # comment
b == b ]]; echo $?; [[
 -n x
]]; echo $?

echo before
[[ a b ]]
echo after

false
[[ -: d ]]; echo same line

true; [[ a = ]]

[[ ]]
echo after

[[ -z ]]

[[ a -foo b ]]

[[ ( a ]]

[[ a && ]]

[[ -f a b ]]

[[ a == b

[[ a | b ]]

if [[ a b ]]; then echo; fi

[[ ( a b ) ]]

[[ a =~ (b|c) d ]]

f() { [[ a b ]]; }
f

[[ a & b ]]

[[ a b ]]; echo never

[[ a ]] && echo t; [[ '' ]] || echo f; [[ ! '' ]] && echo n; [[ -n x && -z '' ]] && echo both; [[ -n '' || -n y ]] && echo or; [[ ( a = b || c = c ) && ! d = e ]] && echo group; [[ a && ! ( b && '' ) ]] && echo nested

[[ abc == a?c ]] && echo 1; [[ abc == "a?c" ]] || echo 2; [[ abc = [a-c]* ]] && echo 3; [[ abc != x* ]] && echo 4; [[ a\*b == a\*b ]] && echo 5; p='a*'; [[ abc == $p ]] && echo 6; [[ abc == "$p" ]] || echo 7; [[ abc == 'a'* ]] && echo 8

[[ 10 -gt 9 ]] && echo n; [[ 10 > 9 ]] || echo s; [[ a < b ]] && echo lt; [[ B < a ]] && echo le; [[ 5 -eq 5.0 ]]; echo $?; [[ x -eq 0 ]] && echo unset is 0; [[ 2+3 -eq 5 ]] && echo expr; [[ abc -lt 1 ]]; echo $?; a=7; [[ a -eq 7 ]] && echo byname

[[ -e fruit.txt && -f fruit.txt && -r fruit.txt && -s fruit.txt && ! -d fruit.txt && ! -L fruit.txt ]] && echo file; [[ -d . && -x . && -w . ]] && echo dir; ln -s fruit.txt l; [[ -L l && -h l && -f l ]] && echo link; ln -s nosuch d; [[ -e d ]] || echo dangling; [[ l -ef fruit.txt ]] && echo same; [[ -p l || -S l || -b l || -c l ]] || echo plain; [[ -c /dev/null ]] && echo char

touch -d '2020-01-01' old; touch new; [[ new -nt old ]] && echo nt; [[ old -ot new ]] && echo ot; [[ new -nt nosuch ]] && echo ntn; [[ nosuch -ot new ]] && echo otn; [[ -v HOME ]] && echo v; [[ -v nope ]] || echo nv; [[ -o errexit ]] || echo o; [[ -t 0 ]] || echo t; [[ -u new || -g new || -k new ]] || echo bits; chmod u+s new; [[ -u new ]] && echo suid; [[ -O new && -G new ]] && echo own; [[ -N new ]]; echo $?

[[ a b ]]; echo never

[[ -z ]]; echo never

[[ a == ]]; echo never

[[ a -foo b ]]; echo never

[[ ]]; echo never

[[ (a ]]; echo never

[ a = b -o c = c ] && echo o; [ ! a = b ] && echo n; [ \( a = a \) -a \( b = b \) ] && echo g; [ "" ]; echo $?; [ ! ]; echo $?; [ -f ]; echo $?; [ a == a ] && echo dbl; [ a \< b ] && echo lt; [ -n "$nope" ] || echo e; [ $nope = x ]; echo $?

[ 1 -eq 1 -a 2 -gt 3 ]; echo $?; test; echo $?; test x; echo $?; test ! x; echo $?; test a = a b; echo $?; test 5 -lt x; echo $?; test 1 -xx 2; echo $?; [ 1 -lt 2; echo $?; test -v HOME && echo v; test -o errexit; echo $?; test '(' x ')'; echo $?; [ a = ]; echo $?; [ 3 -gt 08 ]; echo $?; [ " 3 " -eq 3 ]; echo $?

[[ a < b ]] && echo lt; [[ b > a ]] && echo gt; [[ a == a* ]] && echo m; [[ abc =~ b(c) ]] && echo ${BASH_REMATCH[1]}; [[ -n x && ! -z y || -e /x ]] && echo t; [[ 1 -eq 1 && 2 -ne 1 && 1 -lt 2 && 1 -le 1 && 2 -gt 1 && 2 -ge 2 ]] && echo n; [[ -v HOME && ! -v nosuch ]] && echo v; [[ -o braceexpand ]] && echo o; [[ fruit.txt -nt passwd || fruit.txt -ot passwd || fruit.txt -ef fruit.txt ]] && echo f; [[ -R x ]]; echo $?; [[ -t 0 ]]; echo $?; [[ x ]] && echo x; [[ 1+1 -eq 2 ]] && echo ar; [[ abc -eq 0 ]] && echo z; [[ (a == a) ]] && echo p

[[ -f fruit.txt && -r fruit.txt && -w fruit.txt && -s fruit.txt && ! -x fruit.txt && -d . && ! -L fruit.txt && ! -p x && ! -S x && ! -b x && -c /dev/null && ! -g x && ! -u x && ! -k x && -O fruit.txt && -G fruit.txt && -N fruit.txt ]]; echo $?; [[ -z $x ]]; echo $?; [[ a = a && a != b ]]; echo $?; [[ a -eq ]]; echo $?

[[ $x == "a*" ]]; echo $?; x='a*'; [[ abc == $x ]]; echo $?; [[ abc == "$x" ]]; echo $?; shopt -s nocasematch; [[ ABC == abc ]]; echo $?; [[ ABC =~ b ]]; echo $?; case X in x) echo ci;; esac

[[ 1 -eq 1 -a 2 ]]

[[ a b ]]

[[ -f ]]; echo $?

[ a -eq 1 ]; echo $?; [ 1 -eq 1 -a 2 -gt 1 ]; echo $?; [ -f ]; echo $?; [ ; echo $?; [ a; echo $?; [ a b ]; echo $?; [ a b c ]; echo $?; [ a = b c ]; echo $?; [ \( a \) ]; echo $?; [ ! a ]; echo $?; [ -z ]; echo $?; test; echo $?; test -x; echo $?; [ a '<' b ]; echo $?; [ 1 -gt x ]; echo $?; [ -t x ]; echo $?; [ -v x ]; echo $?; [ -Z x ]; echo $?; [ 99999999999999999999 -eq 1 ]; echo $?
