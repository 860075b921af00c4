cat 'no such'; echo $?
cat a\nb'; echo $?
cat 없음; echo $?
cat "it's"; echo $?
cat ''; echo $?
cat 'a:b'; echo $?
cat -n 'no such'; echo $?

tac 'no such'; echo $?
tac a\nb'; echo $?
tac 없음; echo $?
tac "it's"; echo $?
tac ''; echo $?
tac 'a:b'; echo $?

nl 'no such'; echo $?
nl a\nb'; echo $?
nl 없음; echo $?
nl "it's"; echo $?
nl ''; echo $?
nl 'a:b'; echo $?

rev 'no such'; echo $?
rev a\nb'; echo $?
rev 없음; echo $?
rev "it's"; echo $?
rev ''; echo $?
rev 'a:b'; echo $?

head 'no such'; echo $?
head a\nb'; echo $?
head 없음; echo $?
head "it's"; echo $?
head ''; echo $?
head 'a:b'; echo $?
head -c5 'no such'; echo $?

tail 'no such'; echo $?
tail a\nb'; echo $?
tail 없음; echo $?
tail "it's"; echo $?
tail ''; echo $?
tail 'a:b'; echo $?
tail -c5 'no such'; echo $?

wc 'no such'; echo $?
wc a\nb'; echo $?
wc 없음; echo $?
wc "it's"; echo $?
wc ''; echo $?
wc 'a:b'; echo $?
wc -l 'no such'; echo $?

sort 'no such'; echo $?
sort a\nb'; echo $?
sort 없음; echo $?
sort "it's"; echo $?
sort ''; echo $?
sort 'a:b'; echo $?
sort -c 'no such'; echo $?

uniq 'no such'; echo $?
uniq a\nb'; echo $?
uniq 없음; echo $?
uniq "it's"; echo $?
uniq ''; echo $?
uniq 'a:b'; echo $?

cut -c1 'no such'; echo $?
cut -c1 a\nb'; echo $?
cut -c1 없음; echo $?
cut -c1 "it's"; echo $?
cut -c1 ''; echo $?
cut -c1 'a:b'; echo $?
cut -f1 'no such'; echo $?

paste 'no such'; echo $?
paste a\nb'; echo $?
paste 없음; echo $?
paste "it's"; echo $?
paste ''; echo $?
paste 'a:b'; echo $?
paste -s 'no such'; echo $?

join 'no such' words; echo $?
join wordsa\nb' words; echo $?
join 없음 words; echo $?
join "it's" words; echo $?
join '' words; echo $?
join 'a:b' words; echo $?

comm 'no such' words; echo $?
comm wordsa\nb' words; echo $?
comm 없음 words; echo $?
comm "it's" words; echo $?
comm '' words; echo $?
comm 'a:b' words; echo $?

fmt 'no such'; echo $?
fmt a\nb'; echo $?
fmt 없음; echo $?
fmt "it's"; echo $?
fmt ''; echo $?
fmt 'a:b'; echo $?

fold 'no such'; echo $?
fold a\nb'; echo $?
fold 없음; echo $?
fold "it's"; echo $?
fold ''; echo $?
fold 'a:b'; echo $?

expand 'no such'; echo $?
expand a\nb'; echo $?
expand 없음; echo $?
expand "it's"; echo $?
expand ''; echo $?
expand 'a:b'; echo $?

unexpand 'no such'; echo $?
unexpand a\nb'; echo $?
unexpand 없음; echo $?
unexpand "it's"; echo $?
unexpand ''; echo $?
unexpand 'a:b'; echo $?

od 'no such'; echo $?
od a\nb'; echo $?
od 없음; echo $?
od "it's"; echo $?
od ''; echo $?
od 'a:b'; echo $?
od -c 'no such'; echo $?

hexdump 'no such'; echo $?
hexdump a\nb'; echo $?
hexdump 없음; echo $?
hexdump "it's"; echo $?
hexdump ''; echo $?
hexdump 'a:b'; echo $?
hexdump -C 'no such'; echo $?

xxd 'no such'; echo $?
xxd a\nb'; echo $?
xxd 없음; echo $?
xxd "it's"; echo $?
xxd ''; echo $?
xxd 'a:b'; echo $?

md5sum 'no such'; echo $?
md5sum a\nb'; echo $?
md5sum 없음; echo $?
md5sum "it's"; echo $?
md5sum ''; echo $?
md5sum 'a:b'; echo $?

sha256sum 'no such'; echo $?
sha256sum a\nb'; echo $?
sha256sum 없음; echo $?
sha256sum "it's"; echo $?
sha256sum ''; echo $?
sha256sum 'a:b'; echo $?

b2sum 'no such'; echo $?
b2sum a\nb'; echo $?
b2sum 없음; echo $?
b2sum "it's"; echo $?
b2sum ''; echo $?
b2sum 'a:b'; echo $?

sum 'no such'; echo $?
sum a\nb'; echo $?
sum 없음; echo $?
sum "it's"; echo $?
sum ''; echo $?
sum 'a:b'; echo $?

base64 'no such'; echo $?
base64 a\nb'; echo $?
base64 없음; echo $?
base64 "it's"; echo $?
base64 ''; echo $?
base64 'a:b'; echo $?
base64 -d 'no such'; echo $?

basenc --base16 'no such'; echo $?
basenc --base16 a\nb'; echo $?
basenc --base16 없음; echo $?
basenc --base16 "it's"; echo $?
basenc --base16 ''; echo $?
basenc --base16 'a:b'; echo $?

split 'no such'; echo $?
split a\nb'; echo $?
split 없음; echo $?
split "it's"; echo $?
split ''; echo $?
split 'a:b'; echo $?

csplit 'no such' 2; echo $?
csplit 2a\nb' 2; echo $?
csplit 없음 2; echo $?
csplit "it's" 2; echo $?
csplit '' 2; echo $?
csplit 'a:b' 2; echo $?

tsort 'no such'; echo $?
tsort a\nb'; echo $?
tsort 없음; echo $?
tsort "it's"; echo $?
tsort ''; echo $?
tsort 'a:b'; echo $?

column 'no such'; echo $?
column a\nb'; echo $?
column 없음; echo $?
column "it's"; echo $?
column ''; echo $?
column 'a:b'; echo $?
column -t 'no such'; echo $?

grep a 'no such'; echo $?
grep a a\nb'; echo $?
grep a 없음; echo $?
grep a "it's"; echo $?
grep a ''; echo $?
grep a 'a:b'; echo $?
grep -c a 'no such'; echo $?

sed p 'no such'; echo $?
sed p a\nb'; echo $?
sed p 없음; echo $?
sed p "it's"; echo $?
sed p ''; echo $?
sed p 'a:b'; echo $?
sed -n '$=' 'no such'; echo $?

xargs -a 'no such' echo; echo $?
xargs -a echoa\nb' echo; echo $?
xargs -a 없음 echo; echo $?
xargs -a "it's" echo; echo $?
xargs -a '' echo; echo $?
xargs -a 'a:b' echo; echo $?

diff 'no such' words; echo $?
diff wordsa\nb' words; echo $?
diff 없음 words; echo $?
diff "it's" words; echo $?
diff '' words; echo $?
diff 'a:b' words; echo $?

cmp 'no such' words; echo $?
cmp wordsa\nb' words; echo $?
cmp 없음 words; echo $?
cmp "it's" words; echo $?
cmp '' words; echo $?
cmp 'a:b' words; echo $?
cmp words 'no such'; echo $?

gzip -dc 'no such'; echo $?
gzip -dc a\nb'; echo $?
gzip -dc 없음; echo $?
gzip -dc "it's"; echo $?
gzip -dc ''; echo $?
gzip -dc 'a:b'; echo $?

tar cf t.tar 'no such'; echo $?
tar cf t.tar a\nb'; echo $?
tar cf t.tar 없음; echo $?
tar cf t.tar "it's"; echo $?
tar tf 'no such'; echo $?
tar tf a\nb'; echo $?
tar tf 없음; echo $?

dd status=none if='no such'; echo $?
dd status=none if=a\nb'; echo $?
dd status=none if=없음; echo $?
dd status=none if="it's"; echo $?
dd status=none if=''; echo $?
dd status=none if='a:b'; echo $?

cp 'no such' out; echo $?
cp outa\nb' out; echo $?
cp 없음 out; echo $?
cp "it's" out; echo $?
cp '' out; echo $?
cp 'a:b' out; echo $?

numfmt < 'no such'; echo $?
numfmt < a\nb'; echo $?
numfmt < 없음; echo $?
numfmt < "it's"; echo $?
numfmt < ''; echo $?
numfmt < 'a:b'; echo $?

tee o < 'no such'; echo $?
tee o < a\nb'; echo $?
tee o < 없음; echo $?
tee o < "it's"; echo $?
tee o < ''; echo $?
tee o < 'a:b'; echo $?

colrm 2 3 < 'no such'; echo $?
colrm 2 3 < a\nb'; echo $?
colrm 2 3 < 없음; echo $?
colrm 2 3 < "it's"; echo $?
colrm 2 3 < ''; echo $?
colrm 2 3 < 'a:b'; echo $?

ls 'no such'; echo $?
ls a\nb'; echo $?
ls 없음; echo $?
ls "it's"; echo $?
ls ''; echo $?
ls 'a:b'; echo $?

touch -r 'no such' o; echo $?
touch -r oa\nb' o; echo $?
touch -r 없음 o; echo $?
touch -r "it's" o; echo $?
touch -r '' o; echo $?
touch -r 'a:b' o; echo $?

chmod 600 'no such'; echo $?
chmod 600 a\nb'; echo $?
chmod 600 없음; echo $?
chmod 600 "it's"; echo $?
chmod 600 ''; echo $?
chmod 600 'a:b'; echo $?

install 'no such' o; echo $?
install oa\nb' o; echo $?
install 없음 o; echo $?
install "it's" o; echo $?
install '' o; echo $?
install 'a:b' o; echo $?

mv 'no such' o; echo $?
mv oa\nb' o; echo $?
mv 없음 o; echo $?
mv "it's" o; echo $?
mv '' o; echo $?
mv 'a:b' o; echo $?

rm 'no such'; echo $?
rm a\nb'; echo $?
rm 없음; echo $?
rm "it's"; echo $?
rm ''; echo $?
rm 'a:b'; echo $?

ln 'no such' o; echo $?
ln oa\nb' o; echo $?
ln 없음 o; echo $?
ln "it's" o; echo $?
ln '' o; echo $?
ln 'a:b' o; echo $?

shuf -n0 'no such'; echo $?
shuf -n0 a\nb'; echo $?
shuf -n0 없음; echo $?
shuf -n0 "it's"; echo $?
shuf -n0 ''; echo $?
shuf -n0 'a:b'; echo $?

truncate -s 1 -r 'no such' x; echo $?
truncate -s 1 -r xa\nb' x; echo $?
truncate -s 1 -r 없음 x; echo $?
truncate -s 1 -r "it's" x; echo $?
truncate -s 1 -r '' x; echo $?
truncate -s 1 -r 'a:b' x; echo $?

zcat 'no such'; echo $?
zcat a\nb'; echo $?
zcat 없음; echo $?
zcat "it's"; echo $?
zcat ''; echo $?
zcat 'a:b'; echo $?

mkdir 'no such'/x; echo $?
mkdir "it's/x"; echo $?
rmdir 'no such'/x; echo $?
rmdir "it's/x"; echo $?
