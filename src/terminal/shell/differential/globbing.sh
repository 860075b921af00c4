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

touch a b c .d 'e f'; echo *; echo .*; echo [a-b]; echo [!a-b]; echo ?; echo [[:alpha:]]; for f in *; do echo "<$f>"; done; echo \*; echo "*"; echo '?'

mkdir d; touch d/x d/y.txt d/.h; echo d/*; echo */; echo */x; echo */*.txt; echo ./d/*; echo d/../d/x*; echo d//*; ls -d */; shopt -s dotglob; echo d/*

touch 1 2 10 A b B a; echo *; echo [A-Z]; echo [[:upper:]]*; echo [[:digit:]]; echo [0-9]*; echo [^0-9]; LC_ALL=C; echo [a-z] [A-Z]

touch 'a*' 'a?' a1; v='a*'; echo $v; echo "$v"; for i in $v; do echo "[$i]"; done; rm "a*"; ls; v=*.txt; echo $v "$v"; set -- *.txt; echo $1

echo nomatch*; echo "x" > 'we[i]rd'; echo we[i]rd we\[i\]rd 'we[i]rd' we*; ls we[[]*; echo [; echo []; echo []a]; echo [a; echo a]

shopt -s nullglob; echo no* x; a=(no*); echo ${#a[@]}; for f in no*; do echo never; done; shopt -u nullglob; shopt -s failglob; echo no*; echo $?

shopt -s nocaseglob; touch README readme.md Makefile; echo r*; echo R*; echo m*; shopt -u nocaseglob; echo r* R*

set -f; echo *; set +f; echo f*; set -o noglob; echo f*; [[ fruit.txt == f* ]] && echo still; case fruit.txt in f*) echo also;; esac; v=fruit.txt; echo ${v%.*}

v='*.txt "q" \x'; echo $v; set -f; echo $v; printf '<%s>' $v; echo; set +f; v='a\ b'; printf '<%s>' $v; echo; v="'x y'"; printf '<%s>' $v; echo; eval "printf '<%s>' $v"; echo
