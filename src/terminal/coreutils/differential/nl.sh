nl poem
nl -ba poem
nl -s': ' -w2 fruit.txt
nl -nrz fruit.txt
nl -nln fruit.txt
nl -v10 -i5 fruit.txt
nl nofile; echo $?
