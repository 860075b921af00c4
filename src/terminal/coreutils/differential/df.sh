df nofile; echo $?
df --zzz; echo $?
df --output=nothing .; echo $?
df -h --output=size nofile; echo $?
