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
find a/b -depth
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

find . -name '*.txt' -o -name pats | sort
find . -maxdepth 1 -type f -size -1k | sort
find . -empty
find . -newer pats -name zz
find . -perm 644 -name 'p*' | sort
find . -iname 'PATS'
find . -regex '.*/p[a-z]*' | sort
find . -name pats -printf '%f %s %m %y %d %h %P\n'
find . -name pats -exec echo {} +
find . -name pats -exec echo {} \

find . -name pats -delete
find . -not -type d -name 'n*'
find . -path './n*'
find nofile
find . -name 'p*' -print0 | sort -z | tr '\0' '#'
find . -size +100c -name '*.json'
find . -mmin -5 -name words
find . -newermt 2020-01-01 -name words
find . -user root -name words
find . -uid 0 -gid 0 -name words

find . -links 1 -name words
find . -inum 1
find . -samefile words
find . -type d,f -name words
find -L . -name words
find . -depth -name words
find . -mindepth 1 -maxdepth 1 -name words -prune
find . -quit
find . -readable -writable -name words
find . -executable -name words

find . -name words -execdir echo {} \;
find . -false -o -true -name words
find . -zzz
find . -name
find . -exec echo {}
find . -type x
find . -size x
find . -maxdepth x
find . -perm zz
find . \( -name a

find . -name a \)
find . -newer nofile
find . -regextype foo -regex a
find . -regextype posix-extended -regex './(pats|nums)' | sort
find . -fprint out -name zz
find . -name words -fprintf out2 '%p\n'
find . -name words -okdir true \
find . -used 1 -name zz
find . -xdev -name words
find -P . -name words

find -O3 . -name words
find . -fstype zz
find . -nouser -o -nogroup
find . -context x
find . -ilname a
find . -xtype f -name words
find . -name words -printf '%k %b %n %u %g %U %G %l %i\n' | cut -d' ' -f3-7
find . -wholename ./words
find . -cnewer pats -name zz
find . -anewer zzz

find . -noleaf -name words
find . -ignore_readdir_race -name words
find . -mount -name words
find . -nowarn -name words

mkdir -p d/e; ln -s ../pats d/l; ln -s nowhere d/x; ln -s d dl
find dl; find -H dl | sort; find -L dl -type f; find d -xtype f; find d -xtype l; find -L d -xtype l | sort
find d -xdev -name e; find . -newerma pats -name zz; find . -newermt 2020-01-01 -name pats; find . -newerat 2030-01-01;
find . -regextype sed -regex './p[a-z]\{3\}' | sort; find . -regextype awk -regex './(pats|tabs)' | sort; find d -fprint0 o; od -c o | tail -1; find d -fls o; wc -l < o; find d -fprintf /nonexistent/o x; echo $?
