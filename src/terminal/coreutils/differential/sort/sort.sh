sort -n nums -r | head -n 3
sort -t: -k3 -n passwd
sort -t: -k3,3nr passwd
sort -k2,2n -k1,1 fruit.txt
sort -f words
sort -u words | head -n 3
sort -c fruit.txt; echo $?
sort -C fruit.txt; echo $?
sort -s -k1,1 fruit.txt
sort -o fruit.txt fruit.txt
cat fruit.txt

printf '10K\n2M\n1G\n500\n' | sort -h
printf 'Mar\nJan\nfeb\n' | sort -M
printf '1.10\n1.9\n1.2\n' | sort -V
printf '1e3\n2\n-5\n0.5\n' | sort -g
printf 'b\n a\nc\n' | sort -b
printf 'a-b\nab\na c\n' | sort -d
printf '3 a\n1 b\n' | sort -k2
printf 'x:9\ny:10\n' | sort -t: -k2
printf 'a1\nA1\nb\n' | sort -fu
sort -k1.2,1.3 words | head -n 3

sort -z fruit.txt | od -c | head -n 2
sort -k fruit.txt; echo $?
sort -r -n -k2 fruit.txt | head -n 2
sort --parallel=2 words | head -n 1
sort -R -u /dev/null
sort -cu nums; echo $?
printf 'b\na\n' | sort -c; echo $?

sort -m nums nums | head -n 4; sort nofile; echo $?; sort .; sort -t ab passwd; echo $?; sort -k1x fruit.txt; echo $?; sort -n -g nums; echo $?; sort -k0 nums; sort -k1.0 nums; sort -kx nums; sort -k1,x nums; sort -k1,0 nums; sort -k1.x nums; sort -k1,2y nums; sort -dn nums; sort -k1n,1g nums; sort -fM nums | head -1; sort -cC nums; sort -c nums words; sort -co x nums; sort -t '' nums

printf '2000K\n1M\n3\n-1K\n-2\n1.5G\n0K\nx\n' > h; sort -h h; sort -rh h; sort -g h; printf '1e3\ninf\n-inf\nnan\nabc\n0x10\n-5\n.5\n' | sort -g; printf 'feb\nJAN x\n  mar\nzzz\n\nDec\n' | sort -M

printf 'a1.10\na1.9\na1.9~rc1\n.b\nb.tar.gz\nb-2.tar.gz\nb-10.tar.gz\na01\na1\na001\n1.2.3\n1.2\n~\n' | sort -V; printf 'a b\na.b\na-b\naB\nAb\nab\n' > d; sort -d d; sort -f d; sort -df d; sort -i d; sort -u -f d; sort -s -f d; sort -bk2 d; sort -t. -k2 d; sort -k1.2,1.2 d; sort -k2b,2 -k1r d; sort -m d d; sort -mu d d; sort -c d; echo $?; sort -C d; echo $?; sort -cu <<< $'a\na'; sort -z d | od -c | tail -3; sort -R d | wc -l; sort -o out d; cat out

printf ' b 2\na  10\n  c 1\n' > e; sort e; sort -b e; sort -k2 e; sort -k2n e; sort -k2b e; sort -n -k2,2 -r e; sort -k1,1 -k2,2n e; sort -k1.3 e; sort -k2.2,2.3 e; sort -t' ' -k2 e; sort -k 3 e

printf '10\n9\n2a\n' | sort --sort=numeric; printf '1K\n2\n' | sort --sort=human-numeric; printf 'b\na\n' | sort --parallel=2 --batch-size=4; nproc --ignore=9999; nproc --ignore=x; dirname --zero a/b | od -c; tty --quiet < /dev/null; echo $?; sync --data passwd; id -a -u; stat --cached=never -c %s passwd

sort -c words; echo $?; sort -C words; echo $?; sort --check=quiet words; echo $?; sort --check=diagnose-first words; sort --check words; sort --check=foo words; echo $?; sort -cC words; sort -c --check=silent words; echo $?
sort --sort=foo nums; sort --sort=n nums | head -2; sort --batch-size=1 nums; sort --batch-size=x nums; sort --parallel=x nums; sort --parallel=0 nums; sort -S x nums; sort -S 10% --parallel=4 nums | tail -1; sort -k 0 words; sort -k 1.0 words; sort -k x words; sort -t ab words; sort -t '' words; sort -o out words; head -1 out; echo $?

sort --debug -k2 fruit.txt

sort --debug -k2n fruit.txt; sort --debug -n nums | head -4; sort --debug -k1,1 -k2,2nr fruit.txt; sort --debug -t: -k3,3n passwd; sort --debug -s -k1.2,1.3 words; sort --debug -r -k2,2n fruit.txt; sort --debug -f -k2,1 fruit.txt; sort --debug -bk2,2 fruit.txt; sort --debug tabs; sort --debug -u words; sort --debug -h words; sort --debug -M words; sort --debug -g nums | tail -3; sort --debug -V words; sort --debug -rs words; sort --debug -c words; sort --debug -o x words; sort -rs --debug -k1,1 words; LC_ALL=C sort --debug words | head -2

sort +1 fruit.txt; sort +1 -2 fruit.txt; sort +1n fruit.txt; sort -S 1x fruit.txt; sort -t: -t, passwd; sort --files0-from=nofile; printf 'words\0pats' | sort --files0-from=-; sort --files0-from=- words; printf '' | sort --files0-from=-; printf 'a\0\0b' | sort --files0-from=-;  sort -R --random-source=nofile words; sort -R --random-source=pats words; sort +0.2 -0.3 words; sort -T /nonexistent words
sort missing-a missing-b; echo $?; mkdir sd se; sort sd se; echo z > sf; sort sf sd missing; sort -m sd se; sort sf - < /dev/null; sort sf sd | cat
