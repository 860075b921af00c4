chmod 640 passwd
stat -c '%a %A' passwd
chmod u+x,g-r,o=rw passwd
stat -c %A passwd
chmod a+X fruit.txt
stat -c %A fruit.txt
chmod +x fruit.txt
stat -c %A fruit.txt
chmod u=g passwd
stat -c %a passwd
chmod 4755 passwd
stat -c '%a %A' passwd
chmod 1777 .
stat -c %A .
chmod g+s,+t passwd
stat -c %A passwd

mkdir -p d/e
touch d/f
chmod -R go-rwx d
stat -c '%a %n' d d/e d/f
chmod -R a+rX d
stat -c '%a %n' d d/e d/f
chmod -v 600 passwd
chmod -c 600 passwd
chmod -c 644 passwd
chmod 999 passwd; echo $?
chmod u+q passwd; echo $?
chmod 644 nofile; echo $?
chmod; echo $?
chmod 644; echo $?
chmod --reference=passwd fruit.txt
stat -c %a fruit.txt
chmod -w passwd
stat -c %a passwd
