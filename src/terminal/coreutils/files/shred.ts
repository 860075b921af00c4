/** shred (GNU coreutils 9.4): overwrites files with random bytes, then cuts and removes them where asked to. */
import { failed, strerror } from '../../../protocol/errno.ts';
import { command, type Invocation, parseSize, usageError } from '../command.ts';
import { baseName } from '../../io.ts';

const PASSES = 3;
const BLOCK = 4_096;

export const shred = command(
  {
    name: 'shred',
    short: 'fn:s:uvxz',
    usage: '[OPTION]... FILE...',
    long: {
      force: 'f',
      iterations: 'n',
      size: 's',
      remove: 'remove::',
      verbose: 'v',
      exact: 'x',
      zero: 'z',
    },
    absentLong: 'random-source=',
  },
  async (call) => {
    const { io, options, operands } = call;
    const passes = options.value('n') ?? String(PASSES);
    if (!/^\d+$/.test(passes)) {
      await io.warn(`invalid number of passes: \u2018${passes}\u2019`);
      return 1;
    }
    const size = options.value('s');
    if (size !== undefined && parseSize(size) === undefined) {
      await io.warn(`invalid file size: \u2018${size}\u2019`);
      return 1;
    }
    if (operands.length === 0) return await usageError(call, 'missing file operand');
    let status = 0;
    for (const name of operands) status = Math.max(status, await shredFile(call, name, Number(passes)));
    return await io.end(status);
  },
);

async function shredFile(call: Invocation, name: string, passes: number): Promise<number> {
  const { process, io, options } = call;
  const stat = process.stat(name);
  const forced = !failed(stat) && options.has('f') && failed(process.access(name, { write: true }));
  if (forced) process.chmod(name, stat.mode | 0o200);
  const fd = process.open(name, { write: true });
  if (failed(fd) || failed(stat)) {
    await io.warn(`${name}: failed to open for writing: ${failed(fd) ? strerror(fd) : ''}`);
    return 1;
  }
  const given = parseSize(options.value('s') ?? '');
  const size = given ?? (options.has('x') ? stat.size : Math.ceil(stat.size / BLOCK) * BLOCK);
  const all = passes + (options.has('z') ? 1 : 0);
  for (let pass = 1; pass <= all; pass += 1) {
    const isZero = pass > passes;
    if (options.has('v'))
      await io.warn(`${name}: pass ${String(pass)}/${String(all)} (${isZero ? '000000' : 'random'})...`);
    process.seek(fd, 0, 'set');
    for (let left = size; left > 0; left -= BLOCK) {
      const count = Math.min(BLOCK, left);
      const written = await process.write(fd, isZero ? new Uint8Array(count) : process.random(count));
      if (!failed(written)) continue;
      await io.warn(`${name}: error writing at offset ${String(size - left)}: ${strerror(written)}`);
      process.close(fd);
      return 1;
    }
  }
  process.close(fd);
  if (options.has('u') || options.has('remove')) await remove(call, name);
  return 0;
}

/** Takes the name away as well: it is replaced by shorter and shorter ones first. */
async function remove({ process, io, options }: Invocation, name: string): Promise<void> {
  if (options.has('v')) await io.warn(`${name}: removing`);
  process.truncate(name, 0);
  const directory = name.slice(0, name.length - baseName(name).length);
  let current = name;
  const how = options.value('remove') || 'wipesync';
  for (let length = how === 'unlink' ? 0 : baseName(name).length; length > 0; length -= 1) {
    const next = `${directory}${'0'.repeat(length)}`;
    if (next === current || !failed(process.lstat(next)) || failed(process.rename(current, next))) continue;
    if (options.has('v')) await io.warn(`${current}: renamed to ${next}`);
    current = next;
  }
  process.unlink(current);
  if (options.has('v')) await io.warn(`${name}: removed`);
}
