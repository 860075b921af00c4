/** mkfifo and mknod: named pipes and device files. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { command, type Invocation, usageError } from '../command.ts';
import { warnOfContext } from './context.ts';
import { parseMode } from './mode.ts';

const OPTIONS = { short: 'm:Z', long: { mode: 'm', context: 'context::' } } as const;
const DEFAULT_MODE = 0o666;
const SPECIAL = 'Special files require major and minor device numbers.';

/** The mode of -m; the umask counts only where there is none. */
function modeOf({ process, options }: Invocation): number | undefined {
  const written = options.value('m');
  return written === undefined ? DEFAULT_MODE & ~process.umask() : parseMode(written, DEFAULT_MODE, process.umask());
}

export const mkfifo = command({ name: 'mkfifo', ...OPTIONS }, async (call) => {
  const { process, io, operands, flavour } = call;
  await warnOfContext(call);
  if (operands.length === 0) return await usageError(call, 'missing operand');
  const mode = modeOf(call);
  if (mode === undefined) {
    await io.warn('invalid mode');
    return 1;
  }
  let status = 0;
  for (const path of operands) {
    const made = process.mknod(path, 'fifo', mode);
    if (!failed(made)) {
      process.chmod(path, mode);
      continue;
    }
    await io.warn(`${flavour === 'busybox' ? path : `cannot create fifo '${path}'`}: ${strerror(made)}`);
    status = 1;
  }
  return await io.end(status);
});

export const mknod = command({ name: 'mknod', ...OPTIONS }, async (call) => {
  const { process, io, operands } = call;
  await warnOfContext(call);
  const mode = modeOf(call);
  if (mode === undefined) {
    await io.warn('invalid mode');
    return 1;
  }
  const [path, type = '', major, minor, extra] = operands;
  const wanted = type === 'p' ? 2 : 4;
  if (path === undefined) return await usageError(call, 'missing operand');
  if (operands.length < wanted) {
    const after = `missing operand after \u2018${operands.at(-1) ?? ''}\u2019`;
    return await usageError(call, operands.length === 2 ? `${after}\n${SPECIAL}` : after);
  }
  const surplus = type === 'p' ? major : extra;
  if (surplus !== undefined) return await usageError(call, `extra operand \u2018${surplus}\u2019`);
  const kind = type === 'p' ? 'fifo' : type === 'b' ? 'block' : type === 'c' || type === 'u' ? 'char' : undefined;
  if (kind === undefined) return await usageError(call, `invalid device type \u2018${type}\u2019`);
  for (const [name, value] of [
    ['major', major],
    ['minor', minor],
  ] as const)
    if (kind !== 'fifo' && !/^(0x[0-9a-f]+|\d+)$/i.test(value ?? '')) {
      await io.warn(`invalid ${name} device number \u2018${value ?? ''}\u2019`);
      return 1;
    }
  const made = process.mknod(path, kind, mode, kind === 'fifo' ? undefined : [Number(major), Number(minor)]);
  if (!failed(made)) {
    process.chmod(path, mode);
    return 0;
  }
  await io.warn(`${path}: ${strerror(made)}`);
  return 1;
});
