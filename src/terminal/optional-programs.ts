/** Programs that load when they are first run. */
import type { ProgramEntry } from '../protocol/program.ts';

export const optionalPrograms: ReadonlyMap<string, ProgramEntry> = new Map<string, ProgramEntry>([
  ['kubectl', async () => (await import('./cli/kubectl/program.ts')).kubectl],
  ['docker', async () => (await import('./cli/docker/program.ts')).docker],
  ['vi', async () => (await import('./editors/vi.ts')).vi],
  ['vim', async () => (await import('./editors/vi.ts')).vi],
  ['nano', async () => (await import('./editors/nano.ts')).nano],
  ['pico', async () => (await import('./editors/nano.ts')).nano],
  ['editor', async () => (await import('./editors/nano.ts')).nano],
  ['systemctl', async () => (await import('./programs/systemd-tools.ts')).systemctl],
  ['journalctl', async () => (await import('./programs/systemd-tools.ts')).journalctl],
  ['ssh', async () => (await import('./remote/ssh.ts')).ssh],
  ['sshd', async () => (await import('./remote/sshd.ts')).sshd],
  ['sudo', async () => (await import('./system/sudo.ts')).sudo],
  ['su', async () => (await import('./system/su.ts')).su],
  ['swapon', async () => (await import('./system/swap.ts')).swapon],
  ['swapoff', async () => (await import('./system/swap.ts')).swapoff],
  ['modprobe', async () => (await import('./system/modules.ts')).modprobe],
  ['rmmod', async () => (await import('./system/modules.ts')).rmmod],
  ['modinfo', async () => (await import('./system/modules.ts')).modinfo],
  ['ip', async () => (await import('./network/ip/ip.ts')).ip],
  ['iptables', async () => (await import('./network/iptables/iptables.ts')).iptables],
  ['ip6tables', async () => (await import('./network/iptables/iptables.ts')).ip6tables],
  ['iptables-save', async () => (await import('./network/iptables/save-restore.ts')).iptablesSave],
  ['iptables-restore', async () => (await import('./network/iptables/save-restore.ts')).iptablesRestore],
]);
