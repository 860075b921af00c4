import { failed, strerror } from '../protocol/errno.ts';
import type { Process, SpawnOptions } from '../protocol/program.ts';
import { signalNumber } from '../protocol/program.ts';

export type ChildResult =
  | { readonly type: 'done'; readonly code: number; readonly signal?: number }
  /** It could not be started; the code is what env, nohup and their like exit with. */
  | { readonly type: 'missing'; readonly message: string; readonly code: 126 | 127 };

/** A program's path by PATH; undefined where it is in no directory of it. */
export function lookupPath(
  process: Process,
  name: string,
  path = process.env['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
): string | undefined {
  if (name.includes('/')) return name;
  for (const directory of path.split(':')) {
    const candidate = `${directory === '' ? '.' : directory}/${name}`;
    const stat = process.stat(candidate);
    if (!failed(stat) && stat.type !== 'directory' && !failed(process.access(candidate, { execute: true })))
      return candidate;
  }
  return undefined;
}

/** What execvp(3) runs where the kernel takes a file for no program: it may be a script without `#!`. */
export const SHELL = '/bin/sh';
export const scriptArguments = (path: string, argv: readonly string[]): readonly string[] => [
  SHELL,
  path,
  ...argv.slice(1),
];

/** Starts a program as execvp(3) finds it; answers its pid or why not. */
export function startChild(
  process: Process,
  argv: readonly string[],
  options?: SpawnOptions,
): number | Extract<ChildResult, { type: 'missing' }> {
  const [name = ''] = argv;
  const path = lookupPath(process, name, options?.env?.['PATH']);
  if (path === undefined) return { type: 'missing', message: 'No such file or directory', code: 127 };
  if (failed(process.access(path, { execute: true })) && !failed(process.stat(path)))
    return { type: 'missing', message: strerror({ errno: 'EACCES' }), code: 126 };
  const pid = process.spawn(path, argv, options);
  if (!failed(pid)) return pid;
  if (pid.errno === 'ENOEXEC') {
    const script = process.spawn(SHELL, scriptArguments(path, argv), options);
    if (!failed(script)) return script;
  }
  return { type: 'missing', message: strerror(pid), code: pid.errno === 'ENOENT' ? 127 : 126 };
}

/** Runs a program to its end. */
export async function runAndWait(
  process: Process,
  argv: readonly string[],
  options?: SpawnOptions,
): Promise<ChildResult> {
  const pid = startChild(process, argv, options);
  if (typeof pid !== 'number') return pid;
  return await waitFor(process, pid);
}

export async function waitFor(process: Process, pid: number): Promise<ChildResult> {
  for (;;) {
    const status = await process.wait(pid);
    if (failed(status)) {
      if (status.errno === 'EINTR') continue;
      return { type: 'done', code: 1 };
    }
    if (status?.type === 'exited') return { type: 'done', code: status.code };
    if (status?.type === 'killed')
      return { type: 'done', code: 128 + signalNumber(status.signal), signal: signalNumber(status.signal) };
  }
}
