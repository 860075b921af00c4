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

cksum -a sha256 passwd
cksum -a md5 --untagged passwd fruit.txt
cksum -a bsd passwd nums
cksum -a sysv passwd
cksum -a crc < passwd
cksum -a blake2b nofile nums; echo $?
cksum -a foo passwd; echo $?
sum -s passwd nums
sum -s -r passwd
sum -s < words
