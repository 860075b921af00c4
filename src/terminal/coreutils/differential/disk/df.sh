df nofile; echo $?
df --zzz; echo $?
df --output=nothing .; echo $?
df -h --output=size nofile; echo $?

df -BM --output=size / | head -n 1; df -B512 --output=size / | head -n 1; df --no-sync -B4K --output=size / | head -n 1; df -m --output=size / | head -n 1; df -k --output=size / | head -n 1
