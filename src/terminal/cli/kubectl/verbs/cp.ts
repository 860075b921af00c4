/**
 * kubectl cp: tar on both ends of an exec.
 * Models: files and directories in either direction, `tar` of the container with its own complaints.
 * Leaves out: --retries (a connection does not break half-way here without the command ending).
 */
import { failed } from '../../../../protocol/errno.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Process } from '../../../../protocol/program.ts';
import { readTar, writeTar, type TarEntry } from '../../../../formats/tar.ts';
import { exitCode } from '../channels.ts';
import type { Context } from '../context.ts';
import { fatal } from '../fatal.ts';
import { nameOf, namespaceOf, textAt } from '../fields.ts';
import { chooseContainer, podPath } from '../pods.ts';
import { remoteCommand, succeeded } from '../remote-command.ts';
import type { Verb } from '../verb.ts';

interface FileSpec {
  readonly namespace: string;
  /** Empty: a local file. */
  readonly pod: string;
  readonly file: string;
}

export const cp: Verb = {
  path: 'cp',
  short: 'Copy files and directories to and from containers',
  examples: [
    'kubectl cp /tmp/foo_dir some-pod:/tmp/bar_dir',
    'kubectl cp /tmp/foo some-pod:/tmp/bar -c specific-container',
    'kubectl cp some-namespace/some-pod:/tmp/foo /tmp/bar',
  ],
  flags: ['container', 'no-preserve', 'retries'],
  run: async (context) => {
    const { args } = context.flags;
    const [from = '', to = ''] = args;
    if (args.length !== 2) context.usage('source and destination are required');
    const source = fileSpec(from);
    const target = fileSpec(to);
    if (source.pod !== '' && target.pod !== '') fatal('one of src or dest must be a local file specification');
    if (source.file === '' || target.file === '') fatal('filepath can not be empty');
    if (source.pod !== '') return fromPod(context, source, target.file);
    if (target.pod !== '') return toPod(context, source.file, target);
    return fatal('one of src or dest must be a remote file specification');
  },
};

function fileSpec(text: string): FileSpec {
  const at = text.indexOf(':');
  const malformed = 'filespec must match the canonical format: [[namespace/]pod:]file/path';
  if (at === 0) return fatal(malformed);
  if (at < 0) return { namespace: '', pod: '', file: text };
  const [first = '', second, more] = text.slice(0, at).split('/');
  if (more !== undefined) return fatal(malformed);
  return second === undefined
    ? { namespace: '', pod: first, file: text.slice(at + 1) }
    : { namespace: first, pod: second, file: text.slice(at + 1) };
}

/** The path without `.`, `..` and doubled slashes, as Go's path.Clean. */
function clean(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (!path.startsWith('/')) parts.push(part);
  }
  const joined = parts.join('/');
  return path.startsWith('/') ? `/${joined}` : joined === '' ? '.' : joined;
}

const baseName = (path: string): string => clean(path).split('/').at(-1) ?? '';
const join = (...parts: readonly string[]): string => clean(parts.filter((part) => part !== '').join('/'));
const parentOf = (path: string): string => {
  const at = path.lastIndexOf('/');
  return at < 0 ? '.' : at === 0 ? '/' : path.slice(0, at);
};

async function place(
  context: Context,
  spec: FileSpec,
): Promise<{ readonly pod: JsonObject; readonly container: string }> {
  const namespace = spec.namespace === '' ? context.namespace : spec.namespace;
  const pod = await context.api.get(podPath(namespace, spec.pod));
  const phase = textAt(pod, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed')
    fatal(`cannot exec into a container in a completed pod; current phase is ${phase}`);
  return { pod, container: await chooseContainer(context, pod, context.flags.string('container'), { announce: true }) };
}

async function toPod(context: Context, source: string, spec: FileSpec): Promise<number> {
  const { process, flags } = context;
  if (failed(process.stat(source))) fatal(`${source} doesn't exist in local filesystem`);
  const where = await place(context, spec);
  const given = clean(spec.file);
  const isDirectory = succeeded(await remoteCommand(context, { ...where, argv: ['test', '-d', given], quiet: true }));
  const target = isDirectory ? join(given, baseName(absolute(process, source))) : given;
  const entries: TarEntry[] = [];
  gather(process, clean(source), baseName(target), entries);
  const argv = [
    'tar',
    ...(flags.bool('no-preserve') ? ['--no-same-permissions', '--no-same-owner'] : []),
    '-xmf',
    '-',
    '-C',
    parentOf(target),
  ];
  const outcome = await remoteCommand(context, { ...where, argv, stdin: writeTar(entries) });
  await process.write(1, outcome.stdout);
  return exitCode(outcome.status);
}

const absolute = (process: Process, path: string): string => (path.startsWith('/') ? path : join(process.cwd(), path));

/** A file, or a directory with what it holds, under a new name. */
function gather(process: Process, path: string, name: string, into: TarEntry[]): void {
  const stat = process.lstat(path);
  if (failed(stat)) fatal(`lstat ${path}: no such file or directory`);
  const entry = { name, mode: stat.mode, uid: stat.uid, gid: stat.gid, modifiedMs: stat.modifiedMs };
  if (stat.type === 'directory') {
    const inside = process.readdir(path);
    if (failed(inside)) fatal(`open ${path}: permission denied`);
    if (inside.length === 0) into.push({ ...entry, type: 'directory' });
    for (const item of inside.toSorted((a, b) => (a.name < b.name ? -1 : 1)))
      gather(process, join(path, item.name), `${name}/${item.name}`, into);
  } else if (stat.type === 'symlink') {
    const target = process.readlink(path);
    into.push({ ...entry, type: 'symlink', target: failed(target) ? '' : target });
  } else {
    const bytes = process.readFile(path);
    into.push({ ...entry, type: 'file', bytes: failed(bytes) ? fatal(`open ${path}: permission denied`) : bytes });
  }
}

async function fromPod(context: Context, spec: FileSpec, target: string): Promise<number> {
  const { process } = context;
  const where = await place(context, spec);
  const outcome = await remoteCommand(context, { ...where, argv: ['tar', 'cf', '-', spec.file] });
  exitCode(outcome.status);
  const entries = readTar(outcome.stdout);
  if (entries === undefined) return fatal('unexpected EOF');
  // tar takes the leading slash away; what is left of the source's name in front of each entry goes.
  const prefix = clean(spec.file).replace(/^(?:\.{0,2}\/)+/, '');
  let warned = false;
  for (const entry of entries) {
    const name = clean(entry.name).replace(/^(?:\.{0,2}\/)+/, '');
    if (!name.startsWith(prefix) && prefix !== '.') fatal('tar contents corrupted');
    const path = join(target, prefix === '.' ? name : name.slice(prefix.length));
    makeDirectories(process, parentOf(path));
    if (entry.type === 'directory') makeDirectories(process, path);
    else if (entry.type === 'symlink') {
      const hint = warned
        ? ''
        : ` (consider using "kubectl exec -n ${JSON.stringify(namespaceOf(where.pod))} ${JSON.stringify(nameOf(where.pod))} -- tar cf - ${JSON.stringify(spec.file)} | tar xf -")`;
      await context.error(
        `warning: skipping symlink: ${JSON.stringify(path)} -> ${JSON.stringify(entry.target ?? '')}${hint}`,
      );
      warned = true;
    } else if (entry.bytes !== undefined) write(process, path, entry.bytes);
  }
  return 0;
}

function makeDirectories(process: Process, path: string): void {
  if (!failed(process.stat(path))) return;
  makeDirectories(process, parentOf(path));
  const made = process.mkdir(path, 0o755);
  if (failed(made)) fatal(`mkdir ${path}: ${made.errno === 'EACCES' ? 'permission denied' : 'not a directory'}`);
}

const PROBLEMS: Readonly<Record<string, string>> = {
  EISDIR: 'is a directory',
  ENOSPC: 'no space left on device',
  EROFS: 'read-only file system',
  ENOTDIR: 'not a directory',
};

function write(process: Process, path: string, bytes: Uint8Array): void {
  const stat = process.stat(path);
  const problem = !failed(stat) && stat.type === 'directory' ? 'EISDIR' : undefined;
  const written = problem === undefined ? process.writeFile(path, bytes) : { errno: problem };
  if (failed(written)) fatal(`open ${path}: ${PROBLEMS[written.errno] ?? 'permission denied'}`);
}
