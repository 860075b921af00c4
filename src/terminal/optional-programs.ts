/** Programs that load when they are first run. */
import type { ProgramEntry } from '../protocol/program.ts';

export const optionalPrograms: ReadonlyMap<string, ProgramEntry> = new Map<string, ProgramEntry>([
  ['kubectl', async () => (await import('./cli/kubectl/program.ts')).kubectl],
  ['docker', async () => (await import('./cli/docker/program.ts')).docker],
  ['vi', async () => (await import('./editors/vi.ts')).vi],
  ['vim', async () => (await import('./editors/vi.ts')).vi],
  ['systemctl', async () => (await import('./programs/systemd-tools.ts')).systemctl],
  ['journalctl', async () => (await import('./programs/systemd-tools.ts')).journalctl],
  ['ssh', async () => (await import('./remote/ssh.ts')).ssh],
  ['sshd', async () => (await import('./remote/sshd.ts')).sshd],
]);
