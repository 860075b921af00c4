mountpoint .; echo $?; mountpoint fruit.txt; echo $?; mountpoint nofile; echo $?; mountpoint -q .; echo $?; mountpoint -q nofile; echo $?; mountpoint -d .; echo $?

mountpoint; echo $?; mountpoint a b; echo $?; mountpoint -z x; echo $?; mountpoint -x fruit.txt; echo $?; mountpoint -x /dev/null; echo $?; mountpoint -x nofile; echo $?

mountpoint /; echo $?; mountpoint /proc/; echo $?; ln -s /proc p; mountpoint p; mountpoint --nofollow p; echo $?; mountpoint -q /proc && echo yes; if mountpoint -q fruit.txt; then echo yes; else echo no; fi
