import type { Pid } from '../../../protocol/program.ts';
import type { JobProcess } from './jobs.ts';
import type { Shell } from '../shell.ts';

/** Children that were started for one command. */
export interface Started {
  readonly processes: JobProcess[];
  readonly group: Pid | undefined;
  readonly text: string;
}

/** Puts started children in the foreground and waits for them. */
export function waitFor(shell: Shell, started: Started, quiet: boolean, lastStageHere = false): void {
  const job = shell.jobs.add({ ...started, background: false, notified: false, hidden: true, nohup: false });
  shell.stack.push({ type: 'wait', job: job.id, quiet, ...(lastStageHere ? { lastStageHere } : {}) });
}
