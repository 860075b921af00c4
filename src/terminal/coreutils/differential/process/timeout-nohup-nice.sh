timeout 5 echo ok
timeout 0.1 sleep 5; echo $?
timeout --preserve-status 0.1 sleep 5; echo $?
timeout 1 sh -c 'exit 3'; echo $?
timeout 1 nosuchcmd; echo $?
timeout x true; echo $?
timeout; echo $?
timeout 1; echo $?
timeout -k 1 0.1 sleep 3; echo $?
timeout -s NOSUCH 1 true; echo $?
nohup true; echo $?
nice true; echo $?
nohup; echo $?
nohup nosuchcmd; echo $?
nice
timeout 1m true
timeout 1 ./passwd; echo $?

nice -n 3; echo $?; nice -n x true; echo $?; nice -n; nice -x true; echo $?; nice -n 1 nofile; echo $?
