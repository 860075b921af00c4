mkdir -p a/b c
touch a/x.txt a/b/y.txt c/z.log .hid
find . | sort
find a -name '*.txt' | sort
find . -maxdepth 1 -type f | sort
find . -mindepth 2 | sort
find . -type d | sort
find . -path './a/*' | sort
find . -iname '*.TXT' | sort

mkdir -p a/b
touch a/x a/b/y
find . -name b -prune -o -type f -print | sort
find a -depth
find . ! -name '*.txt' -type f | sort
find . \( -name x -o -name y \) | sort
find . -not -path './a*' | sort
find a -empty | sort

touch -d 2020-01-01 old
touch -d 2021-01-01 new
find . -newer old -name n\*
find . -size +10c | sort
find . -size -1k | sort
find . -size 0
find . -perm 644 | sort
find . -perm -u+w -type f | sort
find . -perm /111 -type f
find . -newermt 2020-06-01 ! -newermt 2022-01-01

touch a b
find . -type f -exec echo {} + | tr ' ' '\n' | sort
find . -name a -exec sh -c 'echo got $1' _ {} \;
find . -name a -delete
ls
find . -name b -ok rm {} \; < /dev/null
find . -type f -print0 | tr '\0' '\n' | sort
find -name b

mkdir d
touch -d '2020-01-02 03:04:05' d/f
chmod 644 d/f
find d -type f -printf '%p %f %h %s %m %M %y %d %P\n'
find d -printf '%f\n' | sort
find d/f -printf '%TY-%Tm-%Td %u %g\n'
find . -regex '.*/d/.'
find . -links 2 | sort
ln -s f d/l
find d -type l -printf '%p -> %l\n'
find -L d -type l
find d -lname 'f'

find nodir; echo $?
find . -nme x; echo $?
find . -name; echo $?
find . -type q; echo $?
find . -exec echo; echo $?
find . -maxdepth x; echo $?
find . -size z; echo $?
find . \( -name x; echo $?
find . -quit
find . -name passwd -quit
find passwd -ls | wc -l
find . -maxdepth 1 -samefile passwd
find . -user root -name passwd
find . -mtime +1
find . -mmin -5 -name passwd
