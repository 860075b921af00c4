cp nums x
cat paa
split -l 7 x r
wc -l r*
split -b 20 -d x s
ls s*
ls t*
ls u*
split -a 1 -l 1 x v; echo $?
split -l 5 --verbose x w
split -b 1q x; echo $?

seq 10 | split -n 3 - n; echo $?; seq 23 > x; split -n 3 x p; head p*; split -n l/3 x q; wc -l q*; split -n r/4 x r; head -100 r*; split -n 2/3 x; split -n l/2/3 x; split -n r/2/3 x; split -n 100 x z; ls z* | wc -l; split -e -n 100 x y; ls y* | wc -l

seq 23 > x; split -C 12 x t; head -20 t*; split -l 10 --numeric-suffixes=5 x u; ls u*; split --filter='wc -l' -l 8 x; split --filter='cat > $FILE.k; echo $FILE' -l 8 x f; ls f*; split -l 5 --hex-suffixes=9 x v; ls v*; split -b 10 -d -a 3 --additional-suffix=.txt --verbose x w; split -t 1 -l 2 x s; head -9 s*; split -n 0 x; split -n 4/3 x; split -n q x; split -n l/x x; split -l 2 -b 3 x; split -a x x; split --additional-suffix=a/b x; split nofile; split .; split -b 0 x; split a b c; split -t '' x; split -C 0 x; printf 'aaaaaaaaaaaaaaaaaaaaaaaa\nb\n' > l; split -C 10 l L; head L*

split -l 3 nums; ls x*; split -n 3 nums p; wc -c p*; split -n l/3 nums q; wc -l q*; split -n r/2 nums r; head -2 raa; split -b 10 --additional-suffix=.t -d -a 3 nums s; ls s0*; split -n l/2/3 nums; split -n 4/3 nums; echo $?

split -C 12 nums c; wc -c c* | tail -1; split --hex-suffixes=16 -l 10 nums h; ls h*; split --numeric-suffixes=8 -l 5 nums n; ls n*; split -e -n 30 nums e; ls e* | wc -l; split --filter='cat > $FILE.out' -l 15 nums f; ls f*; split -t: -l1 passwd t; cat tab; split --verbose -l 12 nums v; split -a 1 -l 1 nums z; echo $?; split -l 0 nums; split -l x nums; split -u -n r/2 nums u; wc -l uaa
