od -An -c hangul | head -n 2
od -tx1z -A x words | head -n 2
od -t d4 -N 8 fruit.txt
od -c -w4 -N 8 fruit.txt
hexdump -C hangul | head -n 2
hexdump -s 4 -n 4 -C fruit.txt
hexdump -o -n 4 fruit.txt
od -tz; echo $?

od -t f4 -N 4 fruit.txt; od -t f8 -N 16 fruit.txt; od -t fF -N 8 fruit.txt; od -t fD -N 8 fruit.txt; od -f -N 8 fruit.txt; od -e -N 8 fruit.txt; od -t f4x4 -N 8 fruit.txt; od -t f -N 10 fruit.txt

od -S 3 fruit.txt; printf 'abcd\0ab\0efghi\0' | od -S 3; printf 'abcd\0ab\0efghi\0' | od -A d -S3; printf 'abcd\0ab\0efghi\0' | od -A n --strings; printf 'abcd\0ab\0efghi\0' | od -A x -S 5

od --endian=big -x -N 4 fruit.txt; od --endian=big -t x4 -N 6 fruit.txt; od --endian=zz fruit.txt; echo $?; od --endian=little -t d2 -N 4 fruit.txt

od -t z fruit.txt; od -t x3 fruit.txt; echo $?; od -t f3 fruit.txt; od -w3 -t x1 -N 8 fruit.txt; od -w0 -N 4 fruit.txt; od -w3 -N 4 fruit.txt; od -j x fruit.txt; echo $?; od -N x fruit.txt; od -j 0x10 -N 010 fruit.txt; od -j 1K fruit.txt; echo $?

printf '\0\0\200\077\0\0\300\177\0\0\200\377\0\0\0\200' | od -f; printf '\0\0\0\0\0\0\360\077\232\231\231\231\231\231\271\077' | od -t f8; printf '\0\0\200\113\377\377\177\177' | od -t f4; od -tx1z -N 5 fruit.txt; od -i -N 4 fruit.txt

hexdump -e '16/1 "%02x " "\n"' fruit.txt; hexdump -e '"%08.8_ax  " 8/1 "%02x " "  " 8/1 "%02x "' -e '"  |" 16/1 "%_p" "|\n"' fruit.txt

hexdump -e '/1 "%_c "' -n 12 fruit.txt; hexdump -e '/2 "%d "' -n 8 fruit.txt; hexdump -e '4/4 "0x%08x " "\n"' fruit.txt; hexdump -e '"%07_ax" 1/4 " %u" "\n"' -n 10 fruit.txt; hexdump -e '/1 "%_u "' -n 12 fruit.txt

hexdump -e '"%s"' -n 4 fruit.txt; hexdump -e '1/4 "%5.2s|"' -n 8 fruit.txt; hexdump -e 'zz' fruit.txt; echo $?; hexdump -e '"%z"' fruit.txt; hexdump -e '"%x' fruit.txt; hexdump -v -e '/1 "%02X"' words; hexdump -e '8/1 "%3d" "\n"' words; hexdump -e '"%_Ad\n"' -e '16/1 "%c"' words

hexdump -e '/1 "%o\n"' -n 3 words; hexdump -e '3/1 "%c" /1 "-%c" "\n"' words; printf 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' | hexdump -e '16/1 "%02x" "\n"'; printf 'ab' | hexdump -e '4/1 "%02x " "\n"'; printf abc | hexdump -e '2/2 "%04x " "\n"'; hexdump -e '1/3 "%d"' words; hexdump -e '/1 "%-4d|"' -n 5 words

hexdump -s x words; echo $?; hexdump -n x fruit.txt; echo $?; hexdump -s 100 words; hexdump nofile; echo $?; hexdump -n 1K words | head -n 1; hexdump -n 0x10 words; hexdump -n 010 words; echo '16/1 "%02x " "\n"' > f; hexdump -f f words; hexdump -s 3 -n 5 -C words; hexdump --format='/1 "%c"' words | head -n 1; hexdump -zz; echo $?

od -D -N8 nums; od -O -N 8 nums; od -I -N8 nums; od -H -N8 nums; od -X -N8 nums; od -L -N 8 nums; od -F -N8 nums; od -h -N8 nums

hd words | head -n 2; hd -n 4 words; hd -c words | head -n 1; hd nofile; echo $?
