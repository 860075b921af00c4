date -u -d '2024-02-29 13:45:06' '+%A %a %B %b %d %e %j %U %V %W %u %w'
date -u -d @1700000000 '+%F %T %D %R %r %c %x %X'
date -u -d '2024-02-29 13:45:06.123456' '+%N %3N %s %H %I %k %l %M %S %p %P %Z %z %:z %C %y %Y %G %g %h %n%t%%'
date -u -d 2020-01-01 '+%-d %_d %05d %^a %#Z %10Y|%-m'

date -u -d '2024-01-31 + 1 month' +%F
date -u -d '2024-03-10 -2 days' +%F
date -u -d '2024-01-01 12:00 next day' '+%F %T'
date -u -d '1 Jan 2024 3pm' '+%F %T'
date -u -d '2024-01-01T10:00:00Z' +%s
date -u -d '2024-01-01T10:00:00+09:00' '+%F %T'
date -u -d 'Mon, 15 Jan 2024 10:00:00 GMT' +%s
date -u -d '20240115 1030' '+%F %T'
date -u -d '15-Jan-2024' +%F
date -u -d '1/2/2024' +%F
date -u -d '2024-01-15 last friday' +%F
date -u -d '2024-01-15 friday' +%F
date -u -d '@0 + 1 week' +%F
date -u -d '2024-01-01 3 hours ago' '+%F %T'
date -u -d 'Jan 5 2024 noon' +%T
date -u -d '1 week ago 2024-01-10' +%F
date -u -d '2 months 2024-01-15' +%F
date -u -d '1 year ago 2024-02-29' +%F
date -u -d 'yesterday 2024-03-01' +%F
date -u -d '-1 month -1 day 2024-03-31 10:00' '+%F %T'
date -u -d '36 hours 2024-01-01' '+%F %T'

date -Iseconds -u -d @0
date -I -u -d @86400
date -R -u -d @0
date --rfc-3339=seconds -u -d @0
date -u -r passwd +%Y | wc -c
date -d nonsense; echo $?
date -u -d '2024-13-01'; echo $?
date +%F extra; echo $?
date nonsense; echo $?
TZ=Asia/Seoul date -d @0 '+%F %T %z %Z'
TZ=UTC-9 date -d @0 +%T
date -u -d '' +%T
date -u --date='2024-05-05' +%s
date -r nofile; echo $?
date -Ix; echo $?
TZ=Asia/Seoul date -u -d 'TZ="Asia/Seoul" 2024-01-01 09:00' '+%F %T'

date --resolution; date --resolution -u
