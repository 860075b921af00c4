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
