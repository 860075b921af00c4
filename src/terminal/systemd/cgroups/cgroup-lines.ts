/** Control groups with their processes as systemd draws them: systemd-cgls, `systemctl status`, `loginctl session-status`. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';

const ROOT = '/sys/fs/cgroup';

interface Group {
  readonly name: string;
  readonly pids: readonly string[];
  readonly children: readonly Group[];
}

export interface DrawingOptions {
  readonly indent?: string;
  /** Empty groups too. */
  readonly all?: boolean;
}

/** What is below a group; undefined where it is not there. Processes first, then the groups; empty ones are left out. */
export function cgroupLines(
  process: Process,
  path: string,
  { indent = '', all = false }: DrawingOptions = {},
): readonly string[] | undefined {
  const group = readGroup(process, path === '/' ? ROOT : `${ROOT}${path}`, '');
  return group === undefined ? undefined : treeLines(process, group, indent, all);
}

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
