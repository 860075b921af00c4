[[ abc123 =~ ([a-z]+)([0-9]+) ]] && echo "${BASH_REMATCH[0]} ${BASH_REMATCH[1]} ${BASH_REMATCH[2]} ${#BASH_REMATCH[@]}"

[[ 2024-01-31 =~ ^([0-9]{4})-([0-9]{2})-([0-9]{2})$ ]] && echo ${BASH_REMATCH[3]}/${BASH_REMATCH[2]}/${BASH_REMATCH[1]}; [[ 24-1-31 =~ ^[0-9]{4} ]] || echo no

re='^[[:space:]]*([[:alnum:]_]+)[[:space:]]*=(.*)$'; [[ '  key_1 = value' =~ $re ]] && echo "<${BASH_REMATCH[1]}><${BASH_REMATCH[2]}>"; [[ 'a b' =~ "$re" ]] || echo quoted

[[ a.c =~ a.c ]] && echo 1; [[ abc =~ a"."c ]] || echo 2; [[ a.c =~ a\.c ]] && echo 3; [[ abc =~ a\.c ]] || echo 4; [[ 'a b' =~ a\ b ]] && echo 5; [[ 'a b' =~ 'a b' ]] && echo 6; r='a b'; [[ 'xa bx' =~ $r ]] && echo 7

[[ foobar =~ foo|baz ]] && echo 1; [[ foobar =~ ^(foo|baz)bar$ ]] && echo 2; [[ ab =~ (x)?ab ]] && echo "[${BASH_REMATCH[1]}]" ${#BASH_REMATCH[@]}; [[ aab =~ a*b ]] && echo $BASH_REMATCH; [[ b =~ a+ ]] || echo 3; [[ ab =~ a{2} ]] || echo 4

[[ nomatch =~ x ]]; echo $? ${#BASH_REMATCH[@]}; [[ yes =~ y ]]; echo $? ${BASH_REMATCH[@]}; [[ '' =~ ^$ ]] && echo empty; [[ abc =~ '' ]] && echo any; [[ abc =~ ^ ]] && echo start; [[ abc =~ $ ]] && echo end

[[ user@example.com =~ ^([^@]+)@([^@.]+)\.([a-z]+)$ ]] && echo "${BASH_REMATCH[@]:1}"; [[ 192.168.1.20 =~ ^([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)$ ]] && echo ${BASH_REMATCH[4]}

[[ 'a]b' =~ a\]b ]] && echo 1; [[ 'a]b' =~ []] ]] && echo 2; [[ 'a-b' =~ [a-] ]] && echo 3; [[ 'a^b' =~ [x^] ]] && echo 4; [[ 'a\b' =~ a\\b ]] && echo 5; [[ 'a$b' =~ a\$b ]] && echo 6; [[ 'a(b' =~ a\(b ]] && echo 7; [[ 'a|b' =~ a\|b ]] && echo 8

v=foo; [[ foo.txt =~ ^$v\.txt$ ]] && echo 1; [[ foo =~ ^${v}$ ]] && echo 2; [[ "$v" =~ ^$(echo foo)$ ]] && echo 3; [[ $v =~ o{2} ]] && echo 4; [[ $v =~ ^f(o)(o)$ ]] && echo ${BASH_REMATCH[2]}; n=2; [[ $v =~ o{$n} ]] && echo 5

if [[ "v1.28.3" =~ ^v([0-9]+)\.([0-9]+)\.([0-9]+)$ ]]; then (( ${BASH_REMATCH[2]} >= 28 )) && echo new; fi; s='k=v;x=y'; while [[ $s =~ ^([^=]+)=([^;]*)\;?(.*)$ ]]; do echo "${BASH_REMATCH[1]}->${BASH_REMATCH[2]}"; s=${BASH_REMATCH[3]}; done

f() { [[ $1 =~ ^-?[0-9]+$ ]]; }; for i in 1 -5 1.2 a ''; do f "$i" && echo "$i int" || echo "$i not"; done; [[ abcabc =~ (abc)\1 ]] && echo backref; [[ ab =~ ((a)(b)) ]] && echo ${BASH_REMATCH[*]}

[[ a =~ a && b =~ b ]] && echo both; [[ ! a =~ b ]] && echo neg; [[ ab =~ (a)(c)? ]] && declare -p BASH_REMATCH; shopt -s nocasematch; [[ ABC =~ b ]] && echo $BASH_REMATCH

[[ x =~ [ ]]; echo $?; r='['; [[ x =~ $r ]]; echo $?; r='('; [[ x =~ $r ]]; echo $?; r='\'; [[ x =~ $r ]]; echo $?

[[ 나 =~ [가-다] ]]; echo $?; [[ 라 =~ ^[가-다]$ ]]; echo $?; [[ é =~ [[:alpha:]] ]]; echo $?; [[ 가나 =~ ^..$ ]]; echo $? ${BASH_REMATCH[0]}

shopt -s nocasematch; case HELLO in hello) echo nc;; esac; [[ ABC == abc ]] && echo br; [[ ABC =~ ^a ]] && echo re; v=FOO; echo ${v/foo/x} ${v#f}; shopt -u nocasematch; case HELLO in hello) echo no;; *) echo ok;; esac

[[ 2024-05-01 =~ ^([0-9]{4})-([0-9]{2})-([0-9]{2})$ ]] && echo ${BASH_REMATCH[1]} ${BASH_REMATCH[@]:2} ${#BASH_REMATCH[@]}; [[ abc =~ b ]] && echo ${BASH_REMATCH}; [[ abc =~ x ]]; echo $? "[${BASH_REMATCH[0]}]"

re='(a|b)+c?'; [[ xxababc =~ $re ]] && echo "${BASH_REMATCH[0]}" "${BASH_REMATCH[1]}"; [[ 'a.b' =~ a\.b ]] && echo esc; [[ axb =~ 'a.b' ]] || echo quoted; [[ axb =~ a'.'b ]] || echo part; [[ "a b" =~ a\ b ]] && echo sp; [[ a+b =~ a\+b ]] && echo plus; [[ x =~ ^(y|)x$ ]] && echo alt ${#BASH_REMATCH[1]}

for ip in 10.0.0.1 256.1.1.1 1.2.3 a.b.c.d; do if [[ $ip =~ ^([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})\.([0-9]{1,3})$ ]] && ((BASH_REMATCH[1]<256 && BASH_REMATCH[2]<256)); then echo $ip ok; else echo $ip bad; fi; done

for m in user@host.org bad@ @x a@b; do [[ $m =~ ^[[:alnum:]._-]+@[[:alnum:].-]+\.[a-z]{2,}$ ]] && echo "$m yes" || echo "$m no"; done; [[ v1.27.3 =~ v([0-9]+)\.([0-9]+) ]] && echo $((BASH_REMATCH[1]*100+BASH_REMATCH[2])); [[ $'l1\nl2' =~ l2$ ]] && echo ml
