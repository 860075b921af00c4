sleep 0; echo $?
sleep; echo $?
sleep 1x; echo $?
sleep -1; echo $?
sleep 0 0s
yes | head -n 1
yes n | head -n 1
true --x; echo $?
false x; echo $?
yes 'a b' c | head -n 1
sleep 0.01 0.01
sleep a b; echo $?
