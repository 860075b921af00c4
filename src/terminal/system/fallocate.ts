/**
 * fallocate (util-linux 2.39): a file of a size without writing it.
 * Leaves out: holes and ranges (-c, -d, -i, -p, -z), which the file systems here do not have.
 */
import { failed, strerror } from '../../protocol/errno.ts';
import { wholePower } from '../../formats/power.ts';
import { command, type Invocation } from '../coreutils/command.ts';

export const fallocate = command(
  {
    name: 'fallocate',
    short: 'l:no:vxcdipz',
    long: {
      length: 'l',
      'keep-size': 'n',
      offset: 'o',
      verbose: 'v',
      posix: 'x',
      'collapse-range': 'c',
      'dig-holes': 'd',
      'insert-range': 'i',
      'punch-hole': 'p',
      'zero-range': 'z',
    },
    absent: [...'cdipzn'],
    helpOption: '-h',
    usage: '[options] <filename>',
  },
  async (call) => {
    const { process, io, options, operands } = call;
    const [length, offset] = [binarySize(options.value('l') ?? '0'), binarySize(options.value('o') ?? '0')];
    if (length === undefined || (options.has('l') && length === 0))
      return await refuse(call, 'invalid length value specified');
    if (offset === undefined) return await refuse(call, 'invalid offset value specified');
    const [path] = operands;
    if (path === undefined) return await refuse(call, 'no filename specified');
    if (!options.has('l')) return await refuse(call, 'no length argument specified');
    if (operands.length > 1) return await refuse(call, 'unexpected number of arguments');
    const fd = process.open(path, { read: true, write: true, create: true }, 0o666);
    if (failed(fd)) return await refuse(call, `cannot open ${path}: ${strerror(fd)}`);
    const stat = process.fstat(fd);
    process.close(fd);
    const grown = failed(stat) || stat.size >= offset + length ? undefined : process.truncate(path, offset + length);
    if (failed(grown)) return await refuse(call, `fallocate failed: ${strerror(grown)}`);
    if (options.has('v')) io.line(`${path}: ${shownSize(length)} (${String(length)} bytes) allocated.`);
    return await io.end(0);
  },
);

async function refuse({ io }: Invocation, text: string): Promise<1> {
  await io.warn(text);
  return 1;
}

/** `10M`, `1GiB`, `2MB` (of a thousand): bytes. */
function binarySize(text: string): number | undefined {
  const match = /^(\d+)([KMGTPE]?)(B|iB)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, digits = '', unit = '', suffix = ''] = match;
  const base = suffix.toLowerCase() === 'b' && unit !== '' ? 1_000 : 1_024;
  return Number(digits) * (unit === '' ? 1 : wholePower(base, 'KMGTPE'.indexOf(unit.toUpperCase()) + 1));
}

/** With a unit of 1,024 and at most one decimal: `1.5 MiB`. */
export function shownSize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let [value, unit] = [bytes, 0];
  for (; value >= 1_024 && unit < units.length - 1; unit += 1) value /= 1_024;
  const tenths = Math.floor(value * 10 + 0.5);
  const shown = tenths % 10 === 0 ? String(tenths / 10) : `${String(Math.floor(tenths / 10))}.${String(tenths % 10)}`;
  return `${shown} ${units[unit] ?? ''}`;
}
