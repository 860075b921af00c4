declare -A m; m[a]=1; m[b]=2; echo ${m[a]} ${m[b]} ${#m[@]} "[${m[c]}]"; echo ${!m[@]} | tr ' ' '\n' | sort

declare -A m=([one]=1 [two]=2 [three]=3); for k in "${!m[@]}"; do echo "$k=${m[$k]}"; done; echo ${m[@]}

declare -A m; m['key with space']='v 1'; m["$HOME"]=home; echo "${m[key with space]}" "${m[$HOME]}"; k='key with space'; echo "${m[$k]}" "${#m[$k]}"

declare -A m=([x]=1); m[x]+=2; m+=([y]=3); echo ${m[x]} ${m[y]}; unset 'm[x]'; echo ${#m[@]} ${!m[@]}; unset m; echo "[${m[y]}]"

declare -A m=(a 1 b 2 c); declare -p m; m=(); echo ${#m[@]}; declare -p m

declare -A m; m[x]=1; [[ -v m[x] ]] && echo has; [[ -v m[y] ]] || echo not; [[ -n ${m[x]+set} ]] && echo set; echo ${m[y]:-default}

declare -A count; for w in a b a c b a; do ((count[$w]++)); done; for k in a b c; do echo $k ${count[$k]}; done; echo $((count[a]+count[b]))

declare -A m=([k]=v); declare -p m; echo "${m[@]@A}"; declare -A e; declare -p e; typeset -A t=([q]=r); echo ${t[q]}

f() { declare -A l=([in]=side); echo ${l[in]}; declare -gA g=([out]=side); }; f; echo ${l[in]-none} ${g[out]}

declare -A m; m[1]=a; m[01]=b; m[1+1]=c; echo ${m[1]} ${m[01]} "${m[1+1]}" ${#m[@]}; i=1; echo ${m[$i]} ${m[i]-noexpand}

declare -A m=([a]=1); n=x; m[$n]=2; m[${n}y]=3; m["q r"]=4; m['$n']=5; for k in "${!m[@]}"; do echo "<$k>"; done | sort

m[key]=1; echo ${#m[@]} ${m[0]}; declare -A m; echo $?; echo ${m[0]}

declare -A a=([x]=1) b; for k in "${!a[@]}"; do b[$k]=${a[$k]}; done; echo ${b[x]}; declare -a ind=(1); declare -A ind; echo $?

declare -A m=([a]=1 [b]=2); unset m[a]; echo ${!m[@]}; m[b]=; echo "[${m[b]}]" ${#m[@]}; readonly m; m[b]=3; echo never

declare -Ai n=([x]=1+1); n[x]+=3; echo ${n[x]}; declare -A m=(["a]b"]=1 [c]="x y"); echo "${m[c]}" "${m[a]b]-}"; declare -A z=([$'t\tab']=1); declare -p z

declare -A m; m[@]=1; echo $?; m[]=1; echo $?; echo next

declare -A h=([one]=1 [two]=2 ["three four"]=34); echo ${#h[@]} ${h[one]} "${h[three four]}"; for k in "${!h[@]}"; do echo "$k -> ${h[$k]}"; done | sort; unset 'h[one]'; [[ -v h[one] ]] || echo gone; [[ -v 'h[two]' ]] && echo there

declare -A count; for w in the cat the dog a cat the; do ((count[$w]++)); done; for w in $(printf '%s\n' "${!count[@]}" | sort); do echo $w ${count[$w]}; done; declare -p count | tr ' ' '\n' | grep -c '^\['

declare -A m; k='a b'; m[$k]=1; m["x]y"]=2; m[']']=3; echo "${m[$k]}" "${m["x]y"]}" "${m[']']}" ${#m[@]}; m=([q]=1); echo ${!m[@]}; m+=([r]=2 [q]=3); echo ${m[q]} ${#m[@]}

declare -A m=(a 1 b 2 c); echo ${m[a]} ${m[b]} "[${m[c]}]" ${#m[@]}; declare -A e; e[]=x; echo $?; e['']=y; echo $?; echo ${e[@]}

h[x]=1; h[y]=2; declare -p h; declare -A h; echo $?; x=5; h[x]=five; declare -p h; declare -a z=1; declare -p z; z=2; declare -p z

fn() { local -A opts=([x]=1); opts[y]=2; echo ${#opts[@]}; }; fn; echo "${#opts[@]}"; mk() { declare -gA glob=([k]=v); }; mk; echo ${glob[k]}; ar() { local "$@"; echo $p $q; }; ar p=1 q=2

matrix=("1 2 3" "4 5 6"); for row in "${matrix[@]}"; do read -ra cells <<< "$row"; echo ${cells[1]} ${#cells[@]}; done; declare -A grid; for i in 0 1; do for j in 0 1; do grid[$i,$j]=$((i*2+j)); done; done; echo ${grid[1,0]} ${grid[0,1]} ${#grid[@]}

set -u; a=(); echo "${a[@]}" ok; for i in "${a[@]}"; do echo never; done; echo ${#a[@]}; echo "${a[0]-none}"; declare -A m; echo "${m[k]:-none}"; echo "${a[0]}"; echo never
