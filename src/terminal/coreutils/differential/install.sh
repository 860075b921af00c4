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
