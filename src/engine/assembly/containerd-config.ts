/** What /etc/containerd/config.toml asks of containerd and no host of a lab does. */
import { failed } from '../../protocol/errno.ts';
import type { LabHost } from './lab-hosts.ts';

const PATH = '/etc/containerd/config.toml';

/** Groups are asked of systemd, as kubeadm's documentation sets containerd up; without the setting runc would make them itself. */
export function tellUnsimulatedConfig({ files, systemd }: LabHost): void {
  const text = files.root.readText(PATH);
  if (!failed(text) && /^\s*SystemdCgroup\s*=\s*true\b/m.test(text)) return;
  systemd.log('containerd.service', `drydock: ${PATH}: SystemdCgroup = false is not simulated`, { priority: 4 });
}
