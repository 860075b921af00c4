/** mcookie (util-linux 2.39): 128 random bits. Leaves out: seeds from files (-f, -m). */
import { command } from '../coreutils/command.ts';

export const mcookie = command(
  {
    name: 'mcookie',
    calls: 'short',
    short: 'f:m:v',
    long: { file: 'f', 'max-size': 'm', verbose: 'v' },
    absent: [...'fmv'],
    helpOption: '-h',
    usage: '[options]',
  },
  async ({ io, process }) => {
    io.line([...process.random(16)].map((byte) => byte.toString(16).padStart(2, '0')).join(''));
    return await io.end(0);
  },
);
