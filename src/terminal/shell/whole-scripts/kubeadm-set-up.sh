#!/bin/bash
# kubeadm set-up in the manner of a lecture's script, over a directory instead of /
set -o errexit -o nounset -o pipefail
ROOT=$PWD/root; mkdir -p "$ROOT"/{etc/{modules-load.d,sysctl.d,apt/{keyrings,sources.list.d},containerd},proc}
cat > "$ROOT/etc/fstab" <<'EOF'
# /etc/fstab
UUID=1234 / ext4 defaults 0 1
/swap.img none swap sw 0 0
/dev/sdb1	none	swap	sw	0	0
EOF
sed -i.bak -r 's@^([^#].*\s+swap\s+.*)@# \1@' "$ROOT/etc/fstab"; cat "$ROOT/etc/fstab"; diff "$ROOT"/etc/fstab{.bak,} | grep -c '^[<>]' || true
cat <<EOF | tee "$ROOT/etc/modules-load.d/k8s.conf"
overlay
br_netfilter
EOF
cat <<EOF >"$ROOT/etc/sysctl.d/k8s.conf"
net.bridge.bridge-nf-call-iptables  = 1
net.bridge.bridge-nf-call-ip6tables = 1
net.ipv4.ip_forward                 = 1
EOF
while IFS='= ' read -r key value; do printf '%s -> %s\n' "${key//./\/}" "$value"; done < "$ROOT/etc/sysctl.d/k8s.conf"
KUBE_VERSION=v1.30.2; MINOR=${KUBE_VERSION%.*}
echo "deb [signed-by=/etc/apt/keyrings/kubernetes-apt-keyring.gpg] https://pkgs.k8s.io/core:/stable:/${MINOR}/deb/ /" > "$ROOT/etc/apt/sources.list.d/kubernetes.list"
cut -d' ' -f3 "$ROOT/etc/apt/sources.list.d/kubernetes.list"
cat > "$ROOT/etc/containerd/config.toml" <<'TOML'
version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "registry.k8s.io/pause:3.8"
  [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
    SystemdCgroup = false
TOML
sed -i -e 's/SystemdCgroup = false/SystemdCgroup = true/' -e 's#pause:3.8#pause:3.9#' "$ROOT/etc/containerd/config.toml"; grep -nE 'Systemd|pause' "$ROOT/etc/containerd/config.toml"
declare -A nodes=([cp1]=10.0.0.10 [w1]=10.0.0.11 [w2]=10.0.0.12)
for n in $(tr ' ' '\n' <<< "${!nodes[*]}" | sort); do printf '%s\t%s\n' "${nodes[$n]}" "$n"; done | tee -a "$ROOT/etc/hosts"
check_port() { local port=$1; case $port in 6443|2379|2380) echo "$port control";; 1025[0-9]) echo "$port internal";; 3[0-2][0-9][0-9][0-9]) echo "$port nodeport";; *) return 1;; esac; }
for p in 6443 10250 30080 80; do check_port "$p" || echo "$p other"; done
token=$(printf '%s.%s' "$(echo seed | sha256sum | cut -c1-6)" "$(echo seed2 | md5sum | cut -c1-16)"); [[ $token =~ ^[a-z0-9]{6}\.[a-z0-9]{16}$ ]] && echo "token ok: $token"
join_cmd="kubeadm join ${nodes[cp1]}:6443 --token $token \\
    --discovery-token-ca-cert-hash sha256:$(head -c 8 <<< deadbeef)"; echo "$join_cmd"
retry() { local -i n=0 max=$1; shift; until "$@"; do if (( ++n >= max )); then echo "gave up after $n" >&2; return 1; fi; echo "retry $n"; done; }
counter=0; flaky() { (( ++counter >= 3 )); }; retry 5 flaky && echo "up after $counter"
retry 2 false || echo "status $?"
jq -r '.items[] | select(.status=="Ready") | .name' <<< '{"items":[{"name":"a","status":"Ready"},{"name":"b","status":"NotReady"}]}'
base64 <<< 'secret: value' | tee b64; base64 -d b64
awk '/^net/ { n++ } END { exit n != 3 }' "$ROOT/etc/sysctl.d/k8s.conf" && echo 'sysctl complete'
version_lt() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ] && [ "$1" != "$2" ]; }
version_lt 1.9.10 1.30.2 && echo older; version_lt 1.30.2 1.30.2 || echo 'not older'
(umask 077; touch "$ROOT/admin.conf"); stat -c %a "$ROOT/admin.conf"; install -m 0644 -D "$ROOT/admin.conf" "$ROOT/home/.kube/config"; ls -1 "$ROOT/home/.kube"
trap 'echo "cleaning (status $?)"; rm -rf "$ROOT"' EXIT
: "${MUST_BE_SET:?is needed}"
