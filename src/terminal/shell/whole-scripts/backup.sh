#!/bin/bash
# backup script
set -euo pipefail
IFS=$'\n\t'
readonly PROG=${0##*/}
readonly STAMP=$(printf '%(%Y%m%d)T' 0)
declare -i keep=3 verbose=0
declare -a sources=()
declare -A sizes
log() { local level=$1; shift; (( verbose )) || [[ $level != DEBUG ]] || return 0; printf '[%s] %-5s %s\n' "$STAMP" "$level" "$*"; }
usage() { cat <<EOF
usage: $PROG [-v] [-k N] [-d DIR] SOURCE...
EOF
exit "${1:-0}"; }
on_error() { local rc=$? line=$1; log ERROR "command failed with $rc at line $line"; exit "$rc"; }
trap 'on_error $LINENO' ERR
trap 'rm -rf "$tmp"' EXIT
tmp=$(mktemp -d)
dest=backups
OPTIND=1
set -- -v -k 2 -d out one two 'three four'
while getopts ':vk:d:h' opt; do
  case $opt in
    v) verbose+=1 ;;
    k) keep=$OPTARG ;;
    d) dest=$OPTARG ;;
    h) usage ;;
    :) echo "option -$OPTARG needs an argument" >&2; usage 2 ;;
    \?) echo "unknown option -$OPTARG" >&2; usage 2 ;;
  esac
done
shift $((OPTIND - 1))
mkdir -p "$dest"
for name in "$@"; do
  mkdir -p "src/$name"
  for i in {1..3}; do printf 'file %d of %s\n' "$i" "$name" > "src/$name/f$i.txt"; done
  sources+=("src/$name")
done
log INFO "${#sources[@]} sources, keeping $keep"
for s in "${sources[@]}"; do
  base=${s##*/}; base=${base// /_}
  archive="$dest/$base-$STAMP.tar"
  tar -cf "$archive" -C "$(dirname "$s")" "$(basename "$s")"
  sizes[$base]=$(tar -tf "$archive" | wc -l)
  log DEBUG "made $archive"
  ( cd "$dest" && sha256sum "$base-$STAMP.tar" | wc -c )
done
for k in $(printf '%s\n' "${!sizes[@]}" | sort); do printf '%-12s %3d\n' "$k" "${sizes[$k]}"; done
touch -d '2020-01-01' "$dest/old-1.tar" "$dest/old-2.tar"
touch -d '2021-01-01' "$dest/old-3.tar"
mapfile -t all < <(ls -1t "$dest"/*.tar)
log INFO "rotating ${#all[@]}"
if (( ${#all[@]} > keep )); then
  for old in "${all[@]:keep+1}"; do [[ $old == */old-* ]] && { echo "rm ${old##*/}"; rm -- "$old"; }; done | sort
fi
total=0
while IFS= read -r -d '' f; do (( total += 1 )); done < <(find src -type f -print0)
log INFO "total $total"
diff <(ls src/one) <(ls src/two) && echo same
x=${UNSET_THING:-default}; echo "$x ${x^^} ${x/fau/FAU}"
pipeline_fails() { false | cat; }
if pipeline_fails; then echo yes; else echo "no: ${PIPESTATUS[*]}"; fi
nosuch_command_here
echo unreachable
