echo a | tee x y
cat x y
echo b | tee -a x
cat x
echo c | tee nodir/z; echo $?
echo d | tee
echo e | tee -
tee --zzz < /dev/null; echo $?
echo f | tee .; echo $?
seq 3 | tee t | tail -n 1
cat t
