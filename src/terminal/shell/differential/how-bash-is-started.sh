echo 'echo "args: $0 $1 $2 $#"' | bash -s a b; bash -s x <<< 'echo $1; read l; echo "[$l]"
rest of input'; printf 'echo one\nread x\nthe line\necho "x=$x"\n' | bash; echo 'exit 4' | bash; echo $?; bash < /dev/null; echo $?; printf 'cat\nremaining 1\nremaining 2\n' | bash; printf 'if true\nthen echo multi\nfi\necho done' | bash

bash -v -c 'echo one
echo two'; printf 'echo a\nif true; then\n  echo b\nfi\n' > s; bash -v s; bash -n s; echo $?; printf 'echo ok\nif\n' > t; bash -n t; echo $?; bash t; echo $?; bash -n -c 'echo never'; bash -nv s; bash -xv s

PS4='+$LINENO ' bash -x s 2>&1; echo 'echo hi
f() { echo in; }
f' > s; PS4='+${BASH_SOURCE}:${LINENO}:${FUNCNAME[0]}: ' bash -x s; PS4='$(echo cmd) ' ; set -x; echo q; set +x; PS4=; set -x; echo q; set +x; unset PS4; set -x; echo q; set +x; PS4='+ '; set -x; echo "a b" 'c$d' $'e\nf' '' é; { set +x; } 2>/dev/null

echo 'echo "env file: $0"' > env; BASH_ENV=env bash -c 'echo main'; BASH_ENV=./env bash -c :; echo 'X=set; f() { echo func; }; alias a=b' > env; BASH_ENV=$PWD/env bash -c 'echo $X; f'; BASH_ENV=nosuch bash -c 'echo ok'; BASH_ENV='$PWD/env' bash -c 'echo $X'; ENV=env bash -c 'echo [$X]'; BASH_ENV=env sh -c 'echo [$X]'; echo 'echo $X' > s; BASH_ENV=env bash s; BASH_ENV=env bash --posix -c 'echo [$X]'

echo 'echo "env: $0 $# $LINENO"' > env; echo 'echo main $0' > s; export BASH_ENV=env; bash s a b; bash -c 'echo x' nm q; echo 'echo in' | bash; bash --posix -c 'echo p'; bash -p -c 'echo priv'; BASH_ENV=/ bash -c 'echo d'; printf 'exit 3' > env; bash -c 'echo no'; echo $?; printf 'if' > env; bash -c 'echo no'; echo $?; printf 'return 5; echo z' > env; bash -c 'echo $?'; unset BASH_ENV; sh -c 'echo sh'

bash -r -c 'hash -p /bin/ls l'; bash -r -c 'echo ok; pwd > /dev/null'; bash -r -c 'shopt restricted_shell; echo $-'; bash -r -c 'SHELL=x'; bash -r -c 'BASH_ENV=x'; bash -r -c 'unset PATH'; bash -r -c 'echo x >> f'; bash -r -c 'ls fruit.txt 2>&1'; bash -r -c 'enable -f x y'; set -r; cd /; echo end

bash --restricted -c 'cat < fruit.txt | head -1; echo $(pwd -P | wc -l)'; bash -r -c 'f() { cd ..; }; f; (cd /usr); echo still'; printf 'cd /\necho no further\n' | bash -r; echo 'cd /tmp; pwd' > s; bash -r s; bash -rc 'ls 2>/dev/null | wc -l; ls > x'

bash -O nosuch -c :; echo $?; bash -o nosuch -c :; echo $?; bash -Z 2>&1 | head -3; bash -f -c 'echo *'; bash -a -c 'x=1; env | grep ^x='; bash -ec 'echo a; (exit 3); echo no'; echo $?; bash -u -c 'echo $nope; echo no' 2>&1 | sed 's/.*: line/line/'; bash -o pipefail -c 'false | true'; echo $?

printf 'echo a\n# note\n\nif true; then\n  echo b\nfi\ncat <<E\nhere\nE\n' > s; bash -v s; bash -xv s; bash -nv s; bash -v -c 'echo one
echo two; echo three'; printf 'echo in\nread x\nline\necho $x\n' | bash -v

set -v
echo shown; echo same line
f() {
  echo body
}
f; eval 'echo ev
echo ev2'; set +v
echo quiet

printf '%s\n' 'echo one' 'exit 5' 'echo never' > s; bash s; echo $?; bash < s; echo $?; cat s | bash -s; echo $?; bash -c "$(cat s)"; echo $?; bash -e <<< 'false
echo never'; echo $?; bash <<< 'echo "$0 $#"'; bash -s -- -x y <<< 'echo "$1 $2"'

printf 'read a\nfirst\nread b c\nx y z\necho "$a|$b|$c"\ncat\nthe rest\nof it\n' | bash; printf 'f() {\nhead -1\n}\nf\ntaken\necho left\n' | bash; printf 'echo a; read x\nline\necho $x' | bash; printf 'cat <<E\ndoc\nE\nwc -l\n1\n2\n' | bash

bash --posix -c 'echo $SHELLOPTS; echo $-'

bash --norc -c 'echo $-'

bash -O extglob -c 'shopt extglob'; bash +O extglob -c 'shopt extglob'; bash -O nosuch -c 'echo x'; echo $?

bash -O 2>&1 | head -3; bash +O 2>&1 | head -2

bash -c 'echo $0 $1 $#' a b c; bash -c; echo $?; bash -c ''; echo $?

bash -o pipefail -c 'false | true; echo $?'; bash -o nosuch -c 'echo x'; echo $?

bash --nosuch; echo $?

bash -Z; echo $?

bash nofile; echo $?; bash .; echo $?; bash -s a b <<< 'echo $1 $2'; bash - <<< 'echo dash'; bash -- <<< 'echo dd'

bash --version | head -1 | sed 's/5.2.[0-9]*/5.2.x/'; bash --rcfile; echo $?; bash --init-file nofile -c 'echo x'
