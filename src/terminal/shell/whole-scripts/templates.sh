#!/bin/bash
# a small ini/json/template tool
set -u
declare -A cfg; section=
parse_ini() { local line; while IFS= read -r line || [[ -n $line ]]; do line=${line%%[;#]*}; line=${line%"${line##*[![:space:]]}"}; [[ -z $line ]] && continue
  if [[ $line =~ ^\[([^]]+)\]$ ]]; then section=${BASH_REMATCH[1]}; elif [[ $line =~ ^([A-Za-z_][A-Za-z0-9_]*)[[:space:]]*=[[:space:]]*(.*)$ ]]; then cfg[$section.${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}; else echo "bad line: $line" >&2; fi; done < "$1"; }
printf '%s\n' '[server]' 'host = example.org  ; comment' 'port=8080' '' '[db]' '# c' 'name = my db' 'oops' > app.ini; printf 'last=1' >> app.ini
parse_ini app.ini; for k in $(printf '%s\n' "${!cfg[@]}" | LC_ALL=C sort); do printf '%-14s = %s\n' "$k" "${cfg[$k]}"; done
render() { local text=$1 k; for k in "${!cfg[@]}"; do text=${text//"{{$k}}"/${cfg[$k]}}; done; printf '%s\n' "$text"; }
render 'http://{{server.host}}:{{server.port}}/{{missing}} & "{{db.name}}"'
to_json() { local first=1 k; printf '{'; for k in $(printf '%s\n' "${!cfg[@]}" | sort); do ((first)) || printf ','; first=0; printf '"%s":"%s"' "$k" "${cfg[$k]//\"/\\\"}"; done; printf '}\n'; }
to_json | tee c.json; jq -S 'with_entries(select(.key|startswith("server")))' c.json; jq -r 'to_entries[]|"\(.key)=\(.value|length)"' c.json
envsubst_like() { local l; while IFS= read -r l; do while [[ $l =~ (.*)\$\{([A-Z_]+)(:-([^}]*))?\}(.*) ]]; do local n=${BASH_REMATCH[2]}; l=${BASH_REMATCH[1]}${!n:-${BASH_REMATCH[4]}}${BASH_REMATCH[5]}; done; printf '%s\n' "$l"; done; }
NAME=world; envsubst_like <<'T'
hello ${NAME}, ${GREETING:-hi there} ${NOPE}!
T
hex() { printf '%s' "$1" | od -An -tx1 | tr -d ' \n'; echo; }; hex 'Az 가'
bin() { local n=$1 s=; while ((n)); do s=$((n&1))$s; ((n>>=1)); done; echo "${s:-0}"; }; bin 10; bin 0; bin 255
fact() { (( $1 <= 1 )) && echo 1 || echo $(( $1 * $(fact $(( $1 - 1 ))) )); }; fact 10
gcd() { local a=$1 b=$2; while ((b)); do ((t=a%b, a=b, b=t)); done; echo $a; }; gcd 84 36
primes() { local -a s=(); local i j; for ((i=2;i<=$1;i++)); do [[ ${s[i]-} ]] && continue; printf '%d ' $i; for ((j=i*i;j<=$1;j+=i)); do s[j]=x; done; done; echo; }; primes 40
bubble() { local -a a=("$@"); local i j t; for ((i=0;i<${#a[@]};i++)); do for ((j=0;j<${#a[@]}-i-1;j++)); do if ((a[j]>a[j+1])); then t=${a[j]}; a[j]=${a[j+1]}; a[j+1]=$t; fi; done; done; echo "${a[*]}"; }; bubble 5 3 9 1
stack=(); push() { stack+=("$1"); }; pop() { local n=${#stack[@]}; ((n)) || return 1; printf -v "$1" %s "${stack[-1]}"; unset 'stack[-1]'; }; push a; push 'b c'; pop x; echo "$x ${#stack[@]}"; pop x; pop x || echo empty
rev_words() { local -a w; read -ra w <<< "$1"; local out=(); for ((i=${#w[@]}-1;i>=0;i--)); do out+=("${w[i]}"); done; echo "${out[*]}"; }; rev_words 'the quick  brown fox'
roman() { local n=$1 r= v; for v in 1000:M 900:CM 500:D 400:CD 100:C 90:XC 50:L 40:XL 10:X 9:IX 5:V 4:IV 1:I; do while ((n>=${v%:*})); do r+=${v#*:}; ((n-=${v%:*})); done; done; echo $r; }; roman 1994
IFS=. read -r a b c d <<< 192.168.10.77; printf '%d\n' "$(( (a<<24) + (b<<16) + (c<<8) + d ))"; printf '%s.%s.%s.0/24\n' $a $b $c
cal() { local -i d=1 w=$1 days=$2; printf '%*s' $((w*3)) ''; for ((;d<=days;d++)); do printf '%2d ' $d; (( (d+w)%7==0 )) && echo; done; echo; }; cal 3 30
matrix=(1 2 3 4 5 6); for r in 0 1; do for c in 0 1 2; do printf '%d ' "${matrix[r*3+c]}"; done; echo; done
str=aabbbc; while [[ $str =~ ^((.)\2*)(.*)$ ]]; do printf '%d%s' ${#BASH_REMATCH[1]} ${BASH_REMATCH[2]}; str=${BASH_REMATCH[3]}; done; echo
echo $(( 16#ff + 2#101 + 8#17 )) $(( 7 / 2 )) $(( -7 % 3 )) $(( 2 ** 10 )) $(( 1 ? 5 : 6 )) $((x = 5, x++ + ++x)) $x
echo {a..e..2} {01..03} {x,y}{1,2} pre{,-suf} {5..1..2}; echo "${RANDOM:+r}" ${LINENO:+l}; echo "$undefined_here"; echo not reached
