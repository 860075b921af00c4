touch -d '2020-03-04 05:06:07' a b
chmod 644 a
chmod 755 b
ls -l a b | sed 's/ root / U /g'

mkdir d
touch d/x d/.h
ls d
ls -a d
ls -A d
ls -d d
ls -p
ls -1F

printf 1234567 > big
printf 12 > small
ls -S
ls -Sr
ls -s1 small nofile; echo $?

touch -d 2020-01-01 old
touch -d 2021-01-01 new
ls -t old new
ls -tr old new
ls -lt --time-style=long-iso old new

touch -d '2020-05-06 07:08:09.123456789' t
ls -l --time-style=+%Y t

ln -s fruit.txt good
ln -s nowhere bad
ls -L good

mkdir -p q/r/s
touch q/f q/r/g
ls -R q
ls q q/r
ls -R q/r q/f

touch b10 b9 b1 B2
ls -v b*
ls -X
ls -r b*
ls -U nofile 2>&1

touch 'a b' "it's" 'x"y'
ls
ls -N

ls -n passwd --time-style=+T
ls -g --time-style=+T passwd
ls -o --time-style=+T passwd
ls -i nofile; echo $?

head -c 2000 /dev/zero > k
ls -lh --time-style=+T k

seq -f 'file%g' 12 | xargs touch

mkdir dir1
touch zz
ls --group-directories-first
ls -d */

ls nofile passwd nodir; echo $?
ls -q
ls --color=always -d passwd

touch -d '2020-05-06 07:08:09.5' t
ls -l --time-style=full-iso t
ls -lh --time-style=iso t
ls -l --full-time t
ls -l --time-style=foo t; echo $?

ln -s fruit.txt good
ln -s nowhere bad
ls -F good bad
ls -L bad; echo $?
ls -l --time-style=+ good bad
mkdir k
ln -s nowhere k/bad
ls -L k; echo $?
ls -lL k; echo $?
ln -s loop2 loop1
ln -s loop1 loop2
ls loop1

touch 'a b' "it's" 'x"y' $'t\tb' 'back\slash'
ls -m
ls -Q
ls -b
ls -q
ls --quoting-style=shell-always
ls --quoting-style=shell-escape -C
ls --quoting-style=c-maybe
ls --quoting-style=locale
ls --quoting-style=foo; echo $?
ls -l --time-style=+T --quoting-style=shell-escape words 'a b'
ls --zero

head -c 2000 /dev/zero > k
ls --block-size=K -l --time-style=+T k
ls -l --si --time-style=+T k
ls -l --block-size=kB --time-style=+T k
ls -l --block-size=100 --time-style=+T k
ls --block-size=x k; echo $?

ls -C -w 40
ls -x -w 40
ls -w 30 -C f*
ls -C -w 0
ls -C -T 4
ls -m -w 20
ls -w x; echo $?

touch 'save~' .hidden
ls -I '*.txt'
ls -B
ls --hide=passwd
ls -a --hide=passwd
ls -AI passwd
ls -Z1 2>/dev/null
ls --format=commas
ls --sort=width
ls --sort=foo; echo $?
mkdir d
mkfifo fifo
chmod +x words
ls --file-type
ls --indicator-style=classify
ls --color=always -d d fifo words passwd | od -c
export TERM=xterm
ls --color=always d fifo words passwd | od -c
ls -lF --color=always --time-style=+T words
