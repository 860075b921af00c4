v=hello; echo ${#v} ${v:0:1} ${v:1} ${v:1:3} ${v: -2} ${v:(-3):2} ${v:0:-1} ${v:1:-1} ${v:10} ${v:2:0}

v=; echo ${#v} "[${v:0:3}]"; unset v; echo ${#v} "[${v:1}]"; v='a b'; echo ${#v}; v=한글; echo ${#v} ${v:0:1} ${v: -1}

set -- a b c d; echo ${#} ${#@} ${#*} ${@:2} ${@:2:2} ${@: -1} "${*:1:2}" ${@:0:1} ${@:5}

a=(0 1 2 3 4); echo ${#a[@]} ${a[@]:1:2} ${a[@]: -2} ${a[@]:3} "${a[*]:0:2}" ${#a[2]} ${a[@]:5} ${a[@]:0:0}

a=(a b c); a[10]=k; echo ${#a[@]} ${a[@]:1} ${a[@]:2:2} ${a[@]: -1} ${a[@]:9}

i=1 n=2; v=abcdef; echo ${v:i} ${v:i:n} ${v:i+1:n*2} ${v:$i:$((n+1))} ${v:(i)} ${v: -i} ${v:${#v}-1}

v=abc; echo ${v:0:-4}; echo next

v=abc; echo ${v:-1} ${v:3} "[${v: -5}]" ${v: 1 : 1}

set -- a b; echo ${@:1:-1}; echo next

declare -A m=([a]=1 [bb]=22); echo ${#m[@]} ${#m[bb]} ${#m[zz]}; a=(x); echo ${#a} ${#a[0]} ${#a[5]}

v=12345; for ((i=0;i<${#v};i++)); do printf '%s ' "${v:i:1}"; done; echo; for ((i=${#v}-1;i>=0;i--)); do printf %s "${v:i:1}"; done; echo

echo ${#?} ${#-} ${##} ${#$}x | sed 's/ [0-9]*x/ pid/'; v=abc; echo ${#v}${v:1}${#v}

v='a b c'; echo ${v:2} "${v:1}"; for w in ${v:1}; do echo $w; done; IFS=b; echo ${v:0}

v=abc; echo ${v:1:1}${v:0:1} "${v:0:1}-${v:2}" ${v:0:${#v}} ${v:x} ${v::2} ${v:1:}

v=0123456789; echo ${v:3} ${v:3:2} ${v: -3} ${v: -3:2} ${v:2:-2} ${v:0:0}x ${v:20}y ${v:5:100} ${v:(-4):3} ${v:$((1+1)):1+1}

v=abc; echo ${v:1:-3}; echo after $?

v=abc; i=1; echo ${v:i:1} ${v:i+1} ${v:i?2:0} ${v:-i} "${v:$i}" ${v::2} ${v:1:i}

a=(a b c d e); echo ${a[@]:1:2} ${a[@]: -2} ${a[@]:4} ${a[@]:5} . ${a[@]::2} ${a[*]:2}; set -- "${a[@]}"; echo ${@:0:2} ${@: -1} ${@:3}

a=(x y z); echo ${a[@]:0:-1}; echo $?; echo next

echo ${#} ${#@} ${#*} ${##} ${#?} ${#-} >/dev/null; v=1234; echo ${#v} ${#v[@]} ${#v[0]}; a=(aa b); echo ${#a} ${#a[0]} ${#a[1]} ${#a[@]} ${#a[9]}
