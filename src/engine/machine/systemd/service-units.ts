/** Unit files of the packages that a container host has; for the root tree's `entries`. Contents follow the packages' own. */
import type { FileTreeEntry } from '../files/file-tree.ts';

const unit = (name: string, text: string): FileTreeEntry => ({ path: `usr/lib/systemd/system/${name}`, type: 'file', text });

export const BASE_UNITS: readonly FileTreeEntry[] = [
  unit('basic.target', '[Unit]\nDescription=Basic System\n'),
  unit('network.target', '[Unit]\nDescription=Network\n'),
  unit('network-online.target', '[Unit]\nDescription=Network is Online\n'),
  unit('multi-user.target', '[Unit]\nDescription=Multi-User System\nRequires=basic.target\nAfter=basic.target\nAllowIsolate=yes\n'),
  unit('graphical.target', '[Unit]\nDescription=Graphical Interface\nRequires=multi-user.target\n'),
  { path: 'usr/lib/systemd/system/default.target', type: 'symlink', target: 'graphical.target' },
];

export const CONTAINERD_UNIT = unit('containerd.service', `[Unit]
Description=containerd container runtime
Documentation=https://containerd.io
After=network.target local-fs.target

[Service]
ExecStart=/usr/bin/containerd

Type=notify
Delegate=yes
KillMode=process
Restart=always
RestartSec=5

LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
OOMScoreAdjust=-999

[Install]
WantedBy=multi-user.target
`);

export const DOCKER_UNIT = unit('docker.service', `[Unit]
Description=Docker Application Container Engine
Documentation=https://docs.docker.com
After=network-online.target containerd.service
Wants=network-online.target containerd.service

[Service]
Type=notify
ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock
ExecReload=/bin/kill -s HUP $MAINPID
TimeoutStartSec=0
RestartSec=2
Restart=always
StartLimitBurst=3
StartLimitInterval=60s
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
Delegate=yes
KillMode=process
OOMScoreAdjust=-500

[Install]
WantedBy=multi-user.target
`);

/** The kubelet's unit with kubeadm's drop-in. */
export const KUBELET_UNITS: readonly FileTreeEntry[] = [
  unit('kubelet.service', `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`),
  unit('kubelet.service.d/10-kubeadm.conf', `# Note: This dropin only works with kubeadm and kubelet v1.11+
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
# This is a file that "kubeadm init" and "kubeadm join" generates at runtime, populating the KUBELET_KUBEADM_ARGS variable dynamically
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
# This is a file that the user can use for overrides of the kubelet args as a last resort.
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`),
];

export const CONTAINER_HOST_UNITS: readonly FileTreeEntry[] = [...BASE_UNITS, CONTAINERD_UNIT, DOCKER_UNIT, ...KUBELET_UNITS];
