v='  a  b   c '; for i in $v; do echo "<$i>"; done; echo $v; echo "$v"; set -- $v; echo $#; set -- "$v"; echo $#; set -- x$v; echo $1

IFS=:; v=a:b::c:; for i in $v; do echo "<$i>"; done; set -- $v; echo $#; v=::; set -- $v; echo $#; v=:a; set -- $v; echo "$#<$1>"

IFS=' :'; v='a : b:c :  : d'; for i in $v; do echo "<$i>"; done; v=' : '; set -- $v; echo $#; v='a :b'; set -- $v; echo $#

IFS=; v='a b'; set -- $v; echo $#; unset IFS; set -- $v; echo $#; IFS=' '; v=$'a\tb\nc d'; set -- $v; echo $#; IFS=$'\n'; set -- $v; echo $#

IFS=,; set -- a b c; echo "$*" $* "$@" $@; v="$*"; echo $v; v=$*; echo "$v"; IFS=; echo "$*" $*; unset IFS; echo "$*"; a=(x y); IFS=-; echo "${a[*]}"

set -- 'a b' c; for i in $@; do echo "[$i]"; done; for i in "$@"; do echo "{$i}"; done; for i in $*; do echo "($i)"; done; for i in "$*"; do echo "<$i>"; done

x=$(printf 'a b\nc\n\n'); set -- $x; echo $#; set -- "$x"; echo $#; for i in $(printf 'q r\ns'); do echo "<$i>"; done; IFS=$'\n'; for i in $(printf 'q r\ns'); do echo "<$i>"; done

e=; set -- $e; echo $#; set -- "$e"; echo $#; set -- $e"" x$e $e$e; echo $#; set -- "" ''; echo $#; set -- "$@"$e; echo $#; set --; set -- "$@"; echo $#; set -- "x$@y"; echo $#

v='a b'; set -- x${v}y "x${v}y" x"$v"y; printf '<%s>' "$@"; echo; set -- ${v}${v}; printf '<%s>' "$@"; echo; set -- 1$v"2 3"$v; printf '<%s>' "$@"; echo

IFS=x; v=axbxc; echo $v; set -- $v; echo $#; set -- axb; echo $#; IFS=0; echo $((101)) "$((101))"; n=505; set -- $n; echo $#; for i in 10; do echo $i; done

v='*.txt a'; set -- $v; echo $#; set -- "$v"; echo $#; set -f; set -- $v; echo "$1"; set +f; v='\*'; echo $v; v='a\ b'; set -- $v; echo $# "$1"

set -- a 'b c' ''; echo $# "$#"; printf '[%s]' "$@" ; echo; printf '[%s]' $@; echo; printf '[%s]' "${@}x"; echo; printf '[%s]' "$@$@"; echo; printf '[%s]' ${@:2}; echo; printf '[%s]' "${@:2}"; echo

IFS=$' \t\n'; v=$' \n a \n\n b \n'; set -- $v; echo "$#:$1:$2"; read -r x y <<< "  p   q r  "; echo "<$x><$y>"; IFS=: read -r x y z <<< "a::b:c"; echo "<$x><$y><$z>"; IFS=: read -ra q <<< ":a::"; echo ${#q[@]}

IFS='|'; v='a|b'; a=($v); echo ${#a[@]}; b=("$v"); echo ${#b[@]}; case $v in 'a|b') echo nosplit;; esac; w=$v; echo "$w"; [[ $v == 'a|b' ]] && echo same; cat <<< $v

v='a  b	c'; echo $v; printf '[%s]' $v; echo; set -- $v; echo $#; IFS=; set -- $v; echo $#; IFS=b; set -- $v; echo $# "$1" "$2"; unset IFS; set -- $v; echo $#

IFS=:; v=a::b:; set -- $v; echo $#; printf '[%s]' $v; echo; v=:a; printf '[%s]' $v; echo; v=:; set -- $v; echo $#; v=::; set -- $v; echo $#; echo $v "$v"

IFS=' :'; v='a : b:c  d : '; printf '[%s]' $v; echo; IFS=': '; v=' :a: '; printf '[%s]' $v; echo; IFS=$'\n'; v=$'l 1\nl 2\n\nl 3'; printf '[%s]' $v; echo; IFS=$' \t\n'

IFS=/; p=/usr/local/bin; set -- $p; echo $# "$1" "$2" "$*"; echo "$*" $*; a=($p); echo ${#a[@]} "${a[*]}"; IFS=; echo "$*"; IFS=xy; echo "$*"

e=; set -- $e; echo $#; set -- "$e"; echo $#; set -- $e$e; echo $#; set -- ""$e; echo $#; set -- $e""; echo $#; set -- '' "" $e; echo $#; set -- "$@$e"; echo $#; set --; set -- "$@"; echo $#; set -- "$*"; echo $#

v='1 2'; x=$v; echo "$x"; x=${v}; declare y=$v; echo "$y"; f() { local z=$v; echo "$z"; }; f; export w=$v; echo "$w"; case $v in '1 2') echo c;; esac; [[ $v == '1 2' ]] && echo b; [ $v = '1 2' ]; echo $?

IFS=,; read -r a b c <<< 'x,y,z,w'; echo "$a|$b|$c"; read -ra arr <<< 'p,q,,r'; echo ${#arr[@]} "${arr[2]}"; echo "${arr[*]}"; for i in 'a,b' c,d; do echo $i; done; v=c,d; for i in $v; do echo $i; done; echo $(echo m,n)

set -- -a 'x y' '*' ''; printf '%s|' "$@"; echo; args=("$@" end); printf '%s|' "${args[@]}"; echo; g() { printf '%s|' "$@"; echo; }; g "$@"; g $@; g "$*"; g ${@}; g "${@:2}"; g "${args[@]:1:2}"; cmd=(printf '<%s>\n' "a b"); "${cmd[@]}"

IFS=/; set -- '' a '' b ''; printf '[%s]' $*; echo; printf '[%s]' $@; echo; IFS=' '; printf '[%s]' $*; echo; IFS=; printf '[%s]' $*; echo;  printf '[%s]' $@; echo; unset IFS; printf '[%s]' $*; echo; a=('' x ''); IFS=:; printf '[%s]' ${a[@]}; echo; printf '[%s]' ${a[*]}; echo; printf '[%s]' x${a[*]}y x${a[@]}y; echo
