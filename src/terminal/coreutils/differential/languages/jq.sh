jq . data.json
jq -c . data.json
jq .kind data.json
jq -r .kind data.json
jq '.items[].name' data.json
jq -r '.items[] | "\(.name): \(.replicas)"' data.json
jq '.items | length' data.json
jq '.items[0].labels.app, .total' data.json
jq '.items[-1].name' data.json
jq -c '.items[1:]' data.json
jq '.missing, .items[7], .kind?' data.json
jq '.items[].labels.tier?' data.json

jq -c '.items | map(.name)' data.json
jq -c '[.items[] | select(.replicas > 1) | .name]' data.json
jq -c '.items | sort_by(.replicas) | map(.name)' data.json
jq -c '.items | map({name, app: .labels.app})' data.json
jq -c '.items | map({(.name): .replicas}) | add' data.json
jq -c '.items[0].labels | to_entries' data.json
jq -c '.items[0].labels | with_entries(.value |= ascii_upcase)' data.json
jq -c '[.items[].replicas] | add, min, max, (add / length)' data.json
jq -c '.items | group_by(.replicas > 1) | map(length)' data.json
jq -c '.items | map(.labels // "none")' data.json
jq -c '.items[0] | keys, has("name"), (.labels | has("x"))' data.json
jq -c 'del(.items) , (.items[0] | del(.labels.app, .replicas))' data.json
jq -c '.items[0].replicas = 9 | .items[0]' data.json
jq -c '.items[].replicas |= . * 2 | [.items[].replicas]' data.json
jq -c '.total += 1 | .total -= 2 | .new //= "x" | {total, new}' data.json
jq -c 'paths | join(".") | select(contains("labels"))' data.json 2> /dev/null
jq -c '[paths(type == "number")]' data.json
jq -c '[leaf_paths] | length' data.json
jq -c '[.. | numbers]' data.json
jq -c 'getpath(["items", 0, "name"]), setpath(["kind"]; 1).kind' data.json
jq -c 'walk(if type == "string" then length else . end)' data.json
jq -S -c . data.json
jq --tab . data.json | head -n 3
jq --indent 1 .items[1] data.json
jq -r '.items[] | [.name, .replicas] | @csv, @tsv' data.json
jq -r '.items[] | .name | @base64, @uri, @sh, @html, @json' data.json
jq '[limit(2; .items[].name)], first(.items[].name), [range(3)], [range(0; 10; 3)]' -c data.json
jq -e '.missing' data.json; echo $?
jq -e '.total' data.json; echo $?
jq -e 'empty' data.json; echo $?

jq -n '1 + 2 * 3, 7 / 2, 7 % 3, -1, 1e3, 0.1 + 0.2, 10 / 5, 1.5e300 * 1e10'
jq -nc '[1,2,3] | map(. * 2), reverse, .[1:], index(2), contains([1]), any(. > 2), all(. > 2)'
jq -nc '[3,1,2] | sort, min, max, unique, add, length, first, last, nth(1)'
jq -nc '[1,[2,[3]]] | flatten, flatten(1)'
jq -nc '{"a":1,"b":2} | to_entries, keys, length, map_values(. + 1), add, (. * {"c": {"d": 3}})'
jq -nc 'reduce range(5) as $i (0; . + $i), [foreach range(5) as $i (0; . + $i)], [foreach range(3) as $i (0; . + $i; [$i, .])]'
jq -nc '[1,2] as [$a, $b] | {a: $a, b: $b}, ({"x": 1, "y": [2]} as {x: $x, y: [$y]} | $x + $y)'
jq -nc 'def f(x): x * 2; def g($n): $n + 1; f(3), g(4), (def h: . + 1; 5 | h)'
jq -nc '[.[]?], (try error("x") catch .), ("a" | try tonumber catch "bad"), [1 | .a?], (null | not)'
jq -nc '"a,b, c" | split(","), split(", *"; null), test("B"; "i"), [match("[a-c]"; "g").offset], sub(","; ";"), gsub(", *"; "-"), ascii_upcase, ltrimstr("a"), rtrimstr("c"), startswith("a"), endswith("b")'
jq -nc '"foo=1 bar=22" | [scan("[a-z]+")], [scan("([a-z]+)=([0-9]+)")], capture("(?<k>[a-z]+)=(?<v>[0-9]+)"), gsub("(?<d>[0-9]+)"; "<\(.d)>"), [splits(" +")]'
jq -nc '"abc" | .[1:], .[:-1], explode, (explode | implode), length, utf8bytelength, ("한글" | length, utf8bytelength), (. * 2), index("c"), indices("b")'
jq -nc 'if 1 == 1 then "y" else "n" end, (if null then 1 elif 2 then 3 else 4 end), (1 as $x | 2 as $y | [$x, $y]), (null // 5), (empty // 6), [false, 1 | . // "d"]'
jq -nc '[1, null, "a", [1], {"a": 1}, true, false] | sort, map(type), map(tostring), (.[] | tojson)' | head -n 4
jq -nc '{"a": {"b": 1}} | .a.b, .["a"]["b"], ."a"."b", (.a | has("b")), [paths], tojson, (tojson | fromjson), ([.[]]), (to_entries[0].key), ("a" | in({"a": 1}))'
jq -nc '0, 1700000000 | todate, (todate | fromdate), (gmtime | mktime), strftime("%Y-%m-%d %H:%M:%S %j %a")'
jq -nc '[[1,2],[3,4]] | transpose, map(add), [.[][0]], (.[0] - [1]), (map(.[1]) | inside([2,4,5]))'
jq -nc '[{"a":1,"b":2},{"a":1,"b":3},{"a":2,"b":1}] | group_by(.a), unique_by(.a), max_by(.b), min_by(.b), sort_by(.a, -.b), (map(.b) | add)'
jq -n '[1,[],{},{"a":[{}]}]'
jq -n --arg x 1 --argjson y '{"a":2}' '$x, $y.a, $ARGS.named.x' ; jq -nc --args '$ARGS.positional' a b; jq -n '$__prog_args' 2> /dev/null; echo $?
jq -rn '"a\tb\u00e9\n\"q\"", ["x"], @text "t \(1 + 1)", @json "j \("q")", @sh "echo \("it'"'"'s")"'
jq -jn '"a", 1, [2]'; echo
jq -nac '"é한😀"'
jq -n 'input, [inputs]' data.json nums -c | tail -n 1
jq -s 'length, add' nums
jq -sc '.[:3]' nums
jq -R . pats
jq -Rs . pats
jq -Rr 'ascii_upcase' pats
jq -Rn '[inputs | length]' -c pats
jq -c 'tostream' data.json | head -n 2
printf '{"a":1}{"a":2}\n3 "x" [4]\n' | jq -c .
echo '{"a":[1,2,{"b":null}]}' | jq '.a[2].b, .a[0:2], (.a | last | keys)' -c

jq '.[0]' data.json; echo $?
jq '.items + 1' data.json; echo $?
jq '.kind | keys' data.json; echo $?
jq '.total[]' data.json; echo $?
jq '.items | .name' data.json; echo $?
jq '{a: 1} | .a.b' -n; echo $?
jq 'nosuch' data.json; echo $?
jq 'error("custom")' data.json; echo $?
jq 'error({"a": 1})' data.json; echo $?
jq -n '1, error("x"), 2'; echo $?
jq . nofile; echo $?
jq -n '"a" - 1' ; echo $?
jq -n '[] | implode, join(","), add, first, max' -c; echo $?
jq -n '{} | .a.b.c, (.a[1:2]), (.x += 1)' -c; echo $?
jq -n '"x" | test(1)' 2> /dev/null; echo $?
jq -n 'halt_error' 2> /dev/null; echo $?
jq -n '"bye\n" | halt_error(3)'; echo $?

jq -n 'def f: if . > 20000 then . else .+1|f end; 0|f'
jq -n 'def f($n; $sum): if $n == 0 then $sum else f($n - 1; $sum + $n) end; f(20000; 0)'
jq -n '0 | until(. > 20000; . + 1)'
jq -n '[limit(5000; 0 | recurse(. + 1))] | length, add'
jq -n '[0 | while(. < 5000; . + 1)] | length'
jq -n 'def r: ., (. + 1 | r); [limit(3000; 1 | r)] | last'
jq -nc '[range(3) as $a | ($a, 10) | if . > 1 then ., (. * 2) else empty end]'
jq -nc 'def f(g): if . > 3 then g else (. + 1 | f(g, g * 10)) end; [0 | f(.)]'
jq -nc '[1 | (empty | error), (if empty then 1 else 2 end), (empty as $x | 3)]'
jq -nc 'def f($a; $b): [$a, $b]; [f(1, 2; 3, 4)]'
jq -nc '[{a: 1} | path(if .a then .a else .b end), path(.a | select(. == 1))]'
