/** Which kernel parameters a pod may ask for (kubernetes pkg/kubelet/sysctl): those that are its own and harm nobody else. */
import type { PodSpec } from '../../apimachinery/types.ts';

const SAFE: ReadonlySet<string> = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ping_group_range',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.tcp_wmem',
]);

/** Why a pod is turned away; undefined where it may come in. */
export function refuseSysctls({ securityContext, hostNetwork, hostIPC }: PodSpec): string | undefined {
  for (const { name } of securityContext?.sysctls ?? []) {
    const key = name.replaceAll('/', '.');
    if (!SAFE.has(key)) return `forbidden sysctl: "${key}" not allowlisted`;
    if (hostNetwork === true && key.startsWith('net.'))
      return `forbidden sysctl: "${key}" not allowed with host net enabled`;
    if (hostIPC === true && key.startsWith('kernel.'))
      return `forbidden sysctl: "${key}" not allowed with host ipc enabled`;
  }
  return undefined;
}
