touch a1 a2 b1 c; echo a* ?1 [ab]1 [!a]1 [^a]1 [a-b]? *1 no* [x]* 'a*' "a*" a\*

touch .h1 .h2 v; echo *; echo .*; shopt -s dotglob; echo *; shopt -u dotglob; echo .h*; echo .[!.]*

shopt -s nullglob; echo [x]no* end; for f in none*; do echo never; done; a=(zz*); echo ${#a[@]}; shopt -u nullglob; for f in none*; do echo $f; done

shopt -s failglob; echo nope*; echo $?; echo next

touch A b C; shopt -s nocaseglob; echo [a-c]; shopt -u nocaseglob; echo [a-c] [A-C] [[:upper:]] [[:lower:]] [[:alpha:]]*

mkdir d1 d2; touch d1/x d2/y d1/z; echo */ d*/x */* d1/* */y */nope d?/[xy] */../*.txt ./d*

set -f; echo *; set +f; echo f*; v='*.txt'; echo $v "$v"; set -f; echo $v; set +f; for i in $v; do echo $i; done

touch 'a b' 'c*' '[x]' 'q?'; for f in *' '*; do echo "<$f>"; done; echo c\* '[x]' \[x] "q"? *\? *\** [[]*; ls -d [c]*

GLOBIGNORE='f*'; echo *; GLOBIGNORE='*.txt:p*'; echo *; unset GLOBIGNORE; echo *

touch 1 2 10 a; echo [0-9] [0-9]* [[:digit:]] [!0-9]* [1-] [a-] []a] [!]a] [-a]; echo *[!t]

touch x.c y.c z.h; for f in *.c; do echo ${f%.c}.o; done; rm *.c; echo *.[ch]; set -- *.h *.none; echo $# $2; ls *.none; echo $?

echo /usr/bi[n] /us?/bin/tru? /e*/pass[w]d /*/nothinghere /u*r; cd /; echo et?; echo */bin/tr[u]e

touch a; case a in [[:alnum:]]) echo cls;; esac; [[ a == [!b] ]] && echo neg; echo [[:punct:]]*; touch -- -dash; echo -*; echo ?dash; echo [\]]* [a\]]

mkdir -p 'sp ace/in'; echo sp*/in; echo sp*/*; cd sp*; pwd | sed 's/.*\///'; echo ../f*; echo ../*/in

echo "$(echo *)"; x=*; echo $x; echo "$x"; y="f*"; echo $y; z=(f*); echo $z; [ f* = fruit.txt ] && echo one; unset x; echo ${x:-f*} "${x:-f*}"
