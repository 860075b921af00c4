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
