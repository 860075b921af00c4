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
