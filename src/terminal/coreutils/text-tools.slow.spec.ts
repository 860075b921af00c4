import { expect, test } from 'vitest';
import { both, has, real, snippetsOf } from '../testing/real-bash.spec-support.ts';

/** The machine's own tools and Drydock's give the same output, messages and status. */
const SNIPPETS = snippetsOf(String.raw`
# comm and join
sort fruit.txt > a; sort passwd fruit.txt > b; comm a b; comm -12 a b; comm -3 a b; comm -23 a b; comm --total a b; comm --output-delimiter=, a b
printf 'b\na\n' > x; printf 'a\nb\n' > y; comm x y; echo $?; comm --nocheck-order x y; echo $?; comm --check-order x y; echo $?
comm; echo $?; comm a; echo $?; comm a b c; echo $?; comm nofile passwd; echo $?
printf '1 a\n2 b\n3 c\n' > l; printf '1 x\n3 y\n4 z\n' > r; join l r; join -a1 l r; join -v2 l r; join -a1 -a2 -e - -o 0,1.2,2.2 l r; join -j 1 l r
printf 'k,1\nm,2\n' > l; printf 'k,9\nm,8\n' > r; join -t, l r; join -t, -1 1 -2 1 -o 1.2,2.2 l r; join -t,, l r; echo $?
printf 'b 1\na 2\n' > l; printf 'a 1\nb 2\n' > r; join l r; echo $?; printf 'N V\na 1\n' > h; printf 'N W\na 2\n' > i; join --header h i
# cmp
printf 'abc\ndef\n' > a; printf 'abc\ndxf\n' > b; cmp a b; echo $?; cmp -s a b; echo $?; cmp -l a b; cmp -b a b; cmp a a; echo $?
printf 'abc' > a; printf 'abcdef\n' > b; cmp a b; echo $?; : > e; cmp a e; echo $?; cmp a nofile; echo $?; cmp; echo $?; printf 'a\nb\n' > c; printf 'a\n' > d; cmp c d; cmp -n 2 c d; echo $?
cmp -i 1 fruit.txt passwd; cmp --zzz a b; echo $?
# expand and unexpand
printf 'a\tb\tc\n\tx\n' | expand; printf 'a\tb\n' | expand -t 4; printf 'a\tb\tc\td\n' | expand -t 2,6; printf ' \ta\tb\n' | expand -i; expand -t x fruit.txt; echo $?; printf 'a\tb\n' | expand -4; expand -t 0; echo $?
printf '        a       b\n' | unexpand | cat -A; printf '        a       b\n' | unexpand -a | cat -A; printf '    a   b\n' | unexpand -t 4 | cat -A; printf 'a b  c\n' | unexpand -a | cat -A
# split
seq 5 | split -l 2; ls; cat xaa xac; seq 3 | split -l 1 -d - p; ls; head -c 100 passwd | split -b 30 - q; ls; split -l 0 passwd; echo $?; split nofile; echo $?; seq 4 | split -l 2 -a 3 --additional-suffix=.t - z; ls z*
seq 700 | split -l 1; ls | head -n 3; ls | tail -n 4; seq 100 | split -l 1 -a 1; echo $?
# fmt
echo 'The quick brown fox jumps over the lazy dog. It was not amused by this, not at all. "Really?" said the dog, and went to sleep again.' | fmt -w 40
printf 'one two\nthree four\n\nfive\n  six seven\n  eight\n' | fmt; printf 'a b c d e f g h i j\n' | fmt -w 10; printf 'x  y   z.  w\n' | fmt -u; seq 60 | fmt; seq 60 | fmt -30; fmt -w x; echo $?
for i in 1 2 3 4 5 6 7; do echo "line $i has some words, and (perhaps) more."; done | fmt -w 60; for i in 1 2 3; do echo "line $i has some words which are rather too long to fit"; done | fmt -s -w 30
# column
printf 'a bb ccc\ndddd e f\n' | column -t; printf 'a:b\nccc:d\n' | column -t -s:; printf 'a,b\nccc,d\n' | column -t -s, -o ' | '; seq 30 | column; seq 10 | column -c 40; seq 10 | column -x -c 40; column -t fruit.txt; column nofile; echo $?
printf '1 2\n33 44\n' | column -t -N A,B; printf '1 2\n33 44\n' | column -t -R 1,2; printf 'x::y\n' | column -s: -t; printf '' | column -t
# od hexdump xxd
od passwd | head -n 3; od -c fruit.txt; od -An -tx1 fruit.txt; od -A d -t u1 fruit.txt; od -A x -t x1z -v fruit.txt | head -n 2; od -a fruit.txt | tail -n 3; od -tx4 fruit.txt; od -td2 fruit.txt; od -j 3 -N 5 -c fruit.txt
head -c 64 /dev/zero | od; head -c 64 /dev/zero | od -v -A n -x; od nofile; echo $?; od -t q passwd; echo $?; printf 'ab' | od -x; printf 'abc' | od -d; printf '\377\n' | od -c; od -An -N4 -tu4 passwd; od -tx1 -tc fruit.txt | head -n 4; od -w8 -tx1 fruit.txt | head -n 2; od -b fruit.txt | head -n 1
hexdump -C fruit.txt; hexdump fruit.txt; hexdump -n 5 -s 2 -C fruit.txt; head -c 48 /dev/zero | hexdump -C; hexdump -C nofile; echo $?; hexdump -x fruit.txt; hexdump -c fruit.txt; hexdump -b fruit.txt; hexdump -d fruit.txt; printf '' | hexdump -C
# dd
dd if=passwd of=out bs=10 count=2 status=none; cat out; dd if=nofile; echo $?; dd bs=4 skip=1 count=1 if=passwd 2>&1 | head -n 2; dd zz=1; echo $?; dd bs=x; echo $?; dd if=/dev/zero bs=1K count=2 2>/dev/null | wc -c
printf 0123456789 > f; printf AB | dd of=f seek=3 bs=1 conv=notrunc status=none; cat f; echo; printf abc | dd conv=ucase status=none; dd if=f bs=3 2>&1 >/dev/null | head -n 2; dd if=f of=g conv=zz; echo $?; dd if=/dev/zero of=g bs=1M count=1 2>&1 | sed 's/ copied.*//'
# digests and encodings
sha1sum passwd; sha224sum passwd; sha384sum passwd; sha512sum < passwd; b2sum passwd; md5sum nofile; echo $?; cksum passwd; cksum < passwd; sum passwd fruit.txt; sum < passwd
sha256sum passwd fruit.txt > s; sha256sum -c s; echo x >> passwd; sha256sum -c s; echo $?; sha256sum --quiet -c s; sha256sum --status -c s; echo $?; echo bad > t; sha256sum -c t; echo $?; md5sum --tag passwd; rm passwd; sha256sum -c s; echo $?
echo hello | base32; echo NBSWY3DPBI====== | base32 -d; base32 -w 8 passwd | head -n 2; echo 1 | base32 -d; echo $?; base32 nofile; echo $?
# gzip
echo hi > a; gzip a; ls; gunzip a.gz; cat a; gzip -k a; ls; zcat a.gz; gzip a; echo $?; gzip nofile; echo $?; mkdir d; gzip d; echo $?; gzip a.gz; echo $?; gunzip passwd; echo $?; zcat passwd; echo $?; gzip -c passwd | gzip -d | cmp - passwd; gzip -t a.gz; echo $?
seq 100 | gzip > n.gz; gzip -dc n.gz | tail -n 1; cat n.gz n.gz > two.gz; zcat two.gz | wc -l; head -c 20 n.gz > cut.gz; gzip -t cut.gz; echo $?; gzip -l nofile.gz; echo $?; gunzip -c nofile; echo $?
# tar
mkdir -p d/e; echo a > d/a; ln -s a d/l; tar cf x.tar d; tar tf x.tar | sort; rm -r d; tar xf x.tar; ls -R d; cat d/a; readlink d/l; tar tf nofile; echo $?; tar cf y.tar nofile; echo $?; tar cf z.tar; echo $?; tar; echo $?
mkdir d; echo a > d/a; echo b > d/b; tar czf x.tgz d; tar tzf x.tgz | sort; tar xzvf x.tgz d/a; tar xf x.tgz d/a nope; echo $?; mkdir o; tar xf x.tgz -C o --strip-components=1; ls o; tar xOf x.tgz d/b; tar cf y.tar --exclude=a d; tar tf y.tar | sort; tar cf - d | tar tf - | wc -l; cat x.tgz | tar t; echo $?
tar xf passwd; echo $?; tar xzf passwd; echo $?; tar xf; echo $?; tar -Q; echo $?; mkdir d; echo a > d/a; touch -d @86400 d/a d; chmod 640 d/a; chmod 755 d; tar cf x.tar d; tar tvf x.tar | sort; tar cvf x.tar d | sort; tar xf x.tar -C nodir; echo $?; tar cf x.tar -C d a; tar tf x.tar; tar -c passwd | wc -c
n=$(printf 'x%.0s' {1..120}); echo long > $n; tar cf x.tar $n; tar tf x.tar; rm $n; tar xf x.tar; cat $n; tar xkf x.tar; echo $?; ln fruit.txt hard; tar cf y.tar fruit.txt hard; tar tvf y.tar | grep -c 'link to'; rm fruit.txt hard; tar xf y.tar; ls; head -c 700 y.tar | tar tf -; echo $?
# diff
seq 10 > a; seq 10 | sed 's/5/x/;/8/d' > b; diff a b; echo $?; diff -u --label A --label B a b; diff -U1 --label A --label B a b; diff -q a b; diff -s a a; diff a nofile; echo $?; diff a; echo $?; diff --zz a b; echo $?; diff - a < b
printf 'a' > a; printf 'a\n' > b; diff a b; diff -u --label A --label B a b; printf 'a\0' > c; diff a c; echo $?; diff /dev/null b; diff b /dev/null; diff -i a b; echo $?; printf 'A \n' > d; diff -iw b d; echo $?; diff -b b d; diff -bi b d; echo $?
mkdir p q p/s q/s q/t; echo 1 > p/f; echo 2 > q/f; echo x > p/only; diff p q; echo $?; diff -r p q; diff -rq p q; diff -rN p q; diff -rs p p; diff passwd p; echo $?; diff -r --exclude=f p q
printf 'a\nb\nb\nc\n' > a; printf 'a\nb\nb\nb\nc\n' > b; diff a b; diff b a; printf 'f {\n}\n\ng {\n}\n' > a; printf 'f {\n}\n\nh {\n}\n\ng {\n}\n' > b; diff a b; printf '1\n\n2\n' > a; printf '1\n2\n' > b; diff -B a b; echo $?; diff --color=always a b
seq 30 > a; seq 30 | sed '2d;28s/$/x/;15i new' > b; diff a b; diff -u --label A --label B a b; diff -U0 --label A --label B a b; shuf -i 1-20 | sort -n | wc -l; shuf -n 2 fruit.txt | wc -l; shuf -e a | cat; shuf -i 5-1; echo $?; shuf -n x; echo $?
`);

test.runIf(real).for(SNIPPETS.map((snippet) => [snippet] as const))('like the real tools: %s', async ([snippet]) => {
  const { wanted, got } = await both(snippet);
  expect(got).toEqual(wanted);
});

test
  .runIf(real && has('xxd'))
  .for([
    [
      'xxd fruit.txt; xxd -p fruit.txt; xxd -c 8 -g 1 fruit.txt; xxd -b fruit.txt | head -n 2; xxd -u -l 5 fruit.txt; xxd -s 3 -l 4 fruit.txt; xxd fruit.txt | xxd -r; xxd -p passwd | xxd -r -p; echo 4142 | xxd -r -p; xxd -i passwd; xxd -i < fruit.txt',
    ],
  ] as const)('like the real xxd: %s', async ([snippet]) => {
  const { wanted, got } = await both(snippet);
  expect(got).toEqual(wanted);
});
