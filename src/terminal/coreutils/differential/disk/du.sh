mkdir -p d/e
head -c 5000 /dev/zero > d/f
head -c 100 /dev/zero > d/e/g
du -b d/f
du --apparent-size -s -B1 d/f
du -b d/e/g d/f
du -ab d/f
du nofile; echo $?
du -bc d/f d/e/g
du -hb d/f
du -s --apparent-size -k d/f
du -d x d; echo $?
du -s -a d; echo $?

mkdir -p d/e; printf x > d/a; head -c 10000 /dev/zero > d/e/b; du -a --exclude=b d | sort; du -S d; du --apparent-size -bS d/e; du --si -s d/e; du -0 -s d | od -c | tail -n 2; du --inodes d | sort; du -t 10K d; du -a -t -1K d/a; echo b > pat; du -a -X pat d | sort; ln d/a d/c; du -l --inodes -s d; du --inodes -s d; du -l -s d

ln -s d l; mkdir d; head -c 5000 /dev/zero > d/x; du -D l; du -L l; du -s l; du -H l; du --zzz; echo $?
