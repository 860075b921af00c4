diff fruit.txt fruit.txt; echo $?
sed 's/fig/kiwi/' fruit.txt > g
diff fruit.txt g; echo $?
diff -u --label a --label b fruit.txt g
diff -q fruit.txt g
diff --normal fruit.txt g
diff --brief fruit.txt nofile; echo $?
diff -w fruit.txt g
diff --strip-trailing-cr fruit.txt fruit.txt
diff -U 0 --label a --label b fruit.txt g
diff -s fruit.txt fruit.txt

seq 20 > a
seq 20 | sed '3d;10s/$/ten/;15a new' > b
diff a b
diff -u --label a --label b a b
diff -a a b | head -n 1
diff --color=never a b | wc -l
diff -t a b | head -n 1
