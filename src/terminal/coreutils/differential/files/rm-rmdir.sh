mkdir -p d/e
touch d/f
rm d; echo $?
rm -d d; echo $?
rm -rv d | sort
ls
rm -f; echo $?
rm; echo $?

touch a b c
rm -v a b
rm -i c < /dev/null
ls c
rm -rf nofile; echo $?
rm -r .; echo $?
rm -r ..; echo $?
rm -- -x; echo $?

mkdir -p a/b/c
rmdir a; echo $?
rmdir -p a/b/c
ls
mkdir -p a/b
touch a/f
rmdir -pv a/b; echo $?
rmdir --ignore-fail-on-non-empty a; echo $?
rmdir nodir; echo $?
rmdir passwd; echo $?

echo n | rm -i passwd; ls passwd; yes | rm -I passwd fruit.txt words nums; ls; echo n | rm -I passwd fruit.txt words nums; echo $?; ls

mkdir -p d/e; touch d/e/f; yes | rm -ri d; echo; ls; mkdir -p d/e; yes n | rm -ri d; ls -d d; rm --interactive=never -r d; rm --interactive=foo pats; echo $?; echo | rm --interactive=once -r words; ls words; rm --interactive=always -f pats; ls pats

mkdir d; rm -d d; echo $?; mkdir -p d/e; rm -d d; echo $?; rm -r --one-file-system d; rm --no-preserve-root=x a; echo $?; rm . ..; rm -r .; rm -rv ./.; echo $?; rm -f; rm; echo $?

mkdir -p d/e; touch d/e/f d/g; rm -rv d | sort; rm -v passwd; rm --verb fruit.txt; chmod 0 words; echo n | rm words; rm -f words nofile; rm nofile; echo $?; rm -- -x; rm -x; echo $?; touch -- -x; rm -x; rm ./-x
