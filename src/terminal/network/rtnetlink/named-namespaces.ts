/** Network namespaces with a name: files of /run/netns, made by `ip netns add` or tied by hand to a process's namespace. */
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { recordsOf } from '../../system/kernel/kernel-data.ts';

const DIRECTORY = '/run/netns';

export interface NamedNamespace {
  readonly name: string;
  readonly netns: number;
}

/** All of them, the newest first, as readdir(3) of a tmpfs gives them. */
export function namedNamespaces(process: Process): readonly NamedNamespace[] {
  const bound = recordsOf(process.kernel({ subsystem: 'netns', op: 'list' })).map((one) => ({
    name: one.text('name'),
    netns: one.number('netns'),
  }));
  const entries = process.readdir(DIRECTORY);
  const linked = (failed(entries) ? [] : entries)
    .filter(({ name, type }) => type === 'symlink' && !bound.some((one) => one.name === name))
    .map(({ name }) => ({ name, netns: linkedTo(process, name) }))
    .filter((one): one is NamedNamespace => one.netns !== undefined);
  return [...bound, ...linked];
}

/** The number of a named namespace. */
export function namespaceId(process: Process, name: string): number | undefined {
  const id = process.kernel({ subsystem: 'netns', op: 'id', args: { name } });
  return typeof id === 'number' ? id : linkedTo(process, name);
}

/** Where a link of /run/netns leads to /proc/PID/ns/net. */
function linkedTo(process: Process, name: string): number | undefined {
  const target = process.readlink(`${DIRECTORY}/${name}`);
  if (failed(target) || !/^\/proc\/\d+\/ns\/net$/.test(target)) return undefined;
  return namespaceOfLink(process.readlink(target));
}

/** The number in `net:[4026531842]`. */
export function namespaceOfLink(target: Result<string>): number | undefined {
  const number = failed(target) ? undefined : /\[(\d+)\]/.exec(target)?.[1];
  return number === undefined ? undefined : Number(number);
}

/** Makes a namespace and the file that keeps it. */
export function addNamespace(process: Process, name: string): Result<unknown> {
  if (failed(process.stat(DIRECTORY))) {
    const made = process.mkdir(DIRECTORY, 0o755);
    if (failed(made)) return made;
  }
  const done = process.kernel({ subsystem: 'netns', op: 'add', args: { name } });
  if (!failed(done)) keepFile(process, name);
  return done;
}

/** Gives a process's namespace a name, which lasts as long as the process (the real one outlives it). */
export function attachNamespace(process: Process, name: string, pid: string): Result<void> {
  const link = `/proc/${pid}/ns/net`;
  if (namespaceOfLink(process.readlink(link)) === undefined) return { errno: 'ENOENT' };
  if (failed(process.stat(DIRECTORY))) process.mkdir(DIRECTORY, 0o755);
  return process.symlink(link, `${DIRECTORY}/${name}`);
}

export function removeNamespace(process: Process, name: string): Result<unknown> {
  const path = `${DIRECTORY}/${name}`;
  const linked = linkedTo(process, name) !== undefined;
  const done = linked ? undefined : process.kernel({ subsystem: 'netns', op: 'delete', args: { name } });
  return failed(done) ? done : process.unlink(path);
}

function keepFile(process: Process, name: string): void {
  const fd = process.open(`${DIRECTORY}/${name}`, { write: true, create: true }, 0o444);
  if (!failed(fd)) process.close(fd);
}
