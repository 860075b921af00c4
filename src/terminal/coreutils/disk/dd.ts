/** dd: copies blocks. Models: if of bs ibs obs count skip seek conv={notrunc,fsync,fdatasync,lcase,ucase,swab,excl,nocreat} status oflag=append. */
import { helpHint } from '../help-hint.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';
import { ByteReader } from '../byte-reader.ts';
import type { Applet } from '../command.ts';
import { humanSize, parseSize, namedIo } from '../command.ts';
import { quoteName } from '../quoting.ts';

const KEYS = new Set(['if', 'of', 'bs', 'ibs', 'obs', 'count', 'skip', 'seek', 'conv', 'status', 'iflag', 'oflag']);
const CONVERSIONS = new Set([
  'notrunc',
  'fsync',
  'fdatasync',
  'lcase',
  'ucase',
  'swab',
  'excl',
  'nocreat',
  'sync',
  'noerror',
]);
const FLAGS = new Set(['append', 'direct', 'dsync', 'sync', 'fullblock', 'nonblock', 'noatime', 'nocache']);

type Setting = ReadonlyMap<string, string>;

const run: Applet['applet'] = async (process, flavour, argv) => {
  const io = namedIo(process, flavour, argv, dd);
  const setting = new Map<string, string>();
  for (const arg of argv.slice(1)) {
    const at = arg.indexOf('=');
    const key = arg.slice(0, Math.max(0, at));
    if (at < 0 || !KEYS.has(key)) {
      await io.raw(
        flavour === 'busybox'
          ? `BusyBox v1.37.0 multi-call binary.\n\nUsage: dd [if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N]\n`
          : `${io.name}: unrecognized operand \u2018${arg}\u2019\n${helpHint(io)}\n`,
      );
      return 1;
    }
    setting.set(key, arg.slice(at + 1));
  }
  const problem = check(io, setting);
  if (problem !== undefined) {
    await io.raw(problem);
    return 1;
  }
  return await copy(io, process, setting);
};

function check(io: Io, setting: Setting): string | undefined {
  for (const key of ['bs', 'ibs', 'obs', 'count', 'skip', 'seek']) {
    const text = setting.get(key);
    if (text !== undefined && size(text) === undefined) return `${io.name}: invalid number: \u2018${text}\u2019\n`;
    if (text !== undefined && key.endsWith('bs') && size(text) === 0)
      return `${io.name}: invalid number: \u2018${text}\u2019\n`;
  }
  for (const part of (setting.get('conv') ?? '').split(','))
    if (part !== '' && !CONVERSIONS.has(part))
      return `${io.name}: invalid conversion: \u2018${part}\u2019\n${helpHint(io)}\n`;
  for (const key of ['iflag', 'oflag'])
    for (const part of (setting.get(key) ?? '').split(','))
      if (part !== '' && !FLAGS.has(part))
        return `${io.name}: invalid ${key === 'iflag' ? 'input' : 'output'} flag: \u2018${part}\u2019\n${helpHint(io)}\n`;
  return undefined;
}

/** `2x1M` is a product. */
function size(text: string): number | undefined {
  const parts = text
    .split('x')
    .map((part) =>
      /^\d+[cw]$/.test(part) ? Number(part.slice(0, -1)) * (part.endsWith('w') ? 2 : 1) : parseSize(part),
    );
  return parts.reduce((product, part) => (product === undefined || part === undefined ? undefined : product * part), 1);
}

async function copy(io: Io, process: Process, setting: Setting): Promise<number> {
  const conversions = new Set((setting.get('conv') ?? '').split(','));
  const block = (name: string): number => size(setting.get('bs') ?? setting.get(name) ?? '512') ?? 512;
  const [input, output] = [block('ibs'), block('obs')];
  const opened = openBoth(io, setting, conversions, output);
  if ('problem' in opened) {
    await io.raw(opened.problem);
    return 1;
  }
  const began = process.time().monotonicUs;
  const reader = new ByteReader(process, opened.input);
  const skip = (size(setting.get('skip') ?? '0') ?? 0) * input;
  if (skip > 0 && (await reader.skip(skip)) < skip)
    await io.raw(`${io.name}: ${quoteName(setting.get('if') ?? 'standard input')}: cannot skip to specified offset\n`);
  const count = size(setting.get('count') ?? '') ?? Infinity;
  const tally = { read: [0, 0], written: [0, 0], bytes: 0 };
  let status = 0;
  for (let at = 0; at < count; at += 1) {
    const got = await reader.block(input);
    if (reader.failure !== undefined) {
      await io.raw(
        `${io.name}: error reading ${quoteName(setting.get('if') ?? 'standard input')}: ${strerror(reader.failure)}\n`,
      );
      status = 1;
      break;
    }
    if (got.length === 0) break;
    const short = got.length === input ? 0 : 1;
    tally.read[short] = (tally.read[short] ?? 0) + 1;
    const written = await process.write(opened.output, convert(got, conversions, input));
    if (failed(written)) {
      // The file took a part of the block.
      const position = process.seek(opened.output, 0, 'current');
      if (setting.has('of') && !failed(position)) tally.bytes = Math.max(tally.bytes, position - opened.from);
      await io.raw(
        `${io.name}: error writing ${quoteName(setting.get('of') ?? 'standard output')}: ${strerror(written)}\n`,
      );
      status = 1;
      break;
    }
    const length = conversions.has('sync') ? input : got.length;
    tally.written[0] = (tally.written[0] ?? 0) + Math.floor(length / output);
    if (length % output !== 0) tally.written[1] = (tally.written[1] ?? 0) + 1;
    tally.bytes += length;
  }
  if (setting.get('status') !== 'none')
    await io.raw(report(tally, setting.get('status') === 'noxfer', (process.time().monotonicUs - began) / 1e6));
  return status;
}

interface Opened {
  readonly input: Fd;
  readonly output: Fd;
  /** Where in the output writing begins. */
  readonly from: number;
}

function openBoth(
  io: Io,
  setting: Setting,
  conversions: ReadonlySet<string>,
  block: number,
): Opened | { readonly problem: string } {
  const { process } = io;
  const from = setting.get('if');
  const to = setting.get('of');
  const input = from === undefined ? 0 : process.open(from, { read: true });
  if (failed(input)) return { problem: `${io.name}: failed to open ${quoteName(from ?? '')}: ${strerror(input)}\n` };
  if (to === undefined) return { input, output: 1, from: 0 };
  const seek = (size(setting.get('seek') ?? '0') ?? 0) * block;
  const append = (setting.get('oflag') ?? '').split(',').includes('append');
  const output = process.open(to, {
    write: true,
    create: !conversions.has('nocreat'),
    truncate: !conversions.has('notrunc') && seek === 0,
    exclusive: conversions.has('excl'),
    append,
  });
  if (failed(output)) return { problem: `${io.name}: failed to open ${quoteName(to)}: ${strerror(output)}\n` };
  if (seek > 0) {
    const stat = process.fstat(output);
    if (!conversions.has('notrunc') && !failed(stat) && stat.type === 'file') process.truncate(to, seek);
    process.seek(output, seek, 'set');
  }
  return { input, output, from: seek };
}

function convert(bytes: Uint8Array, conversions: ReadonlySet<string>, size: number): Uint8Array {
  let out = bytes;
  if (conversions.has('lcase')) out = out.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
  if (conversions.has('ucase')) out = out.map((byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte));
  if (conversions.has('swab'))
    out = out.map((byte, at) => (at % 2 === 0 ? (out[at + 1] ?? byte) : (out[at - 1] ?? byte)));
  if (!conversions.has('sync') || out.length === size) return out;
  const padded = new Uint8Array(size);
  padded.set(out);
  return padded;
}

function report(
  {
    read,
    written,
    bytes,
  }: { readonly read: readonly number[]; readonly written: readonly number[]; readonly bytes: number },
  brief: boolean,
  seconds: number,
): string {
  const counts = `${String(read[0])}+${String(read[1])} records in\n${String(written[0])}+${String(written[1])} records out\n`;
  if (brief) return counts;
  const human =
    bytes < 1_000
      ? ''
      : bytes < 1_024
        ? ` (${spell(bytes, 1_000)}B)`
        : ` (${spell(bytes, 1_000)}B, ${humanSize(bytes).replace(/([KMGT])$/, ' $1iB')})`;
  const rate = seconds > 0 ? `${spell(bytes / seconds, 1_000)}B/s` : 'Infinity B/s';
  return `${counts}${String(bytes)} byte${bytes === 1 ? '' : 's'}${human} copied, ${Number(seconds.toPrecision(6)).toString()} s, ${rate}\n`;
}

/** 1.0 k, 23 M: two digits below ten. */
function spell(value: number, base: number): string {
  let rest = value;
  let unit = 0;
  while (rest >= base && unit < 4) {
    rest /= base;
    unit += 1;
  }
  return `${rest < 10 ? rest.toFixed(1) : String(Math.round(rest))} ${['', 'k', 'M', 'G', 'T'][unit] ?? ''}`;
}

export const dd: Applet = {
  name: 'dd',
  memoryBytes: 1_200_000,
  run: (process) => run(process, 'gnu', process.argv),
  applet: run,
};
