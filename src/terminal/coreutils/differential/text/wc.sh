wc fruit.txt passwd
wc -w poem
wc -m hangul
wc -c hangul
wc nofile; echo $?
wc -l nofile passwd
printf 'no newline' | wc
wc -l - < poem
printf 'a\0b' | wc -w; echo $?
printf '' | wc
wc -z; echo $?

wc -L poem hangul; wc -lw < poem; wc .; echo $?; wc --files0-from=nofile; echo $?; wc 'q*'; wc - < poem; wc -m - passwd < poem; printf 'passwd\0poem\0' | wc --files0-from=-; wc --files0-from=x y; wc -L tabs; printf 'a\tb\rccc\fd' | wc -L; wc < /dev/null; wc nofile .; wc -c nofile poem; wc -lwmcL poem hangul; cat poem | wc; cat poem | wc -c; cat poem | wc -lc - passwd; printf '\001\002 \003a\n' | wc -w
