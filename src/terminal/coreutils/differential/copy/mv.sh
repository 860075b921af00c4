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

echo y | mv -i passwd fruit.txt; echo $?; ls

echo n | mv -i passwd fruit.txt; echo $?; ls; mv -if passwd fruit.txt; ls

mv -n -v passwd fruit.txt; echo $?; mv -fi passwd words < /dev/null; echo $?; ls

mv --strip-trailing-slashes -v passwd w; mkdir d; mv -v d/ e/; mv -v passwd nodir/; echo $?; mv w w; echo $?; mkdir e/f; mv e e/f; echo $?

mv --backup=t -v passwd fruit.txt; ls; mv -bv words nums; ls; mv --suffix=.x -v poem tabs; ls; mv --backup=foo pats tabs; echo $?

mkdir d e; touch d/a e/a; mv d e; ls e; mv -T d e; echo $?; mv -Tv e f; mv passwd f; mv f passwd; echo $?; mv -t f words nums -v; mv -u words f; ls f

mkdir d; touch d/x; mkdir -p e/d; touch e/d/y; mv d e; echo $?; mv nofile d; mv; mv a; mv a b c; echo $?; mv -Z passwd p; mv --context passwd p; ls p

ln passwd a; mv a passwd; echo $?; ls; ln -s passwd l; mv l passwd; echo $?; readlink passwd
