declare -F -z; declare -z; f() { local -z; }; f; local -z; export -z; readonly -z; unset -z; typeset -z

dirs -z; pushd -z; popd -z; popd +z; dirs +z; pushd +z; dirs -5; cd -z; pwd -z; echo $?

getopts; getopts -z a; getopts a; source; exec -z; builtin -z; command -z; type -z; ulimit -z; ulimit x; echo $?

history 1 2; return; break x; echo never

unalias; alias -z; fc -e; echo $?; history -anr; history -cd; history -ps x; wait -p 1x %1; enable -d echo; enable -d nosuch; enable -n nosuch

kill -l 999; kill -s; kill -n 99 1; kill %; echo $?; kill; echo $?; kill -s TERM; echo $?

umask -z; umask 9; caller -z; suspend -z; suspend; let; eval -z; . -z; echo $?; shift -z; shift x y; shift 1 2; test -z a b; echo $?

printf; printf -z; printf -v 1 x; printf -v; times x | wc -l; trap -z; logout; echo $?

read -z; mapfile -z; readarray -z; getopts -z; shopt -z; set -z; bind -z; complete -z; compgen -z; compopt -z; help -z; echo $?

fg -z; bg -z; jobs -z; disown -z; wait -z; hash -z; enable -z; echo $?

exit -z

return -z; echo $?; break -z; continue -z; exit 1 2; echo on; let -z; echo $?; times -z | wc -l; : -z; true -z; false -z; echo $?
