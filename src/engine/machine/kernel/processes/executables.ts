import { decodeUtf8 } from '../../../../protocol/bytes.ts';
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Credentials } from '../../../../protocol/program.ts';
import { mayAccess } from '../../files/permissions.ts';
import { walk, type Walker } from '../../files/walk.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { ProcessCredentials } from './process-record.ts';

/** What execve(2) found behind a path. */
export interface Executable {
  /** The path that was executed, as it was given: links and scripts are called by it. */
  readonly called: string;
  readonly path: string;
  readonly argv: readonly string[];
  /** Id of the program table. */
  readonly program: string;
  /** Owner of a set-user-id or set-group-id file. */
  readonly setUid: number | undefined;
  readonly setGid: number | undefined;
}

const HEAD_BYTES = 256;
const MAX_INTERPRETERS = 4;

/** The program behind a path: ELF id or `#!` interpreter. ENOENT, EACCES, ENOEXEC, ELOOP. */
export function loadExecutable(
  kernel: HostKernel,
  walker: Walker,
  path: string,
  argv: readonly string[],
  depth = 0,
  called = path,
): Result<Executable> {
  if (depth > MAX_INTERPRETERS) return fail('ELOOP');
  const place = walk(walker, path, { magic: (magic) => kernel.descriptors.magicPlace(magic, walker.credentials) });
  if (failed(place)) return place;
  const stat = place.node.stat();
  if (stat.type !== 'file' || !mayAccess(walker.credentials, stat, 'execute') || (stat.mode & 0o111) === 0)
    return fail('EACCES');
  if (place.mount.options.includes('noexec')) return fail('EACCES');
  const head = place.node.read(0, HEAD_BYTES);
  if (failed(head)) return head;
  if (head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46) {
    const id = firstLine(head.subarray(4));
    const honoured = !place.mount.options.includes('nosuid');
    return {
      called,
      path: walker.namespace.pathOf(place, walker.root) ?? path,
      argv,
      program: id,
      setUid: honoured && (stat.mode & 0o4000) !== 0 ? stat.uid : undefined,
      setGid: honoured && (stat.mode & 0o2000) !== 0 ? stat.gid : undefined,
    };
  }
  if (head[0] !== 0x23 || head[1] !== 0x21) return fail('ENOEXEC');
  // Blanks only: a line that ends as Windows ends it names an interpreter that is not there.
  const line = firstLine(head.subarray(2)).replace(/^[ \t]+|[ \t]+$/g, '');
  const cut = line.search(/[ \t]/);
  const interpreter = cut < 0 ? line : line.slice(0, cut);
  const argument = cut < 0 ? '' : line.slice(cut).replace(/^[ \t]+/, '');
  if (interpreter === '') return fail('ENOEXEC');
  return loadExecutable(
    kernel,
    walker,
    interpreter,
    [interpreter, ...(argument === '' ? [] : [argument]), path, ...argv.slice(1)],
    depth + 1,
    called,
  );
}

function firstLine(bytes: Uint8Array): string {
  const end = bytes.indexOf(10);
  return decodeUtf8(end < 0 ? bytes : bytes.subarray(0, end));
}

/** As execvp(3): a name without a slash is searched in PATH. ENOENT, or EACCES where a file was there that may not be run. */
export function findExecutable(
  kernel: HostKernel,
  walker: Walker,
  name: string,
  argv: readonly string[],
  path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
): Result<Executable> {
  if (name.includes('/')) return loadExecutable(kernel, walker, name, argv);
  let denied = false;
  for (const directory of path.split(':')) {
    const loaded = loadExecutable(kernel, walker, `${directory === '' ? '.' : directory}/${name}`, argv);
    if (!failed(loaded) || loaded.errno === 'ENOEXEC') return loaded;
    if (loaded.errno === 'EACCES') denied = true;
  }
  return fail(denied ? 'EACCES' : 'ENOENT');
}

/** Credentials after execve(2) of a file. */
export function credentialsAfterExec(
  current: ProcessCredentials,
  executable: Executable,
  bounding: Credentials['capabilities'],
  noNewPrivileges: boolean,
): ProcessCredentials {
  if (noNewPrivileges || (executable.setUid === undefined && executable.setGid === undefined)) return current;
  const uid = executable.setUid ?? current.uid;
  return {
    ...current,
    ...(executable.setUid === undefined ? {} : { realUid: current.realUid ?? current.uid }),
    uid,
    gid: executable.setGid ?? current.gid,
    capabilities: uid === 0 ? bounding : current.capabilities,
  };
}
