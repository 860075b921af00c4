compgen -W 'apple banana avocado' a; echo $?; compgen -W 'a b' -X 'a'; compgen -W 'aa ab ba' -X '!a*' ; compgen -P '<' -S '>' -W 'x y'; compgen -W '' ; echo $?

compgen -G '*.txt'; compgen -G 'nosuch*'; echo $?; compgen -f fru; compgen -d /us; compgen -A function; f1() { :; }; f2() { :; }; compgen -A function f; compgen -v BASH_VERSI; compgen -b re; compgen -k | sort

compgen -C 'echo one two #'; echo $?; compgen -C 'printf "%s\n" p q r; :' x; f() { COMPREPLY=(aa "b c" dd); }; compgen -F f; compgen -F nosuch; echo $?

compgen -a; alias ll=ls la=x; compgen -a l; compgen -A nosuch; echo $?; compgen -o nosuch; echo $?; compgen -Z; echo $?; compgen -W; echo $?

compgen -e PA; compgen -u roo; compgen -g roo; compgen -j; compgen -A setopt p; compgen -A shopt glob; compgen -A signal SIGU; compgen -A hostname zzz; compgen -A helptopic re; compgen -A enabled ec; compgen -A disabled; compgen -A binding beg; compgen -A stopped; compgen -A running

complete -W 'a b' foo; complete -p; complete -p foo; complete -F fn -o nospace -o default bar; complete -p bar; complete -C cmd x; complete -G '*.c' y; complete -X '*.o' -f z; complete -P p -S s -A function w; complete -p x y z w; complete -p nosuch; echo $?

complete -D -F d; complete -E -W e; complete -I -W i; complete -p; complete -r -D; complete -p; complete -r; complete -p; echo $?; complete -r nosuch; echo $?; complete -q; echo $?

complete -A nosuch x; echo $?; complete -o nosuch x; echo $?; complete -F; echo $?; complete -W 'a b'; echo $?; complete -o bashdefault -o default -o dirnames -o filenames -o noquote -o nosort -o nospace -o plusdirs -abcdefgjksuv q; complete -p q

complete -W "it's" a; complete -F 'x y' b; complete -W '$(echo a)' c; complete -P "'" -S '"' d; complete -p a; complete -p b; complete -p c; complete -p d; complete -A signal -A setopt -A shopt -A hostname -A helptopic -A function -A enabled -A disabled -A directory -A command -A builtin -A binding -A arrayvar -A alias e; complete -p e

compopt -o nospace; echo $?; complete -W x foo; compopt -o nospace foo; complete -p foo; compopt +o nospace foo; compopt foo; compopt nosuch; echo $?; compopt -o bad foo; echo $?; compopt -D -o nospace; echo $?; complete -D -W d; compopt -D -o default; complete -p -D; compopt -z; echo $?

compgen -W 'b a b'; compgen -W 'x' -o dirnames y; mkdir usr; compgen -W 'x' -o dirnames us; compgen -W usx -o plusdirs us; compgen -o default us; compgen -o bashdefault us; compgen -A directory -o plusdirs nosuch; echo $?

compgen -W 'ab ac ad' -X '&' ab; compgen -W 'ab ac ad' -X '&*' a; compgen -W 'ab ac ad' -X '\&' a; compgen -W 'a.o b.c c.o' -X '!*.c'; compgen -f -X '*.txt' | sort; compgen -W 'x y' -X '*'; echo $?

x=7 y=(a b); compgen -W '$x ${y[@]} "a b" c\ d $(echo q r)'; IFS=:; compgen -W 'a b:c d:e'; compgen -W 'p:q' q

sleep 0.2 & compgen -j; compgen -A running; compgen -A stopped; compgen -A builtin e; compgen -b | head -3; compgen -A function; compgen -A keyword w; compgen -c whil; wait

_f() { echo "$# $1/$2/$3 $COMP_CWORD ${#COMP_WORDS[@]}" >&2; COMPREPLY=($(compgen -W "one two" -- "$2")); }; compgen -F _f t 2>/dev/null; complete -F _f cmd; complete -p cmd; type -t _f; compgen -P pre- -F _f o 2>/dev/null

complete -W 'a' -- -x; complete -p; complete -r; complete -W a b c d; complete -p c; complete -r b c; complete -p; complete -F f -W w -P p z; complete -p z; complete -A file -A user q; complete -p q

complete -W 'a b' foo bar; complete -F fn -o nospace baz; complete; complete -p foo; complete -r foo; complete -p foo; echo $?; complete -A file -X '*.o' cc; complete -p cc; complete -D -F def; complete -E -W empty; complete -I -W init; complete | sort; complete -r; complete; complete -z; echo $?; complete -A nosuch x; echo $?; complete -o nosuch x; echo $?; compopt -o nospace; echo $?; compopt -o nospace nosuch; echo $?; complete -W 'x' -P p -S s -C cmd -G '*.c' all; complete -p all; complete -u -g -v -d -f -b -k -j -s -c -e -a multi; complete -p multi; complete nothing; complete -p nothing

compgen -b | head -5; compgen -k | sort | head -30; compgen -A setopt; compgen -A signal | wc -l

compgen -v BASH_V; compgen -e HO; compgen -A export PA; x=(1); declare -a foo_arr=(2); compgen -A arrayvar foo; f1() { :; }; compgen -A function f1; alias zz=ls; compgen -a

compgen -f fr; compgen -d; mkdir dd; compgen -d d; compgen -A file p; compgen -A directory; compgen -g; compgen -u ro | head -1; echo $?

compgen -W 'a b "c d"' ; compgen -W 'apple banana' a; compgen -W 'apple banana' -- b; compgen -P pre -S suf -W 'a b'; compgen -X 'a*' -W 'apple banana'; compgen -X '!a*' -W 'apple banana'; compgen -G '*.txt'; compgen -C 'echo hi'; echo $?

compgen -F f; f() { COMPREPLY=(a b); }; compgen -F f x; compgen -o bashdefault fr; compgen -o nosuch; compgen -A nosuch; compgen -Z; echo $?

compgen -A enabled | wc -l; enable -n test; compgen -A disabled; compgen -A job; compgen -A running; compgen -A stopped; compgen -A variable HOM; compgen -A command nosuchprefix; echo $?; compgen -c if

complete; complete -W 'a b' foo; complete -p; complete -p foo; complete -F fn -o nospace -o filenames bar; complete -p bar; complete -r foo; complete -p; complete -p nosuch; echo $?; complete -r nosuch; echo $?

complete -D -W x; complete -E -W y; complete -I -W z; complete; complete -p -D; complete -r -D; complete; complete -r; complete

complete -A file -A directory q; complete -p; complete -abcdefgjksuv w; complete -p w; complete -G '*' -X 'a' -P p -S s -C c v; complete -p v; complete -W; complete -o zz a; complete -A zz a; echo $?

complete -W 'it'"'"'s "q"' a; complete -p a; compopt -o nospace a; complete -p a; compopt +o nospace a; complete -p a; compopt a; compopt; compopt -o nospace nosuch; compopt -D

printf '127.0.0.1 localhost zed\n::1 localhost ip6\n10.0.0.1   b a # c d\n#x y\n  10.0.0.2 ind\n\tfoo bar\nfe80::1 six\n$include other\n10.0.0.3\tq\tr\nlast' > hf; printf '1.1.1.1 inc\n' > other; HOSTFILE=hf; compgen -A hostname; echo $?; compgen -A hostname l; compgen -A hostname zz; echo $?

HOSTFILE=nofile; compgen -A hostname; echo $?; compgen -A hostname lo; echo $?
