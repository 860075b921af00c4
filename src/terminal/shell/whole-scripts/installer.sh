#!/usr/bin/env bash
# installer in the manner of get-docker.sh
set -e
SCRIPT_COMMIT_SHA="abc123"
VERSION="${VERSION#v}"
DEFAULT_CHANNEL_VALUE="stable"
if [ -z "$CHANNEL" ]; then
	CHANNEL=$DEFAULT_CHANNEL_VALUE
fi
DOWNLOAD_URL="${DOWNLOAD_URL:-https://download.example.com}"
mirror=''
DRY_RUN=${DRY_RUN:-}
set -- --mirror Aliyun --dry-run --version 24.0
while [ $# -gt 0 ]; do
	case "$1" in
		--channel) CHANNEL="$2"; shift ;;
		--dry-run) DRY_RUN=1 ;;
		--mirror) mirror="$2"; shift ;;
		--version) VERSION="${2#v}"; shift ;;
		--*) echo "Illegal option $1" ;;
	esac
	shift $(( $# > 0 ? 1 : 0 ))
done
case "$mirror" in
	Aliyun) DOWNLOAD_URL="https://mirrors.aliyun.example/docker-ce" ;;
	"") ;;
	*) >&2 echo "unknown mirror '$mirror'"; exit 1 ;;
esac
command_exists() { command -v "$@" > /dev/null 2>&1; }
version_gte() {
	if [ -z "$VERSION" ]; then return 0; fi
	version_compare "$VERSION" "$1"
}
version_compare() (
	set +x
	yy_a="$(echo "$1" | cut -d'.' -f1)"
	yy_b="$(echo "$2" | cut -d'.' -f1)"
	if [ "$yy_a" -lt "$yy_b" ]; then return 1; fi
	if [ "$yy_a" -gt "$yy_b" ]; then return 0; fi
	mm_a="$(echo "$1" | cut -d'.' -f2)"
	mm_b="$(echo "$2" | cut -d'.' -f2)"
	mm_a="${mm_a#0}"
	mm_b="${mm_b#0}"
	if [ "${mm_a:-0}" -lt "${mm_b:-0}" ]; then return 1; fi
	return 0
)
is_dry_run() { if [ -z "$DRY_RUN" ]; then return 1; else return 0; fi; }
is_wsl() { case "$(uname -r)" in *microsoft* ) true ;; *Microsoft* ) true ;; * ) false;; esac; }
get_distribution() {
	lsb_dist=""
	if [ -r ./os-release ]; then lsb_dist="$(. ./os-release && echo "$ID")"; fi
	echo "$lsb_dist"
}
echo_docker_as_nonroot() {
	if is_dry_run; then return; fi
	cat <<-EOF

	Consider: $1
	EOF
}
check_forked() {
	if command_exists lsb_release_nope; then echo forked; fi
}
cat > os-release <<'OS'
NAME="Ubuntu"
ID=ubuntu
VERSION_ID="24.04"
OS
do_install() {
	echo "# Executing docker install script, commit: $SCRIPT_COMMIT_SHA"
	if command_exists ls; then
		cat >&2 <<-'EOF'
			Warning: the "ls" command appears to already exist.
		EOF
	fi
	user="$(id -un 2>/dev/null || true)"
	sh_c='sh -c'
	if [ "$user" != 'root' ]; then sh_c='sudo -E sh -c'; fi
	if is_dry_run; then sh_c="echo"; fi
	lsb_dist=$( get_distribution )
	lsb_dist="$(echo "$lsb_dist" | tr '[:lower:]' '[:upper:]' | tr '[:upper:]' '[:lower:]')"
	if is_wsl; then echo "WSL DETECTED"; fi
	case "$lsb_dist" in
		ubuntu) dist_version="$(. ./os-release; echo "${VERSION_ID%%.*}")" ;;
		debian|raspbian) dist_version=12 ;;
		*) dist_version= ;;
	esac
	check_forked
	case "$lsb_dist" in
		ubuntu|debian|raspbian)
			pre_reqs="apt-transport-https ca-certificates curl"
			apt_repo="deb [arch=amd64 signed-by=/etc/apt/keyrings/docker.gpg] $DOWNLOAD_URL/linux/$lsb_dist $dist_version $CHANNEL"
			(
				if ! is_dry_run; then set -x; fi
				$sh_c 'apt-get update -qq >/dev/null'
				$sh_c "DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $pre_reqs >/dev/null"
				$sh_c "echo \"$apt_repo\" > /etc/apt/sources.list.d/docker.list"
			)
			pkg_version=""
			if [ -n "$VERSION" ]; then
				if is_dry_run; then
					echo "# WARNING: VERSION pinning is not supported in DRY_RUN"
				fi
			fi
			if version_gte "18.09"; then pkgs="docker-ce-cli containerd.io"; fi
			if version_gte 25.0; then pkgs="$pkgs newer"; fi
			( $sh_c "apt-get install $pkgs${pkg_version%=}" )
			echo_docker_as_nonroot "$user"
			exit 0
			;;
		*) echo >&2 "ERROR: Unsupported distribution '$lsb_dist'"; exit 1 ;;
	esac
	exit 1
}
# wrapped up in a function so that we have some protection against only getting half the file during "curl | sh"
do_install
