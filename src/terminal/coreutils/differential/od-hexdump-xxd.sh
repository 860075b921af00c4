od -An -c hangul | head -n 2
od -tx1z -A x words | head -n 2
od -t d4 -N 8 fruit.txt
od -c -w4 -N 8 fruit.txt
hexdump -C hangul | head -n 2
hexdump -s 4 -n 4 -C fruit.txt
hexdump -o -n 4 fruit.txt
od -tz; echo $?
