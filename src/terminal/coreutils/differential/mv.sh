mv passwd p
ls
mv -v p q
mv q nodir/; echo $?
mkdir d
mv -v q d
mv d/q .
mv nofile x; echo $?

mkdir a b
touch a/f
mv a b
find b | sort
mv b b/c; echo $?
mkdir -p e/a
touch e/a/z
mv b/a e; echo $?

echo 1 > a
echo 2 > b
mv -n a b
cat a b
mv -b a b
ls
mv -t nodir b; echo $?
mkdir d
mv -t d b 'b~'
ls d
mv d/* .
ls

mkdir d
mv passwd fruit.txt d
ls d
mv d/passwd d/fruit.txt d2; echo $?
mv d; echo $?
mv d/passwd d/passwd; echo $?
mv -u d/passwd .
ls
