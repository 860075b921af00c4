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

env printf '%b\n' 'a\tb\101' 'x\0101\cy' z; env printf '%q\n' "a b'c" 'a b' "a'b" '' 'x=y' '~a' 'a~' 'a"b' "a'\"b" -n '#x' 'a#' '*' '!x' '{' 'a{' 'a,b' '[a' 'a]' '^' '%' '@' "$(printf 'a\nb')" "$(printf '\001x')" 가 'a\b' "it's \$5"; env printf '%z\n' 1; echo $?

env printf '%d\n' 1x; echo $?; env printf -- '-%s\n' a; env printf '%5%|\n'; echo $?; env printf '%d\n' 99999999999999999999; echo $?; env printf '%d\n' abc; env printf abc x; env printf '%s\n' --; env printf 'ab%' ; echo $?; env printf '%1$s\n' a; env printf '%(%Y)T\n' 0; env printf '\q\n'; env printf '\x\n'; env printf '%-5%|'; env printf '%05s|\n' a; env printf '%.3c' a; env printf '%#d' 1; env printf '%s %d|' a 1 b 2z c; env printf 'x%sy%z' 1 2

env printf '%a %A %a\n' 1 0.1 1e10; env printf '%a\n' 0 -1.5 0x1p-3 3.14159; env printf "%'d\n" 1000000; env printf '%f %g\n' inf nan
