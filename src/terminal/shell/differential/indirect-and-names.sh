a=b; b=c; echo ${!a}; a=nope; echo "[${!a}]"; a=; echo ${!a}; echo next

a=b; b='x y'; echo "${!a}" ${!a}; for i in ${!a}; do echo $i; done; echo "${!a:-d}" "${!a#x}" "${!a^^}" ${#b}

a='arr[1]'; arr=(p q r); echo ${!a}; a='arr[@]'; echo "${!a}"; for i in "${!a}"; do echo $i; done; a='arr[-1]'; echo ${!a}

set -- x y z; i=2; echo ${!i} ${!#} ${!1-unset}; x=ex; echo ${!1}

pre_a=1 pre_b=2 prx=3; echo ${!pre_*} "${!pre_@}" ${!nothing*}; for i in "${!pre_@}"; do echo $i; done; IFS=,; echo "${!pre_*}"

a=(x y); a[5]=z; echo ${!a[@]} "${!a[*]}"; for i in ${!a[@]}; do echo $i=${a[i]}; done; v=s; echo ${!v[@]}; unset q; echo "[${!q[@]}]"

declare -A m=([k1]=v1 [k2]=v2); for k in "${!m[@]}"; do echo "$k"; done | sort; r='m[k1]'; echo ${!r}

declare -n ref=target; target=5; echo $ref ${!ref}; ref=6; echo $target; unset ref; echo ${target-gone}; declare -p ref

f() { declare -n out=$1; out=result; }; f var; echo $var; g() { local -n arr=$1; arr+=(new); echo ${#arr[@]}; }; list=(a); g list; echo ${list[@]}

declare -n r1=r2; declare -n r2=val; val=deep; echo $r1; r1=changed; echo $val; unset -n r1; echo ${r1-none} $val

a='bad name'; echo ${!a}; echo next

a=b; unset b; echo "${!a-dflt}" "${!a+set}"; : ${!a:=made}; echo $b; unset zz; echo "${!zz}"; echo next

for v in HOME PATH; do [ -n "${!v}" ] && echo $v ok; done; v=IFS; printf %q "${!v}"; echo; v=1; set -- first; echo ${!v}

declare -n loopvar; for loopvar in a b; do loopvar=1; done; echo ${a-} ${b-}; declare -p loopvar

f() { local -n r=$1; r=new; r2=${!r}; echo $r2; }; v=old; f v; echo $v; declare -n n=arr; arr=(1 2); echo ${n[1]} ${#n[@]}; n+=(3); echo ${arr[@]}; declare -p n; unset -n n; declare -n q; q=zz; zz=5; echo $q; [[ -R q ]] && echo ref; for q in a b; do echo $q; done

unset r; echo ${!r}; echo $?; r='bad name'; echo ${!r}; echo $?

pre_a=1 pre_b=2 pre_c=3; echo ${!pre_*}; echo "${!pre_@}"; for n in ${!pre_*}; do echo $n=${!n}; done; IFS=,; echo "${!pre_*}"

a=(10 20 30); i=1; echo $((a[i])) $((a[i+1]+a[0])) $((a[1]++)) ${a[1]}; ((a[5]=7)); echo ${!a[@]}; declare -A m=([x]=5); echo $((m[x]+1)) $((m["x"]*2)); ((m[y]+=3)); echo ${m[y]}

declare -a a=(1 2); f() { local -a a=(inner); a+=(more); echo ${a[@]}; }; f; echo ${a[@]}; g() { a=(changed); }; g; echo ${a[@]}; h() { local -n r=$1; r+=(viaref); echo ${#r[@]}; }; h a; echo ${a[@]}

declare -n ref=arr; arr=(a b); echo ${ref[1]} ${#ref[@]}; ref+=(c); echo ${arr[@]}; declare -n r1=r2; r2=5; echo $r1; unset r1; echo "[$r2]"; declare -n self=self; echo $?; f() { local -n out=$1; out=result; }; f answer; echo $answer; echo ${!ref}

declare -n r=x; x=5; echo $r; r=6; echo $x; declare -p r; unset r; echo "[$x]"; unset -n r; declare -n s=s; declare -n t; t=u; u=1; echo $t ${!t}; declare -n 1x=y; declare -n q=1a

declare -l l=ABC; echo $l; declare -u u=abc; echo $u; declare -c c='hello world'; echo "$c"; declare -lu z=aB; echo $z; l=XYZ; echo $l; declare -p l u c

f() { declare -g g=1; local l=2; declare d=3; declare -I i; }; f; echo "$g|$l|$d"; x=5; f() { local -I x; echo $x; x=6; }; f; echo $x; f() { local x; echo "[$x]"; }; f

f() { local -; set -f; echo $-; }; f; echo $-; local y; f() { local a=1 b=2; local; local -p; }; f; f() { local -r q=1; q=2; echo no; }; f; echo $?

declare -f nosuch; echo $?; f() { echo; }; declare -F; declare -F f; declare -f f; declare -F nosuch; echo $?; declare -p nosuch; echo $?; declare -p f; declare -x v=1; declare -p v; declare +x v; declare -p v; declare -r ro=1; ro=2; declare +r ro; unset ro; declare -z; declare 1x=2; declare a[0]=1; declare -p a; declare -a b=(1 2); declare -A m=([k]=v [j]=w); declare -p b m; declare -A m2=(a 1 b 2); declare -p m2

f() { trap 'echo in' EXIT; }; f; trap; (trap 'echo sub' EXIT); echo; x=$(trap 'echo cs' EXIT); echo $x; trap 'echo out' EXIT; (echo s); exec true
