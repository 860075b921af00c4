touch -d '2020-02-29 12:34:56' a
stat -c '%y' a
touch -r a b
stat -c %Y b
touch -t 202101020304.05 c
stat -c %y c
touch -c nofile
ls nofile
touch -m -d @0 a
stat -c %Y a
touch nodir/x; echo $?
touch; echo $?
touch -d nonsense a; echo $?
touch -t 99 a; echo $?

ln -s fruit.txt l; ln -s nowhere dangling; touch -d '2024-02-03 UTC' fruit.txt; touch -h -d '2025-01-01 UTC' l dangling; date -r fruit.txt -u +%F; find l dangling -printf '%TY-%Tm-%Td %l\n'; touch -h nofile; echo $?; touch -ch nofile; echo $?; ls

