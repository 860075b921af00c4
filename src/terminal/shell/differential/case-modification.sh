v=hello; echo ${v^} ${v^^} ${v,} ${v,,} ${v~} ${v~~}

v=HELLO; echo ${v^} ${v^^} ${v,} ${v,,} ${v~} ${v~~}

v='hello world'; echo ${v^} "${v^^}" "${v^^[hw]}" "${v^[w]}" "${v^^o}" "${v^^[!aeiou]}"

v='Mixed CASE'; echo "${v,,}" "${v^^}" "${v,,[A-C]}" "${v~~}" "${v,[X]}"

set -- one two; echo ${@^} "${*^^}" ${@^^[t]}; a=(ab cd); echo "${a[@]^}" "${a[*]^^}" "${a[1]^^}" "${a[@],,}"

v=a1b2; echo ${v^^} ${v^^[0-9]} ${v^^?} ${v^?} ${v^1}

unset v; echo "[${v^}]" "[${v,,}]"; v=; echo "[${v^^}]"

p='[ae]'; v=apple; echo ${v^^$p} ${v^^"$p"} ${v^$p}

declare -u up=abc; declare -l low=XYZ; up+=def; low+=W; echo $up $low; declare +u up; up=lower; echo $up

v=straße; echo ${v^^}; v=école; echo ${v^} ${v^^}; v=ÀÉ; echo ${v,,}

v=x; echo ${v^^y} ${v^^x} "${v^^[[:lower:]]}"; w=ABC; echo ${w,,[[:upper:]]} ${w,[[:upper:]]}

v=abc; echo "${v@U}" "${v@u}" "${v@L}"; w=ABC; echo "${w@L}" "${w@u}"; a=(q w); echo "${a[@]@U}" "${a[@]@u}"

declare -c cap=hello 2>/dev/null; echo ${cap-none}; typeset -u t; t=typed; echo $t; local -u l=x; echo $?

set -- one two three; echo ${@#t} ${@%e} "${@/o/0}" ${@^} ${@:2:1} "${*/e/E}"; IFS=-; echo "${*^^}" "${*:1:2}"

v=hELLO; echo ${v^} ${v^^} ${v,} ${v,,} ${v~} ${v~~} ${v^^[a-h]} ${v,,[!L]} ${v^h} ${v^x}; a=(one two); echo ${a[@]^} ${a[*]^^o}

ref=target; target=hit; echo ${!ref} ${!ref:-d} ${!ref#h} ${!ref^^} ${!ref/i/o} ${#ref}; ref=nope; echo "${!ref-unset}"; ref='a[1]'; a=(p q); echo ${!ref}; ref='a[@]'; echo ${!ref}
