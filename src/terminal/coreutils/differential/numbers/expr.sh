expr 7 / 2
expr 7 % 4
expr -7 / 2
expr 2 '>' 10
expr b '>' a
expr '(' 1 + 2 ')' '*' 3
expr substr hello 2 3
expr index hello l
expr match abc 'a.'
expr abc : '\(.\)b'
expr a '|' b
expr 0 '|' b
expr 1 '&' 0
expr '' '|' 0; echo $?

expr; echo $?
expr 1 +; echo $?
expr 1 / 0; echo $?
expr a \* 1; echo $?
expr 1 2; echo $?
expr 99999999999999999999 + 1
expr length '가나'
expr + length
expr 3 '<=' 3
expr a = b; echo $?
expr 5 - 5; echo $?
expr '(' 1; echo $?
expr quote
expr 1 '!=' 2
