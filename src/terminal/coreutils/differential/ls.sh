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
