#!/bin/bash
# a small test harness
tests_run=0 failures=()
assert_eq() { ((tests_run++)); if [[ $1 == "$2" ]]; then printf 'ok %d - %s\n' "$tests_run" "${3:-}"; else printf 'not ok %d - %s\n#   got: %q\n#   want: %q\n' "$tests_run" "${3:-}" "$1" "$2"; failures+=("${FUNCNAME[1]}:${BASH_LINENO[0]}"); fi; }
assert_status() { local want=$1; shift; local rc=0; "$@" >/dev/null 2>&1 || rc=$?; assert_eq "$rc" "$want" "status of $*"; }
run() { output=$("$@" 2>&1); status=$?; IFS=$'\n' read -rd '' -a lines <<< "$output"; }
setup() { work=$(mktemp -d); pushd "$work" >/dev/null || exit; }
teardown() { popd >/dev/null || exit; rm -rf "$work"; }
test_strings() {
  local s='Hello, World'
  assert_eq "${s,,}" 'hello, world' lower
  assert_eq "${s:7}" World slice
  assert_eq "${s: -5:2}" Wo 'negative slice'
  assert_eq "${s/o/0}" 'Hell0, World' once
  assert_eq "${s//[aeiou]/}" 'Hll, Wrld' vowels
  assert_eq "${s%%,*}" Hello cut
  assert_eq "${#s}" 12 length
  assert_eq "$(tr a-z A-Z <<< "$s")" 'HELLO, WORLD' tr
  assert_eq "$(printf '%-8s|' ab)" 'ab      |' pad
  assert_eq "$(echo wrong)" right 'meant to fail'
}
test_arrays() {
  local -a a=(3 1 2); local -A m=([x]=1)
  assert_eq "${a[*]}" '3 1 2' all
  assert_eq "${#a[@]}" 3 count
  a[7]=z; assert_eq "${!a[*]}" '0 1 2 7' sparse
  unset 'a[1]'; assert_eq "${a[@]:1:2}" '2 z' slice
  m[y]=2; [[ -v m[y] ]]; assert_eq $? 0 'key set'
  [[ -v m[z] ]]; assert_eq $? 1 'key unset'
  mapfile -t sorted < <(printf '%s\n' "${a[@]}" | sort); assert_eq "${sorted[0]}" 2 sorted
}
test_status() {
  assert_status 0 true; assert_status 1 false; assert_status 127 nosuch; assert_status 3 bash -c 'exit 3'; assert_status 2 ls /nonexistent; assert_status 126 ./noexec; assert_status 1 grep q /dev/null; assert_status 143 bash -c 'kill $$'
}
test_files() {
  echo data > f; mkdir -p d/e; ln -s f l; chmod 640 f
  assert_eq "$(stat -c '%a %s' f)" '640 5' stat
  [[ -L l && -f l && ! -d l ]]; assert_eq $? 0 link
  assert_eq "$(readlink l)" f readlink
  assert_eq "$(find . | sort | tr '\n' ' ')" '. ./d ./d/e ./f ./l ' find
  run ls nosuch; assert_eq "$status:${#lines[@]}" 2:1 'ls fails'
  touch -d '2000-01-01' old; [[ f -nt old ]]; assert_eq $? 0 newer
}
touch noexec
for t in $(compgen -A function test_); do echo "# $t"; setup; : > noexec; "$t"; teardown; done
printf '1..%d\n' "$tests_run"
if ((${#failures[@]})); then printf 'failed: %s\n' "${failures[@]}" >&2; exit 1; fi
