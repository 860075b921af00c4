echo {a,b,c} x{1,2}y {a,b}{1,2} {,x} a{,b}c {a,b,} {x,{y,z}} {{a,b},c} pre{}post {}

echo {1..5} {5..1} {a..e} {e..a} {1..10..3} {10..1..4} {a..z..5} {0..0} {1..2}{3..4} {-2..2} {01..10..4} {1..3..0}

echo {1..3 {1,2 1,2} {a} {a..} {..b} {1..b} {1...3} {a..1} {1.5..3} {,} {,,}

echo "{a,b}" '{a,b}' \{a,b\} {a\,b,c} {"a b",c} {'x,y',z} {a,$HOME} {$(echo q),r} "x"{1,2}"y"

v=3; echo {1..$v} {a,$v} $v{x,y} {$v,4}; eval echo {1..$v}; set +B; echo {a,b}; set -B; echo {a,b}

mkdir -p d/{a,b}/{c,d}; find d | sort; touch f{1..3}.{c,h}; echo f*.c; rm f{1,2}.c; ls f*; cp f3.c{,.bak}; ls f3*

for i in {1..3} x{a,b}; do echo $i; done; a=({1..3}{a,b}); echo ${#a[@]}; x={a,b}; echo $x; x=$(echo {1,2}); echo $x

echo ${HOME}{a,b} ${v:-{a,b}} $((1+{1,2})) 2>&1; echo a{b,c{d,e}f,g}h {a,b}{{1,2},{3,4}}

echo {001..3} {1..003} {-05..5..5} {9..11} {a..c}{1..2} {A..c..20} {z..x}

echo *{.txt,.nope} {fruit,no}*.txt ~{,root} {~,x} {a,b}*

echo {a,b}>out; cat out; echo {x,y} > out2; cat out2; case a in {a,b}) echo m;; *) echo n;; esac; [[ a == {a,b} ]] || echo literal

printf '%s\n' {a,b}\ {c,d} {1..2}$'\t'x "$(echo {p,q})"; echo {a,'b'}"c" {a,b"}" {,a}{,b}{,c}

echo {a..z..5} {10..1..3} {01..10..4} {a..c}{1..2} {-2..2} {c..a} {1..3..-1} {a,b}{,c} {x} {a,} {1..} {A..c..20} '{a,b}' {a\,b,c} x{a,b}y{c,d}z

echo {1..10..3} {10..1..4} {a..z..5} {Z..A..8} {001..010..4} {-5..5..5} {1..2}{a..b} {x..x} {1..1}

echo {a,b{c,d},e} {,x} {a,} {a,b}{,/} p{re,ost}fix{1..2} {a..c}{1,2} "{a,b}" {"a b",c} {$HOME,x} \{a,b\} {a\,b,c}

echo {a..} {..b} {1..x} {a..1} {1...3} {a,b {a} {} {,} x{,,}y {{a,b},{c,d}} {a,b}} {{a,b}

mkdir -p p/{src,test}/{main,lib} && find p -type d | sort; touch f{1..3}.{c,h}; ls f*; echo file{1,2}{.bak,}; mv f1.{c,o}; ls f1*
