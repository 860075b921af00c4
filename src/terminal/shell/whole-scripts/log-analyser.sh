#!/bin/bash
# log analyser
gen() {
  local i levels=(INFO WARN ERROR DEBUG) paths=(/ /login /api/v1/pods /healthz '/a b')
  for ((i = 0; i < 60; i++)); do
    printf '10.0.%d.%d - - [12/Mar/2024:10:%02d:%02d +0000] "GET %s HTTP/1.1" %d %d "%s"\n' $((i % 3)) $((i * 7 % 11)) $((i / 10)) $((i * 13 % 60)) "${paths[i % 5]}" $((200 + (i % 4) * 100 + i % 2)) $((i * 37 % 5000)) "${levels[i % 4]}"
  done
}
gen > access.log
echo "== lines: $(wc -l < access.log)"
echo "== top clients"
awk '{ c[$1]++ } END { for (k in c) print c[k], k }' access.log | sort -k1,1nr -k2,2V | head -5
echo "== status classes"
declare -A class=()
while read -r _ _ _ _ _ _ path rest; do
  if [[ $rest =~ HTTP/1\.[01]\"\ ([0-9])[0-9]{2}\ ([0-9]+) ]]; then
    c=${BASH_REMATCH[1]}xx; (( class[$c]++ )); (( bytes[BASH_REMATCH[1]] += BASH_REMATCH[2] ))
  else bad+=("$path"); fi
done < access.log
for c in $(printf '%s\n' "${!class[@]}" | sort); do printf '%s %d %d\n' "$c" "${class[$c]}" "${bytes[${c%xx}]}"; done
echo "bad: ${#bad[@]} ${bad[0]:-none}"
echo "== per minute"
sed -nE 's/.*:([0-9]{2}:[0-9]{2}):[0-9]{2} .*/\1/p' access.log | sort | uniq -c | awk '{ bar=""; for (i=0;i<$1/2;i++) bar = bar "#"; printf "%s %3d %s\n", $2, $1, bar }'
echo "== slow"
awk -v limit=4000 -F'"' '{ split($3, a, " "); if (a[2] > limit) print a[2], $2 }' access.log | sort -rn | head -3
echo "== unique paths"
grep -oP '"GET \K[^ ]+' access.log | sort -u | tr '\n' ','; echo
echo "== errors"
grep -c '"ERROR"' access.log; grep -n 'ERROR' access.log | head -2 | cut -d: -f1 | paste -sd+ | bc
awk 'BEGIN { FS = "[][]" } NR == 1 { gsub(/[:\/]/, " ", $2); print $2 } END { print NR }' access.log
cut -d' ' -f1 access.log | awk -F. '{ s += $4 } END { printf "%.2f\n", s / NR }'
tac access.log | head -1 | rev | cut -c1-10 | rev
split -l 20 access.log part_; wc -l part_*; comm -12 <(sort part_aa) <(sort part_ab) | wc -l
join <(cut -d' ' -f1 part_aa | sort -u) <(cut -d' ' -f1 part_ab | sort -u) | wc -l
column -t <<< $'a bb ccc\ndddd e f'
printf '%s\n' 3 1 2 | sort -n | tee sorted.txt | tail -1; nl -ba sorted.txt; od -c sorted.txt | head -2
xargs -n 2 echo pair < sorted.txt; seq 5 | xargs -I{} sh -c 'echo "{}^2=$(( {} * {} ))"'
find . -name 'part_*' -size -4k -printf '%f %s\n' | sort; find . -name 'part_*' -exec grep -l DEBUG {} + | sort | wc -l
date -u -d @1700000000 '+%F %T'; date -ud '2024-02-29 +1 year' +%F; expr 7 \* 6; printf '%08.3f\n' 3.14159
