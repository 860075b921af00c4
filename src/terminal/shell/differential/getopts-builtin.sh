set -- -a -b val -c rest; while getopts ab:c o; do echo "$o [$OPTARG] $OPTIND"; done; shift $((OPTIND-1)); echo "$@"

set -- -abc; while getopts abc o; do echo $o $OPTIND; done; OPTIND=1; set -- -bval -b=x; while getopts b: o; do echo $o $OPTARG; done

set -- -x; getopts ab o; echo $? $o; OPTIND=1; set -- -b; getopts b: o; echo $? $o; OPTIND=1; getopts ab o -- -a; echo $? $o $OPTIND

set -- -x; getopts :ab o; echo "$? $o $OPTARG"; OPTIND=1; set -- -b; getopts :b: o; echo "$? $o $OPTARG"; OPTERR=0; OPTIND=1; set -- -z; getopts a o; echo "$? $o [$OPTARG]"

set -- a -b; getopts b o; echo $? $o $OPTIND; set -- -; OPTIND=1; getopts b o; echo $? $o; set --; OPTIND=1; getopts b o; echo $? $o; set -- -- -b; OPTIND=1; getopts b o; echo $? $o $OPTIND

f() { local OPTIND o; while getopts vn: o "$@"; do case $o in v) echo verbose;; n) echo n=$OPTARG;; ?) return 1;; esac; done; shift $((OPTIND-1)); echo "left: $*"; }; f -v -n 3 x y; f -vn4; f -q; echo $?; f -n; echo $?

while getopts :hf: opt -h -f file extra; do case $opt in h) echo help;; f) echo file $OPTARG;; esac; done; echo $OPTIND; getopts; echo $?; getopts a; echo $?

set -- -a -- -b; while getopts ab o; do echo $o; done; shift $((OPTIND-1)); echo $1; OPTIND=1; set -- -a x -b; while getopts ab o; do echo $o; done; echo $OPTIND

set -- -b '' -c 'x y'; while getopts b:c: o; do echo "$o<$OPTARG>"; done; OPTIND=1; set -- -1 -2x; while getopts 12: o; do echo $o ${OPTARG-}; done

usage() { echo "usage: $0" | sed 's/ .*bash/ bash/'; return 2; }; OPTIND=1; set -- -h; while getopts :h o; do case $o in h) usage; echo $?;; esac; done; OPTIND=1; while getopts a 1x -a; do echo no; done; echo $?

set -- -a -a -a; n=0; while getopts a o; do ((n++)); done; echo $n; OPTIND=2; set -- -x -a; getopts xa o; echo $o; OPTIND=1; getopts xa o; echo $o; echo $OPTIND; unset OPTIND; echo "${OPTIND-unset}"

set -- -ab; getopts ab o; echo $o $OPTIND; set -- -ba; getopts ab o; echo $o $OPTIND; OPTIND=1; getopts : o -x; echo $? $o; OPTIND=1; getopts a: o -a -b; echo $o $OPTARG; OPTIND=1; getopts a::b o -b; echo $? $o

while getopts :ab:c o -a -b v -x -c rest; do echo "$o $OPTARG $OPTIND"; done; echo $OPTIND; OPTIND=1; getopts b: o -b; echo $? $o; OPTIND=1; getopts a o -z; echo $? $o; OPTIND=1; while getopts ab o -ab -- -a; do echo $o; done; echo $OPTIND; getopts; echo $?

while getopts ':vf:o:h' opt -v -f file -x -o; do case $opt in v) echo verbose;; f) echo file=$OPTARG;; \?) echo "invalid -$OPTARG";; :) echo "-$OPTARG needs an argument";; esac; done; echo $OPTIND $opt; OPTIND=1; while getopts ab o -ab -- -c; do echo $o; done; echo $OPTIND

f() { local OPTIND opt v=0 name=; while getopts 'vn:' opt; do case $opt in v) ((v++));; n) name=$OPTARG;; *) return 2;; esac; done; shift $((OPTIND-1)); echo "v=$v n=$name rest=$*"; }; f -v -v -n joe a b; f -vvn joe; f -nx; f; f -q; echo $?; f -n; echo $?

set -- -a1 -b 2 --long rest; while getopts a:b:-: o; do echo $o=$OPTARG; done; echo $OPTIND; shift $((OPTIND-1)); echo "$@"; OPTIND=1; OPTERR=0; getopts x o -y; echo $? $o "[$OPTARG]"; OPTIND=1; getopts :x: o -x; echo $? $o $OPTARG; OPTIND=1; getopts x o; echo $? $o $OPTIND; getopts; echo $?; getopts a; echo $?; getopts a 1x; echo $?

set -- -abc val; getopts ab:c o; echo $o $OPTIND; getopts ab:c o; echo $o $OPTARG $OPTIND; getopts ab:c o; echo $? $o $OPTIND; set -- -x -y; OPTIND=2; getopts xy o; echo $o; OPTIND=1; getopts xy o; echo $o; set -- a -x; OPTIND=1; getopts x o; echo $? $OPTIND; set -- - -x; OPTIND=1; getopts x o; echo $? $OPTIND
