env kill -l TERM
env kill -l 15
env kill abc; echo $?
sleep 5 & env kill $!
wait $!; echo $?
env kill -0 999999; echo $?
