{ time -p true; } 2>&1 | sed 's/[0-9.]\+/N/'

TIMEFORMAT=; { time echo x; } 2>&1; TIMEFORMAT='%3lR %0R %1U'; { time :; } 2>&1 | sed 's/[0-9]/N/g'; TIMEFORMAT='lit\n'; { time :; } 2>&1; TIMEFORMAT=x; { time :; } 2>&1

TIMEFORMAT=t; time false; echo $?; time (exit 3); echo $?; time { echo a; false; }; echo $?; ! time true; echo $?; time ! true; echo $?; time; echo $?

TIMEFORMAT=t; time echo a | cat; time for i in 1 2; do echo $i; done; time if true; then echo y; fi; f() { echo f; }; time f; time [[ a == a ]]; time ((1)); time x=5; echo $x

TIMEFORMAT=T; time echo a && echo b; time true || echo c; time echo d & wait; time { time echo nested; }; time case a in a) echo e;; esac; time while false; do :; done; time eval 'echo f'; time . /dev/null

TIMEFORMAT='%lU %lS'; { time true; } 2>&1 | sed 's/[0-9.]\+/N/g'; TIMEFORMAT='[%2R]'; { time -p true; } 2>&1 | sed 's/[0-9.]\+/N/g'

TIMEFORMAT='%R'; { time true; } 2>&1 | sed 's/[0-9.]\+/N/g'; { time :; } 2>&1 | sed 's/[0-9.]\+/N/g'

TIMEFORMAT=t; { time sleep 0.01; } 2> out; cat out; time nosuch 2>/dev/null; echo $?; (time true) 2>&1; x=$( { time echo cap; } 2>&1 ); echo "$x"

TIMEFORMAT='%%'; { time true; } 2>&1; TIMEFORMAT='%3R'; { time true; } 2>&1 | sed 's/[0-9]\+/N/g'

type -t time; command -v time; type time

TIMEFORMAT=T; set -e; time true; time false || echo caught; echo end

times | wc -l; times | sed 's/[0-9]/N/g' | sort -u | wc -l; (times) | grep -c m; SECONDS=5; echo $((SECONDS>=5 && SECONDS<8)); [ $EPOCHSECONDS -gt 0 ] && echo ep; [[ $EPOCHREALTIME == *.* ]] && echo er

TIMEFORMAT=T; time { echo a; } | cat; time (echo b); time eval 'echo c'

{ time (echo a); } 2>/dev/null; TIMEFORMAT=%%; time { echo b; } 2>/dev/null; time (echo c); { time -p (echo d); } 2>/dev/null; ! time (echo e); echo $?

{ time -p true; } 2>/dev/null; { time -p sleep 0; } 2>&1 | cut -d' ' -f1; ! true | false; echo $?; ! ! true; echo $?; ! ; echo $?; ! (exit 3); echo $?; { time ! true; } 2>/dev/null; echo $?; false && echo a || echo b && echo c; true || echo x && echo y; true && false || true && echo z

TIMEFORMAT='%x'; time true

TIMEFORMAT='%'; time true

TIMEFORMAT='%5x'; time true

TIMEFORMAT='%9lR %0R %3lU'; { time true; } 2>&1 | sed 's/[0-9]/0/g'

TIMEFORMAT='a\nb%n'; time true

TIMEFORMAT=; time true; echo done

TIMEFORMAT='x%l'; time true

TIMEFORMAT='x%lx %3'; time true
