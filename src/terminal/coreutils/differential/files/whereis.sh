mkdir bin man src; touch bin/prog bin/prog.so bin/program man/prog.5.gz man/prog.a.b src/prog.c; whereis -B bin -M man -S src -f prog; whereis -B bin -f prog program none; whereis -b -B bin -f prog -m -M man -f prog

mkdir bin man; touch bin/a bin/b man/a.x; whereis -bm -B bin -M man -f a b c; whereis -u -bm -B bin -M man -f a b; whereis -s -S man -f a; whereis -b -B bin -f dir/a.txt

whereis; echo $?; whereis -b nonesuchprogram; echo $?; whereis nonesuchprogram another-none
