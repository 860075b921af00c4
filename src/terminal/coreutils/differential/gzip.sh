cp passwd a
gzip -9 a
ls
gzip -l a.gz | wc -l
gzip -d a.gz
cmp a passwd
gzip -k a
ls
gzip -f a
ls
zcat a.gz | head -n 1
gzip -dk a.gz
ls
gunzip nofile; echo $?
ls
cat a.gz | gunzip | wc -c
gzip -v a 2>&1 | sed 's/:.*--/: --/'
