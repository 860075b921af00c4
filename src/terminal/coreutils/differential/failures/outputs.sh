cat nums > /dev/full; echo $?
cat nums >&-; echo $?
cat -n nums > /dev/full; echo $?
cat -n nums >&-; echo $?

tac nums > /dev/full; echo $?
tac nums >&-; echo $?

nl nums > /dev/full; echo $?
nl nums >&-; echo $?

rev nums > /dev/full; echo $?
rev nums >&-; echo $?

head nums > /dev/full; echo $?
head nums >&-; echo $?
head -c5 nums > /dev/full; echo $?
head -c5 nums >&-; echo $?
head -n-2 nums > /dev/full; echo $?
head -n-2 nums >&-; echo $?

tail nums > /dev/full; echo $?
tail nums >&-; echo $?
tail -c5 nums > /dev/full; echo $?
tail -c5 nums >&-; echo $?
tail -n+3 nums > /dev/full; echo $?
tail -n+3 nums >&-; echo $?

wc nums > /dev/full; echo $?
wc nums >&-; echo $?
wc -l nums > /dev/full; echo $?
wc -l nums >&-; echo $?
wc -m nums > /dev/full; echo $?
wc -m nums >&-; echo $?

sort nums > /dev/full; echo $?
sort nums >&-; echo $?
sort -c nums > /dev/full; echo $?
sort -c nums >&-; echo $?

uniq nums > /dev/full; echo $?
uniq nums >&-; echo $?

cut -c1 nums > /dev/full; echo $?
cut -c1 nums >&-; echo $?
cut -f1 nums > /dev/full; echo $?
cut -f1 nums >&-; echo $?
cut -d: -f2 nums > /dev/full; echo $?
cut -d: -f2 nums >&-; echo $?

paste nums > /dev/full; echo $?
paste nums >&-; echo $?
paste -s nums > /dev/full; echo $?
paste -s nums >&-; echo $?

join nums words > /dev/full; echo $?
join nums words >&-; echo $?

fmt nums > /dev/full; echo $?
fmt nums >&-; echo $?

fold nums > /dev/full; echo $?
fold nums >&-; echo $?

expand nums > /dev/full; echo $?
expand nums >&-; echo $?

unexpand nums > /dev/full; echo $?
unexpand nums >&-; echo $?

od nums > /dev/full; echo $?
od nums >&-; echo $?
od -c nums > /dev/full; echo $?
od -c nums >&-; echo $?

hexdump nums > /dev/full; echo $?
hexdump nums >&-; echo $?
hexdump -C nums > /dev/full; echo $?
hexdump -C nums >&-; echo $?

xxd nums > /dev/full; echo $?
xxd nums >&-; echo $?

md5sum nums > /dev/full; echo $?
md5sum nums >&-; echo $?

sha256sum nums > /dev/full; echo $?
sha256sum nums >&-; echo $?

b2sum nums > /dev/full; echo $?
b2sum nums >&-; echo $?

sum nums > /dev/full; echo $?
sum nums >&-; echo $?

base64 nums > /dev/full; echo $?
base64 nums >&-; echo $?

basenc --base16 nums > /dev/full; echo $?
basenc --base16 nums >&-; echo $?

split nums > /dev/full; echo $?
split nums >&-; echo $?

csplit nums 2 > /dev/full; echo $?
csplit nums 2 >&-; echo $?

tsort nums > /dev/full; echo $?
tsort nums >&-; echo $?

column nums > /dev/full; echo $?
column nums >&-; echo $?
column -t nums > /dev/full; echo $?
column -t nums >&-; echo $?

grep a nums > /dev/full; echo $?
grep a nums >&-; echo $?
grep -c a nums > /dev/full; echo $?
grep -c a nums >&-; echo $?
grep -n . nums > /dev/full; echo $?
grep -n . nums >&-; echo $?

sed p nums > /dev/full; echo $?
sed p nums >&-; echo $?
sed -n '$=' nums > /dev/full; echo $?
sed -n '$=' nums >&-; echo $?

xargs -a nums echo > /dev/full; echo $?
xargs -a nums echo >&-; echo $?

diff nums words > /dev/full; echo $?
diff nums words >&-; echo $?

cmp nums words > /dev/full; echo $?
cmp nums words >&-; echo $?
cmp words nums > /dev/full; echo $?
cmp words nums >&-; echo $?

gzip -dc nums > /dev/full; echo $?
gzip -dc nums >&-; echo $?

tar cf t.tar nums > /dev/full; echo $?
tar cf t.tar nums >&-; echo $?
tar tf nums > /dev/full; echo $?
tar tf nums >&-; echo $?

dd status=none if=nums > /dev/full; echo $?

cp nums out > /dev/full; echo $?
cp nums out >&-; echo $?

numfmt < nums > /dev/full; echo $?
numfmt < nums >&-; echo $?

tee o < nums > /dev/full; echo $?

ls nums > /dev/full; echo $?
ls nums >&-; echo $?

touch -r nums o > /dev/full; echo $?
touch -r nums o >&-; echo $?

chmod 600 nums > /dev/full; echo $?
chmod 600 nums >&-; echo $?

install nums o > /dev/full; echo $?
install nums o >&-; echo $?

ln nums o > /dev/full; echo $?
ln nums o >&-; echo $?

mkdir nums/x > /dev/full; echo $?
mkdir nums/x >&-; echo $?
mkdir -p "nums/x" > /dev/full; echo $?
mkdir -p "nums/x" >&-; echo $?

shuf -n0 nums > /dev/full; echo $?
shuf -n0 nums >&-; echo $?

truncate -s 1 -r nums x > /dev/full; echo $?
truncate -s 1 -r nums x >&-; echo $?

zcat nums > /dev/full; echo $?
zcat nums >&-; echo $?
