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
