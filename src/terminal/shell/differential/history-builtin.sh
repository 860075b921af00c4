history; echo $?; history -s 'one two'; history -s three; history; history 1; history -c; history; echo $?

set -o history; history -s a; history -s b; history -s c; history -d 2; history | tail -3; history -d 99; echo $?; history x; echo $?; history -z 2>&1 | head -1

HISTFILE=h; history -s 'echo saved'; history -s 'echo two'; history -w; cat h; history -c; history -r; history; history -s extra; history -a; tail -1 h; history -w other; wc -l < other; history -r nofile; echo $?

set -o history; set -o histexpand; history -s 'echo first'; history -p '!!'; history -p '!echo'; history -p '!1'; history -p '!-1'; history -p '!nosuch'; echo $?; history -p '!!:s/first/second/'; history -p '!$' '!^' '!*'

history -s 'cp a.txt b.txt'; history -p '!!:0' '!!:1' '!!:2' '!!:$' '!!:1-2' '!!:*' '!cp:1' '!?txt?'; history -p '!!:1:r' '!!:2:e' '!!:1:t'; history -s 'ls /usr/lib/x.so'; history -p '!!:1:h' '!!:1:t' '!$:r' '!$:h:h'

history -s 'echo a a a'; history -p '!!:s/a/b' '!!:gs/a/b/' '!!:s/a/b/:p' '!!:q' '!!:x'; history -p 'x!' 'a ! b' '!=' '\!' "'!!'" ; history -p '!#' 'q !#:0' ; echo $?

fc -l; echo $?; history -s 'echo one'; history -s 'echo two'; fc -l; fc -ln; fc -l -1; fc -l 1 2; fc -lr; fc -s one=1 echo; fc -s; fc -l nosuch; echo $?

echo '!!'; echo "!x" !y; set -H; echo "a!b"; echo !nosuch; set +H; echo "!!"; shopt -p histverify histappend histreedit cmdhist lithist; set -o | grep hist

history -s $'multi\nline'; history 1; history -s ''; history 1 | cat -A; history -s '  lead'; history 1; history 0; echo $?; history -1; echo $?; history 1 2; echo $?; history -d; echo $?; history -d 1-2; history; history -ps x 2>&1; echo $?

HISTFILE=h; printf 'x\ny\n' > h; history -n; history; history -p 'a b' '!!' 2>&1; echo $?; history -s q r s; history 1; history -d -1; history 1

history -s 'echo alpha'; history -s 'echo beta'; fc -e - 2>&1; fc -s; fc -s al; fc -s beta=gamma; fc -z 2>&1 | head -1; echo $?

HISTSIZE=2; history -s a; history -s b; history -s c; history; HISTCONTROL=ignoredups; history -s c; history | wc -l; HISTSIZE=0; history; type -t history fc

history -s $'multi\nline'; history 1; history -s ''; history 1 | cat -A; history -s '  lead'; history 1; history 0; echo $?; history -1; echo $?; history -d; echo $?

fc -l; echo $?; history; set -o history; echo a; history; fc -l; fc -l -1; fc -ln; fc -lr

set -o history
echo one
echo two
history
history 1
history -d 1
history
history -s 'three four'
history
history -p '!!' 'x'
history -c
history

set -o history
echo a
echo b
echo c
echo d
history -d 2-3
history
history -d -1
history
history -d 99; echo $?
history -d abc; echo $?
history -d 3-1; echo $?

HISTCONTROL=ignorespace; set -o history
 echo hidden
echo shown
echo shown
history

HISTCONTROL=ignoredups; set -o history
echo a
echo a
echo b
echo a
history

HISTCONTROL=ignoreboth:erasedups; set -o history
echo a
echo b
echo a
 echo x
history

HISTIGNORE='echo a*:ls:&'; set -o history
echo abc
ls > /dev/null
ls
echo b
echo b
history

HISTTIMEFORMAT='%F %T '; set -o history
echo a
history | sed 's/[0-9][0-9]/00/g'

HISTSIZE=2; set -o history
echo a
echo b
echo c
history; HISTSIZE=0; history; unset HISTSIZE; echo x; history
