/** Programs that load when they are first run. */
import type { ProgramEntry } from '../protocol/program.ts';

export const optionalPrograms: ReadonlyMap<string, ProgramEntry> = new Map<string, ProgramEntry>([
  ['kubectl', async () => (await import('./cli/kubectl/program.ts')).kubectl],
  ['vi', async () => (await import('./editors/vi.ts')).vi],
  ['vim', async () => (await import('./editors/vi.ts')).vi],
  ['systemctl', async () => (await import('./programs/systemd-tools.ts')).systemctl],
  ['journalctl', async () => (await import('./programs/systemd-tools.ts')).journalctl],
]);
