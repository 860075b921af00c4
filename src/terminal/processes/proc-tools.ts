/** free, uptime and lsmod: all read /proc. */
import { command, type Invocation } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { strftime } from '../strftime.ts';
import { notSimulated } from '../system/plain-program.ts';
import { prettyUptime, uptimeLine, uptimeSeconds } from './uptime-line.ts';

const FREE_UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kilo: 1e3,
  mega: 1e6,
  giga: 1e9,
  k: 1_024,
  m: 1_048_576,
  g: 1_073_741_824,
  tebi: 1_099_511_627_776,
  pebi: 1_125_899_906_842_624,
  tera: 1e12,
  peta: 1e15,
};

/** `1.2Gi`, `945Mi`, `0B`: at most four characters before the unit's i (procps free.c scale_size). */
function humanMemory(bytes: number, base: number): string {
  if (bytes < 1_000) return `${String(bytes)}B`;
  let value = bytes;
  let unit = -1;
  for (; value >= base && unit < 4; unit += 1) value /= base;
  const text = value.toFixed(1);
  const shown = text.length > 3 ? String(Math.trunc(value)) : text;
  return `${shown}${'KMGTP'.charAt(unit)}${base === 1_024 ? 'i' : ''}`;
}

export const free = command(
  {
    name: 'free',
    short: 'hbkmgltvws:c:VL',
    long: {
      human: 'h',
      bytes: 'b',
      kibi: 'k',
      mebi: 'm',
      gibi: 'g',
      tebi: 'tebi',
      kilo: 'kilo',
      mega: 'mega',
      giga: 'giga',
      si: 'si',
      total: 't',
      wide: 'w',
      seconds: 's',
      count: 'c',
      tera: 'tera',
      peta: 'peta',
      pebi: 'pebi',
      line: 'L',
      lohi: 'l',
      committed: 'v',
    },
    usage: '[options]',
  },
  async (call) => {
    const { io, options, process } = call;
    const missing = ['l', 'v', 'L'].find((letter) => options.has(letter));
    if (missing !== undefined) return await notSimulated(io, `free -${missing}`);
    const every = options.value('s');
    const times = Number(options.value('c') ?? (every === undefined ? '1' : 'Infinity'));
    for (let round = 1; ; round += 1) {
      io.out(memoryTable(call));
      await io.flush();
      if (round >= times || io.broken) return await io.end(0);
      io.line('');
      await process.sleepUntil(process.time().realtimeUs + Number(every ?? '1') * 1e6);
    }
  },
);

function memoryTable({ options, process }: Invocation): string {
  const info = fileText(process, '/proc/meminfo') ?? '';
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(info)?.[1] ?? '0') * 1_024;
  const unit = options.order.findLast(([letter]) => FREE_UNITS[letter] !== undefined)?.[0] ?? 'k';
  const show = (bytes: number): string =>
    options.has('h')
      ? humanMemory(bytes, options.has('si') ? 1_000 : 1_024)
      : String(Math.floor(bytes / (FREE_UNITS[unit] ?? 1_024)));
  const row = (name: string, cells: readonly number[]): string =>
    `${name.padEnd(8)}${cells.map((cell) => show(cell).padStart(12)).join('')}\n`;
  const cache = of('Cached') + of('SReclaimable');
  const used = Math.max(0, of('MemTotal') - of('MemAvailable'));
  const [total, unused, swap, swapFree] = [of('MemTotal'), of('MemFree'), of('SwapTotal'), of('SwapFree')];
  const wide = options.has('w');
  const titles = ['total', 'used', 'free', 'shared', ...(wide ? ['buffers', 'cache'] : ['buff/cache']), 'available'];
  const caches = wide ? [of('Buffers'), cache] : [cache + of('Buffers')];
  return [
    `${' '.repeat(8)}${titles.map((title) => title.padStart(12)).join('')}\n`,
    row('Mem:', [total, used, unused, of('Shmem'), ...caches, of('MemAvailable')]),
    row('Swap:', [swap, swap - swapFree, swapFree]),
    ...(options.has('t') ? [row('Total:', [total + swap, used + swap - swapFree, unused + swapFree])] : []),
  ].join('');
}

export const uptime = command(
  {
    name: 'uptime',
    short: 'psV',
    long: { pretty: 'p', since: 's' },
    usage: '[options]',
  },
  async ({ io, options, process }) => {
    if (options.has('p')) io.line(prettyUptime(process));
    else if (options.has('s'))
      io.line(strftime('%Y-%m-%d %H:%M:%S', process.time().realtimeUs - uptimeSeconds(process) * 1e6));
    else io.line(uptimeLine(process));
    return await io.end(0);
  },
);

export const lsmod = command({ name: 'lsmod', short: '' }, async (call) => {
  call.io.line('Module                  Size  Used by');
  for (const line of (fileText(call.process, '/proc/modules') ?? '').split('\n')) {
    const [name, size, references, users = '-'] = line.split(' ');
    if (name !== undefined && name !== '')
      call.io.line(
        `${name.padEnd(19)} ${(size ?? '').padStart(8)}  ${references ?? '0'} ${users === '-' ? '' : users.replace(/,$/, '')}`.trimEnd(),
      );
  }
  return await call.io.end(0);
});
