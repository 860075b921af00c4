echo 가나다 | grep -o '[가-나]'

echo 가나다 | grep -o '[가나]'

echo 가나다 | grep -E '[a-나]'

echo 가나다 | sed 's/[가-나]/X/g'

echo 가나다 | sed -E 's/[a-나]+/X/g'

echo 나 | awk '/[가-다]/'

expr 나 : '[가-다]'

find . -regex '.*[가-다]'

echo 나 | grep '[^가-다]'

echo 나 | LC_ALL=en_US.UTF-8 grep '[가-다]'

echo 나 | LC_ALL=C grep '[가-다]'

echo '*a' | sed -E 's/*a/X/'

echo '*a' | sed -E 's/b|*a/X/'

echo '*a' | sed -E 's/(*a)/X/'

echo '*a' | sed -E 's/^*a/X/'

echo '+a' | sed -E 's/+a/X/'

echo '{1}a' | sed -E 's/{1}a/X/'

echo 'a{1' | sed -E 's/a{1/X/'

echo 'a{1' | sed -E 's/a{x/X/'

echo 'a)' | sed -E 's/a)/X/'

echo a | sed 's/a\{1/X/'

echo a | sed 's/[[:foo:]]/X/'

echo a | sed 's/[:space:]/X/'

echo a | sed 's/[b-a]/X/'

echo a | sed 's/\(a\)\2/X/'

echo a | sed 's/a\{1,40000\}/X/'

echo a | sed 's/a\{x\}/X/'

echo a | sed 's/\(/X/'

echo a | sed 's/[/X/'

echo a | sed 's/a\'

echo 'a|b' | sed -E 's/a||b/X/'

echo 'ab' | sed -E 's/(|a)b/X/'

echo 'ab' | grep -oE '(|a)b'

echo 'ab' | grep -oE 'a||b'

echo ab | grep -E 'a{,1}b'

echo ab | grep -E 'a{1}{2}b'

echo 'a{,b' | grep -E 'a{,b'

echo 'a{1,b' | grep -oE 'a{1,b'

echo 'x{}' | grep -oE 'x{}'

echo 'a\{' | grep -o 'a\\{'

echo 'a^b$c' | grep -o 'a^b$c'

echo 'a^b$c' | grep -oE 'a\^b\$c'

echo 'ab' | grep -oE 'a^b|b$'

echo 'ab' | grep -o '\(^a\)'

echo 'ab' | grep -o 'b\|^a'

echo 'a*b' | grep -o '^*'

echo '*b' | grep -o '^*b'

echo 'aXb' | grep -oi 'x'

echo 'straße' | grep -oi 'STRASSE\|strasse'

echo 'É' | grep -oi 'é'

echo 'a]b' | grep -o '[]]'

echo 'a]b' | grep -o '[^]a]'

echo 'a\b' | grep -o '[\]'

echo 'a-b' | grep -o '[a-]' | tr -d '\n'

echo 'a.b' | grep -o '[[.-.]]'

echo 'a-b' | grep -o '[[.-.]]'

echo 'a-b' | grep -o '[[.hyphen.]]'

echo 'foo_bar baz' | grep -ow 'foo'

echo 'foo bar foobar' | grep -ow 'foo'

echo 'foobar foo' | grep -ow 'foo'

echo 'a b' | grep -o '\ba'

echo 'ab cd' | grep -o '\<c.\>'

echo 'abab' | grep -oE '(ab)\1'

echo 'abcd' | grep -oP '(?<=b)c'

echo 'abcd' | grep -oP 'a\Kb'

echo 'key=val' | grep -oP '=\K.*'

echo 'key=val' | grep -oP 'key=\K\w+(?=l)'

echo 'aaa' | grep -oP 'a++b'

echo 'AbC' | grep -oP '(?i)abc'

echo 'AbC' | grep -oP '(?i:a)bC'

echo 'AbC' | grep -P '['

echo 'AbC' | grep -P '('

echo 'AbC' | grep -P ')'

echo 'AbC' | grep -P '*'

echo 'AbC' | grep -P 'a{2,1}'

echo 'AbC' | grep -P '\'

echo 'AbC' | grep -P '(?<=a+)b'

echo 'AbC' | grep -P '(?z)'

echo 'a1b2' | grep -oP '\d\D'

echo 'x y' | grep -oP '\S+\s\S+'

echo 'a.b' | grep -oP '\Qa.b\E'

echo 'ab' | grep -oP 'a(?#comment)b'

echo 'ab' | grep -oP '(?x) a b '

echo 'foofoo' | grep -oP '(foo)\1'

echo 'foofoo' | grep -oP '(?<n>foo)\k<n>'

echo 'foo' | grep -oP '\p{L}+'

echo 'foo' | grep -oP '\x66'

echo 'foo' | grep -oP '\x{66}'

echo 'foo bar' | grep -oP '\bb\w+'

echo 'foo bar' | grep -oP '^\w+|\w+$'

echo 'a,b' | grep -oP '[^,]+'

echo 'ab' | grep -oP '[[:alpha:]]'

echo 'foo' | grep -P 'a' -e b

printf 'a\nb\n' | grep -oPz 'a\nb'
