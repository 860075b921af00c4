md5sum fruit.txt passwd
sha256sum < passwd
md5sum fruit.txt > m
md5sum -c m
echo z >> fruit.txt
md5sum -c m; echo $?
md5sum -b passwd
sha1sum -z passwd | od -c | tail -n 2
sha512sum nofile; echo $?
md5sum .; echo $?
sha256sum --tag passwd
md5sum -c nofile; echo $?
echo junk | md5sum -c; echo $?
