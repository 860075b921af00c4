getopt -o ab:c:: -- -a -b x file -cfoo -c y
getopt -o ab:c:: -l long,value:,maybe:: -- --long --value 'a b' --value=c --maybe --maybe=z "it's" -- -a
getopt -o '' -l long,longer -- --lon; echo $?
getopt -o '' -l long,longer -- --long=x; echo $?

getopt ab: -a -b x y; getopt ab: -c; echo $?

getopt -o a -- -x; echo $?; getopt -o a: -- -a; echo $?; getopt -o a -l value: -- --value; echo $?; getopt -o a -- --nope; echo $?

getopt -n prog -o a -- -x -a z; echo $?; getopt -q -o a -- -x -a z; echo $?; getopt -Q -o a -- -x -a z; echo $?

getopt; echo $?; getopt -o; echo $?; getopt -z; echo $?; getopt -s zsh -o a -- ; echo $?; getopt -T; echo $?; getopt --; echo $?

getopt -o +ab -- -a file -b; getopt -o -ab -- -a file -b; POSIXLY_CORRECT=1 getopt -o ab -- -a file -b

getopt -u -o a: -- -a 'x y' 'z w'; getopt -s csh -o a: -- -a "it's !" 'x y'

getopt -a -o ab -l alpha,beta: -- -alpha -beta 3 -ab; getopt -a -o b -l alpha -- -nope; echo $?

getopt -l one -l two:,three -o '' -- --tw 2 --th; getopt --longoptions 'a b,c' --options x -- --a -x --b; getopt -ol: -- -l 'a
b'

eval set -- "$(getopt -o vf: -l verbose,file: -- --file='my file' -v rest more)"; for word; do echo "[$word]"; done

set -- -v -o out in; opts=$(getopt -o vo: -- "$@") || exit 1; eval set -- "$opts"; while :; do case $1 in -v) echo verbose; shift ;; -o) echo "out=$2"; shift 2 ;; --) shift; break ;; esac; done; echo "$@"
