expand -t 2,4,/8 tabs
expand --tabs=4 tabs
unexpand -t 4 -a tabs | cat -T
unexpand --first-only tabs | cat -T
expand -t 3 -i tabs
expand nofile; echo $?
expand -t 4,2 tabs; echo $?
