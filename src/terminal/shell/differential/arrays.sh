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
