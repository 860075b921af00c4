base64 passwd
base64 -w 20 fruit.txt
base64 -w0 fruit.txt; echo
echo aGk= | base64 -d; echo
echo 'a G k =' | base64 -di; echo
base64 nofile; echo $?
echo aGkK | base64 --decode
printf '\377\376' | base64
base32 fruit.txt | head -n 1

echo 'aGk$' | base64 -d; echo $?; base64 -w x; echo $?; printf aGk | base64 -d; echo $?; base64 a b; echo $?; printf 'aGk=aGk=' | base64 -d; echo; printf 'aG k=' | base64 -d; echo $?; printf 'a===' | base64 -d; echo $?; printf 'aGk=\n\n' | base64 -d; echo $?

printf 'aGkh' | base64 -D; base64 .; base64 -d nofile; base64 -w 0 passwd; echo; base64 -w 7 fruit.txt; base64 -i -d <<< 'a*G k='; echo $?; base64 --wrap=20 passwd

basenc --base16 fruit.txt; basenc --base64url -w0 hangul; echo; basenc --base2msbf <<< A; basenc --base2lsbf <<< A; basenc --base32hex <<< hello; basenc <<< a; echo $?; basenc --base16 -d <<< 6869; basenc --base16 -d <<< 686g; echo $?; basenc --base2lsbf -d <<< 10000010; basenc --base16 -d <<< 6a; basenc --base16 -d <<< 686

base32 -d <<< 'NBSWY3DPBI======'; base32 -d <<< 'NBSWY3DPBI'; echo $?; base32 -d <<< 'NBSWY3=='; echo $?; base32 -w 8 passwd | tail -n 2; base32 -d <<< nbsw; echo $?
