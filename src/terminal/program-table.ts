/** Every program of the terminal by its id. Large ones and rare ones load when somebody first runs them. */
import type { ProgramEntry, ProgramTable } from '../protocol/program.ts';
import { applets } from './applets.ts';
import { ash, bash, dash } from './shell/bash.ts';
import { busybox } from './programs/busybox.ts';
import { optionalApplets } from './optional-applets.ts';
import { optionalPrograms } from './optional-programs.ts';

function table(): Map<string, ProgramEntry> {
  const entries = new Map<string, ProgramEntry>();
  for (const [name, applet] of applets) entries.set(name, applet);
  for (const [name, load] of optionalApplets) entries.set(name, load);
  for (const program of [bash, dash, ash]) entries.set(program.name, program);
  entries.set('sh', dash);
  entries.set('busybox', busybox);
  for (const [name, entry] of optionalPrograms) entries.set(name, entry);
  return entries;
}

export const programs: ProgramTable = table();
/** No file runs these: another program forks into one, or an applet of busybox is meant. */
const WITHOUT_FILE: ReadonlySet<string> = new Set(['busybox', 'ash', 'sshd-connection']);
/** Ids that hosts install under /usr/bin. */
export const hostProgramIds: readonly string[] = [...programs.keys()].filter((id) => !WITHOUT_FILE.has(id)).sort();
