/** nohup and nice: programs that start another in their place. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { sayCannotExecute } from './cannot-execute.ts';
import { command, usageError } from '../command.ts';
import { replaceBy } from './env.ts';
import { quoteName } from '../quoting.ts';

export const nohup = command({ name: 'nohup', short: '', stopEarly: true, usageStatus: 125 }, async (call) => {
  const { process, io, operands } = call;
  if (operands.length === 0) return await usageError(call, 'missing operand', 125);
  process.sigaction('SIGHUP', 'ignore');
  if (process.isatty(1)) {
    const fd = process.open('nohup.out', { write: true, create: true, append: true }, 0o600);
    if (!failed(fd)) {
      await io.warn(`ignoring input and appending output to 'nohup.out'`);
      process.dup2(fd, 1);
      if (process.isatty(2)) process.dup2(fd, 2);
    }
  }
  const failure = await replaceBy(process, operands);
  const [name = ''] = operands;
  await sayCannotExecute(call, name, strerror(failure), () => `failed to run command ${quoteName(name)}`);
  return failure.errno === 'ENOENT' ? 127 : 126;
});

export const nice = command(
  { name: 'nice', short: 'n:', long: { adjustment: 'n' }, numeric: 'n', stopEarly: true, usageStatus: 125 },
  async (call) => {
    const { process, io, operands } = call;
    const given = call.options.value('n');
    if (given !== undefined && !/^[-+]?\d+$/.test(given)) {
      await io.warn(`invalid adjustment \u2018${given}\u2019`);
      return 125;
    }
    if (operands.length === 0 && given !== undefined && call.flavour === 'gnu')
      return await usageError(call, 'a command must be given with an adjustment', 125);
    if (operands.length === 0) {
      const value = process.nice(0);
      io.line(String(failed(value) ? 0 : value));
      return await io.end(0);
    }
    const adjustment = Number(given ?? '10');
    const before = process.nice(0);
    const niceness = (failed(before) ? 0 : before) + adjustment;
    const set = process.setPriority(process.pid, niceness);
    if (failed(set) && call.flavour === 'busybox') {
      await io.warn(`setpriority(${String(niceness)}): ${strerror(set)}`);
      return 1;
    }
    // Not being allowed to is no reason not to go on.
    if (failed(set)) await io.warn(`cannot set niceness: ${strerror(set)}`);
    const failure = await replaceBy(process, operands);
    await sayCannotExecute(call, operands[0] ?? '', strerror(failure), (quoted) => quoted);
    return failure.errno === 'ENOENT' ? 127 : 126;
  },
);
