select x in a b c; do echo "got $x $REPLY"; break; done <<< 2

PS3='pick> '; select x in one two; do echo "[$x] [$REPLY]"; [ -n "$x" ] && break; done <<< $'9\n\nfoo\n1'

select x in a b; do echo $x; done <<< $'1\n2'; echo "end $?"; echo "$x/$REPLY"

set -- p q r; select v; do echo $v; break; done <<< 3; select v in; do echo never; done; echo $?

select x in {1..12}; do echo $x; break; done <<< 11; COLUMNS=20; select x in aa bb cc dd ee; do break; done <<< 1

select f in *.txt "a b" $(echo c d); do echo "<$f>"; break; done <<< 2; select x in 'long option name' short; do echo $x; break; done <<< 1

select x in a b c; do case $REPLY in 1) echo first;; 2) continue;; q) break;; esac; echo after; done <<< $'1\n2\nq'; echo done

f() { select x in "$@"; do return 7; done; }; f m n <<< 1; echo $? $x; (select y in a; do echo $y; exit 3; done) <<< 1; echo $?

select x in a b; do echo "$x"; x=changed; REPLY=z; break; done <<< '  1  '; echo $x $REPLY; select x in only; do echo $x; break; done <<< 01

for i in 1; do select x in a b; do echo $x; break 2; done; echo no; done <<< 1; select a in x; do select b in y; do echo $a$b; break 2; done; done <<< $'1\n1'

select x in a b; do echo in; done < /dev/null; echo $?; unset REPLY; select x in a; do break; done <<< ''; echo "[$REPLY]"

select x in a b; do echo $x; break; done 2> menu <<< 1; cat menu; { select x in p q; do echo $x; break; done; } 2>&1 <<< 2; printf '1\n' | select x in z; do echo $x; break; done

PS3=; select x in a; do echo $x; break; done <<< 1; PS3='$HOME? '; select x in a; do break; done <<< 1; select x in a b; do echo $x; break; done <<< 1 2>/dev/null

select x in a b c; do echo "got $x $REPLY"; [ "$x" = b ] && break; done <<< $'1\n9\n2' 2>/dev/null; PS3='pick> '; select x in a b; do echo $x; done <<< 1 2>&1; select y in; do echo never; done; echo $?

PS3='pick: '; select x in a b c; do echo "$REPLY:$x"; [[ $x = b ]] && break; done <<< $'1\n9\n\nfoo\n2'; echo $? "$REPLY"; select y; do echo no; done < /dev/null; echo $?; set -- p q; select y; do echo $y; break; done <<< 2

select() { :; }

PS3='> '; select f in *.txt quit; do case $f in quit) echo bye; break;; '') echo "bad $REPLY";; *) echo "file $f"; esac; done <<< $'1\nx\n0\n2'

COLUMNS=30; select x in alpha beta gamma delta epsilon zeta eta theta; do echo $x; break; done <<< 3

select x in a b; do echo "$REPLY"; REPLY=; break; done <<< '  1  '; select x in $(seq 12); do break; done <<< 12; echo $x

false; for i in a; do echo $?; done; false; while [ $? -eq 1 ]; do echo w; break; done; false; case x in x) echo $?;; esac; false; until (( $? == 0 )); do echo u; true; done; false; for ((i=0;i<1;i++)); do echo $?; done; false; if [ $? = 1 ]; then echo $?; fi; false; { echo $?; }; false; (echo $?); false; select x in a; do echo $?; break; done <<< 1

select x in a b c; do echo "$REPLY:$x"; break; done <<< 2; echo $?

PS3='pick> '; select f in *.txt quit; do case $f in quit) break;; '') echo "bad $REPLY";; *) echo "file $f";; esac; done <<< $'1\n5\nx\n2'

select x in; do echo never; done; echo $?; select x in one; do :; done < /dev/null; echo $?; set -- p q; select x; do echo $x; break; done <<< 2; COLUMNS=20; select x in aaaa bbbb cccc dddd eeee ffff; do echo $x; break; done <<< 6

select x in "a b" c; do echo "[$x]"; [ "$REPLY" = done ] && break; done <<< $'1\n\n  2  \n99\n-1\ndone'; unset PS3; select y in z; do echo $y; break; done <<< ' 1 '

select x in $(seq 12); do echo $x; break; done <<< 11; select x in {a..z}; do echo $x; break; done <<< 26

PS3=; select x in a; do echo got; break; done <<< 1; REPLY=keep; select x in a; do break; done <<< 1; echo $REPLY; (select x in a b; do exit 5; done) <<< 1; echo $?; select x in a; do echo $x; done <<< 1 2>/dev/null | cat
