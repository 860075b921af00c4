/** ps of busybox 1.37: -o and -T, one format. */
import type { Process } from '../../../protocol/program.ts';
import { userNameOf } from '../../accounts.ts';
import { parseOptions } from '../../coreutils/command.ts';
import type { Io } from '../../io.ts';
import { readProcesses, ttyName, type ProcEntry } from '../process-list.ts';
import { shortTime } from './ps-values.ts';

interface Column {
  readonly title: string;
  readonly width: number;
  readonly right?: true;
  value(entry: ProcEntry, process: Process): string;
}
const user: Column['value'] = ({ uid }, process) => userNameOf(process, uid) ?? String(uid);
const COLUMNS: Readonly<Record<string, Column>> = {
  pid: { title: 'PID', width: 5, right: true, value: ({ pid }) => String(pid) },
  ppid: { title: 'PPID', width: 5, right: true, value: ({ ppid }) => String(ppid) },
  pgid: { title: 'PGID', width: 5, right: true, value: ({ group }) => String(group) },
  user: { title: 'USER', width: 8, value: user },
  group: { title: 'GROUP', width: 8, value: ({ gid }) => String(gid) },
  comm: { title: 'COMMAND', width: 16, value: ({ name }) => name },
  args: { title: 'COMMAND', width: 256, value: ({ args }) => args },
  stat: { title: 'STAT', width: 4, value: ({ state }) => state },
  tty: { title: 'TT', width: 6, value: ({ tty }) => ttyName(tty) },
  time: { title: 'TIME', width: 5, right: true, value: ({ ticks }) => shortTime(ticks) },
  nice: { title: 'NI', width: 3, right: true, value: ({ nice }) => String(nice) },
  vsz: { title: 'VSZ', width: 6, value: ({ virtual }) => String(Math.round(virtual / 1_024)) },
  rss: { title: 'RSS', width: 6, value: ({ resident }) => String(Math.round(resident / 1_024)) },
};

export async function busyboxPs(process: Process, io: Io, args: readonly string[]): Promise<number> {
  const options = parseOptions(
    args.filter((arg) => arg.startsWith('-') || arg.includes(',')),
    { name: 'ps', short: 'o:Tefalwx' },
  );
  if ('problem' in options) {
    await io.warn(options.problem.replace(/^invalid option -- '(.)'$/, 'unrecognized option: $1'));
    return 1;
  }
  const names = options.values('o').flatMap((text) => text.split(','));
  const chosen: Column[] = [];
  for (const name of names.length > 0 ? names : ['pid', 'user', 'time', 'args']) {
    const column = COLUMNS[name];
    if (column === undefined) {
      await io.warn(`bad -o argument '${name}', supported arguments: ${Object.keys(COLUMNS).join(',')}`);
      return 1;
    }
    chosen.push(column);
  }
  const line = (cells: readonly string[]): string =>
    chosen
      .map(({ width, right }, at) =>
        right === true ? (cells[at] ?? '').padStart(width) : (cells[at] ?? '').padEnd(width),
      )
      .join(' ')
      .trimEnd();
  // Titles stand to the left even of numbers.
  io.line(
    chosen
      .map(({ title, width }) => title.padEnd(width))
      .join(' ')
      .trimEnd(),
  );
  for (const entry of readProcesses(process)) io.line(line(chosen.map((column) => column.value(entry, process))));
  return await io.end(0);
}
