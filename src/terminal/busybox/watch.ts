/** watch (busybox procps/watch.c): its title has the date, not the host. */
import { failed } from '../../protocol/errno.ts';
import { command, usageError } from '../coreutils/command.ts';
import { runAndWait } from '../run-child.ts';
import { strftime } from '../strftime.ts';

export const watch = command(
  { name: 'watch', short: 'dtn:', absent: ['d'], stopEarly: true, usage: '[-t] [-n SEC] PROG ARGS' },
  async (call) => {
    const { process, io, options, operands } = call;
    if (operands.length === 0) return await usageError(call, '');
    const seconds = Math.max(0.1, Number(options.value('n') ?? '2'));
    if (Number.isNaN(seconds)) {
      await io.warn(`invalid number '${options.value('n') ?? ''}'`);
      return 1;
    }
    for (;;) {
      io.out('\x1b[H\x1b[J');
      if (!options.has('t')) {
        const size = process.windowSize(1);
        const columns = failed(size) ? 80 : size.columns;
        const date = strftime('%Y-%m-%d %H:%M:%S', process.time().realtimeUs);
        const left = `Every ${seconds.toFixed(1)}s: ${operands.join(' ')}`;
        // The date stands at the right where both fit.
        const room = columns - date.length;
        io.line(left.length < room ? `${left.padEnd(room)}${date}` : left.slice(0, columns));
        io.line('');
      }
      await io.flush();
      if (io.broken) return 0;
      await runAndWait(process, ['/bin/sh', '-c', operands.join(' ')]);
      await process.sleep(seconds * 1e6);
    }
  },
);
