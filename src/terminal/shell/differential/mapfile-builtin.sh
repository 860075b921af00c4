mapfile -t -C 'echo cb' -c 2 x < <(seq 5); declare -p x

mapfile -C 'printf "<%s>"' -c 1 x < <(printf 'a b\nc\n'); declare -p x

f() { echo "f $# $1 [$2]"; }; mapfile -t -c 3 -C f arr < <(seq 7); echo ${#arr[@]}

mapfile -c 0 x; echo $?; mapfile -c z x; echo $?; mapfile -n -1 x; mapfile -O z x; mapfile -u 77 x; echo $?; mapfile -C; echo $?

mapfile -n 2 -s 1 -O 3 -t x < <(seq 9); declare -p x; mapfile -d , y <<< 'a,b,c'; declare -p y; readarray -z; mapfile 1a; mapfile ''

readonly r; mapfile r <<< x; echo $?; declare -A h; mapfile h <<< x; echo $?; mapfile -t < fruit.txt; echo "${MAPFILE[@]}"

mapfile -t a < fruit.txt; echo ${#a[@]} "${a[4]}" "${a[-1]}"; mapfile -n 1 b < fruit.txt; printf '%q\n' "$b"; mapfile c < /dev/null; declare -p c

mapfile -t -u 3 x 3< fruit.txt; echo ${x[1]}; mapfile -t -s 2 y < fruit.txt; echo ${y[0]}; x=(a b c d e f g h); mapfile -t -O 6 x < passwd; declare -p x

mapfile -d '' x < <(printf 'a b\0c\0'); declare -p x; mapfile -t -d '' x < <(printf 'a\0b'); declare -p x; readarray -t y <<< $'1\n2\n\n'; declare -p y

printf '%s\n' a b c | { mapfile -t x; echo ${#x[@]}; }; echo ${#x[@]}; mapfile -t x < <(printf 'no newline'); declare -p x; shopt -s lastpipe; printf '%s\n' p q | mapfile -t z; echo ${z[1]}

n=0; count() { n=$((n + 1)); last=$1; }; mapfile -t -C count -c 1 lines < fruit.txt; echo $n $last; mapfile -t -C 'count x' -c 4 lines < fruit.txt; echo $n $last

stop() { exit 3; }; mapfile -t -C stop -c 2 x < fruit.txt; echo never

mapfile -tn2 x < fruit.txt; declare -p x; mapfile -ts4 -- x < fruit.txt; declare -p x; mapfile x y < passwd; echo ${#x[@]}; mapfile 2>&1 < nosuch

mapfile -t -O 2 a < fruit.txt; declare -p a; mapfile -C 'echo cb' -c 2 -t b < fruit.txt; mapfile -n 0 -t c < fruit.txt; echo ${#c[@]}; mapfile -d '' d < fruit.txt; echo ${#d[@]}; readarray -t -s 10 e < fruit.txt; declare -p e

mapfile -t -n x a < fruit.txt; echo $?; mapfile -O -1 a < fruit.txt; echo $?; mapfile -u 77 a; echo $?; mapfile 1a < fruit.txt; echo $?; readonly ro; mapfile ro < fruit.txt; echo $?; mapfile -c 0 a < fruit.txt; echo $?; declare -A as; mapfile as < fruit.txt; echo $?; mapfile '' < fruit.txt; echo $?; mapfile a b < fruit.txt; echo $?

mapfile -t lines < <(printf '%s\n' a 'b c' ''); echo "${#lines[@]} [${lines[1]}] [${lines[2]}]"; mapfile -t -C 'f' -c 1 arr < fruit.txt; f() { echo "cb $1 $2"; }; mapfile -C f -c 2 -t arr < fruit.txt; mapfile -d : -t p <<< 'a:b:c'; declare -p p; mapfile -n 2 -s 1 -O 5 -t q < fruit.txt; declare -p q

mapfile -t -u 4 x 4< passwd; echo ${#x[@]}; readarray -d ';' -t y < <(printf 'a;b;c'); declare -p y; readarray z <<< ''; declare -p z; readarray w < /dev/null; declare -p w; mapfile < fruit.txt; echo ${#MAPFILE[@]} "${MAPFILE[0]}"

mapfile -t lines < fruit.txt; echo ${#lines[@]} "${lines[1]}" "[${lines[4]}]"; readarray -n 2 two < fruit.txt; printf '%s' "${two[@]}"; mapfile -s 2 -n 1 -t x < fruit.txt; echo ${x[0]}; mapfile -O 3 -t x < passwd; echo ${!x[@]}; mapfile -d ' ' -t w <<< 'a b c'; echo ${#w[@]} "${w[2]}"

cb() { echo "cb $1 [$2]"; }; mapfile -C cb -c 2 -t L < <(seq 5); echo ${L[@]}; mapfile -C 'echo now' -c 1 x <<< one; mapfile -C cb < <(seq 3); echo ${#MAPFILE[@]}; mapfile -c 0 q <<< x; echo $?; mapfile -n x q; echo $?; mapfile -u 77 q; echo $?; mapfile 1bad; echo $?

mapfile -t a <<< $'1\n2\n3'; echo "${a[@]}"; mapfile -n 2 b <<< $'1\n2\n3'; declare -p b; mapfile -s 1 -O 5 c <<< $'1\n2\n3'; declare -p c; mapfile -C 'echo cb' -c 1 d <<< $'x\ny'; mapfile -d : -t e <<< 'a:b:c'; declare -p e; mapfile -u 9 f; mapfile -c 0 g; mapfile -n x h; mapfile 1a; mapfile -q

mapfile -t -C 'f' -c 2 a < <(seq 5); f() { echo "f $*"; }; mapfile -t -C 'f' -c 2 a < <(seq 5); echo ${#a[@]}
