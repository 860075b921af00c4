cat .; echo $?
cat missing; echo $?
cat nums missing words; echo $?
cat nums/; echo $?
cat -n .; echo $?
cat -n missing; echo $?
cat -n nums missing words; echo $?
cat -n nums/; echo $?

tac .; echo $?
tac missing; echo $?
tac nums missing words; echo $?
tac nums/; echo $?

nl .; echo $?
nl missing; echo $?
nl nums missing words; echo $?
nl nums/; echo $?

rev .; echo $?
rev missing; echo $?
rev nums missing words; echo $?
rev nums/; echo $?

head .; echo $?
head missing; echo $?
head nums missing words; echo $?
head nums/; echo $?
head -c5 .; echo $?
head -c5 missing; echo $?
head -c5 nums missing words; echo $?
head -c5 nums/; echo $?
head -n-2 .; echo $?
head -n-2 missing; echo $?
head -n-2 nums missing words; echo $?
head -n-2 nums/; echo $?

tail .; echo $?
tail missing; echo $?
tail nums missing words; echo $?
tail nums/; echo $?
tail -c5 .; echo $?
tail -c5 missing; echo $?
tail -c5 nums missing words; echo $?
tail -c5 nums/; echo $?
tail -n+3 .; echo $?
tail -n+3 missing; echo $?
tail -n+3 nums missing words; echo $?
tail -n+3 nums/; echo $?

wc .; echo $?
wc missing; echo $?
wc nums missing words; echo $?
wc nums/; echo $?
wc -l .; echo $?
wc -l missing; echo $?
wc -l nums missing words; echo $?
wc -l nums/; echo $?
wc -m .; echo $?
wc -m missing; echo $?
wc -m nums missing words; echo $?
wc -m nums/; echo $?

sort .; echo $?
sort missing; echo $?
sort nums missing words; echo $?
sort nums/; echo $?
sort -c .; echo $?
sort -c missing; echo $?
sort -c nums missing words; echo $?
sort -c nums/; echo $?

uniq .; echo $?
uniq missing; echo $?
uniq nums missing words; echo $?
uniq nums/; echo $?

cut -c1 .; echo $?
cut -c1 missing; echo $?
cut -c1 nums missing words; echo $?
cut -c1 nums/; echo $?
cut -f1 .; echo $?
cut -f1 missing; echo $?
cut -f1 nums missing words; echo $?
cut -f1 nums/; echo $?
cut -d: -f2 .; echo $?
cut -d: -f2 missing; echo $?
cut -d: -f2 nums missing words; echo $?
cut -d: -f2 nums/; echo $?

paste .; echo $?
paste missing; echo $?
paste nums missing words; echo $?
paste nums/; echo $?
paste -s .; echo $?
paste -s missing; echo $?
paste -s nums missing words; echo $?
paste -s nums/; echo $?

join . words; echo $?
join missing words; echo $?
join nums missing words words; echo $?
join nums/ words; echo $?

comm . words; echo $?
comm missing words; echo $?
comm nums missing words words; echo $?
comm nums/ words; echo $?

fmt .; echo $?
fmt missing; echo $?
fmt nums/; echo $?

fold .; echo $?
fold missing; echo $?
fold nums missing words; echo $?
fold nums/; echo $?

expand .; echo $?
expand missing; echo $?
expand nums missing words; echo $?
expand nums/; echo $?

unexpand .; echo $?
unexpand missing; echo $?
unexpand nums missing words; echo $?
unexpand nums/; echo $?

od .; echo $?
od missing; echo $?
od nums missing words; echo $?
od nums/; echo $?
od -c .; echo $?
od -c missing; echo $?
od -c nums missing words; echo $?
od -c nums/; echo $?

hexdump .; echo $?
hexdump missing; echo $?
hexdump nums missing words; echo $?
hexdump nums/; echo $?
hexdump -C .; echo $?
hexdump -C missing; echo $?
hexdump -C nums missing words; echo $?
hexdump -C nums/; echo $?

xxd .; echo $?
xxd missing; echo $?
xxd nums/; echo $?

md5sum .; echo $?
md5sum missing; echo $?
md5sum nums missing words; echo $?
md5sum nums/; echo $?

sha256sum .; echo $?
sha256sum missing; echo $?
sha256sum nums missing words; echo $?
sha256sum nums/; echo $?

b2sum .; echo $?
b2sum missing; echo $?
b2sum nums missing words; echo $?
b2sum nums/; echo $?

sum .; echo $?
sum missing; echo $?
sum nums missing words; echo $?
sum nums/; echo $?

base64 .; echo $?
base64 missing; echo $?
base64 nums missing words; echo $?
base64 nums/; echo $?
base64 -d .; echo $?
base64 -d missing; echo $?
base64 -d nums missing words; echo $?
base64 -d nums/; echo $?

basenc --base16 .; echo $?
basenc --base16 missing; echo $?
basenc --base16 nums missing words; echo $?
basenc --base16 nums/; echo $?

split .; echo $?
split missing; echo $?
split nums missing words; echo $?
split nums/; echo $?

csplit . 2; echo $?
csplit missing 2; echo $?
csplit nums missing words 2; echo $?
csplit nums/ 2; echo $?

tsort missing; echo $?
tsort nums missing words; echo $?
tsort nums/; echo $?

column .; echo $?
column missing; echo $?
column nums missing words; echo $?
column nums/; echo $?
column -t .; echo $?
column -t missing; echo $?
column -t nums missing words; echo $?
column -t nums/; echo $?

grep a .; echo $?
grep a missing; echo $?
grep a nums missing words; echo $?
grep a nums/; echo $?
grep -c a .; echo $?
grep -c a missing; echo $?
grep -c a nums missing words; echo $?
grep -c a nums/; echo $?
grep -n . .; echo $?
grep -n . missing; echo $?
grep -n . nums missing words; echo $?
grep -n . nums/; echo $?

sed p .; echo $?
sed p missing; echo $?
sed p nums missing words; echo $?
sed p nums/; echo $?
sed -n '$=' .; echo $?
sed -n '$=' missing; echo $?
sed -n '$=' nums missing words; echo $?
sed -n '$=' nums/; echo $?

xargs -a . echo; echo $?
xargs -a missing echo; echo $?
xargs -a nums missing words echo; echo $?
xargs -a nums/ echo; echo $?

diff . words; echo $?
diff missing words; echo $?
diff nums missing words words; echo $?
diff nums/ words; echo $?

cmp . words; echo $?
cmp missing words; echo $?
cmp nums missing words words; echo $?
cmp nums/ words; echo $?
cmp words .; echo $?
cmp words missing; echo $?
cmp words nums missing words; echo $?
cmp words nums/; echo $?

gzip -dc .; echo $?
gzip -dc missing; echo $?
gzip -dc nums missing words; echo $?
gzip -dc nums/; echo $?

tar cf t.tar missing; echo $?
tar cf t.tar nums missing words; echo $?
tar tf .; echo $?
tar tf missing; echo $?
tar tf nums/; echo $?

dd status=none if=.; echo $?
dd status=none if=missing; echo $?
dd status=none if=nums missing words; echo $?
dd status=none if=nums/; echo $?

cp missing out; echo $?
cp nums missing words out; echo $?
cp nums/ out; echo $?

numfmt < .; echo $?
numfmt < missing; echo $?
numfmt < nums missing words; echo $?
numfmt < nums/; echo $?

tee o < .; echo $?
tee o < missing; echo $?
tee o < nums missing words; echo $?
tee o < nums/; echo $?

colrm 2 3 < .; echo $?
colrm 2 3 < missing; echo $?
colrm 2 3 < nums missing words; echo $?
colrm 2 3 < nums/; echo $?

ls missing; echo $?
ls nums missing words; echo $?
ls nums/; echo $?

touch -r missing o; echo $?
touch -r nums missing words o; echo $?
touch -r nums/ o; echo $?

chmod 600 missing; echo $?
chmod 600 nums missing words; echo $?
chmod 600 nums/; echo $?

install missing o; echo $?
install nums missing words o; echo $?
install nums/ o; echo $?

mv missing o; echo $?
mv nums missing words o; echo $?
mv nums/ o; echo $?

rm missing; echo $?
rm nums missing words; echo $?
rm nums/; echo $?

ln missing o; echo $?
ln nums missing words o; echo $?
ln nums/ o; echo $?

shuf -n0 .; echo $?
shuf -n0 missing; echo $?
shuf -n0 nums missing words; echo $?
shuf -n0 nums/; echo $?

truncate -s 1 -r . x; echo $?
truncate -s 1 -r missing x; echo $?
truncate -s 1 -r nums missing words x; echo $?
truncate -s 1 -r nums/ x; echo $?

zcat .; echo $?
zcat missing; echo $?
zcat nums missing words; echo $?
zcat nums/; echo $?

mkdir missing/x; echo $?
mkdir nums/x; echo $?
mkdir -p nums/x; echo $?
rmdir missing/x; echo $?
rmdir nums; echo $?
