import type { Topology } from '../src/protocol/host.ts';
import { programs } from '../src/terminal/program-table.ts';

/**
 * Fetches what a world runs first while it boots: what starts with its hosts, and what the first line in a terminal is likely
 * to name. Whether a program is there already makes no difference to virtual time.
 */
export function warmPrograms({ cluster }: Topology): void {
  for (const id of ['sshd', ...(cluster === undefined ? ['docker'] : ['cp', 'kubectl'])]) {
    const entry = programs.get(id);
    // Whoever runs it is told why it cannot be loaded.
    if (typeof entry === 'function') Promise.resolve(entry()).catch(() => undefined);
  }
}
