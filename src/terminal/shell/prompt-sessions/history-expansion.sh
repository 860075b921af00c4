echo one two three
!!
echo again !!
!e

echo a1
echo b2
echo c3
!-2
!-1
!echo
!2
!3

echo alpha beta gamma
echo !$
echo !^
echo alpha beta gamma
echo !*
echo x !:2 y
echo !!:1-2

echo first word
printf '%s\n' second
!?first?
!?sec
!?nothing?
!nothing
!99
!-99

echo hello world
^hello^bye
^world^all^ more
^none^x
^bye

echo /usr/lib/file.tar.gz
echo !$:h
echo /usr/lib/file.tar.gz
echo !$:t
echo /usr/lib/file.tar.gz
echo !$:r !-1:$:e
echo /usr/lib/file.tar.gz
echo !$:h:h !-1:1:t:r

echo one one one
!!:s/one/two
echo one one one
!!:gs/one/two
!!:s/two/[&]
!!:s|three|four|
!!:&

echo print only
!!:p
!!
!echo:p
!!:s/only/all/:p

echo "quoted !!"
echo '!!' "a" \!!
echo a!b
echo !
echo a ! b
echo "x!"

echo a b c d e
echo !!:0 !!:2-
echo a b c d e
echo !!:2* !-1:^-3
echo a b c d e
echo !!:$ !-1:-2 !-1:9

echo 'a b' "c d" e\ f
echo !:1
echo 'a b' "c d" e\ f
printf '<%s>' !!:q
echo a b
echo !!:x

set +H
echo !! a!b
set -H
echo !!
shopt -s histverify; shopt histverify

echo one; echo two
!!; echo three
echo $((1+2)) > f; cat f
!cat
!echo:s/1/4/; !cat

for i in 1 2; do echo $i; done
!!
!for:s/1/3/
history 3
history -p '!!' '!for:0'

echo x
!!!!
!! !!
!#
echo a !#:1 b
echo a !# b

HISTCONTROL=ignorespace
 echo hidden
echo shown
!!
HISTCONTROL=ignoredups
echo same
echo same
history 4
fc -l -2
fc -s same=other
