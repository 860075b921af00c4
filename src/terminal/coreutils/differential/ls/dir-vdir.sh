mkdir e; cd e; touch b a 'c d'; dir; vdir -g | cut -c 1-10; dir -1; dir --zzz; echo $?; dir nofile; echo $?; vdir nofile; dir | cat; dir -a
