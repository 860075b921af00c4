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

gzip -S .z fruit.txt; ls *.z; gzip -d -S .z fruit.txt.z; ls fruit*; gzip -S '' fruit.txt; echo $?; gzip -Sxx -k words; rm words; gunzip -S xx wordsxx; ls words*; gzip --suffix=.foo -kv words; gzip -d < words.foo | head -n 1; gunzip -k words.foo; echo $?; gzip words.foo; ls words*; gzip words.foo.gz; echo $?; gzip -zz; echo $?; gunzip --zzz; echo $?; zcat -zz; echo $?

tar czf a.tgz words; gunzip a.tgz; ls a*; cp words w.z; gzip w.z; echo $?; gzip -q w.z; gunzip nofile; echo $?; gzip -d words; echo $?

gzip -S .z fruit.txt

cp words w2; touch -d '2026-03-01 10:11' w2; gzip w2; gzip -lv w2.gz; gzip -l w2.gz; gzip -lq w2.gz; gzip -lv < w2.gz; cat w2.gz | gzip -lv; cat w2.gz | gzip -l
cp words a; cp poem b; gzip a b; gzip -l a b; touch -d '2026-03-01 10:11' *.gz; gzip -lv a b; gzip /dev/null; echo $?
