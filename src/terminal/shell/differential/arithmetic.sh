echo $((1+2*3)) $(((1+2)*3)) $((7/2)) $((-7/2)) $((7%3)) $((-7%3)) $((2**10)) $((2**0)) $((-2**2))

echo $((1<<4)) $((255>>2)) $((5&3)) $((5|3)) $((5^3)) $((~5)) $((!0)) $((!7)) $((-(-3))) $((+4))

echo $((1<2)) $((2<=2)) $((3>4)) $((3>=3)) $((1==1)) $((1!=1)) $((1&&0)) $((1||0)) $((1?2:3)) $((0?2:0?4:5))

x=5; echo $((x++)) $x $((++x)) $x $((x--)) $((--x)) $x; echo $((x+=3)) $((x-=1)) $((x*=2)) $((x/=3)) $((x%=3)) $((x<<=3)) $((x|=1)) $((x^=3)) $((x&=6))

echo $((010)) $((0x1F)) $((0Xff)) $((2#1011)) $((8#17)) $((16#aF)) $((36#Zz)) $((62#Z)) $((64#_)) $((0))

echo $((9223372036854775807)) $((9223372036854775807+1)) $((-9223372036854775808)) $((1<<63)) $((1<<64)) $((2**63))

a=3 b=a c=b+1; echo $((c)) $((b*2)) $((c*2)) $((unset_var)) $((unset_var+1)); d='1+'; echo $((d)); echo next

echo $((1,2,3)) $((x=1,y=x+1,y*2)) $x $y; ((z=5)); echo $z; ((z>3)) && echo big; ((0)) || echo zero; ((q)); echo $?

let a=1+2 b=a*2; echo $a $b; let 'c = a + b' "d=c<<1"; echo $c $d; let 0; echo $?; let 1; echo $?; let; echo $?; let x++; echo $x

echo $((1/0)); echo next; echo $((5%0)); x=0; echo $((3/x)); let 'y=1/0'; echo $?; ((1/0)); echo $?

echo $(( 1 + 2 )) $((
3 * 4
)) $(($(echo 5)+1)) $((${#HOME}>0)) $(("3"+1)) $((`echo 7`)); v=3; echo $(($v*$v)) $((v * v)) $(( $v$v ))

declare -i n=5+5; echo $n; n+=3; echo $n; n='2 * 3'; echo $n; n=abc; echo $n; declare -i m; m=n+1; echo $m; declare +i n; n=1+1; echo $n

i=0; while ((i < 3)); do echo $((i++)); done; for ((;i>0;i--)); do :; done; echo $i; until ((++i >= 2)); do :; done; echo $i

a=(1 2 3); echo $((a[0]+a[1])) $((a[a[0]])) $((a)) $((${a[2]}*2)) $((a[1]++)) ${a[1]} $((a[5]=9)) ${#a[@]}

echo $[1+1] $[2*3]; x=4; echo $[x*x]; echo "$((1+1))" '$((1+1))' "$[3]"; echo $((1+1))$((2+2)) a$((1))b

x=1; echo $((x?10:20)) $((x==1?x+1:0)) $((x||(y=5))) $((0&&(w=5))) ${w-unset} $((x,x+1)); echo $((x = x == 1)); echo $((!x)) $((! x)) $((-x))

echo $((1.5)); echo next; echo $((1e3)); echo $((0x)); echo $((16#)); echo $((65#1)); echo $((1#0)); echo last

echo $((-5/2)) $((-5%2)) $((5/-2)) $((5%-2)) $((-1>>1)) $((7-3-2)) $((2**3**2)) $((1-1-1)) $((10/3*3)) $((1<2<3)) $((3>2>1)) $((1|2&3)) $((1+1<<1))

echo $((08)); echo next

echo $((2#2)); echo next

echo $((1+)); echo next

echo $((1 2)); echo next

echo $((3=4)); echo next

for e in '1 +' '* 2' '(' ')' '1 = 2' '2 ** -1'; do (echo "$((e))"); done

echo $((10d/2)); echo $((1 + 10d/2)); x='10d/*'; let y=x*2; echo $((2#12+1)); echo $((0x1g+1)); echo $((08+1)); echo $((1+ 08 +1))

echo $(( "1" + "2" )); a="x y"; (( "$a" )); (( read "a b" )); (( $"loc" + 1 )); ((x='3')); echo $((a['0']))

echo $(( 'a' )); let "x = 'b'"; echo $(("a b")); echo $((\1)); echo $((1 \+ 2)); (( \1 )); echo $?

a=a% ; let "b = a * 2"; let 'b=1 + ( 2'; let 'b = (n=4) +'; echo $n; let '0 && (1 +'; let '1 ? 2'; let '1 ? 2 :'; let '7 = 3'; let 'b = 3 +* 2'; let 'x[1'; let '2#3'; let '1#3'; let '1 2'; let 'a b'; let 'n b{'; let '5 ]'; let 'n ]'; let 'n ='; let '--'; let 'n ** -1'; let '1 / 0'; let 'n /= 0'; let 'n %= (3-3)'; let '1 + 2)'; let ')'; let 'n++ ++'; let '3++'; let '++3'; let '!'; let '1 <<'; let 'n,'; let ',n'; let '~'; let '1:2'; let '36#z' ; let '2 @ 3'; let 'n?1:'; let '(1'; let 'a=a a';

unset a; (( n++ foo )); echo $n; (( n=5, ) ); echo $n; (( n=7 + )); echo $n; echo $(( n=9 n ))

let 'x="3"'; echo $x; a=4; let 'x=$a'; echo $x; let 'x=a[0]' ; echo $x; let; echo $?; let "y = 1 + 2" z=y*2; echo $y $z; let 0; echo $?

arr=(1); let "x = arr[1/0]"; echo $?; echo more

arr=(1); (( arr[1/0] )); echo more

a="b[a]"; let "c = a"; echo $?; echo more

a="b[a-o]x"; (( c = a )); echo $?

a="1 2"; let "z[a] = 1"; echo $?

a="b[a]"; echo $(let a; echo in) out $?

v={a,b}; echo $v; eval echo $v; echo {1..$((1+1))}; n=3; echo {1..$n}; echo {01..3} {1..03} {a..C} | head -c 200; echo {0..-3}

echo $((1+2*3)) $(( (1+2)*3 )) $((10%3)) $((-10/3)) $((-10%3)) $((2**3**2)) $((1<2)) $((5>=5)) $((!5)) $((~0)) $((- -3)) $((+5)) $((1,2,3))

x=4; echo $((x)) $(($x)) $((x++)) $x $((++x)) $((x--)) $((x+=10)) $((x-=1)) $((x*=2)) $((x/=3)) $((x%=4)) $((x<<=3)) $((x>>=1)) $((x|=1)) $((x&=6)) $((x^=3))

echo $((0x1F)) $((017)) $((2#1111)) $((16#Ff)) $((36#zz)) $((62#Z)) $((64#@)) $((10#08)) $((0b1)) ; echo $?

echo $((3#3)); echo $?; echo $((65#1)); echo $?; echo $((1.5)); echo $?

echo $((1/0)); echo status $?; echo still here

echo $((1 +)); echo $((* 2)); echo $((4 4)); echo $((a b)); echo end $?

i=0; ((i++)); echo $?; ((i++)); echo $?; ((i-=2)); echo $? $i; (( i == 0 )) && echo zero; (( 5 > 3 && 2 < 4 )) && echo both; if ((0)); then echo t; else echo f; fi; ((1)) || echo no; let "a = 3" "b = a * 2"; echo $a $b; let a==3; echo $?

echo $(( 1 ? 2 ? 3 : 4 : 5 )) $((0?1:0?2:3)) $((x=5, x*2)) $((y = x > 3 ? 10 : 20)) $y; v='1+2'; echo $((v*3)) $(($v*3)); s=a; a=b; b=9; echo $((s))

echo $((9223372036854775807)) $((9223372036854775807+1)) $((-9223372036854775808)) $((1<<63)) $((1<<64)) $((-1>>1)) $((2**62)) $((2**63)) $((2**64))

echo $[1+1] $[ 2 * 3 ] "$[3+4]"; echo $(( 'a' )); echo $?; echo $(( "3" + 1 )); x=; echo $((x+1)) $((x)); unset x; echo $((x)); set -u; echo $((nope + 1)); echo never

echo `echo \`echo nested\`` `echo "a b"` "`echo \"q\"`" `echo '\\'` `echo \\\\` $(echo '\\') `echo $((1+1))` "`echo '$HOME' | tr a-z A-Z`"

x=$(< fruit.txt); echo ${#x}; echo "$(<passwd)" | wc -l; y=$(cat <<E
doc $((1+1))
E
); echo "$y"; z=$(case a in a) echo one;; esac); echo $z; echo $(# comment
echo after comment)

echo $((2#101)) $((16#ff)) $((36#z)) $((64#_)) $((64#@)) $((0x1F)) $((010)) $((1,2,3)) $((5/2)) $((-5/2)) $((-5%3)) $((2**10)) $((1<<4)) $((255>>2)) $((~0)) $((!0)) $((5&3)) $((5|3)) $((5^3)) $((1?2:3)) $((0?2:0?3:4))

echo $((08)); echo after

echo $((2#12)); echo $((65#1)); echo $((1/0)); echo $((1%0)); echo $((2**-1)); echo x

a=(1 2 3); ((a[1]++)); echo ${a[@]}; ((a[0]+=5, a[2]*=2)); echo ${a[@]}; ((++a[5])); echo ${!a[@]}; ((a++)); echo $a; x=5; ((x--)); ((--x)); echo $x; echo $((x++ + ++x)); echo $((y=3)) $y; let 'z=1+2' z++; echo $z; let; echo $?; let 0; echo $?

((1+)); echo $?; ((a b)); echo $?; echo $((1 2)); echo no

echo $((a.b)); echo no

((x=)); echo $((1++)); echo $((++1)); echo $((x=1=2))

echo $(( ( 1 + 2 ) * 3 )) $((1 && 0 || 1)) $((1 == 1)) $((1 != 1)) $((3 >= 2)) $((-1)) $((+1)) $((- -1)) $((x ? y : z)); x=y; y=z; z=5; echo $((x)); v=1+2; echo $((v*2)) $(($v*2)); echo $((9223372036854775807+1)); echo $[1+2]; declare -A m; m[a]=1; ((m[a]++)); echo ${m[a]}; i=0; echo $((a[i++]=7)) $i; echo $((010+0x10)); echo $((1 < 2 ? 3 : 4)); for ((i=0;i<3;i++)); do echo -n $i; done; echo; echo $((i=5, i+1)); echo $(( 'a' )) 
