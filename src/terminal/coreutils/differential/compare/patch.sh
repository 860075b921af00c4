seq 20 > a; sed 's/5$/x/;3d' a > b; diff -u --label a --label b a b > p.u; patch a p.u; echo $?; cmp a b; ls; patch -R a p.u; seq 20 | cmp - a; patch -R a < p.u; echo $?; patch -N a p.u; echo $?; ls; cat a.rej

seq 20 > a; sed 's/5$/x/;3d' a > b; diff -u --label a --label b a b > p.u;  cp a c; sed -i '1,4d;6,9d' c; patch c p.u; echo $?; ls; cat c c.rej c.orig; cp a d; sed -i 's/10/y/;s/^7/z/' d; patch d p.u; cat d; patch d < p.u; ls; cat d.rej; patch -N d p.u; patch --dry-run -R d p.u

seq 20 > a; sed 's/5$/x/;3d' a > b; diff -c --label a --label b a b > p.u; seq 100 110 > e; patch e p.u; cat e.rej; patch --dry-run e p.u; echo $?; echo foo | patch e; echo $?; patch a p.u; cmp a b; patch -R -s a p.u; echo $?; seq 20 | cmp a -

seq 20 > a; sed 's/5$/x/;3d' a > b; diff a b > p.u; patch a p.u; cmp a b; patch -R a p.u; patch -b a p.u; ls; patch -z .old -R a p.u; ls; patch -o out a p.u; ls; cat out; patch -B bk- a p.u; ls

mkdir -p o/sub n/sub; seq 9 > o/sub/f; sed s/4/y/ o/sub/f > n/sub/f; echo new > n/g; echo gone > o/h; diff -ruN o n | sed 's/\t.*//' > p; diff -ruN o n > q; cat p; cd o; patch -p1 < ../q; echo $?; find . | sort; patch -p1 -R < ../q; find . | sort; cd ..; patch -p0 < p; find o | sort; patch -d o -p1 -R -i ../q; find o | sort; patch < p; echo $?; patch -p5 < p; echo $?

seq 9 > f; sed '5s/$/ more/' f > g; diff -u --label f --label f f g > p; sed 's/5/  5  /' p > q; patch f p; patch -l -R f q; echo $?; cat f; printf 'a\nb' > x; printf 'a\nb\n' > y; diff -u --label x --label x x y > p; patch < p; cmp x y; patch -R < p; od -c x; patch -t f < /dev/null; echo $?

seq 9 > f; sed '5s/$/ more/' f > g; diff -u --label f --label f f g > p; cp g f; patch -t f p; cat f; cp g f; patch -f f p; echo $?; cat f.rej; cp g f; patch -f -s f p; echo $?; patch -F0 f p; echo $?; patch -p x f p; echo $?; patch a b c; echo $?; patch f nofile; echo $?; patch -d nodir; echo $?; patch --zzz; echo $?

printf -- '--- f\n+++ f\n@@ -1,3 +1,3 @@\n 1\n-2\n+x\n' > p; seq 9 > f; patch < p; echo $?; cat f; printf -- '--- f\n+++ f\n@@ -1,2 +1,2 @@\n 1\n-2\nfoo\n' > p; patch < p; echo $?

seq 9 > f; printf 'diff --git a/f b/f\nindex 1..2 100644\n--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@ func\n 1\n-2\n+x\n 3\ndiff --git a/n b/n\nnew file mode 100755\nindex 000..1\n--- /dev/null\n+++ b/n\n@@ -0,0 +1,2 @@\n+one\n+two\n' > p; patch -p1 < p; echo $?; ls -l n | cut -c 1-10; patch -p1 -R < p; ls

seq 9 > f; printf -- '--- f\r\n+++ f\r\n@@ -1,3 +1,3 @@\r\n 1\r\n-2\r\n+x\r\n 3\r\n' > p; patch < p; cat f | od -c | head -n 3

seq 30 > f; sed '3d;15s/^/n/;27s/^/m/' f > g; diff -U1 --label f --label f f g > p; seq 50 60 | cat - f > h; patch h p; patch -R h p; sed -i 20d h; patch h p; cat h.rej; ls; patch --no-backup-if-mismatch h p; patch -r - h p; patch -r my.rej h p; cat my.rej

rm -f *; echo a > f; echo b > g; diff -u f g | sed 's,^--- f.*,--- old/f,;s,^+++ g.*,+++ new/f,' > p; patch < p; echo $?; patch -p1 -E -R < p; cat f; patch -p0 < p; echo $?
