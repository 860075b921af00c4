seq 12 > n; csplit n 5 8; ls x*; csplit -z -f p -n 3 n /3/ '{*}'; ls p0*; csplit -k n 5 50; echo $?; ls x*; rm -f x* p0*; csplit n 20; echo $?; ls x*; csplit n /zz/; echo $?; csplit n /5/ '{2}'; echo $?; csplit -s n %5% /8/+1; cat xx00; ls x*; csplit n /5/-2

seq 12 > n; csplit -b '%03x.t' n 4; ls x*; csplit --suppress-matched n /5/ ; head -n 2 xx01; csplit n 3 '{*}'; echo $?; csplit n 3 '{2}'; csplit n; echo $?; csplit; echo $?; csplit n 0; csplit n 5 3; csplit n x; csplit n /5; csplit n '/5/x'; csplit n 5 '{'; csplit n 5 '{a}'; csplit nofile 3; echo $?; csplit - 3 < n; csplit n 5 5; csplit -q n 12; csplit n 13

seq 12 > n; csplit -n x n 3; csplit -b '%q' n 3; csplit n /1/ '{*}'; csplit --suppress-matched -z n /5/ '{*}'; csplit n '{3}' ; csplit n %9% ; csplit n '%5%' '{*}'; ls x*; csplit words /an/ /an/; csplit words %col% '{1}' /x/; csplit n /9/+5; echo $?; csplit n /2/-3; echo $?; csplit n 3 /3/; csplit n 3 /5/ 7; csplit --suppress-matched n 3 6; cat xx01; csplit n '/[/'; csplit -z n 1 2; csplit n 1

