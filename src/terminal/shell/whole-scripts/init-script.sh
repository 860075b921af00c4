#!/bin/sh
# POSIX sh, in the manner of an init script and configure
prog=`basename "$0"`
as_nl='
'
export LC_ALL=C
ac_unique="x y"; ac_list="$ac_unique z"
for ac_word in $ac_list; do printf '%s' "checking for $ac_word... "; if test "$ac_word" = z; then echo yes; else echo no; fi; done
set x 1 2 3; shift; echo "$# $*"
while test $# -gt 0; do case $1 in -*) echo opt;; [0-9]) echo "digit $1";; esac; shift; done
start() { echo "Starting $1"; : > "$1.pid"; }
stop() { if [ -f "$1.pid" ]; then rm -f "$1.pid"; echo "Stopping $1"; else echo "$1 not running" >&2; return 1; fi; }
status() { [ -e "$1.pid" ] && echo "$1 is running" || { echo "$1 is stopped"; return 3; }; }
for action in start status stop stop status bogus; do
  case $action in
    start|stop|status) $action demo; rc=$? ;;
    *) echo "Usage: $prog {start|stop|status}"; rc=2 ;;
  esac
  echo "rc=$rc"
done
IFS=:; for d in $PATH; do [ -d "$d" ] && echo "dir" ; done | sort -u; unset IFS
x='a  b   c'; set -- $x; echo $#; set -- "$x"; echo $#; set --; echo $#
eval "v_$$=5"; eval "echo \$v_$$"
echo "`echo \`echo nested\``" '$(no)' "\$esc" "a\\b"
cat <<EOF | sed 's/^/> /'
sum $((3 + 4 * 2)) `echo bt` \$x ${x:+set}
EOF
trap 'echo trapped; trap - 0' 0
( exit 7 ) || echo "sub $?"
test -n "" -o 1 -eq 1 && echo or; [ ! -d /nonexistent ] && echo nodir; [ "a" = "a" -a -z "" ] && echo and
n=3; until [ $n -eq 0 ]; do n=$((n - 1)); [ $n -eq 1 ] && continue; printf '%d ' $n; done; echo
f() { local_v=1; return 9; }; f || echo "f $?"; echo $local_v
printf '%s %5d %-5s| %x\n' str 42 ab 255; printf 'no newline'; echo
a=${unset-def} b=${unset:-def2} c=${PWD:+yes}; echo $a $b $c; : ${assign:=val}; echo $assign; y=foo.tar.gz; echo ${y%.*} ${y%%.*} ${y#*.} ${y##*.} ${#y}
exec 3>t.out; echo three >&3; exec 3>&-; read l < t.out; echo $l; wc -c < t.out
case "abc" in a[!x]c) echo cls;; esac; case x in "x"|y) echo q;; esac; case '*' in \*) echo star;; esac
command -v ls >/dev/null && echo cmd; type nosuch >/dev/null 2>&1 || echo notype; umask 027; umask; 
set -f; echo *; set +f; set -u; (echo $nope) 2>/dev/null || echo unbound; set +u
getopts ab: o -a -b val; echo $o; getopts ab: o -a -b val; echo $o $OPTARG
kill -l 9; times >/dev/null; wait; echo "$(pwd | wc -l)"; hash ls; true & wait $!; echo $?
expr 3 + 4; expr abc : 'a\(.\)c'; echo a | tr a b; dirname /x/y/z; test 010 -eq 10 && echo dec
