/** What is installed on every host beside the programs of the table: packages' files and units. */
import { executableText } from '../../protocol/program.ts';
import type { FileTreeEntry } from '../machine/files/trees/file-tree.ts';
import { USER_UNIT_ENTRIES } from '../machine/systemd/users/user-unit-files.ts';
import { CONTAINERD_VERSION } from '../versions.ts';
import { CRON_ENTRIES } from './cron-files.ts';
import { SSH_ENTRIES } from './ssh-configuration.ts';
import { SYSTEM_SERVICE_ENTRIES } from './system-service-files.ts';
import { TARGET_ENTRIES } from './target-files.ts';

/** Executables whose program is a component of the engine. */
export const HOST_PROGRAMS = ['containerd', 'dockerd', 'kubelet', 'runc', 'containerd-shim-runc-v2', 'cron'] as const;

/** Programs of the table that no Ubuntu host has: other distributions' and what packages of hosts would bring. */
export const NOT_ON_HOSTS: ReadonlySet<string> = new Set([
  ...['apk', 'dnf', 'rpm', 'yum'],
  ...'parallel-nuke parallel-rsync parallel-scp parallel-slurp parallel-ssh dshbak pdcp pdsh pnuke prsync pscp pslurp pssh strings tree dos2unix mac2unix unix2dos unix2mac unzip zip'.split(
    ' ',
  ),
]);

const file = (path: string, text: string): FileTreeEntry => ({ path, type: 'file', text });

const WANTS = 'etc/systemd/system/multi-user.target.wants';

/** A unit file of a package, and the link that enables it. */
const unit = (name: string, enabled: boolean, lines: readonly string[]): readonly FileTreeEntry[] => [
  file(`usr/lib/systemd/system/${name}`, `${lines.join('\n')}\n`),
  ...(enabled
    ? [{ path: `${WANTS}/${name}`, type: 'symlink' as const, target: `/usr/lib/systemd/system/${name}` }]
    : []),
];

const CONTAINERD_UNIT = [
  '[Unit]',
  'Description=containerd container runtime',
  'Documentation=https://containerd.io',
  'After=network.target local-fs.target',
  '',
  '[Service]',
  'ExecStart=/usr/bin/containerd',
  'Type=notify',
  'Delegate=yes',
  'KillMode=process',
  'Restart=always',
  'RestartSec=5',
  'TasksMax=infinity',
  'OOMScoreAdjust=-999',
  '',
  '[Install]',
  'WantedBy=multi-user.target',
];
const DOCKER_UNIT = [
  '[Unit]',
  'Description=Docker Application Container Engine',
  'Documentation=https://docs.docker.com',
  'After=network-online.target nss-lookup.target docker.socket firewalld.service containerd.service time-set.target',
  'Wants=network-online.target containerd.service',
  'Requires=docker.socket',
  'StartLimitBurst=3',
  'StartLimitIntervalSec=60',
  '',
  '[Service]',
  'Type=notify',
  'ExecStart=/usr/bin/dockerd -H fd:// --containerd=/run/containerd/containerd.sock',
  'ExecReload=/bin/kill -s HUP $MAINPID',
  'TimeoutStartSec=0',
  'RestartSec=2',
  'Restart=always',
  'TasksMax=infinity',
  'Delegate=yes',
  'KillMode=process',
  'OOMScoreAdjust=-500',
  '',
  '[Install]',
  'WantedBy=multi-user.target',
];
const DOCKER_SOCKET_UNIT = [
  '[Unit]',
  'Description=Docker Socket for the API',
  '',
  '[Socket]',
  'ListenStream=/run/docker.sock',
  'SocketMode=0660',
  'SocketUser=root',
  'SocketGroup=docker',
  '',
  '[Install]',
  'WantedBy=sockets.target',
];
const KUBELET_UNIT = [
  '[Unit]',
  'Description=kubelet: The Kubernetes Node Agent',
  'Documentation=https://kubernetes.io/docs/',
  'Wants=network-online.target',
  'After=network-online.target',
  '',
  '[Service]',
  'ExecStart=/usr/bin/kubelet',
  'Restart=always',
  'StartLimitInterval=0',
  'RestartSec=10',
  '',
  '[Install]',
  'WantedBy=multi-user.target',
];
const KUBELET_DROP_IN = [
  '[Service]',
  'Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"',
  'Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"',
  'EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env',
  'EnvironmentFile=-/etc/default/kubelet',
  'ExecStart=',
  'ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS',
];

const SSH_UNIT = [
  '[Unit]',
  'Description=OpenBSD Secure Shell server',
  'Documentation=man:sshd(8) man:sshd_config(5)',
  'After=network.target auditd.service',
  'ConditionPathExists=!/etc/ssh/sshd_not_to_be_run',
  '',
  '[Service]',
  'EnvironmentFile=-/etc/default/ssh',
  'ExecStartPre=/usr/sbin/sshd -t',
  'ExecStart=/usr/sbin/sshd -D $SSHD_OPTS',
  'ExecReload=/usr/sbin/sshd -t',
  'ExecReload=/bin/kill -HUP $MAINPID',
  'KillMode=process',
  'Restart=on-failure',
  'RestartPreventExitStatus=255',
  'Type=notify',
  'RuntimeDirectory=sshd',
  'RuntimeDirectoryMode=0755',
  '',
  '[Install]',
  'WantedBy=multi-user.target',
  'Alias=sshd.service',
];
/**
 * Ubuntu 24.04 enables this one and leaves ssh.service to be started by it. Hosts of a lab are set up the other way round,
 * as Ubuntu's own notes describe it (`systemctl disable --now ssh.socket`, `systemctl enable --now ssh.service`): sshd runs
 * from the boot on, and a port that is changed in sshd_config holds after a restart of the service alone.
 */
const SSH_SOCKET_UNIT = [
  '[Unit]',
  'Description=OpenBSD Secure Shell server socket',
  'Before=sockets.target ssh.service',
  'ConditionPathExists=!/etc/ssh/sshd_not_to_be_run',
  '',
  '[Socket]',
  'ListenStream=22',
  'Accept=no',
  'FreeBind=yes',
  '',
  '[Install]',
  'WantedBy=sockets.target',
  'RequiredBy=ssh.service',
];

export const HOST_ENTRIES: readonly FileTreeEntry[] = [
  ...TARGET_ENTRIES,
  ...USER_UNIT_ENTRIES,
  ...CRON_ENTRIES,
  ...SYSTEM_SERVICE_ENTRIES,
  { path: 'etc/kubernetes', type: 'directory' },
  { path: 'opt/cni/bin', type: 'directory' },
  // Of the package of this name, which servers have: what a shell asks about programs that are not there.
  { path: 'usr/lib/command-not-found', type: 'file', text: executableText('command-not-found'), mode: 0o755 },
  ...SSH_ENTRIES,
  { path: 'etc/cni/net.d', type: 'directory' },
  ...unit('containerd.service', true, CONTAINERD_UNIT),
  ...unit('ssh.service', true, SSH_UNIT),
  { path: 'etc/systemd/system/sshd.service', type: 'symlink', target: '/usr/lib/systemd/system/ssh.service' },
  ...unit('ssh.socket', false, SSH_SOCKET_UNIT),
  file('etc/default/ssh', '# Further options of sshd.\nSSHD_OPTS=\n'),
  ...unit('docker.service', false, DOCKER_UNIT),
  ...unit('docker.socket', false, DOCKER_SOCKET_UNIT),
  ...unit('kubelet.service', false, KUBELET_UNIT),
  { path: 'usr/lib/systemd/system/kubelet.service.d', type: 'directory' },
  file('usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf', `${KUBELET_DROP_IN.join('\n')}\n`),
  file('etc/crictl.yaml', 'runtime-endpoint: unix:///run/containerd/containerd.sock\n'),
  file(
    'etc/containerd/config.toml',
    `version = 3\n# containerd ${CONTAINERD_VERSION}\n[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]\n  SystemdCgroup = true\n`,
  ),
];
