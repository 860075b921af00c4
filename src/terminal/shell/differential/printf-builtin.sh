printf '%s\n' a b c; printf '%s-%s\n' 1 2 3; printf 'no args\n'; printf '%s' ; echo; printf 'x%%y\n'; printf '%s %d\n' a 1 b; printf -- '--\n'; printf '\n'

printf '%d %i %u %o %x %X %#o %#x\n' 42 42 42 42 255 255 8 255; printf '%d\n' -5 +7 010 0x1f "'A" '"B'; printf '%u\n' -1; printf '%d\n' ''; printf '%d\n' 9223372036854775807

printf '%5d|%-5d|%05d|%+d|% d|%5s|%-5s|%.2s|%5.1s|\n' 42 42 42 42 42 ab ab abc xyz; printf '%*d|%-*s|%.*f\n' 5 42 6 ab 2 3.14159

printf '%(%Y-%m-%d)T\n' 0; printf '%(%H:%M:%S)T\n' 3661; printf '%(%s)T\n' 86400; TZ=UTC printf '%(%F %T %Z)T\n' 1700000000; printf '%10(%Y)T|\n' 0; printf '%(%a %b %e %j)T\n' 951782400

for i in 1 10 100; do printf '%4d:%s\n' $i x; done; printf '%s=%s\n' a 1 b 2 | while IFS== read k v; do echo $k $v; done; printf '%s\n' "${a[@]}"; printf '=%.0s' {1..10}; echo; printf -- '-%.0s' 1 2 3; echo; printf '%b' 'no newline\c'; printf '%s' x > /dev/null

printf '%f %.2f %e %E %g %G\n' 3.14159 2.5 12345.678 0.00012 1000000 0.00001; printf '%5.1f|%-8.2f|%+.1f\n' 3.14159 2.5 1; printf '%f\n' abc; echo $?; printf '%.3e\n' 0; printf '%g\n' 100000 1e10 0.1

printf '%c%c\n' abc d; printf '%b\n' 'a\tb\n' 'hex\x41'; printf '%b|' 'x\cy' z; echo; printf '%q\n' 'a b' "it's" '' '$x' $'t\tb' '*' 'a;b' 한글; printf '%s\n' "$(printf '%q ' "a b" c)"

printf 'a\tb\\n\101\x42\u00e9\n'; printf '\e[1m' | cat -v; echo; printf 'x\0y' | od -c | head -1; printf '\a\b\f\v' | cat -v; echo; printf '\q\n'; printf 'end\'; echo

printf -v x '%03d' 7; echo $x; printf -v 'a[2]' '%s' el; echo ${a[2]}; printf -v y 'multi\nline'; echo "$y"; printf -v 1x a; echo $?

printf '%d\n' x; echo $?; printf '%d %d\n' 1x 2; echo $?; printf; echo $?; printf -z; echo $?; printf '%'; echo $?

printf '%s %s %s\n' a b c d e; printf '%s,' {1..5}; echo; printf '%-10s|%10s|\n' left right; printf '%s\n' "a b" 'c  d'; printf "%s\n" "$@"; printf '[%s]\n' "" ''

printf '%ld %lld %hd %5.3d|%x\n' 1 2 3 7 -1; printf '%05s|%-05d|\n' ab 4; printf '%+5d|%+-5d|% 5d|\n' 3 3 3; printf "%'d\n" 1234567; printf '%.10d|%.0d|\n' 42 0

printf '%.0f %.0f %.0f %.1f %.2f %.1f\n' 0.5 1.5 2.5 0.25 0.125 0.35; printf '%.0f %.0f %.1f\n' -0.5 -2.5 -0.75; printf '%b' 'x\cy'; echo; printf '%s' 'x\c'; echo; printf '%e %g\n' 12345.6789 0.0001; printf '%x %o\n' -1 8

printf '%b|' '\101' '\0101' 'a\x41' '\0' '\12' '\1015' '\01015'; echo; echo -e '\0101 \101'; printf '%b\n' 'caf\303\251'; printf '\0101\n'

v=$'a b\n\tc'; echo "${v@Q}" "${v@E}"; w='\tx\n'; printf '%s|' "${w@E}" "${w@Q}" "${w@U}" "${w@u}" "${w@L}"; p='\u@\h \w \$ \j'; echo "${p@P}" | tr -d '\n' | wc -l; declare -i n=3; declare -rx r=1; declare -a arr=(a 'b c'); declare -A m=([k]='v v'); echo "${n@A}" "${r@A}" "${arr@A}" "${m@A}" "${arr[@]@A}"; echo "${n@a}" "${r@a}" "${arr@a}" "${m@a}"; echo "${arr[@]@K}" "${m[@]@K}"; printf '<%s>' "${arr[@]@k}" "${m[@]@k}"; echo "${arr[@]@Q}" "${@@Q}" "${*@Q}"

read -N 3 x <<< $'a\nbcd'; printf '%q\n' "$x"; read -n 3 x <<< $'a\nbcd'; printf '%q\n' "$x"; read -d ';' -n 2 x <<< 'a;b'; echo "$x"; read -N 5 a b <<< 'a b c d e'; echo "<$a><$b>"; IFS=, read -N 3 -a arr <<< a,b,c; declare -p arr; read -i default -e x <<< typed; echo $x; read -i init x <<< t; echo $x $?

read -r -d '' text <<'EOT'
  line one
    line two
EOT
echo "$?"; printf '%s' "$text"

while IFS='=' read -r key value; do [[ $key =~ ^[[:space:]]*# || -z $key ]] && continue; declare -A conf; conf[$key]=$value; done <<'E'
# comment
host=example.org
port=80=80
user = root
E
for k in $(printf '%s\n' "${!conf[@]}" | sort); do echo "$k -> ${conf[$k]}"; done

read -t 0.1 -p 'x? ' v < <(sleep 1; echo late); echo "$? <$v>"; echo -n abc | { read -n 2 a; read -n 2 b; echo "$a $b $?"; }; printf 'a\0b' | { IFS= read -r -d '' x; echo $x; }

die() { printf '%s: line %d: %s\n' "${BASH_SOURCE[1]##*/}" "${BASH_LINENO[0]}" "$*" >&2; exit 1; }; f() { die "bad thing"; }; f

enable -n printf; printf 'x\n'; type -t printf; enable printf; enable -a | grep -c enable; enable -pn; enable nosuch1 nosuch2; builtin nosuch; command -V cd if ls nosuch

printf '%(%Y)T\n' 86400; printf -v now '%(%s)T' -1; [[ $now =~ ^[0-9]{10}$ ]] && echo ok; printf '%(%F)T|%s\n' 0 x 86400 y; printf '%s %q\n' a 'b c' d; printf '%5.2f|%-5s|%05d|%+d|%x|%o|%e\n' 3.14159 ab 42 7 255 8 12345.678; printf '%b' 'a\tb\n\x41\n'; printf '%c%c\n' hello world; printf '%*d|%-*d|\n' 5 42 5 42; printf '%.3s|\n' abcdef

printf '%s %s\n' a b c; printf '%d%%\n' 50; printf '[%5d][%-5d][%05d][%+d][% d]\n' 42 42 42 42 42; printf '[%.2f][%8.3f][%-8.1f][%e][%g][%G]\n' 3.14159 2.5 1.25 12345 0.00001 1e20; printf '%x %X %#x %o %#o\n' 255 255 255 8 8; printf '%c%c\n' hello world; printf '[%10s][%-10s][%.2s][%10.2s]\n' abc abc abc abc

printf '%b' 'a\tb\n' 'c\x41\0101\n'; printf '%q\n' 'a b' "it's" '' $'\n' '$x' 'a;b' '~' '*' é plain; printf '%q %Q\n' 'x y' 'z w'; printf '%.3Q\n' 'a b c d'; printf '\t|\\|\"|\a' | od -c | head -1; printf '%s\n' "$(printf 'x\n\n')"; printf 'a\cb'; echo; printf '%b|' 'a\cb' c; echo

printf '%d\n' 0x1f 017 "'a" '"b' -5 +5 ' 7'; printf '%d\n' 1x; echo $?; printf '%d\n' ''; echo $?; printf '%d\n' abc; echo $?; printf '%u\n' -1; printf '%i\n' 99999999999999999999; echo $?; printf '%f\n' 1e3 abc; echo $?; printf '%d\n' 08; echo $?; printf '%s'; printf '%d %s|\n'; printf '%5%|\n'; echo $?

printf '%*d|%-*d|%.*f\n' 6 42 6 42 2 3.14159; printf '%s\n' -n; printf -- '--%s\n' x; printf -v out '%s-%s' a b; echo $out; printf -v 'arr[2]' %s z; echo ${arr[2]}; printf -v 1x y; echo $?; printf -v; echo $?; printf -x; echo $?; printf '%z\n' 1; echo $?; printf '%' ; echo $?; printf '%1$s\n' a; echo $?; printf '%lld %hd\n' 5 6; printf "%'d\n" 1234567

printf '%s\n' "${a[@]}"; printf '<%s>' "$@"; echo; printf '%s=%s\n' a 1 b; printf 'no args\n' extra; printf '%s %d\n' x 1 y 2; printf '\x41\102\u00e9\n'; printf '\1011\n'; printf '%%s\n'; printf "%s\n" '\n'; printf '%-20s|\n' 한글; printf '%5s|%-5s|\n' é é; printf '%3c|\n' x; printf '%a\n' 1

printf '%.4s|%-8s|%8s|%c|\n' abcdef 한글 é xyz; printf '%lz|\n' 1; printf '%5%|\n'; printf '%d %d\n' 08 0x; printf '%5'; printf '%!' 4; printf 'a\cb|\n'; printf '%.3q|%.3Q|%8Q|\n' 'a b' 'a b c' 'x y'; printf '%i\n' 99999999999999999999; echo $?

printf '%q\n' 'a b' "it's" $'a\nb' '' '~' 'a=b' '#x' 'a{b,c}' $'\x01' 'é' '*' '$x' '!h'

printf '%b\n' 'a\tb\0101\x41\u00e9\c' ; printf '%b|' 'x\cy' z; echo; printf '%s %d\n' a 1 b 2 c; printf '%5.2f|%-5s|%05d|%+d|%x|%X|%#o|%e|%g\n' 3.14159 ab 42 5 255 255 8 12345.678 0.0001

printf -v x '%s-%s' a b; echo $x; printf -v a[2] z; declare -p a; printf -v 1x y; printf -v; printf; printf '%z'; printf '%d\n' abc 0x1f 010 "'a" 1.5 99999999999999999999; echo $?; printf '%*d|%-*d|%.*f\n' 5 1 5 2 2 3.14159; printf '%s\n'; printf 'a\n' b c; printf -- '-x\n'; printf '%c%c\n' abc d; printf '%i %u\n' -1 -1; printf '\x41\101\u20ac\n'; printf '%%\n'; printf '%5%|\n'; printf '%s' > /dev/full; echo $?
