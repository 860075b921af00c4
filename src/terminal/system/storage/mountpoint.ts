/** mountpoint (util-linux 2.39): whether something is mounted on a directory, by /proc/self/mountinfo. */
import { helpHint } from '../../coreutils/help-hint.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { command } from '../../coreutils/command.ts';
import { fileText } from '../../io.ts';

const NOT_MOUNTED = 32;

export const mountpoint = command(
  {
    name: 'mountpoint',
    calls: 'short',
    short: 'qdxhV',
    long: { quiet: 'q', 'fs-devno': 'd', devno: 'x', nofollow: 'nofollow', help: 'h', version: 'V' },
    helpOption: '-h',
    usage: '[-qd] <directory>',
  },
  async ({ process, io, options, operands }) => {
    const [path] = operands;
    if (path === undefined || operands.length > 1) {
      await io.raw(`${io.name}: bad usage\n${helpHint(io)}\n`);
      return 1;
    }
    const follow = !options.has('nofollow');
    const stat = follow ? process.stat(path) : process.lstat(path);
    if (failed(stat)) {
      if (!options.has('q')) await io.warn(`${path}: ${strerror(stat)}`);
      return 1;
    }
    if (options.has('x')) {
      if (stat.type === 'block') io.line((stat.rdev ?? [0, 0]).join(':'));
      else if (!options.has('q')) await io.warn(`${path}: not a block device`);
      return await io.end(stat.type === 'block' ? 0 : NOT_MOUNTED);
    }
    const place = follow ? process.realpath(path) : path;
    const device = failed(place) ? undefined : mountedOn(process, place);
    if (device !== undefined && options.has('d')) io.line(device);
    else if (!options.has('q')) io.line(`${path} is ${device === undefined ? 'not ' : ''}a mountpoint`);
    return await io.end(device === undefined ? NOT_MOUNTED : 0);
  },
);

/** Major and minor number of the file system that is mounted last on a directory. */
function mountedOn(process: Process, path: string): string | undefined {
  const mounts = (fileText(process, '/proc/self/mountinfo') ?? '').split('\n').map((line) => line.split(' '));
  return mounts.findLast(([, , , , target = '']) => unescaped(target) === path)?.[2];
}

/** Blanks and backslashes of a path are written as octal numbers there. */
const unescaped = (text: string): string =>
  text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
