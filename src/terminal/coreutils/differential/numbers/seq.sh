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

seq -f '%d' 3; echo $?; seq -f '%g%g' 3; echo $?; seq 0x10 0x12; seq 1 inf | head -n 2; seq -f abc 3; seq -f '%' 3; seq nan; seq -f 'a%%b%05.1fc' 3; seq -w -f %g 3; seq -f '%+g' 2; seq -f '%-5g|' 2; seq -f '% 06.2f' -- -1 1; seq 1e2 1e2; seq 1.50 0.25 2; seq 5 -2 0; seq -s, -w 8 11; seq 0.1 0.1 0.5; seq -3; seq -1 -1 -3; seq x; seq 1 0 3; seq 1 2 3 4; seq; seq 1e-1 0.3; seq --format=%e 2; seq 3 1; seq -0 2; seq -w -- -1 2; seq -w 1 .5 3

seq -w 8 11; seq -s, 1 3; seq -f '%05.1f' 1 0.5 2; seq 5 -2 1; seq 1 0; seq 0.1 0.1 0.5; seq -f %d 3; seq; seq a; seq 1 2 3 4; seq 1 0 3; echo $?; seq -f '%g%%' 2; seq -f '%s' 2; seq -f '%g %g' 2; echo $?; seq 1e3 1e3 3e3; seq -w 1 .5 3; seq 0x10 0x12; seq inf | head -2
