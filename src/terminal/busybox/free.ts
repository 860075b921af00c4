/** free (busybox procps/free.c). */
import { command } from '../coreutils/command.ts';
import { fileText } from '../io.ts';
import { humanReadable } from './human-readable.ts';

const UNITS = { b: 1, k: 1_024, m: 1_048_576, g: 1_073_741_824 } as const;

export const free = command({ name: 'free', short: 'bkmgh', usage: '[-bkmgh]' }, async ({ process, io, options }) => {
  const info = fileText(process, '/proc/meminfo') ?? '';
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(info)?.[1] ?? '0') * 1_024;
  const unit = (['b', 'k', 'm', 'g'] as const).find((letter) => options.has(letter)) ?? 'k';
  const show = (bytes: number): string =>
    options.has('h') ? humanReadable(bytes) : String(Math.floor(bytes / UNITS[unit]));
  const row = (name: string, cells: readonly number[]): void => {
    io.line(`${name.padEnd(7)}${cells.map((cell) => show(cell).padStart(12)).join('')}`);
  };
  const cached = of('Buffers') + of('Cached') + of('SReclaimable');
  const used = of('MemTotal') - of('MemFree') - cached;
  const titles = ['total', 'used', 'free', 'shared', 'buff/cache', 'available'];
  io.line(`       ${titles.map((title) => title.padStart(12)).join('')}`);
  row('Mem:', [of('MemTotal'), used, of('MemFree'), of('Shmem'), cached, of('MemAvailable')]);
  row('Swap:', [of('SwapTotal'), of('SwapTotal') - of('SwapFree'), of('SwapFree')]);
  return await io.end(0);
});
