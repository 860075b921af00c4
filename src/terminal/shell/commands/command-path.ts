import type { SysFailure } from '../../../protocol/errno.ts';
import { printable } from '../quote.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import { unsimulated } from './unsimulated.ts';
import type { Shell } from '../shell.ts';

export type FoundCommand =
  | { readonly type: 'found'; readonly path: string }
  | { readonly type: 'missing' }
  | { readonly type: 'refused'; readonly failure: SysFailure; readonly directory: boolean };

/** What a server of Ubuntu has and the images of containers lack: it knows programs that are not there. */
const COMMAND_NOT_FOUND = '/usr/lib/command-not-found';

const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Finds a program that is to be run, by PATH, or checks a path that was given; what was found is remembered. */
export function findCommand(shell: Shell, name: string, usePath?: string): FoundCommand {
  const found = locateCommand(shell, name, usePath);
  if (found.type !== 'found' || name.includes('/') || !shell.options.has('hashall')) return found;
  if (usePath !== undefined && usePath !== shell.vars.get('PATH')) return found;
  const known = shell.hashed.get(name) === found.path;
  shell.hashed.set(name, found.path);
  shell.hashHits.set(name, (known ? (shell.hashHits.get(name) ?? 0) : 0) + 1);
  return found;
}

/** The same without remembering it. */
export function locateCommand(
  shell: Shell,
  name: string,
  usePath = shell.vars.get('PATH') ?? DEFAULT_PATH,
): FoundCommand {
  if (name.includes('/')) return checkPath(shell, name);
  const hashed = usePath === shell.vars.get('PATH') ? shell.hashed.get(name) : undefined;
  // bash trusts what it remembers, though the file may be gone.
  const trusted = shell.personality === 'bash' && !shell.shopts.has('checkhash');
  if (hashed !== undefined && (trusted || !failed(shell.process.access(hashed, { execute: true }))))
    return { type: 'found', path: hashed };
  let refused: FoundCommand | undefined;
  for (const directory of usePath.split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    const stat = shell.process.stat(path);
    if (failed(stat) || stat.type === 'directory') continue;
    if (failed(shell.process.access(path, { execute: true }))) {
      refused ??= { type: 'refused', failure: { errno: 'EACCES' }, directory: false };
      continue;
    }
    return { type: 'found', path };
  }
  return refused ?? { type: 'missing' };
}

function checkPath(shell: Shell, path: string): FoundCommand {
  const stat = shell.process.stat(path);
  if (failed(stat)) return { type: 'refused', failure: stat, directory: false };
  if (stat.type === 'directory') return { type: 'refused', failure: { errno: 'EISDIR' }, directory: true };
  const access = shell.process.access(path, { execute: true });
  return failed(access) ? { type: 'refused', failure: access, directory: false } : { type: 'found', path };
}

/** The first regular file of a name in PATH, executable or not; the name itself where there is none. */
export function inPath(shell: Shell, name: string): string {
  for (const directory of (shell.vars.get('PATH') ?? '').split(':')) {
    const stat = shell.process.stat(`${directory}/${name}`);
    if (!failed(stat) && stat.type === 'file') return `${directory}/${name}`;
  }
  return name;
}

/** What the shell says about a command that it cannot run, and the status. */
export function missingText(
  shell: Shell,
  name: string,
  found: Exclude<FoundCommand, { type: 'found' }>,
): { readonly text: string; readonly status: number } {
  if (found.type === 'missing') {
    if (unsimulated.has(name) && !failed(shell.process.stat(COMMAND_NOT_FOUND)))
      return { text: `drydock: '${name}' is not simulated\n`, status: 127 };
    const said = shell.personality === 'bash' ? `${printable(name)}: command not found` : `${name}: not found`;
    return { text: `${shell.prefix()}${said}\n`, status: 127 };
  }
  const status = found.failure.errno === 'ENOENT' ? 127 : 126;
  if (shell.personality !== 'bash') {
    return {
      text: `${shell.prefix()}${name}: ${found.failure.errno === 'ENOENT' ? 'not found' : 'Permission denied'}\n`,
      status,
    };
  }
  return { text: `${shell.prefix()}${name}: ${strerror(found.failure)}\n`, status };
}
