echo hello | tr a-y b-z
echo 'a  b   c' | tr -s ' '
echo a1b2 | tr -d 0-9
echo a1b2 | tr -cd '0-9\n'
echo hello | tr -s l
echo hello | tr -c 'a-z\n' '*'
echo abc | tr abc x
echo abc | tr -t abc x
echo 'a:b' | tr ':' '\n'
echo x | tr x '\t' | cat -T
echo abc | tr '[a-b]' '[x-y]'
printf 'a\nb\n' | tr '\n' ,; echo
echo AbC | tr '[:upper:]' '[:lower:]'
echo 'a b' | tr '[:space:]' _; echo
echo aab | tr -ds a b
echo hi | tr 'h*' x
echo abcd | tr a-d '[x*2]yz'

tr -d; echo $?
echo a | tr '\141' '\x'
echo 'a\b' | tr '\\' /
echo abc | tr -C a-b -; echo

tr a < fruit.txt; echo $?

tr -d a b; echo $?

tr z-a x; echo $?

tr '[:foo:]' x; echo $?

tr a ''; echo $?

tr '[:upper:]' '[:digit:]'; echo $?

tr '[:upper:]a' 'x[:lower:]'; echo $?

tr -ds a; echo $?

tr a b c; echo $?

tr '[::]' x; tr '[==]' x; tr '[=ab=]' x; tr '[a*]' x; tr ab '[x*][y*]'; tr ab '[=x=]'; tr -s a '[x*]' </dev/null; tr -d -s a '[x*]'; tr '[a*08]' x; tr a '[x*9z]'

echo abcdef | tr a-f '[x*]y'; echo abcdef | tr a-f 'A[x*]y'; echo abcabc | tr -c a xyz | od -c

echo 한글 | tr 한 x | od -c; echo 한글 | tr -d '\355' | od -c; echo 'héllo' | tr -cd '[:print:]'; echo

tr -c '[:alpha:]' xy < fruit.txt; echo $?; tr -c '[:alpha:]' '\n' < fruit.txt

tr 'a-\n' x; tr '\n-\t' x; tr '\400' x < fruit.txt; tr 'a\' x < fruit.txt

tr -t abcde xy < fruit.txt; tr -s 'an' < fruit.txt; tr -s a-z A-Z < fruit.txt; tr -sc a-z '\n' < fruit.txt; tr '[:lower:]' '[:upper:]' < fruit.txt; tr '[:upper:][:lower:]' '[:lower:][:upper:]' < passwd

tr; echo $?; tr -z; echo $?; tr '[a-z]' '[A-Z]' < fruit.txt; tr 'a-c-e' 'x' < fruit.txt; tr '[:alpha' x < fruit.txt; tr a-z '' -t

tr --help | head -1; tr abc '[:lower:]' <fruit.txt; tr a-zA '[:upper:]' < fruit.txt; tr '[:lower:]x' '[:upper:]' < fruit.txt
