for ((i=0; i<3; i++)); do echo $i; done; echo $i; for ((i=3; i>0; i--)); do printf '%d ' $i; done; echo

for ((i=0, j=10; i<j; i+=3, j-=2)); do echo $i $j; done; for ((;;)); do break; done; echo $?; for ((i=0;;i++)); do ((i>2)) && break; done; echo $i

for ((i=0; i<5; i++)) { echo $i; }; for ((i=1;i<=2;i++)); do for ((j=1;j<=2;j++)); do echo $i$j; done; done

for ((i=0; i<4; i++)); do ((i==1)) && continue; ((i==3)) && break; echo $i; done; for ((i=0;i<0;i++)); do :; done; echo $?; for ((i=0;i<1;i++)); do false; done; echo $?

n=3; for ((i=n; i; i--)); do echo $i; done; for ((i=0; i<${n}; i++)); do echo -n $i; done; echo; for (( i = 0 ; i < $(echo 2) ; i++ )); do echo $i; done

a=(x y z); for ((i=0; i<${#a[@]}; i++)); do echo $i:${a[i]}; done; for ((i=${#a[@]}-1; i>=0; i--)); do echo -n ${a[i]}; done; echo; v=abc; for ((i=0;i<${#v};i++)); do echo ${v:i:1}; done

for ((i=1; i<=100; i*=3)); do echo $i; done; for ((i=0; i<10; i+=4)) do echo $i; done; for ((x=5, y=1; x>y; x--)); do ((y++)); echo $x $y; done

for ((i=0; i<2; i++)); do echo $i; done | cat; for ((i=0; i<2; i++)); do echo $i; done > out; cat out; for ((i=0; i<2; i++)); do read l; echo "$l"; done < passwd

for ((i=0; i<2; i++)); do (echo $i; i=9); done; f() { local i; for ((i=0; i<2; i++)); do :; done; echo $i; }; i=q; f; echo $i; for ((i=0; i<3; i++)); do i=2; done; echo $i

for ((i=1/0; i<1; i++)); do echo no; done; echo $?; for ((i=0; i<1/0; i++)); do echo no; done; echo $?; for ((i=0; i<2; i+)); do echo once; done; echo $?

for
((i=0;
i<2;
i++))
do
echo $i
done; for ((i=0; i<1; i++)); do :; done && echo ok; ! for ((i=0;i<1;i++)); do :; done; echo $?

for ((i=0; i<3; i++)); do case $i in 1) continue;; esac; echo $i; done; for ((i=0; i<2; i++)); do for j in a b; do [ $j = b ] && continue 2; echo $i$j; done; done; set -e; for ((i=0;i<2;i++)); do ((i==5)) || true; done; echo end

for ((i=0; i<0x3; i++)); do echo $i; done; for ((i='1'; i<3; i++)); do echo $i; done; for ((i=0; (i<2) && 1; i=i+1)); do echo $i; done; for ((i=0; i<3 ? 1 : 0; ++i)); do echo $i; done

for ((i=0; i<2; i++)); do false; done; echo $?; for ((i=0; i<1; i++)); do :; done; echo $? $i

for ((i=0;i<3;i++)); do echo $i; done; for ((;;)); do ((++k>3)) && break; done; echo $k; for ((a=1,b=10;a<b;a*=2,b--)) { echo $a $b; }; for (( i = 5 ; i ; --i )) do printf $i; done; echo
