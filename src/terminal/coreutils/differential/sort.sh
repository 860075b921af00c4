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
