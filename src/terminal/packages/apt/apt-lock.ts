/** Locks of apt and dpkg. Who holds one stands in the file while its process lives: there is no other sign of it here. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, type SysFailure } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { fileText, type Io } from '../../io.ts';

const FRONTEND = '/var/lib/dpkg/lock-frontend';
const LISTS = '/var/lib/apt/lists';
const ARCHIVES = '/var/cache/apt/archives';

/** Takes the lock; false after a complaint. */
async function take(process: Process, io: Io, path: string, unable: (why: string) => string): Promise<boolean> {
  const holder = (fileText(process, path) ?? '').trim();
  const name = holder === '' ? undefined : fileText(process, `/proc/${holder}/comm`)?.trim();
  if (name !== undefined && holder !== String(process.pid)) {
    await io.raw(
      `E: Could not get lock ${path}. It is held by process ${holder} (${name})\nN: Be aware that removing the lock file is not a solution and may break your system.\n${unable('is another process using it?')}`,
    );
    return false;
  }
  const written = process.writeFile(path, encodeUtf8(`${String(process.pid)}\n`), { mode: 0o640 });
  if (!failed(written)) return true;
  await io.raw(`E: Could not open lock file ${path} - open (${why(written)})\n${unable('are you root?')}`);
  return false;
}

/** For installing and removing. */
export const lockDpkg = (process: Process, io: Io): Promise<boolean> =>
  take(process, io, FRONTEND, (why) => `E: Unable to acquire the dpkg frontend lock (${FRONTEND}), ${why}\n`);

/** For update, which makes the directory for what is on its way; images come without it. */
export async function lockLists(process: Process, io: Io): Promise<boolean> {
  const partial = `${LISTS}/partial`;
  const made = failed(process.stat(partial)) ? process.mkdir(partial, 0o700) : undefined;
  if (made !== undefined && failed(made)) {
    await io.raw(`E: List directory ${partial} is missing. - Acquire (${why(made)})\n`);
    return false;
  }
  return await lockDirectory(process, io, LISTS);
}

/** For cleaning what was fetched. */
export async function lockCaches(process: Process, io: Io): Promise<boolean> {
  const archives = await lockDirectory(process, io, ARCHIVES);
  return (await lockDirectory(process, io, LISTS)) && archives;
}

const lockDirectory = (process: Process, io: Io, directory: string): Promise<boolean> =>
  take(process, io, `${directory}/lock`, () => `E: Unable to lock directory ${directory}/\n`);

const why = ({ errno }: SysFailure): string =>
  errno === 'EROFS' ? '30: Read-only file system' : '13: Permission denied';

export function unlock(process: Process): void {
  for (const path of [FRONTEND, `${LISTS}/lock`, `${ARCHIVES}/lock`])
    if ((fileText(process, path) ?? '').trim() === String(process.pid)) process.writeFile(path, new Uint8Array(0));
}
