/** Snippets whose output, messages and status equal those of bash 5.2 and Debian's GNU tools. */
export const SHELL_SNIPPETS: readonly string[] = String.raw`
echo hi; echo "a  b" 'c $d' $((1+2))
x=5; echo ${'${x}'} ${'${y:-def}'} ${'${x:+set}'} "${'${y-}'}"
x=abc.tar.gz; echo ${'${x%.*}'} ${'${x%%.*}'} ${'${x#*.}'} ${'${x##*.}'}
x=hello; echo ${'${x/l/L}'} ${'${x//l/L}'} ${'${x/#h/H}'} ${'${x/%o/O}'} ${'${x^}'} ${'${x^^}'} ${'${#x}'}
x=hello; echo ${'${x:1}'} ${'${x:1:3}'} ${'${x: -2}'} ${'${x:0:-1}'}
a=(1 2 3); echo ${'${a[@]}'} ${'${#a[@]}'} ${'${a[1]}'} ${'${!a[@]}'} ${'${a[-1]}'}
a=(x y); a+=(z); a[5]=w; for i in "${'${!a[@]}'}"; do echo $i=${'${a[$i]}'}; done
declare -A m=([one]=1 [two]=2); echo ${'${m[one]}'} ${'${#m[@]}'}; for k in "${'${!m[@]}'}"; do echo $k; done
for i in 1 2 3; do echo $i; done; for ((i=0;i<3;i++)); do echo c$i; done
i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done; until [ $i -eq 0 ]; do i=$((i-1)); done; echo $i
case foo in f*) echo yes;; *) echo no;; esac; case x in y) echo y;; x) echo x;& z) echo fall;; esac
if [[ abc == a* && 3 -gt 2 ]]; then echo t; else echo f; fi; [[ foo =~ ^(f)(o+)$ ]] && echo ${'${BASH_REMATCH[2]}'}
f() { local x=1; echo $1 $# $x; return 3; }; f a b; echo $?
echo a | tr a b | cat; echo $?; false | true; echo ${'${PIPESTATUS[@]}'}; set -o pipefail; false | true; echo $?
(exit 3); echo $?; { echo g; }; (x=1; echo $x); echo "[$x]"
cat <<EOF2; echo after
cat <<< "here $((2*3))"; read a b <<< "one two three"; echo "$a|$b"
echo out; echo err >&2; { echo a; echo b >&2; } 2>&1 | sort
echo hi > f; cat f; echo more >> f; wc -l < f; cat nosuch; echo $?
nosuchcmd; echo $?; ./nofile; echo $?; . ./nofile; echo $?
set -e; false; echo no
set -u; echo $undefined; echo no
set -e; if false; then :; fi; false || echo ok; ! true; echo still
trap 'echo bye' EXIT; echo hi; exit 3
trap 'echo err $?' ERR; false; echo go
x=$(echo sub); y=${'`echo back`'}; echo $x $y "$(printf 'a\n\n')"
echo {a,b}{1,2} {1..5} {a..e..2} {01..03} x{,y}
echo *.txt *.nope; echo "*"; shopt -s nullglob; echo *.nope
IFS=:; x=a:b:c; for p in $x; do echo $p; done; set -- $x; echo $# "$*"
set -- a 'b c' d; echo $# "$@"; for i in "$@"; do echo "<$i>"; done; shift 2; echo $1 $#
printf '%s-%d\n' a 1 b 2; printf '%05d|%-5s|%x|%o\n' 42 ab 255 8; printf '%q\n' 'a b'
echo -e 'a\tb\n' -n; echo -n x; echo; echo -E 'a\tb'
let x=5+3; echo $x; ((x++)); echo $x; echo $((x**2 % 7)) $((x>5?1:0)) $((0x1f)) $((2#101)) $((~1))
echo $((1/0)); echo after
echo $((08)); echo x
false; a=$?; echo $a $?; false; b=$((1+1)) c=$?; echo $b $c $?; false; d='$(x)'; echo $?; d=$(exit 3) e=$?; echo $e $?; false; $nothing; echo $?
while getopts ab:c o -a -b val -c; do echo $o $OPTARG; done; echo $OPTIND
readonly r=1; r=2; echo not
x=1; unset x; echo "${'${x-unset}'}"; unset -f nofn; echo $?
echo ${'${x:?missing}'}; echo no
echo a; echo b; if then fi
echo 'unterminated
for x in 1 2; do echo $x
echo a )
fi
type cd; type -t if; type -t nosuch; echo $?; command -v echo
test -f fruit.txt && echo file; [ -d . -a -r fruit.txt ] && echo dir; [ 1 -eq x ]; echo $?
cd /nonexistent; echo $?; cd /tmp && pwd; cd - >/dev/null; echo $?
eval 'x=1; echo $x'; eval "echo a; echo b" | wc -l
exec 3>out; echo to3 >&3; exec 3>&-; cat out
f() { echo "$FUNCNAME $LINENO"; }; f
true && echo a || echo b; false && echo a || echo b; ! false; echo $?
x=abc; echo "${'${x@Q}'}" ${'${x@U}'}; declare -p x; declare -i n=3+4; echo $n
a=(3 1 2); printf '%s\n' "${'${a[@]}'}" | sort -n; echo "${'${a[*]}'}"; echo ${'${a[@]:1:2}'}
echo "a'b" 'a"b' a\ b $'t\tn'; echo "\$x \`"
for f in fruit.txt; do [[ -e $f ]] && echo "$f"; done; [[ -z "" ]] && echo empty; [[ ! a < b ]]; echo $?
sleep 0.01 & wait $!; echo $?; (exit 4) & wait $!; echo $?
printf 'l1\nl2\n' | while read -r l; do echo "got $l"; done; mapfile -t m < fruit.txt; echo ${'${#m[@]}'} "${'${m[0]}'}"
x=5; x+=3; echo $x; y=(1); y+=(2); echo ${'${y[@]}'}; declare -r c=1; echo $c
local x; echo $?; return 1; echo $?; break; echo $?
set -x; echo hi; x=1; true a 'b c'
diff <(echo a) <(echo a) >/dev/null 2>&1; cat <(echo one) <(echo two)
echo ${'${!HOME*}'} ${'${nope[@]}'} "${'${#nope[@]}'}"
alias ll='echo alias'; ll; shopt -s expand_aliases
f() { f2() { echo inner; }; f2; }; f; f2; declare -F f
echo $0 $# $$ >/dev/null; echo $-; echo "$?"
umask 022; umask; umask -S; ulimit -n >/dev/null; times >/dev/null; hash -r; echo $?
kill -l 9; kill -l INT; kill 999999; echo $?
`
  .split('\n')
  .filter((line) => line !== '' && !line.includes('EOF2'));

export const COREUTILS_SNIPPETS: readonly string[] = String.raw`
cat fruit.txt; cat -n fruit.txt; cat -A fruit.txt; cat nofile; echo $?
head -n 2 fruit.txt; head -1 fruit.txt; head -c 5 fruit.txt; head -n -4 fruit.txt; head nofile; echo $?
tail -n 2 fruit.txt; tail -n +5 fruit.txt; tail -c 6 fruit.txt; tail nofile; echo $?
sort fruit.txt; sort -r fruit.txt; sort -k2 -n fruit.txt; sort -u -k1,1 fruit.txt; sort -k2nr fruit.txt
cut -d' ' -f1 fruit.txt; cut -c1-3 fruit.txt; cut -d: -f1,7 passwd; cut; echo $?
grep apple fruit.txt; grep -c a fruit.txt; grep -v a fruit.txt; grep -n fig fruit.txt; grep -o '[0-9]*' fruit.txt; grep zzz fruit.txt; echo $?
grep -E '^(apple|fig) ' fruit.txt; grep -i APPLE fruit.txt; grep -l apple *; grep -A1 apple fruit.txt; grep -w 5 fruit.txt; grep x nofile; echo $?
sed 's/apple/APPLE/' fruit.txt; sed -n 2p fruit.txt; sed '1d;$d' fruit.txt; sed -n '/apple/,/fig/p' fruit.txt; sed 's/\(.*\) \(.*\)/\2 \1/' fruit.txt
sed -E 's/([a-z]+) ([0-9]+)/\2:\1/' fruit.txt; sed -i 's/fig/grape/' fruit.txt; cat fruit.txt; sed '2i\x' fruit.txt; sed '$a end' fruit.txt; sed y/abc/xyz/ fruit.txt
awk '{print $1}' fruit.txt; awk '{s+=$2} END {print s}' fruit.txt; awk -F: '{print $1, NF}' passwd; awk 'NR==2' fruit.txt; awk '/apple/ {print NR": "$0}' fruit.txt
awk 'BEGIN {for (i=0;i<3;i++) printf "%d,%s\n", i, i*i; x["a"]=1; print length(x), ("a" in x), substr("hello",2,3), toupper("ab")}'
awk '{c[$1]++} END {for (k in c) print k, c[k]}' fruit.txt | sort; awk -v x=3 'BEGIN{print x+1}'; echo "a b" | awk '{$1="z"; print; print NF}'
wc fruit.txt; wc -l fruit.txt passwd; wc -c < fruit.txt; echo a b c | wc -w
uniq fruit.txt; sort fruit.txt | uniq -c; printf 'a\na\nb\n' | uniq -d; printf 'a\na\nb\n' | uniq -u
tr a-z A-Z < fruit.txt; echo hello | tr -d l; echo aabb | tr -s ab; echo abc | tr '[:lower:]' '[:upper:]'; tr; echo $?
seq 3; seq 2 5; seq 1 2 7; seq -s, 3; seq -w 8 10; seq x; echo $?
basename /a/b.txt .txt; dirname /a/b; basename /; dirname a; basename; echo $?
mkdir d; mkdir d; echo $?; mkdir -p d/e/f; ls d; rmdir d; echo $?; rm d; echo $?; rm -r d; ls
cp fruit.txt x; cp nofile y; echo $?; mv x y; ls; mv x z; echo $?; cp fruit.txt; echo $?
touch t1 t2; ls t*; ln -s t1 link; readlink link; ls -l nofile; echo $?; rm -f nofile; echo $?; rm nofile; echo $?
find . -name '*.txt'; find . -type f | sort; find . -maxdepth 1 -name 'p*' -exec echo {} \;; find nodir; echo $?
echo a b c | xargs -n1 echo; printf 'a\nb\n' | xargs -I{} echo "<{}>"; echo | xargs echo x; ls | xargs -n 2
echo hello | base64; echo aGVsbG8K | base64 -d; echo hi | md5sum; echo hi | sha256sum
printf '1\n2\n3\n' | tac; echo abc | rev; nl fruit.txt; paste -s -d, fruit.txt; printf 'a\nb\n' | paste - -; fold -w 4 fruit.txt
expr 1 + 2; expr 5 \* 3; expr length abc; expr abc : 'a\(.*\)'; expr 1 = 2; echo $?; expr a + 1; echo $?
echo x | tee a b; cat a b; env -i A=1 env; printenv HOME; printenv NOPE; echo $?
date -u -d @0; date -d 2024-02-29 +%F_%j_%a; date -u -d '2024-01-31 12:00:00' '+%Y/%m/%d %H:%M:%S %s'; date +%Q >/dev/null; echo $?
stat -c '%s %F %n' fruit.txt; chmod 600 fruit.txt; stat -c %a fruit.txt; chmod u+x,g=r fruit.txt; stat -c %A fruit.txt; chmod zz fruit.txt; echo $?
ls -1; ls -a; ls -d .; ls fruit.txt passwd; ls -F; mkdir -p q/r; ls -R q; ls --zzz; echo $?
yes | head -n 2; true; echo $?; false; echo $?; sleep x; echo $?; printf '%d\n' abc; echo $?; timeout 1 true; echo $?
head -z; echo $?; cat -z; echo $?; sort -k0 fruit.txt; echo $?; tail -n x fruit.txt; echo $?; grep; echo $?
seq 1000 | sort -n | tail -1; seq 5 | awk '{s+=$1} END {print s/NR}'; seq 10 | sed -n '3,5p;8q'; seq 3 | sed 'N;s/\n/-/'
`
  .split('\n')
  .filter((line) => line !== '');
