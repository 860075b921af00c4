help | tail -n +2

enable -n test; help | grep '^\*' | cut -c1-40

help -s '*'

help nosuch; echo $?; help -s cd nosuch; echo $?; help -s nosuch cd; echo $?

help -s re; help -s 're*'; help -s r?ad 'p*d'

help -s '%'; help -s '(('; help -s '[['; help -s .; help -s :; help -s '['; help -s '{'

help -s if for while until case select function time coproc variables

cd --help | head -1; kill --help | head -1; printf --help | head -1; let --help | head -1; exit --help | head -1; break --help | head -1

echo --help; test --help; : --help; true --help; false --help; echo $?; [ --help; echo $?

cd --help > /dev/null; echo $?; help cd | head -1; help help | head -1; help -m cd | head -7 | grep -v -; help -z; echo $?

help -d nosuch; help -s help; help -sd cd | wc -l; help -d cd | cut -d- -f1; help -d 're*' | cut -d- -f1

for b in $(enable -a | cut -d' ' -f2); do help -s "$b"; done

source --help | head -1; eval --help | head -1; times --help | head -1; pwd --help | head -1; logout --help | head -1; return --help | head -1; shift --help | head -1; getopts --help | head -1; builtin --help | head -1; exec --help | head -1
