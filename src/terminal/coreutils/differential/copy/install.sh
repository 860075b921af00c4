install fruit.txt b; echo $?; stat -c '%a %n' b
install -m 640 -v fruit.txt b; stat -c %a b
install -v fruit.txt b

install -d -v x/y/z; echo $?; stat -c %a x x/y
install -d -m 700 x/w; stat -c %a x/w
install -d x passwd; echo $?

install -D -v fruit.txt p/q/r; echo $?
install -D -m 600 fruit.txt p/q; ls p/q; stat -c %a p/q/fruit.txt

mkdir d; install d e; echo $?
install fruit.txt nodir/x; echo $?
install; install fruit.txt; echo $?
install -m zz fruit.txt c; install -o nosuch fruit.txt c; install -g nosuch fruit.txt c; echo $?
install -v -t d fruit.txt words; ls d

install nope c; echo $?
install -t nope fruit.txt; install fruit.txt words nope; echo $?
install -C -v fruit.txt c; install -C -v fruit.txt c; install -C -v words c
install --backup -v fruit.txt c; ls c*
install -x; echo $?
install fruit.txt fruit.txt; echo $?

install -m 600 /dev/null e; echo $?; stat -c '%a %s %F' e


install -D -m 755 /dev/null a/b/c; ls -R a; install -v /dev/null d; install -C -v /dev/null d; install -C -v /dev/null d

printf abc > f; install -C f g; install -v -C /dev/null g; wc -c < g; touch -d 2020-01-01 f; install -p f h; stat -c %Y h

install --preserve-context passwd p; echo $?; install -Z passwd p; ls p

install -m u=rwx,g=rx,o= passwd p; stat -c %a p; install -m a+x passwd p; stat -c %a p; install -c passwd q; stat -c %a q; install -T passwd q; mkdir d; install -T passwd d; echo $?; install -d -v a/b a/c; install -t d -T passwd; echo $?

install -S .old -v passwd fruit.txt; ls; install --backup=numbered passwd words; ls; install --backup=zz passwd words; echo $?; install -dm 750 x/y; stat -c %a x x/y; install -d passwd; echo $?; install passwd nodir/x/; echo $?
