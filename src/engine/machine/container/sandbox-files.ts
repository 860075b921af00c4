/**
 * Files that containerd's CRI service keeps for a pod sandbox and mounts into its containers
 * (internal/cri/server/sandbox_run_linux.go). /etc/hosts and /etc/resolv.conf are the kubelet's.
 */
import type { FileView } from '../files/interface.ts';
import type { ContainerSpec, MountSpec } from './interface.ts';

const directoryOf = (sandboxId: string): string =>
  `/var/lib/containerd/io.containerd.grpc.v1.cri/sandboxes/${sandboxId}`;

/** The name that the pod's own UTS namespace has; the host's for a pod on the host network. */
export function writeSandboxFiles(root: FileView, sandboxId: string, hostname: string): void {
  root.write(`${directoryOf(sandboxId)}/hostname`, `${hostname}\n`, { parents: true });
}

export function removeSandboxFiles(root: FileView, sandboxId: string): void {
  root.remove(directoryOf(sandboxId), { recursive: true });
}

/** What a container of a pod gets of them, where it does not mount something of its own there. */
export function sandboxFiles({ sandboxId, mounts, readonlyRootfs }: ContainerSpec): readonly MountSpec[] {
  if (sandboxId === undefined || mounts.some(({ target }) => target === '/etc/hostname')) return [];
  return [
    {
      type: 'bind',
      source: `${directoryOf(sandboxId)}/hostname`,
      target: '/etc/hostname',
      readonly: readonlyRootfs === true,
    },
  ];
}
