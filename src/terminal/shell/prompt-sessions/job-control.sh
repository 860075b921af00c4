sh -c 'echo go; read x; echo go; exec sleep 100'
^Z
jobs
fg
a
^C
jobs

sh -c 'echo go; read x; echo got $x; exit 3'
^Z
fg
line
echo $?

bash -c 'echo go; exec sleep 0.3; echo slept > f'
^Z
bg
wait
echo after $? $(cat f)

sh -c 'echo go; read x; echo go; exec sleep 100' | cat
^Z
jobs
fg %1
a
^C
echo $?

sleep 100 &
sleep 200 &
sleep 300 &
jobs
kill %2; wait %2
jobs
kill %+; wait %3; echo $?
kill %-; wait %1

sleep 100 & sleep 200 &
jobs %1
jobs %%
jobs %+ %-
jobs %?20
fg %sl
kill %?10; wait %1
kill %2; wait %2
jobs

sleep 100 &
disown
jobs
disown %1
kill $!
sleep 100 &
disown -h %1
jobs
kill %1; wait %1

(sleep 0.2; exit 3) & (sleep 0.1; exit 4) &
wait -n; echo $?
wait -n; echo $?
wait -n; echo $?

sleep 0.2 | sleep 0.3 | cat &
jobs
wait
jobs

sh -c 'echo go; exec sleep 100'
^C
echo $?
sh -c 'echo go; exec sleep 100'
^C
echo $?

fg
bg
fg %5
bg %5
kill %5
wait %5; echo $?
disown %5

sh -c 'echo go; read x; echo go; exec sleep 100'
^Z
sh -c 'echo go; read x; echo go; exec sleep 200'
^Z
jobs
%1
a
^Z
jobs
%-
b
^Z
jobs
%2 &
jobs %1

false & wait $!; echo $?
(exit 5) & wait -p who %1; echo $? $((who == $!))

f() { sh -c 'echo go; exec sleep 100'; echo inner $?; }
f
^C
echo $?
while :; do sh -c 'echo go; exec sleep 100'; done
^C
echo $?

sh -c 'echo go; read x; echo go; exec sleep 100' && echo never
^Z
jobs
fg
a
^C
echo $?

sh -c 'echo go; exec sleep 100'
^Z
bg
jobs
bg
bg %1
kill %1; wait %1
jobs; echo $?


sh -c 'echo go; exec sleep 3'
^Z
jobs
bg
jobs %1

sh -c 'echo go; exec sleep 3'
^Z
sh -c 'echo go; exec sleep 4'
^Z
jobs
disown %1
jobs
disown -a
jobs

sh -c 'echo go; exec sleep 3' | cat
^Z
jobs
jobs -p | wc -l
bg

sh -c 'echo go; exec sleep 3'
^Z
disown -h %1
jobs
jobs -s | wc -l
bg
disown
jobs

sh -c 'trap "" TSTP; echo go; exec sleep 0.2'
^C
echo $?

sleep 3 &
disown
jobs
