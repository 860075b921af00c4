/**
 * code: opens files in the editor of the page, as Visual Studio Code's command does from its own terminal.
 * Models: code FILE...; a file that is not there yet begins empty.
 * Leaves out: folders, --wait, --diff, --goto and the other options: they say so.
 */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Process } from '../../protocol/program.ts';
import { openFileSequence } from '../../protocol/terminal-sequences.ts';
import { notSimulated, plainProgram } from '../system/plain-program.ts';

export const code = plainProgram('code', async ({ process, io, args }) => {
  const option = args.find((arg) => arg.startsWith('-'));
  if (option !== undefined) return await notSimulated(io, `code ${option}`);
  if (args.length === 0) return await notSimulated(io, 'code without a file');
  if (!process.isatty(1)) {
    await io.warn('no editor is near: standard output is not a terminal');
    return 1;
  }
  let status = 0;
  for (const name of args) {
    const problem = problemOf(process, name);
    if (problem === undefined) io.out(openFileSequence(process.hostname(), absolute(process, name)));
    else {
      await io.warn(`${name}: ${problem}`);
      status = 1;
    }
  }
  return await io.end(status);
});

function problemOf(process: Process, name: string): string | undefined {
  const stat = process.stat(name);
  if (failed(stat)) return stat.errno === 'ENOENT' ? undefined : strerror(stat);
  if (stat.type === 'directory') return 'a folder cannot be opened here';
  const readable = process.access(name, { read: true });
  return failed(readable) ? strerror(readable) : undefined;
}

function absolute(process: Process, name: string): string {
  const parts: string[] = [];
  for (const part of (name.startsWith('/') ? name : `${process.cwd()}/${name}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}
