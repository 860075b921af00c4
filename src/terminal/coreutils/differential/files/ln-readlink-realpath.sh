ln passwd hard
stat -c %h passwd
ln -s passwd soft
readlink soft
ln -s passwd soft; echo $?
ln -sf fruit.txt soft
readlink soft
ln nofile x; echo $?
mkdir d
ln d e; echo $?
ln -s ../passwd d
readlink d/passwd
ln -sv a b

mkdir -p d/e
ln -s d/e l
ln -sfn d l
readlink l
ln -s x d
ls -A d | cat
ln -sr d/e rel
readlink rel
ln -t d passwd
ls d
ln; echo $?
ln -s; echo $?
ln -T passwd d; echo $?

mkdir -p d/e
ln -s d/e l
realpath l d/../passwd | sed 's,.*/tmp/,,;s,^drydock-[^/]*/,,'
realpath nofile/x; echo $?
realpath -e nofile; echo $?
realpath --relative-to=d passwd
realpath -m --relative-to=. nodir/x/../y
readlink -f nodir/a; echo $?
readlink passwd; echo $?
readlink -e nofile; echo $?
readlink -m no/such | sed 's,.*drydock-[^/]*,,'

ln -s loop1 loop2
ln -s loop2 loop1
cat loop1; echo $?
realpath loop1; echo $?
readlink -n loop1
realpath -s passwd | sed 's,.*/,,'
realpath; echo $?
readlink; echo $?

ln -sv passwd l; ln -sv passwd l; echo $?; echo y | ln -siv fruit.txt l; readlink l; ln -sfv words l; ln -snf pats l; echo n | ln -i passwd fruit.txt; echo $?; ln -v passwd h; ln -bv fruit.txt h; ls h*

mkdir d e; ln -s d l; ln -s ../passwd l; ls d; ln -sn ../passwd l; echo $?; ln -sfn e l; readlink l; ln -sT e d; echo $?; ln -sfT e d; echo $?; ln -t d passwd words; ls d; ln -rs d/passwd e/x; readlink e/x; ln -r passwd q; echo $?; ln d z; ln -d d z; echo $?; ln -F d z; ln -L l2 z; ln -s passwd l3; ln -L l3 h3; stat -c %F h3; ln -P l3 h4; stat -c %F h4

ln --backup=numbered -sf passwd fruit.txt; ls fruit*; ln -S .o -sf passwd words; ls words*; ln a b c; ln -T a b c; ln; ln nofile x; ln passwd nodir/x; ln -s; echo $?; ln -s passwd; ln nofile; echo $?; ln -s '' x; echo $?

mkdir -p d/e f; ln -s ../f d/l; realpath -L d/l/..; realpath --relative-to=d f; realpath --relative-base=$PWD d/e /tmp; realpath --relative-base=d d/e words; realpath --relative-to=d --relative-base=. d/e words /; realpath --relative-to=nodir d; realpath -e --relative-to=words d; realpath -s --relative-base=d d/l d/../words; realpath; realpath -e nofile; realpath -q nofile/x; realpath ''; realpath -z words; realpath -m a/b/../c; realpath -Ls d/l/..
