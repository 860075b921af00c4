f() { if true; then echo a; elif x; then echo c; else echo b; fi; while read -r l; do echo "$l"; done < file; until false; do :; done; for i in 1 "2 3" $x; do echo $i; done; for i; do :; done; for ((i=0;i<3;i++)); do echo; done; for ((;;)); do break; done; }
declare -f f

g() { case $1 in a|b) echo x;; *) echo y; echo z;; esac; select v in a b; do echo $v; done; (cd /; ls); { a; b; } > out 2>&1; x=1 y=2 cmd arg <in >>out 2>&1; ((x++)); [[ -f a && b == c* || ! d ]]; }
declare -f g

h() { a && b || c; a | b |& c; sleep 1 & echo x; sleep 2 & }
declare -f h

i() { cat <<E
body $x
E
echo after; cat <<-'Q' | tr a b
	tabbed
	Q
}
declare -f i

j() { ! true; time -p ls; ! a | b; time a; coproc cat; coproc N { cat; }; k() { inner; }; function l { echo l; }; echo $'a\n' $"b" 'c d' "e $f" $(x; y) `z` ${a:-b}; }
declare -f j

k() ( a; b )
declare -f k

l() { echo; } > out 2>&1
declare -f l

m() { local a=(1 2 3) b=x; declare -A c=([x]=1); a+=(4); arr[1]=2; exec 3<&0 4>&1 5>&-  6<&-; echo >&2 ; cat <&3 <<< str; echo {fd}>x; exec {fd}>x; echo &> a; echo &>> b; echo >| c; echo <> d; echo 2>&$x; }
declare -f m

n() { if a; then
b
fi
while a; do b; done & 
{ x; } && ( y; z ) || [[ $a =~ ^b$ ]]; if [[ ( a == b ) && -n c ]]; then (( a=1, b )); fi }
declare -f n

o() { for x in a; do for y in b; do if c; then d; fi; done; done; case a in (b) ;; c) d ;& e) f ;;& esac; }
declare -f o

p() { a; b & c && d & e; }
declare -f p

q() if true; then echo; fi
declare -f q

f() { echo a; echo b; }; export -f f; env | sed -n '/BASH_FUNC/,/}/p'; bash -c 'f; declare -f f'; g() { x | y; if a; then b; fi; }; export -f g; env | sed -n '/BASH_FUNC_g/,/^}/p'; type f; type -a g; declare -F; declare -pf f; unset -f f; declare -f f; echo $?; set | sed -n '/^g /,$p'

f() { echo a; }; readonly -f f; declare -F; declare -fp f; f() { :; }; unset -f f; readonly -f; export -f f; export -f; declare -F f; g() { :; }; declare -x -f g; declare -fx; declare -F | cat; declare +x -f g; declare -F; declare -f nosuch; echo $?; declare -fF nosuch; echo $?

f() { echo one
  # a comment
  echo two   three   # more
  if   [ a = b ] ; then echo "x  y" ; fi
  local v="a
b"
  echo ${v//x/y} $((1+  2)) $( echo   sub ) <(cat   x)
}; declare -f f; type f

f() { case "$1" in start) echo s ;; stop|halt) echo h; return ;; esac; while true; do case x in x) break 2;; esac; done; if a; then :; else if b; then c; fi; fi; ! [ x ] && ! { y; }; [ -n "$x" ] || exit 1; }; type f; f2() { f3() { echo nested; }; f3; }; declare -f f2

f() { trap 'echo x; echo y' EXIT INT; export A=1 B="2 3"; : ${x:=5}; printf '%s\n' "$@" | while read -r a b; do echo "$a"; done > out; echo a >&2; }; declare -f f; f() { echo a && { b || c; } ; }; declare -f f; f() { (cd x && ls) & wait; }; declare -f f
