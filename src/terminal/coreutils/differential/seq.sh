seq 5
seq 3 6
seq 1 3 10
seq 5 -2 -1
seq 0.5 0.25 1.5
seq -w 5 10
seq -s: 3
seq -f '%03g' 3
seq -f 'n%.2f' 2
seq 5 1; echo $?
seq 1 0 5 2>&1 | head -n 1
seq 1e2 102
seq -w -1 1

seq; echo $?
seq a; echo $?
seq 1 2 3 4; echo $?
seq 1 0 3; echo $?
seq 1.0 3
seq .1 .1 .3
seq -s '\n' 2
seq 9999998 10000000
seq 3 -1 1
seq -- -3 -1
