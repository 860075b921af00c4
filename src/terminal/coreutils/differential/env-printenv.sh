env -i A=1 B=2 printenv
env -u HOME sh -c 'echo [$HOME]'
env A=1 sh -c 'echo $A'
env nosuchcmd; echo $?
env -i sh -c 'echo ok'
printenv HOME PATH
printenv A NOPE HOME; echo $?
env --zzz; echo $?
env -C / pwd
env -S 'echo a b'
env ./passwd; echo $?
env -i A='x y' env
env -0 -i B=1 | od -c
A=1 env -i
env - X=1
