/**
 * tail -f and -F (GNU coreutils 9.4): files that grow, shrink, vanish and come back.
 * Models: --follow=descriptor and name, --retry, --pid, -s. Looks once each -s seconds, where the real one is woken by inotify.
 */
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, FileStat } from '../../../protocol/program.ts';
import { readAll } from '../../io.ts';
import type { Invocation } from '../command.ts';
import { quoteName } from '../quoting.ts';

export interface Following {
  readonly byName: boolean;
  readonly retry: boolean;
  readonly headers: boolean;
  readonly pauseUs: number;
  readonly pids: readonly number[];
  /** The name whose heading stands last. */
  shown: string;
}

/** A file as it was when it was last looked at. */
interface Watched {
  readonly name: string;
  /** Undefined where it cannot be opened just now. */
  fd: Fd | undefined;
  /** Device and inode of what is open. */
  identity: string;
  size: number;
}

/** What was printed of each name is in `seen`; answers when nothing is left to follow or a process of --pid has ended. */
export async function followFiles(
  call: Invocation,
  names: readonly string[],
  seen: ReadonlyMap<string, number>,
  how: Following,
): Promise<boolean> {
  const { process, io } = call;
  const watched = (await Promise.all(names.map(async (name) => await begin(call, name, seen.get(name), how)))).filter(
    (file) => file !== undefined,
  );
  if (watched.length === 0) return await nothingLeft(call);
  for (;;) {
    // The processes are asked before the files are read: what they wrote last is still shown.
    const writersEnded = how.pids.length > 0 && how.pids.every((pid) => failed(process.kill(pid, 0)));
    for (const file of watched) {
      if (how.byName || file.fd === undefined) await lookAgain(call, file, how);
      if (file.fd !== undefined) await showMore(call, file, how);
      if (io.broken) return false;
    }
    if (watched.every(({ fd }) => fd === undefined) && !how.retry) return await nothingLeft(call);
    if (writersEnded) return true;
    await process.sleep(how.pauseUs);
  }
}

async function nothingLeft({ io }: Invocation): Promise<boolean> {
  await io.warn('no files remaining');
  return false;
}

/** Undefined for what cannot be followed. */
async function begin(
  { process, io }: Invocation,
  name: string,
  size: number | undefined,
  { byName, retry }: Following,
): Promise<Watched | undefined> {
  if (name === '-') {
    const stat = process.fstat(0);
    if (failed(stat) || stat.type !== 'file' || size === undefined) return undefined;
    return { name: 'standard input', fd: 0, identity: identityOf(stat), size: stat.size };
  }
  const stat = process.stat(name);
  if (!failed(stat) && stat.type === 'directory') {
    await io.warn(`${name}: cannot follow end of this type of file${retry ? '' : '; giving up on this name'}`);
    return retry && byName ? { name, fd: undefined, identity: identityOf(stat), size: 0 } : undefined;
  }
  const fd = size === undefined ? undefined : process.open(name, { read: true });
  if (fd === undefined || failed(fd))
    return byName || retry ? { name, fd: undefined, identity: '', size: 0 } : undefined;
  return { name, fd, identity: failed(stat) ? '' : identityOf(stat), size: size ?? 0 };
}

const identityOf = ({ device, inode }: FileStat): string => `${String(device)}:${String(inode)}`;

/** Whether the name still stands for the file that is open. */
async function lookAgain({ process, io }: Invocation, file: Watched, { byName, retry }: Following): Promise<void> {
  const stat = process.stat(file.name);
  if (failed(stat)) {
    if (file.fd === undefined) return;
    await io.warn(`${quoteName(file.name)} has become inaccessible: ${strerror(stat)}`);
    process.close(file.fd);
    file.fd = undefined;
    file.identity = '';
    return;
  }
  const identity = identityOf(stat);
  if (stat.type === 'directory' || (file.fd !== undefined && file.identity === identity)) return;
  if (file.fd === undefined && !byName && !retry) return;
  const fd = process.open(file.name, { read: true });
  if (failed(fd)) return;
  await io.warn(
    `${quoteName(file.name)} has ${file.fd === undefined ? 'appeared' : 'been replaced'};  following new file`,
  );
  if (file.fd !== undefined) process.close(file.fd);
  Object.assign(file, { fd, identity, size: 0 });
}

async function showMore({ process, io }: Invocation, file: Watched, how: Following): Promise<void> {
  if (file.fd === undefined) return;
  const stat = process.fstat(file.fd);
  if (failed(stat)) return;
  if (stat.size < file.size) {
    await io.warn(`${file.name}: file truncated`);
    file.size = 0;
  }
  if (stat.size === file.size) return;
  process.seek(file.fd, file.size, 'set');
  const more = await readAll(process, file.fd);
  if (failed(more)) return;
  if (how.headers && how.shown !== file.name) io.out(`\n==> ${file.name} <==\n`);
  how.shown = file.name;
  file.size += more.length;
  await io.bytes(more);
}
