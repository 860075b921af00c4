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

b2sum -l 128 passwd; b2sum -l 8 words; b2sum -l 7 words; b2sum -l 520 words; b2sum -l 0 words; b2sum --tag -l 128 words; b2sum -l x words; b2sum -l 128 words > s; b2sum -c s; b2sum --tag -l 256 words > s; b2sum -c s; b2sum words > s; b2sum -c s

cksum -a blake2b -l 128 words; cksum -a md5 words pats; cksum -a md5 --untagged words; cksum -z words | od -c | tail -n 2; cksum words pats; cksum < words; cksum -a zz words; sum words; sum -s words pats; sum -r < words; cksum -a bsd words; cksum -a sysv words; cksum -a md5 -z words | od -c | tail -n 1

sha256sum words > s; echo x >> words; sha256sum -c s; echo $?; sha256sum --quiet -c s; sha256sum --status -c s; echo $?; sha256sum -w -c s; echo junk >> s; sha256sum -c s; sha256sum -w -c s; echo $?; sha256sum --strict -c s; echo $?

echo 'e3b0  nofile' > s; sha256sum -c s; echo $?; sha256sum -c nofile; : > s; sha256sum -c s; sha256sum words pats | sed 's/pats/zz/' > s; sha256sum --ignore-missing -c s; sha256sum -c s; echo $?; sed -n 2p s > t; sha256sum --ignore-missing -c t; echo $?; sha256sum -c < s; sha256sum words nofile; echo $?

sha256sum -z words | od -c | tail -n 2; printf a > 'x\y'; sha256sum 'x\y'; md5sum --tag 'x\y'; md5sum 'x\y' > s; md5sum -c s; md5sum -b words; md5sum -t words; md5sum -bt words; md5sum --binary --tag words

md5sum -c --tag s; md5sum --quiet words; md5sum --strict words; md5sum --zero -c s; md5sum -bc s; md5sum --status words; md5sum -w words; md5sum --ignore-missing words; md5sum --tag -t words; echo $?; md5sum -q words; echo $?; md5sum .; echo $?
