/** Control groups as libcgroup's tools name them: `controllers:path` below the mount of cgroup v2. */
import { failed, strerror, type Result, type SysFailure } from '../../protocol/errno.ts';
import { encodeUtf8 } from '../../protocol/bytes.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText } from '../io.ts';

const MOUNT = '/sys/fs/cgroup';

export interface GroupSpec {
  readonly controllers: readonly string[];
  readonly path: string;
}

/** `cpu,memory:lab/a`; undefined where it is none. */
export function parseGroup(text: string): GroupSpec | undefined {
  const at = text.indexOf(':');
  if (at <= 0 || at === text.length - 1) return undefined;
  return { controllers: text.slice(0, at).split(','), path: trim(text.slice(at + 1)) };
}

const trim = (path: string): string => path.replace(/^\/+|\/+$/g, '');

export const directoryOf = (path: string): string => (trim(path) === '' ? MOUNT : `${MOUNT}/${trim(path)}`);

export const groupExists = (process: Process, path: string): boolean => !failed(process.stat(directoryOf(path)));

/** Controllers that the machine has. */
export const allControllers = (process: Process): readonly string[] =>
  (fileText(process, `${MOUNT}/cgroup.controllers`) ?? '').trim().split(' ');

/** Writes an interface file. */
export const writeGroupFile = (process: Process, path: string, file: string, value: string): Result<void> =>
  process.writeFile(`${directoryOf(path)}/${file}`, encodeUtf8(value));

/** Names of the interface files of a group that belong to a controller, sorted. */
export function filesOf(process: Process, path: string, controller: string): readonly string[] {
  const entries = process.readdir(directoryOf(path));
  return (failed(entries) ? [] : entries)
    .filter(({ name, type }) => type !== 'directory' && name.startsWith(`${controller}.`))
    .map(({ name }) => name)
    .toSorted();
}

/** Paths of the groups in a group, depth first. */
export function groupsBelow(process: Process, path: string): readonly string[] {
  const entries = process.readdir(directoryOf(path));
  return (failed(entries) ? [] : entries)
    .filter(({ type }) => type === 'directory')
    .flatMap(({ name }) => {
      const child = trim(`${path}/${name}`);
      return [child, ...groupsBelow(process, child)];
    });
}

/** libcgroup's words and number for what went wrong. */
export function groupProblem(failure: SysFailure): { readonly text: string; readonly code: number } {
  switch (failure.errno) {
    case 'EACCES':
    case 'EPERM':
      return { text: 'Cgroup, operation not allowed', code: 91 };
    default:
      return { text: strerror(failure), code: 96 };
  }
}
export const NO_GROUP = { text: 'Cgroup does not exist', code: 82 } as const;
