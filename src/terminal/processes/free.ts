/**
 * free (procps 4.0): memory and swap as /proc/meminfo has them.
 * Models: all units, -h --si -l -t -v -w, -s and -c. Leaves out: -L.
 */
import type { Invocation } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { notSimulated } from '../system/plain-program.ts';
import { procpsCommand, procpsUsage, wholeArgument, type ProcpsSpec } from './procps-command.ts';

const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kilo: 1e3,
  mega: 1e6,
  giga: 1e9,
  tera: 1e12,
  peta: 1e15,
  k: 1_024,
  m: 1_024 ** 2,
  g: 1_024 ** 3,
  tebi: 1_024 ** 4,
  pebi: 1_024 ** 5,
};

const SPEC: ProcpsSpec = {
  name: 'free',
  short: 'hbkmgltvws:c:VL',
  long: {
    human: 'h',
    bytes: 'b',
    kibi: 'k',
    mebi: 'm',
    gibi: 'g',
    tebi: 'tebi',
    pebi: 'pebi',
    kilo: 'kilo',
    mega: 'mega',
    giga: 'giga',
    tera: 'tera',
    peta: 'peta',
    si: 'si',
    total: 't',
    wide: 'w',
    seconds: 's',
    count: 'c',
    line: 'L',
    lohi: 'l',
    committed: 'v',
  },
  busybox: 'bkmgh',
  usage: '[options]',
};

export const free = procpsCommand(SPEC, async (call) => {
  const { io, options, process, flavour } = call;
  if (options.has('L')) return await notSimulated(io, 'free -L');
  const units = options.order.filter(([letter]) => UNITS[letter] !== undefined);
  if (units.length > 1 && flavour === 'gnu') {
    await io.warn("Multiple unit options don't make sense.");
    return 1;
  }
  const repeat = repetition(call);
  if (typeof repeat === 'string') {
    await io.warn(repeat);
    return 1;
  }
  if (call.operands.length > 0 && flavour === 'gnu') return await procpsUsage(io, SPEC);
  for (let round = 1; ; round += 1) {
    io.out(memoryTable(call));
    await io.flush();
    if (round >= repeat.times || io.broken) return await io.end(0);
    io.line('');
    await process.sleepUntil(process.time().realtimeUs + repeat.everyUs);
  }
});

/** How often, and how far apart; a text says what is wrong with it. */
function repetition({ options }: Invocation): { readonly times: number; readonly everyUs: number } | string {
  const seconds = options.value('s');
  const every = seconds === undefined ? 1 : /^(?:\d+\.?\d*|\.\d+)$/.test(seconds) ? Number(seconds) : NaN;
  if (Number.isNaN(every)) return `seconds argument failed: '${seconds ?? ''}': Invalid argument`;
  if (every * 1e6 < 1) return `seconds argument \`${seconds ?? ''}' is not positive number`;
  const given = options.value('c');
  const count = given === undefined ? undefined : wholeArgument(given);
  if (given !== undefined && count === undefined) return `failed to parse count argument: '${given}'`;
  if (count !== undefined && count < 1)
    return `failed to parse count argument: '${given ?? ''}': Numerical result out of range`;
  return { times: count ?? (seconds === undefined ? 1 : Infinity), everyUs: every * 1e6 };
}

/** `1.2Gi`, `945Mi`, `0B`: the first unit in which at most four characters are enough (free.c scale_size). */
function humanMemory(bytes: number, base: number): string {
  if (bytes < 1_000) return `${String(bytes)}B`;
  const suffix = base === 1_024 ? 'i' : '';
  let value = bytes;
  for (let power = 1; ; power += 1) {
    value /= base;
    const letter = 'KMGTP'.charAt(power - 1);
    const [exact, whole] = [value.toFixed(1), String(Math.trunc(value))];
    if (exact.length <= 3) return `${exact}${letter}${suffix}`;
    if (whole.length <= 3 || power === 5) return `${whole}${letter}${suffix}`;
  }
}

function memoryTable({ options, process }: Invocation): string {
  const info = fileText(process, '/proc/meminfo') ?? '';
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(info)?.[1] ?? '0') * 1_024;
  const unit = options.order.find(([letter]) => UNITS[letter] !== undefined)?.[0] ?? 'k';
  const show = (bytes: number): string =>
    options.has('h')
      ? humanMemory(bytes, options.has('si') ? 1_000 : 1_024)
      : String(Math.floor(bytes / (unit === 'k' && options.has('si') ? 1_000 : (UNITS[unit] ?? 1_024))));
  const row = (name: string, cells: readonly number[]): string =>
    `${name.padEnd(8)}${cells.map((cell) => show(cell).padStart(12)).join('')}\n`;
  const cache = of('Cached') + of('SReclaimable');
  const used = Math.max(0, of('MemTotal') - of('MemAvailable'));
  const [total, unused, swap, swapFree] = [of('MemTotal'), of('MemFree'), of('SwapTotal'), of('SwapFree')];
  const wide = options.has('w');
  const titles = ['total', 'used', 'free', 'shared', ...(wide ? ['buffers', 'cache'] : ['buff/cache']), 'available'];
  const caches = wide ? [of('Buffers'), cache] : [cache + of('Buffers')];
  const [limit, committed] = [of('CommitLimit'), of('Committed_AS')];
  return [
    `${' '.repeat(8)}${titles.map((title) => title.padStart(12)).join('')}\n`,
    row('Mem:', [total, used, unused, of('Shmem'), ...caches, of('MemAvailable')]),
    // On 64 bits all memory is low.
    ...(options.has('l') ? [row('Low:', [total, total - unused, unused]), row('High:', [0, 0, 0])] : []),
    row('Swap:', [swap, swap - swapFree, swapFree]),
    ...(options.has('t') ? [row('Total:', [total + swap, used + swap - swapFree, unused + swapFree])] : []),
    ...(options.has('v') ? [row('Comm:', [limit, committed, limit - committed])] : []),
  ].join('');
}
