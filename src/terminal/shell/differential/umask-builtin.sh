umask; umask 027; umask; umask -S; umask u=rwx,g=rx,o=; umask; umask g+w; umask; umask o-rwx; umask; umask a=rx; umask -S; umask 0; umask; umask -p; umask -pS

umask 077; touch f; stat -c %a f; mkdir d; stat -c %a d; umask 0; touch g; stat -c %a g; (umask 022; touch h); stat -c %a h; umask; umask 22; umask; umask 0022; umask

umask 8; echo $?; umask 1777; echo $?; umask x; echo $?; umask u=z; echo $?; umask -z; echo $?; umask u+; echo $?; umask ,; echo $?; umask 022 033; umask; umask u; echo $?

umask -S 002; umask; umask u=rw; umask -S; umask =; umask -S; umask +x; umask -S; umask ug=r,o+w; umask -S; umask a-w; umask -S; umask u=g; umask -S; echo $?

umask 022; umask 0777; umask -S; touch none; stat -c %a none; umask 022; f() { umask 077; }; f; umask; umask 022; x=$(umask); echo $x; umask -S | tr , '\n'; bash -c umask; umask 7; umask

umask go=; umask; umask u=,g=rwx,o=x; umask; umask -S; umask 022; umask g=u; umask; umask o=g-w; echo $?; umask a+r,u+w; umask; umask u+s; echo $?; umask +t; echo $?

umask 055; umask -p > saved; umask 0; . ./saved; umask; umask -S -p; umask --; umask -- 012; umask; echo > f; stat -c %A f; cat > g < f; stat -c %A g; cp f h; stat -c %A h; mkdir -m 700 d; stat -c %A d

umask u-r; umask; umask g-x; umask; umask 111; umask; umask a=; umask; umask u+rwx; umask; umask g+r,o+r; umask; umask 700; umask -S; umask ugo+rwx; umask; umask 022; umask -S g-w; umask

umask 0022; type umask; umask 2; umask; umask 00022; umask; umask 0000000; umask; umask 99; echo $?; umask -1; echo $?; umask 0x12; echo $?; umask '' ; echo $?; umask ' 22'; echo $?

umask 027; mkdir -p a/b; stat -c %a a a/b; echo > a/f; stat -c %a a/f; (umask 0; echo > a/g; stat -c %a a/g); umask; { umask 077; }; umask; umask 022 | cat; umask; umask 027 & wait; umask

umask=5; umask; echo $umask; umask $umask; umask; umask "$(umask)"; umask; saved=$(umask); umask 0; umask $saved; umask; umask $((8+8)); umask; command umask; builtin umask; \umask; env umask 2>/dev/null; echo $?

umask 22; bash -c 'umask 077; umask'; umask; bash -c 'touch x; stat -c %a x'; echo 'umask 007' > s; . ./s; umask; bash ./s; umask; eval 'umask 011'; umask; trap 'umask' EXIT; umask 066

umask 022; (umask 077; > a; mkdir d); > b; stat -c '%a %n' a b d; umask; umask -S; umask u=rwx,g=rx,o=; umask; umask -p; $(umask -p); umask 0; > c; stat -c %a c; umask a-x; umask; umask go+rwx; umask -S; umask 888; umask 12345; umask u=rwxx; umask; umask -S 027
