fallocate -l 10K a; stat -c '%s %a' a; fallocate -l 1M a; stat -c %s a; fallocate -l 5 a; stat -c %s a; fallocate -o 2M -l 1 a; stat -c %s a; fallocate -l 1MB b; fallocate -l 2KiB c; stat -c %s b c; fallocate -v -l 1500K d; fallocate -vl 100 e; fallocate -v -l 1G g; rm g

fallocate; echo $?; fallocate x; echo $?; fallocate -l; echo $?; fallocate -l zz x; echo $?; fallocate -l 0 x; echo $?; fallocate -l 1K; echo $?; fallocate -l 1K x y; echo $?; fallocate -l 1K no/such; echo $?; fallocate -o zz -l 1 x; echo $?; fallocate --zz; echo $?; ls

fallocate -x -l 4096 p; stat -c %s p; cmp p <(head -c 4096 /dev/zero) && echo zeros; echo keep >k; fallocate -l 100 k; head -c 5 k; wc -c <k
