/** time (busybox miscutils/time.c): how long a command took. */
import { command, usageError } from '../coreutils/command.ts';
import { runAndWait } from '../run-child.ts';

export const time = command(
  {
    name: 'time',
    short: 'vpao:f:',
    absent: ['v', 'a', 'o', 'f'],
    stopEarly: true,
    usage: '[-vpa] [-o FILE] PROG ARGS',
  },
  async (call) => {
    const { process, io, options, operands } = call;
    if (operands.length === 0) return await usageError(call, '');
    const begin = process.time().monotonicUs;
    const before = process.times();
    const result = await runAndWait(process, operands);
    const after = process.times();
    const seconds = (us: number): string =>
      options.has('p') ? (us / 1e6).toFixed(2) : `${String(Math.floor(us / 60e6))}m ${((us % 60e6) / 1e6).toFixed(2)}s`;
    const gap = options.has('p') ? ' ' : '\t';
    if (result.type !== 'done') await io.warn(`can't execute '${operands[0] ?? ''}': No such file or directory`);
    await io.raw(
      [
        `real${gap}${seconds(process.time().monotonicUs - begin)}`,
        `user${gap}${seconds(after.childrenUserUs - before.childrenUserUs)}`,
        `sys${gap}${seconds(after.childrenSystemUs - before.childrenSystemUs)}`,
        '',
      ].join('\n'),
    );
    return result.type === 'done' ? result.code : 127;
  },
);
