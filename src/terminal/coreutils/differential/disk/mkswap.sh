PATH+=:/usr/sbin; head -c 1048576 /dev/zero >sw; chmod 600 sw; mkswap -U 12345678-1234-1234-1234-123456789abc sw; echo $?; od -Ax -tx1z -j 1024 -N 64 sw; tail -c +4081 sw | head -c 16 | od -c; mkswap -L data -U 12345678-1234-1234-1234-123456789abc sw; od -An -c -j 1052 -N 8 sw; mkswap -q sw; wc -c <sw

PATH+=:/usr/sbin; head -c 100000 /dev/zero >sw; mkswap -U 12345678-1234-1234-1234-123456789abc sw; chmod 644 sw; mkswap -qf sw; mkswap -U 12345678-1234-1234-1234-123456789abc sw 2>&1 | tail -3

PATH+=:/usr/sbin; head -c 20000 /dev/zero >small; chmod 600 small; mkswap small; echo $?; mkswap nofile; echo $?; mkswap; echo $?; mkswap --zz; echo $?; head -c 50000 /dev/zero >sw; chmod 600 sw; mkswap -U zz sw; echo $?
