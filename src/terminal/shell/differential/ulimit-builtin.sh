ulimit -n 100; ulimit -n; ulimit -Sn 50; ulimit -n; ulimit -Hn; ulimit -Sn; ulimit -n 60; ulimit -Hn; ulimit -n 200 2>&1 | sed 's/: .*//' | head -1

ulimit -c 0; ulimit -c; ulimit -Sc; ulimit -Hc; ulimit -c unlimited; echo $?; ulimit -c

ulimit -f; ulimit; ulimit -f 1000; ulimit -f; ulimit; (ulimit -f 10; ulimit -f); ulimit -f; ulimit -f unlimited 2>/dev/null; ulimit -Sf 5; ulimit -Sf; ulimit -Hf

ulimit -s >/dev/null; echo $?; ulimit -s 4096; ulimit -s; ulimit -s hard; ulimit -s; ulimit -Ss 1024; ulimit -s; ulimit -s soft; ulimit -s

ulimit -v; ulimit -v 1000000; ulimit -v; ulimit -t; ulimit -u > /dev/null; echo $?; ulimit -m; ulimit -l >/dev/null; echo $?; ulimit -x >/dev/null; echo $?; ulimit -e; ulimit -r; ulimit -p; ulimit -d

ulimit -n abc; echo $?; ulimit -z; echo $?; ulimit -n -5 2>&1 | head -1; ulimit -n 1.5; echo $?; ulimit abc; echo $?; ulimit -n ''; echo $?

(ulimit -n 64; ulimit -n; bash -c 'ulimit -n'); [ "$(ulimit -n)" != 64 ] && echo restored; x=$(ulimit -n 77; ulimit -n); echo $x; { ulimit -n 90; }; ulimit -n; ulimit -n 80 | cat; ulimit -n; f() { ulimit -n 70; }; f; ulimit -n

ulimit -S -n 33; ulimit -n; ulimit -SHn 30; ulimit -Hn; ulimit -HSn 20; ulimit -Sn; ulimit -n hard; ulimit -n; ulimit -n soft; ulimit -n; ulimit -SH; echo $?

type ulimit; type -t ulimit; command -v ulimit; ulimit -n 25; command ulimit -n; builtin ulimit -n; eval ulimit -n; (exec bash -c 'ulimit -n'); ulimit --; echo $?

ulimit -i >/dev/null; echo $?; ulimit -q; ulimit -k; echo $?; ulimit -P; ulimit -R; ulimit -T; ulimit -b; echo $?

ulimit -c 0; ulimit -n 500; ulimit -a | head -2; ulimit -a | wc -l; ulimit -Ha | grep -c .; ulimit -a | grep 'open files' | sed 's/[0-9]\+/N/'

ulimit -n 300; ulimit -c 100; ulimit -c; ulimit -cn 2>&1 | wc -l; ulimit -c -n; ulimit -c 50 -n 40; ulimit -c -n; ulimit -n 8 2>/dev/null; ulimit -n
