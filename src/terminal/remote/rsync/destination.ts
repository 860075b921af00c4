/** Where the receiver puts the list: into a directory, or a single file under a name of its own. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { ListEntry } from './file-list.ts';
import { callFailed, ending, fullName } from './messages.ts';
import type { RsyncOptions } from './options.ts';
import type { Voice } from './voice.ts';

export interface Destination {
  pathOf(name: string): string;
  /** The directory has just been made. */
  readonly fresh: boolean;
}

/** A directory that receives entries by their names. */
const directory = (path: string, fresh: boolean): Destination => {
  const base = path.replace(/\/+$/, '');
  return { fresh, pathOf: (name) => (name === '.' ? (base === '' ? '/' : base) : `${base}/${name}`) };
};

/** Finds or makes it; a number is the code to give up with, after the complaint. */
export async function openDestination(
  process: Process,
  path: string,
  entries: readonly ListEntry[],
  options: RsyncOptions,
  voice: Voice,
): Promise<Destination | number> {
  const place = path === '' ? '.' : path;
  const stat = process.stat(place);
  const several = entries.length > 1 || entries[0]?.type === 'directory';
  if (!failed(stat)) {
    if (stat.type === 'directory') return directory(place, false);
    if (!several) return { fresh: false, pathOf: () => place };
    await voice.complain(
      entries.length > 1
        ? 'ERROR: destination must be a directory when copying more than 1 file'
        : 'ERROR: cannot overwrite non-directory with a directory',
    );
    return await giveUp(voice, 3, entries.length > 1 ? 'main.c(737)' : 'main.c(744)');
  }
  if (!several && !place.endsWith('/')) return { fresh: false, pathOf: () => place };
  const bare = place.replace(/\/+$/, '');
  const made = options.has('n') ? undefined : process.mkdir(bare, 0o777);
  if (failed(made)) {
    await voice.complain(callFailed('Receiver', `mkdir ${fullName(process, bare)}`, made));
    return await giveUp(voice, 11, 'main.c(787)');
  }
  if (options.verbose > 0 || options.has('i')) await voice.say(`created directory ${bare}`);
  return directory(bare, true);
}

async function giveUp(voice: Voice, code: number, where: string): Promise<number> {
  await voice.complain(ending(code, where, 'Receiver'));
  return code;
}
