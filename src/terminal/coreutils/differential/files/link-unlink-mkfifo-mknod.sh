link fruit.txt l; echo $?; stat -c %h l
link; link a; link a b c; link nope q; echo $?
unlink l; echo $?; unlink; unlink a b; unlink nope; mkdir d; unlink d; echo $?

mkfifo f1; mkfifo -m 600 f2; stat -c '%A %F' f1 f2
mkfifo f1; mkfifo; mkfifo -m zz q; echo $?
ls -F f1

mknod n1 p; stat -c '%A %F' n1; mknod; mknod n3; mknod n3 b; mknod n3 q; mknod n3 p 1; mknod n3 b 1; echo $?
mknod n1 p; mknod n4 c x 1; mknod n4 c 1 y; echo $?
