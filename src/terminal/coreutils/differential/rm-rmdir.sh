mkdir -p d/e
touch d/f
rm d; echo $?
rm -d d; echo $?
rm -rv d | sort
ls
rm -f; echo $?
rm; echo $?

touch a b c
rm -v a b
rm -i c < /dev/null
ls c
rm -rf nofile; echo $?
rm -r .; echo $?
rm -r ..; echo $?
rm -- -x; echo $?

mkdir -p a/b/c
rmdir a; echo $?
rmdir -p a/b/c
ls
mkdir -p a/b
touch a/f
rmdir -pv a/b; echo $?
rmdir --ignore-fail-on-non-empty a; echo $?
rmdir nodir; echo $?
rmdir passwd; echo $?
