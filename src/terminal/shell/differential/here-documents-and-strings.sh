cat <<< word; cat <<< "two words"; cat <<< a\ b; cat <<< $'x\ny'; cat <<< ''; wc -c <<< ''; cat <<< $((1+1)); cat <<< "$(echo sub)"; cat <<< ~; cat <<< '*'; cat <<< *; cat <<< {a,b}

v='a  b'; cat <<< $v; cat <<< "$v"; cat <<< '$v'; cat <<<$v; read x y <<< $v; echo "$y|$x"; cat <<< x <<< y; cat <<< a > out; cat out; cat - <<< dash; tr a-z A-Z <<< up; bc <<< '1+2'; IFS=a; cat <<< bab; cat <<< $v

cat <<E
plain $((2*3)) $(echo cs) `echo bt` ${HOME}
\$esc \\ \` "q" 'r' \n
E
echo after

cat <<'E'
$HOME $(x) `y` \$ \\
E
cat <<"E"
$HOME
E
cat <<\E
$HOME
E
cat <<E''
$HOME
E

cat <<-E
	tab
		two tabs $((1))
	 mixed
	E
cat <<-'E'
	raw $x
	E
echo end

cat <<A <<B
first
A
second
B
cat <<A; cat <<B
one
A
two
B
cat <<A | tr a-z A-Z
piped
A
cat <<A && echo and
x
A

cat <<E > out
to file
E
cat out; while read l; do echo "[$l]"; done <<E
l1
l2
E
if cat; then echo then; fi <<E
in if
E
{ cat; cat; } <<E
grp
E
(cat) <<E
sub
E

E
wc -l <<E
a
b
E

cat 3<<E <&3
fd three
E
cat /dev/fd/4 4<<< four; cat <<E <<< string
doc
E
cat <<< string <<E
doc
E
cat <<EOF-X
odd
EOF-X
cat <<"a b"
spaced
a b

cat <<E
line \
joined
${x:-"quoted"} ${x:-'single'} ${x-def}
$(echo "nested \"q\"")
$'not ansi' $"nor locale"
E

for i in 1 2; do cat <<E
$i
E
done; while read -r a b; do echo $b $a; done <<< $'1 2\n3 4'; mapfile -t m <<E
x
y
E
echo ${#m[@]}; python() { cat; }; python <<'E'
code "with" 'quotes'
E

grep a <<< abc && echo found; [ "$(cat <<< x)" = x ] && echo eq; cat <<< "a
b"; cat <<< a"b"'c'; cat <<< "${v:-none}"; sed s/a/b/ <<< aaa; read -r x <<< 'a\b'; echo "$x"; cat <<< !; cat <<< "tab	in"; wc -c <<< abc; awk '{print $2}' <<< "a b c"

f() { cat <<E
in f $1
E
}; f a; f b; x=$(cat <<E
in cs $((1+1))
E
); echo "$x"; wc -l <<E
a
b
E

cat one <<< "${a:=set}" 2>/dev/null; echo "[$a]"; cat <<< "${a:=set}"; echo "[$a]"; nosuch <<< "${a:=set}"; echo "[$a]"; : <<< "${a:=set}"; echo "[$a]"

f() { cat; }; f <<< "${a:=set}"; echo "[$a]"; unset a; i=0; cat <<< $((i++)); echo $i; : <<< $((i++)); echo $i; cat <<< "${b?bad}"; echo after $?; : <<< "${b?bad}"; echo no

i=0; cat > "out$((++i))" <<< x; ls out*; echo $i; cat <<E
$((i+=5)) ${q:=w}
E
echo $i $q; /bin/echo hi > "${z:=zed}"; echo "[$z]"; ls z*; cat < "${n:=/none}"; echo "$? [$n]"; { cat; } <<< "${g:=group}"; echo $g; (cat) <<< "${s:=sub}"; echo "[$s]"

nosuch <<< "${b?bad}"; echo after $?; cat <<< "${b:?}" | cat; echo $?; set -e; cat <<< "${b?bad}" || echo caught

x=1 cat <<< "${x:-unset}"; r=5; cat <<< "$((r=7))" | cat; echo $r; exec 3<<< "${e:=kept}"; cat <&3; echo $e; cat <<< "$(echo $((k=3)))$((k=4))"; echo "[$k]"; set -u; cat <<< "$nope"; echo "after $?"

cat <<A; cat <<B
first $((1+1))
A
second `echo sub`
B
cat <<'Q'; cat <<-T
$HOME `no` \$
Q
	tabs
		gone
	T
cat <<E | tr a-z A-Z
piped "quoted" \$x \\ \`
E

cat <<"E F"
spaced
E F
cat <<\E
esc $HOME
E
f() { cat <<E
in f $1
E
}; f arg; cat <<E > out; cat out
to file
E
while read l; do echo "[$l]"; done <<E
a
b
E
if true; then cat <<E
nested
E
fi; cat <<E && echo and
x
E

tr a-z A-Z <<< "here string"; read -r a b <<< "x y z"; echo "$b"; cat <<< 'a
b'; wc -c <<< abc; wc -c <<< ''; cat <<< "$nope"; cat <<< *.txt; cat <<< ~ ; v='a  b'; cat <<< $v; cat <<< "$v"; cat <<< $(seq 3); cat <<< {a,b}; bc() { read x; echo $((x)); }; bc <<< '2+3'; cat <<< a <<< b; grep -c . <<< $'1\n2\n'; cat <<<x$'\n'y

cat <<E
unfinished

cat <<E; cat <<F
foo
bar

echo 1
cat <<E
foo

f() { cat <<E; }
foo

cat <<E; cat <<'E'; cat <<-E; cat <<"E F"
$HOME `echo x` $((1+1)) \$x \\ "q"

cat <<E; cat <<'F'; cat <<-G; cat <<"H I"
$HOME `echo x` $((1+1)) \$x \\ "q"
E
$HOME
F
	tab
	G
a
H I

cat <<E | tr a b; cat << E1 <<E2
aaa
E
1
E1
2
E2

x=$(cat <<E
in
E
); echo $x; cat <<<"a b" ; cat <<< $x; cat <<E
${x:-a "b" c} ${y:+z} ${x/i/"o"}
E
