echo a'b'"c"\d 'a"b' "a'b" "a\"b" 'a\b' "a\b" a\ b "\$HOME" '$HOME' "\`" "\\" '\\' \\ \' \"

echo "a

b" 'c

d' e\

f "g\

h" 'i\

j'

echo $'a\tb\nc\\d\'e\"f' $'\x41\101\u0042\U00000043' $'\e[0m' $'\a\b' $'q\cAr' | cat -v

echo "" '' a"" ''b "$(echo '')" x; set -- "" '' a"" ; echo $#; printf '<%s>' "" 'a'"" \  ; echo

echo "$(echo "nested "quotes"")" "$(echo 'single "in"')" "`echo \"back\"`" "$(echo $(echo "deep 'q'"))"

v='a"b'; echo $v "$v" "${v}"; w="'"; echo $w"$w"$w; eval "echo \"$v\"" 2>&1 | head -1; echo "${v:-"x"}" "${u:-'y'}" ${u:-'z'} "${u:-\"q\"}"

echo "a\nb" 'a\nb' a\nb "a\tb" "\a" "\!" "!" '!' "\'" "\(" "\*" "*" \* '*'

echo \a\b\c "\a\b\c" \

continued; echo "tab	in" sp\ \ ace; echo \#notcomment #comment; echo a#b '#c' "#d"; echo x \; y \& z \| w \> \<

cat <<E; cat <<'E'; cat <<"E"; cat <<\E
$((1+1)) "q" 'r' \$x \\ \` \"
E
$((1+1)) "q" \$x \\
E
$HOME
E
`x`
E

echo $"locale string" $"with \$var and $((1+1))"; v=x; echo $"v is $v"; echo $'no $v here' "yes $v"; echo $'it\'s' 'it'\''s' "it's"

a='x  y'; b="$a"; c=$a; echo "$b|$c"; d="$(echo "$a")"; echo "$d"; e="a"'b'c; echo $e; f=a\ b; echo "$f"; g="\"q\""; echo $g; h='\'; echo "$h$h"

case "a b" in a\ b) echo 1;; esac; case 'a*' in "a*") echo 2;; esac; case 'a*' in a\*) echo 3;; esac; [[ 'a b' == 'a b' ]] && echo 4; [[ a\\b == 'a\b' ]] && echo 5; for i in 'a b' "c d" e\ f; do echo "$i"; done

echo 'a'$'\n''b' "x"$'\t'"y"; printf '%s\n' 'a\nb' "a\\nb" $'a\\nb'; echo -e 'a\nb'; echo -e "a\\tb" 'c\\d' "e\\\\f"; echo "\\n" '\\n'

x="a'b"; y='c"d'; printf '%q %q %q %q\n' "$x" "$y" '$z' ''; set -x; : "$x" "$y" '$z' '' "a b" a; set +x; declare -p x y

echo ${v!x}; echo never

echo ${}; echo never

echo ${a.b}; echo $?; echo go on

v=x; echo "$v" "${v}" $v$v ${v}y $vy "$v-$v" '$v' "\$v" $'$v' "$'v'" ""$v"" ''"$v"''

echo $1$2 $10 ${10}; set -- a b c d e f g h i j; echo $1 $10 ${10} $# "$*" $@ ; shift 3; echo $1 ${7} ${8-none}

echo "$@" | wc -w; set -- "a  b" ''; echo $#; for x in "$@"; do echo "[$x]"; done; for x in $@; do echo "[$x]"; done; for x in "$*"; do echo "[$x]"; done; for x in pre"$@"post; do echo "[$x]"; done

declare -i n=5; n+=3; echo $n; n=n*2; echo $n; n="2 + 2"; echo $n; n=abc; echo $n; n=08; echo $? $n; declare -i m=1/0; echo after

echo a"b"'c'\d$'e'; echo "a\nb" 'a\nb' $'a\nb'; echo "\"" '"' \" \' "'" \\ "\\" '\'; echo "a\
b" c\
d 'e\
f'

echo $'\a\b\e\f\r\t\v\\\'\"\?' | od -c | head -2; echo $'\x41\x4a4' $'\101\0' $'\u00e9\U0001F600' $'\cA' | od -An -tx1; echo $'tab\tq\'s'

echo "$" '$' $ "$ x" $% "$%" a$ "a$"; echo "`echo x`" '`echo x`' \`; echo "!" '!' \! !; echo # comment
echo a#b '#' \# "#c" $#

v="a b"; echo ${v}"$v"${v}; echo "x${v}y"$v'z'; printf '<%s>' "a"b"c" 'd'"e f"g; echo; printf '<%s>' "" '' "$e" $e; echo; [ -n "" ]; echo $?; [ -n $nope ]; echo $?
