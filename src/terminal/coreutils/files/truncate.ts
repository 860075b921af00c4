import { failed, strerror } from '../../../protocol/errno.ts';
import { command, parseSize, usageError } from '../command.ts';
import { quoteName } from '../quoting.ts';

/** What a size does to the one that is there. */
const CHANGES: Readonly<Record<string, (old: number, size: number) => number>> = {
  '+': (old, size) => old + size,
  '-': (old, size) => Math.max(0, old - size),
  '<': (old, size) => Math.min(old, size),
  '>': (old, size) => Math.max(old, size),
  '/': (old, size) => Math.floor(old / size) * size,
  '%': (old, size) => Math.ceil(old / size) * size,
};

export const truncate = command(
  {
    name: 'truncate',
    short: 's:cr:o',
    long: { size: 's', 'no-create': 'c', reference: 'r' },
    absent: ['o'],
    absentLong: 'io-blocks',
  },
  async (call) => {
    const { process, io, options } = call;
    const [text, reference] = [options.value('s'), options.value('r')];
    if (text === undefined && reference === undefined)
      return await usageError(call, "you must specify either '--size' or '--reference'");
    if (call.operands.length === 0) return await usageError(call, 'missing file operand');
    if (text !== undefined && reference !== undefined && !/^\s*[-+<>/%]/.test(text) && call.flavour === 'gnu')
      return await usageError(call, "you must specify a relative '--size' with '--reference'");
    const model = reference === undefined ? undefined : process.stat(reference);
    if (model !== undefined && failed(model)) {
      await io.warn(`cannot stat ${quoteName(reference ?? '')}: ${strerror(model)}`);
      return 1;
    }
    const [, sign = '', digits = ''] = /^([-+<>/%]?)(.*)$/s.exec((text ?? '+0').trim()) ?? [];
    const size = parseSize(digits);
    if (size === undefined) {
      await io.warn(`Invalid number: \u2018${text ?? ''}\u2019`);
      return 1;
    }
    let status = 0;
    for (const path of call.operands) {
      if (options.has('c') && failed(process.stat(path))) continue;
      const fd = process.open(path, { write: true, create: true }, 0o666);
      if (failed(fd)) {
        const what = call.flavour === 'busybox' ? `${path}: open` : `cannot open ${quoteName(path)} for writing`;
        await io.warn(`${what}: ${strerror(fd)}`);
        return 1;
      }
      process.close(fd);
      const stat = process.stat(path);
      const old = model?.size ?? (failed(stat) ? 0 : stat.size);
      const wanted = CHANGES[sign]?.(old, size) ?? size;
      const done = process.truncate(path, wanted);
      if (failed(done)) {
        await io.warn(`failed to truncate ${quoteName(path)} at ${String(wanted)} bytes: ${strerror(done)}`);
        status = 1;
      }
    }
    return status;
  },
);
