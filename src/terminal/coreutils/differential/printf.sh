printf '%s\n' a b
printf '%d %i %o %x %X %u\n' 10 -5 8 255 255 3
printf '%5.2f|%-8s|%08.3f|%+d|% d\n' 3.14159 ab 2.5 5 7
printf '%e %g %G\n' 12345.678 0.0001 1e20
printf '%c%c\n' hello w
printf '%%|%5s|%.2s\n' a abc
printf 'no newline'; echo
printf '%s %s\n' a b c
printf '%*d|%-*d|\n' 5 3 4 2
printf '%d\n' 0x1f 010 "'A"
printf '\x41\u00e9\101\n'

env printf '%d\n' x; echo $?
env printf '%s'
env printf; echo $?
env printf '%d %s\n' 3
env printf '%.3d|%#x|%#o\n' 5 255 8
env printf 'a\c'
env printf '%s\n' -- a
env printf '%s %d\n' a 1 b
env printf '\q\e[0m' | od -c
