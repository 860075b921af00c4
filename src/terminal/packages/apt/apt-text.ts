/** Small pieces of apt's output. */
import type { Process } from '../../../protocol/program.ts';
import type { Io } from '../../io.ts';

/** `1,234 kB` without the grouping: three digits, or one decimal below a hundred. */
export function sizeText(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (;;) {
    if (size < 100 && unit > 0) return `${size.toFixed(1)} ${'kMGT'.charAt(unit - 1)}B`;
    if (size < 10_000) return `${size.toFixed(0)} ${unit === 0 ? '' : 'kMGT'.charAt(unit - 1)}B`;
    size /= 1000;
    unit += 1;
  }
}

/** `5s`, `1min 5s`. */
export function durationText(us: number): string {
  const seconds = Math.round(us / 1_000_000);
  return seconds < 60 ? `${String(seconds)}s` : `${String(Math.floor(seconds / 60))}min ${String(seconds % 60)}s`;
}

/** `Fetched 126 kB in 1s (98.4 kB/s)` */
export const fetchedText = (bytes: number, us: number): string =>
  `Fetched ${sizeText(bytes)} in ${durationText(us)} (${sizeText(bytes / Math.max(us / 1_000_000, 0.001))}/s)`;

/** Names in lines of at most the terminal's width, indented. */
export function nameLines(names: readonly string[], columns = 80): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const name of names) {
    if (line !== '' && line.length + 1 + name.length + 2 > columns - 1) {
      lines.push(`  ${line}`);
      line = '';
    }
    line = line === '' ? name : `${line} ${name}`;
  }
  return line === '' ? lines : [...lines, `  ${line}`];
}

/** The steps that apt announces; `Done` is said on terminals alone. */
export function announce(process: Process, io: Io, steps: readonly string[], quiet: number): void {
  if (quiet >= 2) return;
  for (const step of steps) io.line(process.isatty(1) && quiet === 0 ? `${step}... Done` : `${step}...`);
}
/** A remark, which apt makes on terminals alone. */
export async function notice(process: Process, io: Io, text: string): Promise<void> {
  if (process.isatty(1)) await io.raw(`N: ${text}\n`);
}
export const READING = ['Reading package lists'];
export const OPENING = ['Reading package lists', 'Building dependency tree', 'Reading state information'];
