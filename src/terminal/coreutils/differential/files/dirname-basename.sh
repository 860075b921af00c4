dirname /a/b/c a/b a / '' a/
basename -a /x/y z/
basename -s .txt a.txt b.txt
basename a.txt .txt
basename .txt .txt
basename a/b c d; echo $?
dirname; echo $?
basename -z a | od -c
dirname //a///b//
basename ///
