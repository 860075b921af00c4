import type { SysFailure } from '../../protocol/errno.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { unsimulated } from './unsimulated.ts';
import type { Shell } from './shell.ts';

export type FoundCommand =
  | { readonly type: 'found'; readonly path: string }
  | { readonly type: 'missing' }
  | { readonly type: 'refused'; readonly failure: SysFailure; readonly directory: boolean };

/** Finds a program by PATH, or checks a path that was given. */
export function findCommand(
  shell: Shell,
  name: string,
  usePath = shell.vars.get('PATH') ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
): FoundCommand {
  if (name.includes('/')) return checkPath(shell, name);
  const hashed = usePath === shell.vars.get('PATH') ? shell.hashed.get(name) : undefined;
  if (hashed !== undefined && !failed(shell.process.access(hashed.path, { execute: true }))) {
    hashed.hits += 1;
    return { type: 'found', path: hashed.path };
  }
  let refused: FoundCommand | undefined;
  for (const directory of usePath.split(':')) {
    const path = `${directory === '' ? '.' : directory}/${name}`;
    const stat = shell.process.stat(path);
    if (failed(stat) || stat.type === 'directory') continue;
    if (failed(shell.process.access(path, { execute: true }))) {
      refused ??= { type: 'refused', failure: { errno: 'EACCES' }, directory: false };
      continue;
    }
    if (shell.options.has('hashall')) shell.hashed.set(name, { path, hits: 1 });
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
    if (unsimulated.has(name)) return { text: `drydock: '${name}' is not simulated\n`, status: 127 };
    const not = shell.personality === 'bash' ? 'command not found' : 'not found';
    return { text: `${shell.prefix()}${name}: ${not}\n`, status: 127 };
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
