/** systemd-cgls: the tree of control groups with their processes, -a, -l. Leaves out: groups by path or unit. */
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { command, type Applet } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { notSimulated } from '../system/plain-program.ts';

const ROOT = '/sys/fs/cgroup';

interface Group {
  readonly name: string;
  readonly pids: readonly string[];
  readonly children: readonly Group[];
}

export const systemdCgls: Applet = command(
  { name: 'systemd-cgls', short: 'alk', long: { all: 'a', full: 'l', 'no-pager': 'np' } },
  async ({ process, io, options, operands }) => {
    if (operands.length > 0) return await notSimulated(io, `systemd-cgls ${operands.join(' ')}`);
    const root = readGroup(process, ROOT, '-.slice');
    if (root === undefined) {
      await io.raw('Failed to list cgroup tree: No such file or directory\n');
      return 1;
    }
    io.line('CGroup /:\n-.slice');
    for (const line of treeLines(process, root, '', options.has('a'))) io.line(line);
    return await io.end(0);
  },
);

function readGroup(process: Process, path: string, name: string): Group | undefined {
  const entries = process.readdir(path);
  if (failed(entries)) return undefined;
  const children = entries
    .filter(({ type }) => type === 'directory')
    .map((entry) => entry.name)
    .toSorted()
    .map((each) => readGroup(process, `${path}/${each}`, each))
    .filter((each) => each !== undefined);
  const pids = (fileText(process, `${path}/cgroup.procs`) ?? '').split('\n').filter((pid) => pid !== '');
  return { name, pids, children };
}

const isEmpty = ({ pids, children }: Group): boolean => pids.length === 0 && children.every(isEmpty);

/** Processes first, then the groups below; empty ones are left out. */
function treeLines(process: Process, group: Group, indent: string, all: boolean): readonly string[] {
  const children = group.children.filter((child) => all || !isEmpty(child));
  const width = Math.max(0, ...group.pids.map((pid) => pid.length));
  const last = group.pids.length + children.length - 1;
  const branch = (at: number): string => `${indent}${at === last ? '└─' : '├─'}`;
  return [
    ...group.pids.map((pid, at) => `${branch(at)}${pid.padStart(width)} ${commandOf(process, pid)}`),
    ...children.flatMap((child, at) => [
      `${branch(group.pids.length + at)}${child.name}`,
      ...treeLines(process, child, `${indent}${group.pids.length + at === last ? '  ' : '│ '}`, all),
    ]),
  ];
}

function commandOf(process: Process, pid: string): string {
  const line = (fileText(process, `/proc/${pid}/cmdline`) ?? '').replace(/\0+$/, '').replace(/\0/g, ' ');
  return line === '' ? `[${fileText(process, `/proc/${pid}/comm`)?.trim() ?? '?'}]` : line;
}
