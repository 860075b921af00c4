cat < .; echo $?
cat - < .; echo $?
cat < nums; echo $?
cat - < nums; echo $?
cat <&-; echo $?
cat - <&-; echo $?
cat -n < .; echo $?
cat -n - < .; echo $?
cat -n < nums; echo $?
cat -n - < nums; echo $?
cat -n <&-; echo $?
cat -n - <&-; echo $?

tac < .; echo $?
tac - < .; echo $?
tac < nums; echo $?
tac - < nums; echo $?
tac <&-; echo $?
tac - <&-; echo $?

nl < .; echo $?
nl - < .; echo $?
nl < nums; echo $?
nl - < nums; echo $?
nl <&-; echo $?
nl - <&-; echo $?

rev < .; echo $?
rev < nums; echo $?
rev <&-; echo $?

head < .; echo $?
head - < .; echo $?
head < nums; echo $?
head - < nums; echo $?
head <&-; echo $?
head - <&-; echo $?
head -c5 < .; echo $?
head -c5 - < .; echo $?
head -c5 < nums; echo $?
head -c5 - < nums; echo $?
head -c5 <&-; echo $?
head -c5 - <&-; echo $?
head -n-2 < .; echo $?
head -n-2 - < .; echo $?
head -n-2 < nums; echo $?
head -n-2 - < nums; echo $?

tail < .; echo $?
tail - < .; echo $?
tail < nums; echo $?
tail - < nums; echo $?
tail <&-; echo $?
tail - <&-; echo $?
tail -c5 < .; echo $?
tail -c5 - < .; echo $?
tail -c5 < nums; echo $?
tail -c5 - < nums; echo $?
tail -c5 <&-; echo $?
tail -c5 - <&-; echo $?
tail -n+3 < .; echo $?
tail -n+3 - < .; echo $?
tail -n+3 < nums; echo $?
tail -n+3 - < nums; echo $?
tail -n+3 <&-; echo $?
tail -n+3 - <&-; echo $?

wc < .; echo $?
wc - < .; echo $?
wc < nums; echo $?
wc - < nums; echo $?
wc <&-; echo $?
wc - <&-; echo $?
wc -l < .; echo $?
wc -l - < .; echo $?
wc -l < nums; echo $?
wc -l - < nums; echo $?
wc -l <&-; echo $?
wc -l - <&-; echo $?
wc -m < .; echo $?
wc -m - < .; echo $?
wc -m < nums; echo $?
wc -m - < nums; echo $?
wc -m <&-; echo $?
wc -m - <&-; echo $?

sort < .; echo $?
sort - < .; echo $?
sort < nums; echo $?
sort - < nums; echo $?
sort <&-; echo $?
sort - <&-; echo $?
sort -c < .; echo $?
sort -c - < .; echo $?
sort -c < nums; echo $?
sort -c - < nums; echo $?

uniq < .; echo $?
uniq - < .; echo $?
uniq < nums; echo $?
uniq - < nums; echo $?
uniq <&-; echo $?
uniq - <&-; echo $?

cut -c1 < .; echo $?
cut -c1 - < .; echo $?
cut -c1 < nums; echo $?
cut -c1 - < nums; echo $?
cut -c1 <&-; echo $?
cut -c1 - <&-; echo $?
cut -f1 < .; echo $?
cut -f1 - < .; echo $?
cut -f1 < nums; echo $?
cut -f1 - < nums; echo $?
cut -f1 <&-; echo $?
cut -f1 - <&-; echo $?
cut -d: -f2 < .; echo $?
cut -d: -f2 - < .; echo $?
cut -d: -f2 < nums; echo $?
cut -d: -f2 - < nums; echo $?
cut -d: -f2 <&-; echo $?
cut -d: -f2 - <&-; echo $?

paste < .; echo $?
paste - < .; echo $?
paste < nums; echo $?
paste - < nums; echo $?
paste <&-; echo $?
paste - <&-; echo $?
paste -s < .; echo $?
paste -s - < .; echo $?
paste -s < nums; echo $?
paste -s - < nums; echo $?
paste -s <&-; echo $?
paste -s - <&-; echo $?

join words < .; echo $?
join - words < .; echo $?
join words < nums; echo $?
join - words < nums; echo $?
join words <&-; echo $?

comm words < .; echo $?
comm - words < .; echo $?
comm words < nums; echo $?
comm - words < nums; echo $?
comm words <&-; echo $?

fmt < .; echo $?
fmt - < .; echo $?
fmt < nums; echo $?
fmt - < nums; echo $?
fmt <&-; echo $?
fmt - <&-; echo $?

fold < .; echo $?
fold - < .; echo $?
fold < nums; echo $?
fold - < nums; echo $?
fold <&-; echo $?
fold - <&-; echo $?

expand < .; echo $?
expand - < .; echo $?
expand < nums; echo $?
expand - < nums; echo $?
expand <&-; echo $?
expand - <&-; echo $?

unexpand < .; echo $?
unexpand - < .; echo $?
unexpand < nums; echo $?
unexpand - < nums; echo $?
unexpand <&-; echo $?
unexpand - <&-; echo $?

od < .; echo $?
od - < .; echo $?
od < nums; echo $?
od - < nums; echo $?
od <&-; echo $?
od - <&-; echo $?
od -c < .; echo $?
od -c - < .; echo $?
od -c < nums; echo $?
od -c - < nums; echo $?
od -c <&-; echo $?
od -c - <&-; echo $?

xxd < .; echo $?
xxd - < .; echo $?
xxd < nums; echo $?
xxd - < nums; echo $?
xxd <&-; echo $?
xxd - <&-; echo $?

md5sum < .; echo $?
md5sum - < .; echo $?
md5sum < nums; echo $?
md5sum - < nums; echo $?
md5sum <&-; echo $?
md5sum - <&-; echo $?

sha256sum < .; echo $?
sha256sum - < .; echo $?
sha256sum < nums; echo $?
sha256sum - < nums; echo $?
sha256sum <&-; echo $?
sha256sum - <&-; echo $?

b2sum < .; echo $?
b2sum - < .; echo $?
b2sum < nums; echo $?
b2sum - < nums; echo $?
b2sum <&-; echo $?
b2sum - <&-; echo $?

sum < .; echo $?
sum - < .; echo $?
sum < nums; echo $?
sum - < nums; echo $?
sum <&-; echo $?
sum - <&-; echo $?

base64 < .; echo $?
base64 - < .; echo $?
base64 < nums; echo $?
base64 - < nums; echo $?
base64 <&-; echo $?
base64 - <&-; echo $?
base64 -d < .; echo $?
base64 -d - < .; echo $?
base64 -d < nums; echo $?
base64 -d - < nums; echo $?
base64 -d <&-; echo $?
base64 -d - <&-; echo $?

basenc --base16 < .; echo $?
basenc --base16 - < .; echo $?
basenc --base16 < nums; echo $?
basenc --base16 - < nums; echo $?
basenc --base16 <&-; echo $?
basenc --base16 - <&-; echo $?

csplit 2 < .; echo $?
csplit - 2 < .; echo $?
csplit 2 < nums; echo $?
csplit - 2 < nums; echo $?
csplit 2 <&-; echo $?
csplit - 2 <&-; echo $?

tsort < nums; echo $?
tsort - < nums; echo $?

column < .; echo $?
column - < .; echo $?
column < nums; echo $?
column - < nums; echo $?
column <&-; echo $?
column - <&-; echo $?
column -t < .; echo $?
column -t - < .; echo $?
column -t < nums; echo $?
column -t - < nums; echo $?
column -t <&-; echo $?
column -t - <&-; echo $?

grep a < .; echo $?
grep a - < .; echo $?
grep a < nums; echo $?
grep a - < nums; echo $?
grep -c a < .; echo $?
grep -c a - < .; echo $?
grep -c a < nums; echo $?
grep -c a - < nums; echo $?
grep -n . < .; echo $?
grep -n . - < .; echo $?
grep -n . < nums; echo $?
grep -n . - < nums; echo $?

sed p < .; echo $?
sed p - < .; echo $?
sed p < nums; echo $?
sed p - < nums; echo $?
sed p <&-; echo $?
sed p - <&-; echo $?
sed -n '$=' < .; echo $?
sed -n '$=' - < .; echo $?
sed -n '$=' < nums; echo $?
sed -n '$=' - < nums; echo $?
sed -n '$=' <&-; echo $?
sed -n '$=' - <&-; echo $?

xargs -a echo < .; echo $?
xargs -a - echo < .; echo $?
xargs -a echo < nums; echo $?
xargs -a - echo < nums; echo $?
xargs -a echo <&-; echo $?
xargs -a - echo <&-; echo $?

diff words < .; echo $?
diff - words < .; echo $?
diff words < nums; echo $?
diff - words < nums; echo $?
diff words <&-; echo $?
diff - words <&-; echo $?

cmp words < .; echo $?
cmp - words < .; echo $?
cmp words < nums; echo $?
cmp - words < nums; echo $?
cmp words - < .; echo $?
cmp words - < nums; echo $?

gzip -dc < .; echo $?
gzip -dc - < .; echo $?

tar cf t.tar < .; echo $?
tar cf t.tar - < .; echo $?
tar cf t.tar < nums; echo $?
tar cf t.tar - < nums; echo $?
tar cf t.tar <&-; echo $?
tar cf t.tar - <&-; echo $?
tar tf < .; echo $?
tar tf - < .; echo $?
tar tf < nums; echo $?
tar tf - < nums; echo $?
tar tf <&-; echo $?

shuf -n0 < .; echo $?
shuf -n0 - < .; echo $?
shuf -n0 < nums; echo $?
shuf -n0 - < nums; echo $?
shuf -n0 <&-; echo $?
shuf -n0 - <&-; echo $?

zcat < .; echo $?
zcat - < .; echo $?
zcat < nums; echo $?
zcat - < nums; echo $?
