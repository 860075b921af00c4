alias ll='echo listed'; ll; shopt -s expand_aliases; alias; alias ll; unalias ll; alias ll; echo $?

shopt -s expand_aliases
alias hi='echo hello'
hi world
alias q='echo "quoted arg"'
q
\hi 2>/dev/null; echo $?
'hi' 2>/dev/null; echo $?

shopt -s expand_aliases
alias ls='ls -1'
ls f*
alias a=b b=a
a 2>/dev/null; echo $?
alias echo='echo x'
echo y
unalias -a
echo z

alias a=1 b='2 3' c="it's"; alias; alias a b; alias nosuch; echo $?; unalias a nosuch; echo $?; unalias; echo $?; unalias -a; alias; echo $?; alias -p; alias 'x y=z' 2>&1; alias =x; echo $?

shopt -s expand_aliases
alias up='x=1'
up; echo $x
alias redir='echo r >'
redir out; cat out
alias n='! '
n true; echo $?
alias fn='f2() { echo fn; }'
fn; f2

shopt -s expand_aliases
alias t='type'
alias foo='echo "foo: $1"'
set -- arg
foo x
type foo
type -t foo
command -v foo
command foo; echo $?

shopt -s expand_aliases
alias s='sudo ' k=echo
alias time2='time -p'
if true; then k cond; fi
k a; k b | cat; (k c); { k d; }; ! k e; x=1 k f
echo $(k g)
case x in x) k h;; esac

shopt -u expand_aliases
alias hi='echo hi'
hi 2>/dev/null; echo $?
shopt -s expand_aliases
hi
eval hi
bash -c 'hi' 2>/dev/null; echo $?
(hi)

shopt -s expand_aliases
alias comment='echo a # cut'
comment b
alias semi='echo a;'
semi echo b
alias empty=''
empty echo c
alias sp=' echo d'
sp
alias nl='echo n
echo l'
nl

shopt -s expand_aliases
alias e='echo ' w=world
e x
alias two='echo 1; echo'
two 2
alias rec='rec2' rec2='echo end'
rec

alias a=1 b='2 3' c="it's"; alias; alias a b; alias nosuch; echo $?; unalias a nosuch; echo $?; unalias; echo $?; unalias -a; alias; echo $?; alias -p; alias 'x y=z' 2>&1; echo $?

shopt -s expand_aliases
alias pipe='echo a | cat'
pipe
alias cond='true &&'
true; alias st='echo $?'
st

shopt -s expand_aliases
alias g='echo g'
f() { g; }
f

alias ll='ls -l'; alias x=y; declare -p BASH_ALIASES; echo "${!BASH_ALIASES[@]}"; BASH_ALIASES[new]='echo new'; alias new; unset 'BASH_ALIASES[x]'; alias

alias ll='echo never'; ll; shopt expand_aliases; f() { alias inner='echo inner'; inner; }; f; echo ${BASH_ALIASES[ll]} ${#BASH_ALIASES[@]}; BASH_ALIASES[new]='echo new'; alias new; shopt -s expand_aliases
new; unalias new; echo ${BASH_ALIASES[new]-gone}
