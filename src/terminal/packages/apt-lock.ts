/** Locks of apt and dpkg. Who holds one stands in the file while its process lives: there is no other sign of it here. */
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { fileText, type Io } from '../io.ts';

const FRONTEND = '/var/lib/dpkg/lock-frontend';
const LISTS = '/var/lib/apt/lists';

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
  const why = written.errno === 'EROFS' ? '30: Read-only file system' : '13: Permission denied';
  await io.raw(`E: Could not open lock file ${path} - open (${why})\n${unable('are you root?')}`);
  return false;
}

/** For installing and removing. */
export const lockDpkg = (process: Process, io: Io): Promise<boolean> =>
  take(process, io, FRONTEND, (why) => `E: Unable to acquire the dpkg frontend lock (${FRONTEND}), ${why}\n`);

/** For update. */
export const lockLists = (process: Process, io: Io): Promise<boolean> =>
  take(process, io, `${LISTS}/lock`, () => `E: Unable to lock directory ${LISTS}/\n`);

export function unlock(process: Process): void {
  for (const path of [FRONTEND, `${LISTS}/lock`])
    if ((fileText(process, path) ?? '').trim() === String(process.pid)) process.writeFile(path, new Uint8Array(0));
}
