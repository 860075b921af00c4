nl poem
nl -ba poem
nl -s': ' -w2 fruit.txt
nl -nrz fruit.txt
nl -nln fruit.txt
nl -v10 -i5 fruit.txt
nl nofile; echo $?

nl -bn fruit.txt; nl -bpa fruit.txt; nl -b q poem; echo $?; nl -w 0 poem; echo $?; nl -w x poem; nl -v x poem; nl -i x poem; nl -l 0 poem; nl -n zz poem; echo $?; nl -h q poem; nl -f '' poem

printf '\\:\\:\\:\nh\n\\:\\:\nb\n\nb2\n\\:\nf\n\\:\\:\nb\n' > p; nl p; nl -ha -fa p; nl -p p; nl -d x p; nl -d '' p; nl -ba -l2 poem; nl -v -3 -nrz poem; nl -v5 -i-2 -nln poem; nl -s '' poem; nl -ba -s' | ' hangul; nl -bp'^[a-c]' words; nl fruit.txt words | tail -3

nl -ba -w3 -s: poem; nl -bpthe poem; nl -nrz -w4 -v10 -i5 pats; nl -nln pats; nl -l2 -ba poem; printf '\\:\\:\\:\nh\n\\:\\:\nb\n\\:\nf\n' | nl -ha -fa; nl -p pats; nl -d xx pats; nl -b z pats; echo $?; nl -n zz pats; nl -w 0 pats; echo $?
