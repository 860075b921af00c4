import { failed, strerror } from '../../protocol/errno.ts';
import type { Fd } from '../../protocol/program.ts';
import { command } from './command.ts';

export const tee = command(
  {
    name: 'tee',
    short: 'aip',
    long: { append: 'a', 'ignore-interrupts': 'i', 'output-error': 'output-error::' },
    absent: ['p', 'output-error'],
  },
  async (call) => {
    const { process, io, options } = call;
    if (options.has('i')) process.sigaction('SIGINT', 'ignore');
    const targets: Fd[] = [];
    let status = 0;
    for (const name of call.operands) {
      const fd = process.open(
        name,
        { write: true, create: true, ...(options.has('a') ? { append: true } : { truncate: true }) },
        0o666,
      );
      if (failed(fd)) {
        await io.warn(`${name}: ${strerror(fd)}`);
        status = 1;
      } else targets.push(fd);
    }
    for (;;) {
      const bytes = await process.read(0, 65_536);
      if (failed(bytes) || bytes.length === 0) break;
      const shown = await io.bytes(bytes);
      for (const fd of targets) await process.write(fd, bytes);
      if (!shown && targets.length === 0) return 1;
    }
    return await io.end(status);
  },
);
