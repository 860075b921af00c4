/** Where the receiver puts the list: into a directory, or a single file under a name of its own. */
import { failed, type Result } from '../../../protocol/errno.ts';
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
  const several = entries.length > 1;
  if (!failed(stat)) {
    if (stat.type === 'directory') return directory(place, false);
    if (!several && entries[0]?.type !== 'directory') return { fresh: false, pathOf: () => place };
    await voice.complain(
      entries.length > 1
        ? 'ERROR: destination must be a directory when copying more than 1 file'
        : 'ERROR: cannot overwrite non-directory with a directory',
    );
    return await giveUp(voice, 3, entries.length > 1 ? 'main.c(737)' : 'main.c(744)');
  }
  if (!several && !place.endsWith('/'))
    return await onPath(process, place, options, voice, { fresh: false, pathOf: () => place });
  const bare = place.replace(/\/+$/, '');
  const made = options.has('n') ? undefined : makeDirectory(process, bare, options.has('mkpath'));
  if (failed(made)) {
    await voice.complain(callFailed('Receiver', `mkdir ${fullName(process, bare)}`, made));
    return await giveUp(voice, 11, 'main.c(787)');
  }
  if (options.names > 0 || options.has('i')) await voice.say(`created directory ${bare}`);
  return directory(bare, true);
}

/** A single entry under a name of its own; --mkpath makes the directories before it. */
async function onPath(
  process: Process,
  place: string,
  options: RsyncOptions,
  voice: Voice,
  destination: Destination,
): Promise<Destination | number> {
  const parent = place.slice(0, Math.max(0, place.lastIndexOf('/')));
  if (parent === '' || !options.has('mkpath') || options.has('n')) return destination;
  const made = makeDirectory(process, parent, true);
  if (!failed(made)) return destination;
  await voice.complain(callFailed('Receiver', `mkdir ${fullName(process, parent)}`, made));
  return await giveUp(voice, 11, 'main.c(787)');
}

/** With `parents`, also the directories that lead there. */
export function makeDirectory(process: Process, path: string, parents: boolean): Result<void> {
  const made = process.mkdir(path, 0o777);
  if (!failed(made) || !parents) return made;
  if (made.errno === 'EEXIST') return undefined;
  const at = path.lastIndexOf('/');
  const above = at > 0 ? makeDirectory(process, path.slice(0, at), true) : made;
  return failed(above) ? above : process.mkdir(path, 0o777);
}

async function giveUp(voice: Voice, code: number, where: string): Promise<number> {
  await voice.complain(ending(code, where, 'Receiver'));
  return code;
}
