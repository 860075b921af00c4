/** pidof (sysvinit-utils 3.08): it says nothing of mistakes but by its status. */
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { parseOptions } from '../coreutils/command.ts';
import { plainProgram } from '../system/plain-program.ts';
import { readProcesses, type ProcEntry } from './process-list.ts';

/** -n spares remote file systems, of which there are none here. */
const SPEC = { name: 'pidof', short: 'hcd:no:qsxz' };

export const pidof = plainProgram('pidof', async ({ io, process, args }) => {
  const options = parseOptions(args, SPEC);
  if ('problem' in options) return 1;
  if (options.has('h')) {
    io.line('pidof usage: [options] <program-name>');
    return await io.end(0);
  }
  const all = readProcesses(process);
  const parent = all.find(({ pid }) => pid === process.pid)?.ppid;
  const omitted = new Set<number | undefined>([process.pid]);
  for (const word of options.values('o').flatMap((list) => list.split(/[,;]/))) {
    omitted.add(word === '%PPID' ? parent : Number(word));
  }
  const root = process.readlink('/proc/self/root');
  const isWanted = (entry: ProcEntry): boolean =>
    !omitted.has(entry.pid) &&
    (options.has('z') || (entry.state !== 'Z' && entry.state !== 'D')) &&
    (!options.has('c') || process.readlink(`/proc/${String(entry.pid)}/root`) === root);
  const pids = options.operands.flatMap((program) =>
    all.filter((entry) => isWanted(entry) && isCalled(process, entry, program, options.has('x'))).toReversed(),
  );
  const shown = options.has('s') ? pids.slice(0, 1) : pids;
  if (shown.length > 0 && !options.has('q')) io.line(shown.map(({ pid }) => pid).join(options.value('d') ?? ' '));
  return await io.end(shown.length > 0 ? 0 : 1);
});

/** By its file, its name or its first argument; with `scripts` also by that of the script that a shell runs. */
function isCalled(process: Process, { pid, args, name }: ProcEntry, program: string, scripts: boolean): boolean {
  const base = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
  const [first = '', second = ''] = args.split(' ');
  if (program.startsWith('/')) {
    const file = process.readlink(`/proc/${String(pid)}/exe`);
    if (!failed(file) && file === program) return true;
  }
  const fits = (path: string): boolean => {
    const called = path.replace(/^-/, '');
    return called === program || (!program.includes('/') && base(called) === program);
  };
  return fits(first) || name === program || (scripts && fits(second));
}
