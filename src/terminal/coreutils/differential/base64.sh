base64 passwd
base64 -w 20 fruit.txt
base64 -w0 fruit.txt; echo
echo aGk= | base64 -d; echo
echo 'a G k =' | base64 -di; echo
base64 nofile; echo $?
echo aGkK | base64 --decode
printf '\377\376' | base64
base32 fruit.txt | head -n 1
