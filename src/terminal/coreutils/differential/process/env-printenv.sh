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

env --chdir=/nonexistent true; echo $?; env nosuchcmd; echo $?; env -z; echo $?; env A=1 -i; env -i A=1 B=2 env; env -u HOME sh -c 'echo ${HOME-unset}'; env -C / pwd; env -0 -i A=1 | tr '\0' '#'; env -i --debug A=1 true

env -i -v A=1 true; env -v -u HOME -u X -C / B=2 echo hi; env -v -S 'A=1 echo x'; env -u HOME -S 'printf %s-\n a b'
