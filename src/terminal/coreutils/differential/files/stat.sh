touch -d '2020-01-02 03:04:05' f
chmod 644 f
stat -c '%n|%s|%a|%A|%F|%h|%U|%G|%u|%g|%y|%Y|%%' f
mkdir d
stat -c '%F %n' d
ln -s f l
stat -c '%F %N' l f
stat -L -c %F l
stat -c %s nofile; echo $?
stat --printf='%n\t%s\n' f
stat -t nofile; echo $?
stat; echo $?
stat -f -c %T nofile; echo $?
: > e
stat -c '%F' e
stat -c '%05s|%-8s|%8n|%f' f

stat -c '%t %T' pats; stat -c '%n %s %a %A %u %g %U %G %h %F' pats; stat --cached=never -c %n pats

stat -c %m words /proc /tmp . /
