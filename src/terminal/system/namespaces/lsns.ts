/** lsns (util-linux 2.39). Leaves out: JSON, trees, time namespaces, namespaces without a process. */
import type { Process } from '../../../protocol/program.ts';
import { userNameOf } from '../../accounts.ts';
import { command } from '../../coreutils/command.ts';
import { namedNamespaces } from '../../network/rtnetlink/named-namespaces.ts';
import { recordsOf } from '../kernel/kernel-data.ts';
import { notSimulated } from '../plain-program.ts';
import { smartTable } from '../smart-table.ts';

const KINDS = ['mnt', 'uts', 'ipc', 'user', 'pid', 'cgroup', 'net'] as const;

const COLUMNS = [
  { title: 'NS', right: true },
  { title: 'TYPE' },
  { title: 'NPROCS', right: true },
  { title: 'PID', right: true },
  { title: 'USER' },
  { title: 'NETNSID', right: true },
  { title: 'NSFS' },
  { title: 'COMMAND' },
];

/** Columns that the real one has and this one has not. */
const ABSENT_COLUMNS = ['PATH', 'PPID', 'UID', 'ONS', 'PNS'];

export const lsns = command(
  {
    name: 'lsns',
    calls: 'short',
    // -l is how it lists anyway, and nothing is cut short (-u).
    short: 't:p:no:lrJTuWPQ:H',
    absent: [...'JTWPQH'],
    absentLong: 'output-all persistent filter=',
    helpOption: '-h',
    long: {
      type: 't',
      task: 'p',
      noheadings: 'n',
      output: 'o',
      list: 'l',
      raw: 'r',
      json: 'J',
      tree: 'T::',
      notruncate: 'u',
      nowrap: 'W',
    },
    usage: '[options] [<namespace>]',
  },
  async (call) => {
    const { io, options, process } = call;
    const type = options.value('t');
    if (type !== undefined && !KINDS.some((kind) => kind === type)) {
      await io.warn(`unknown namespace type: ${type}`);
      return 1;
    }
    const standard = COLUMNS.map(({ title }) => title).filter(
      (title) => type === 'net' || !['NETNSID', 'NSFS'].includes(title),
    );
    const names = options.value('o')?.toUpperCase().split(',') ?? standard;
    const missing = names.find((name) => !COLUMNS.some(({ title }) => title === name));
    if (missing !== undefined && ABSENT_COLUMNS.includes(missing)) return await notSimulated(io, `lsns -o ${missing}`);
    if (missing !== undefined) {
      await io.warn(`unknown column: ${options.value('o')?.split(',')[names.indexOf(missing)] ?? ''}`);
      return 1;
    }
    const [wanted] = call.operands;
    const found = readNamespaces(process).filter(
      (each) =>
        (type ?? each.type) === each.type &&
        (wanted ?? String(each.id)) === String(each.id) &&
        (!options.has('p') || each.processes.some(({ pid }) => String(pid) === options.value('p'))),
    );
    if (wanted !== undefined && found.length === 0) {
      await io.warn(`not found namespace: ${wanted}`);
      return 1;
    }
    const rows = describe(process, found);
    const chosen = names.map((name) => COLUMNS.findIndex(({ title }) => title === name));
    for (const line of smartTable(
      chosen.map((at) => COLUMNS[at] ?? { title: '' }),
      rows.map((row) => chosen.map((at) => row[at] ?? '')),
      { noHeadings: options.has('n'), raw: options.has('r') },
    ))
      io.line(line);
    return await io.end(0);
  },
);

interface Member {
  readonly pid: number;
  readonly uid: number;
  readonly command: string;
}
interface Found {
  readonly id: number;
  readonly type: string;
  readonly processes: Member[];
}

/** Namespaces by number, each with the processes in it that the caller may look at. */
function readNamespaces(process: Process): readonly Found[] {
  const own = process.credentials().uid;
  const found = new Map<number, Found>();
  for (const each of recordsOf(process.kernel({ subsystem: 'namespace', op: 'list' }))) {
    const member = { pid: each.number('pid'), uid: each.number('uid'), command: each.text('command') };
    if (own !== 0 && member.uid !== own) continue;
    for (const type of KINDS) {
      const id = each.record('namespaces')?.number(type) ?? 0;
      const entry = found.get(id) ?? { id, type, processes: [] };
      entry.processes.push(member);
      found.set(id, entry);
    }
  }
  return [...found.values()].toSorted((a, b) => a.id - b.id);
}

/** A cell for each of COLUMNS. */
function describe(process: Process, found: readonly Found[]): readonly (readonly string[])[] {
  const names = new Map(namedNamespaces(process).map(({ name, netns }) => [netns, `/run/netns/${name}`]));
  return found.map(({ id, type, processes }) => {
    const first = processes.toSorted((a, b) => a.pid - b.pid)[0];
    const uid = first?.uid ?? 0;
    return [
      String(id),
      type,
      String(processes.length),
      String(first?.pid ?? 0),
      userNameOf(process, uid) ?? String(uid),
      ...(type === 'net' ? ['unassigned', names.get(id) ?? ''] : ['', '']),
      first?.command ?? '',
    ];
  });
}
