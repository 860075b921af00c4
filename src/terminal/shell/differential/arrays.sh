a=(one two three); echo ${a[0]} ${a[1]} ${a[-1]} ${a[@]} ${#a[@]} $a "${a[*]}"

a=(); echo ${#a[@]} "[${a[@]}]"; a[3]=x; echo ${#a[@]} ${!a[@]}; a[1]=y; echo "${a[@]}" "${!a[@]}"; a+=(z); echo ${!a[@]}

a=(a 'b c' "d e"); for i in "${a[@]}"; do echo "<$i>"; done; for i in ${a[@]}; do echo "[$i]"; done; for i in "${a[*]}"; do echo "{$i}"; done

a=([2]=c [0]=a b); echo "${!a[@]}" "${a[@]}"; a=([1]=x [1]=y z); declare -p a; b=([5]+=q); declare -p b

a=(1 2 3); unset 'a[1]'; echo ${a[@]} ${#a[@]} ${!a[@]}; a=("${a[@]}"); echo ${!a[@]}; unset a[0]; echo ${a[@]}; unset a; echo "[${a[@]}]"

a=(x); a[0]+=y; a+=(z); echo ${a[@]}; a+=w; echo ${a[@]}; s=str; s+=(arr); declare -p s; s[0]=new; echo $s

a=(3 1 2); IFS=$'\n'; sorted=($(sort <<< "${a[*]}")); unset IFS; echo ${sorted[@]}; IFS=+; echo "${a[*]}" "${a[@]}"; echo ${a[*]}

i=1; a=(a b c); echo ${a[i]} ${a[i+1]} ${a[$i]} ${a[i-1]} ${a[${#a[@]}-1]}; a[i++]=B; echo $i ${a[@]}; a[$((i*2))]=E; echo ${!a[@]}

a=(1 2 3); a[-1]=z; echo ${a[@]}; a[-4]=q; echo next; echo ${a[-5]}; echo after

declare -a d; echo ${#d[@]}; declare -p d; declare -a e=(1 2); declare -p e; readonly -a f=(x); f[0]=y; echo never

declare -ai n=(1+1 2*3); echo ${n[@]}; n[0]+=5; echo ${n[0]}; n+=(7-1); echo ${n[@]}; declare -au u=(abc); echo ${u[@]}

a=(*.txt none*); echo ${a[@]}; b=({1..3} x{a,b}); echo ${#b[@]} ${b[@]}; c=($(echo p q)); echo ${#c[@]}; d=("$(echo p q)"); echo ${#d[@]}

f() { local -a l=(in); l+=(more); echo ${l[@]}; a=(changed); }; a=(orig); f; echo ${a[@]} "${l[@]-none}"

mapfile -t lines < fruit.txt; echo ${#lines[@]} "${lines[1]}"; mapfile -t -n 2 -O 5 lines < passwd; echo ${!lines[@]}; readarray -d : -t p <<< a:b:c; declare -p p

a=(1 2); b=(3 4); c=("${a[@]}" "${b[@]}"); echo ${c[@]} ${#c[@]}; x=("${a[@]/%/!}"); echo ${x[@]}; echo "${a[@]}${b[@]}" "pre${a[@]}post"

a=(k v); declare -p a; set | grep ^a=; echo ${a[@]@A}; export a; env | grep ^a= ; echo $?

a[0]=x a[2]=y; echo "${a[@]}"; [[ -v a[0] ]] && echo yes; [[ -v a[1] ]] || echo no; [[ -v a[@] ]] && echo some; unset 'a[0]' 'a[2]'; [[ -v a[@] ]] || echo empty

a=(1 2 3 4 5); echo "${a[@]:1:3}"; echo ${a[@]#1}; echo $((a[0]+a[4])) $((a[1]*2)); ((a[0]+=10)); echo ${a[0]}; (( a[9]=1 )); echo ${#a[@]}

a=(x); echo "${a}" "${a[0]}" "$a[0]" "${a[00]}" "${a[0x0]}" "${a[2-2]}"; a[08]=1; echo next

arr=('a"b' "c'd" 'e\f' $'g\nh'); declare -p arr; printf '%q ' "${arr[@]}"; echo; echo "${arr[@]@Q}"

a=(one "two three" four); echo ${#a[@]} "${a[1]}" ${a[-1]} "${a[@]:1}"; a[7]=x; echo "${!a[@]}"; unset 'a[0]'; echo "${a[@]}" ${#a[@]}; unset a; echo ${#a[@]}

a=([5]=five [2]=two three); declare -p a; a+=(more); declare -p a; a=(); declare -p a; declare -a b; declare -p b; echo ${b[0]-unset}

a=(1 2 3); for i in ${!a[@]}; do ((a[i]*=10)); done; echo ${a[@]}; s=0; for n in "${a[@]}"; do ((s+=n)); done; echo $s; echo $(( ${a[@]/%/+} 0 )); IFS=+; echo "${a[*]}" $((${a[*]}))

a=(c a b); sorted=($(printf '%s\n' ${a[@]} | sort)); echo ${sorted[*]}; rev=(); for ((i=${#a[@]}-1;i>=0;i--)); do rev+=("${a[i]}"); done; echo ${rev[@]}; last=${a[-1]}; unset 'a[-1]'; echo $last ${a[@]}

a=(x); a[-1]=y; echo $a; a[-2]=z; echo $?; echo ${a[-5]}; echo $?; unset 'a[9]'; echo $?

stack=(); push() { stack+=("$1"); }; pop() { [ ${#stack[@]} -eq 0 ] && return 1; popped=${stack[-1]}; unset 'stack[-1]'; }; push a; push 'b c'; pop; echo "$popped"; pop; echo "$popped"; pop || echo empty

queue=(1 2 3); while ((${#queue[@]})); do head=${queue[0]}; queue=("${queue[@]:1}"); echo $head; ((head==1)) && queue+=(9); done

declare -a a='(1 2 3)'; echo ${#a[@]}; declare b=(4 5); declare -p b; readonly c=(6 7); c+=(8); echo never

a=(1 2 3 4 5 6); echo "${a[@]:2:3}" "${a[@]: -2}" "${a[@]::2}" "${a[*]:1:1}"; echo "${a[@]/3/three}" "${a[@]#1}" "${a[@]/%/!}" "${a[@]/#/#}"; b=("${a[@]/[24]/}"); echo ${#b[@]} "${b[@]}"

a=(aa bb cc); echo "${a[@]^}" "${a[@]^^b}" "${a[1]^^}" "${a[@]:1:1}" "${#a[2]}" "${a:1}" "${a[@]%b}"; printf '%s\n' "${a[@]/b/[&]}"; IFS=,; echo "${a[*]}" "${a[@]}" ${a[*]}

a=($(echo 1 2) "x y" {p,q} *.txt ~); printf '[%s]' "${a[@]}"; echo; a=(
 one   # comment
 two
 'th ree'
); echo ${#a[@]} "${a[2]}"; a=([1+1]=x [i=4]=y); echo ${!a[@]} $i

read -a arr <<< "x y  z"; echo ${#arr[@]} ${arr[2]}; IFS=: read -ra p < passwd; echo ${p[0]} ${p[6]} ${#p[@]}; printf -v 'arr[1]' '%03d' 7; echo ${arr[@]}; read 'arr[0]' <<< changed; echo ${arr[@]}; declare 'arr[5]=z'; echo ${!arr[@]}

a=(1 2 3); [[ " ${a[*]} " == *" 2 "* ]] && echo in; [[ ${a[@]} == "1 2 3" ]] && echo same; [ "${a[*]}" = "1 2 3" ] && echo eq; [[ -v a[1] ]] && echo set; [[ -v a[9] ]] || echo unset; [[ -z ${a[9]} ]] && echo empty; test -n "${a[0]}"; echo $?

a=(1 2); b=("${a[@]}"); b[0]=x; echo ${a[0]} ${b[@]}; c=("${!a[@]}"); echo ${c[@]}; d=(${a[@]} "${b[@]}" $(seq 3)); echo ${#d[@]}; unset 'a[@]'; echo $? ${#a[@]}; a=5; echo ${a[0]} ${#a[@]}; a[1]=6; declare -p a

x=scalar; x[1]=el; declare -p x; y=(arr); y=newfirst; declare -p y; unset y[0]; declare -p y; export z=(1 2); declare -p z; bash -c 'echo "[$z]"'

declare -ai n; n+=(1+1 2*3); echo ${n[@]}; n[0]+=5; echo ${n[0]}; declare -al low=(ABC Def); echo ${low[@]}; declare -au up; up=(x y); echo ${up[@]}; declare -r ro=(1 2); ro[0]=9; echo never

a=(b c); a=(a "${a[@]}" d); echo ${a[@]}; a=("${a[@]:0:2}" X "${a[@]:2}"); echo ${a[@]}; unset 'a[2]'; a=("${a[@]}"); echo ${!a[@]}; for i in "${!a[@]}"; do [[ ${a[i]} == c ]] && unset "a[$i]"; done; echo ${a[@]}; join() { local IFS=$1; shift; echo "$*"; }; join , "${a[@]}"; join ' | ' x y
