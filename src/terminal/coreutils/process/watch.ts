import { failed } from '../../../protocol/errno.ts';
import { runAndWait } from '../../run-child.ts';
import { strftime } from '../../strftime.ts';
import type { Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';

export const watch = command(
  {
    name: 'watch',
    short: 'n:dtegcx',
    long: { interval: 'n', differences: 'd', 'no-title': 't', errexit: 'e', chgexit: 'g', color: 'c', exec: 'x' },
    stopEarly: true,
  },
  async (call) => {
    const { process, io, options, operands } = call;
    if (operands.length === 0) return await usageError(call, 'missing command');
    const seconds = Math.max(0.1, Number(options.value('n') ?? '2'));
    for (;;) {
      io.out(`\x1b[H\x1b[2J${options.has('t') ? '' : title(call, seconds)}`);
      await io.flush();
      const result = await runAndWait(process, options.has('x') ? operands : ['sh', '-c', operands.join(' ')]);
      if (options.has('e') && result.type === 'done' && result.code !== 0) return 8;
      await process.sleep(seconds * 1e6);
    }
  },
);

function title({ process, operands }: Invocation, seconds: number): string {
  const size = process.windowSize(1);
  const left = `Every ${seconds.toFixed(1)}s: ${operands.join(' ')}`;
  const right = `${process.hostname()}: ${strftime('%a %b %e %H:%M:%S %Y', process.time().realtimeUs)}`;
  const space = (failed(size) ? 80 : size.columns) - left.length - right.length;
  return `${left}${' '.repeat(Math.max(1, space))}${right}\n\n`;
}
