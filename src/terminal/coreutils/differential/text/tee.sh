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

tee -a out < pats; tee -i -p out2 < pats > /dev/null; cat out2; echo x | tee /nonexistent/a; echo $?; echo x | tee --output-error=warn /nonexistent/a; echo $?
echo x | tee --output-error=exit /nonexistent/a; echo $?; tee --output-error=foo < /dev/null; echo $?; echo x | tee --output-error=warn-nopipe a b; cat a b
