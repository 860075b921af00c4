expand -t 2,4,/8 tabs
expand --tabs=4 tabs
unexpand -t 4 -a tabs | cat -T
unexpand --first-only tabs | cat -T
expand -t 3 -i tabs
expand nofile; echo $?
expand -t 4,2 tabs; echo $?

expand -t 4 tabs; expand -i tabs; expand -t 2,4 tabs; unexpand -a -t 4 tabs | od -c | head -3; unexpand --first-only tabs | od -c | head; expand -t x tabs; expand -t 4,2 tabs; echo $?; expand -t +4 tabs; expand -t /3 tabs; unexpand -t 2,4 tabs
