/** Sizes as util-linux prints and reads them. Source: size_to_human_string and strtosize of lib/strutils.c. */
import { wholePower } from '../../../formats/power.ts';
import { smartSize } from '../smart-table.ts';

/** With a blank and three letters: `16 MiB`, `7.8 MiB`. */
export function iecSize(bytes: number): string {
  const short = smartSize(bytes);
  return `${short.slice(0, -1)} ${short.endsWith('B') ? 'B' : `${short.slice(-1)}iB`}`;
}

/** Bytes of `4096`, `1.5M`, `2KiB` (of 1,024) and `2KB` (of 1,000); undefined for what is none. */
export function sizeOf(text: string): number | undefined {
  const found = /^(\d+(?:\.\d+)?)(?:([KMGTPEZY])(iB|B)?)?$/i.exec(text.trim());
  if (found === null) return undefined;
  const [, number = '', letter = '', tail] = found;
  const power = letter === '' ? 0 : 'KMGTPEZY'.indexOf(letter.toUpperCase()) + 1;
  return Math.floor(Number(number) * wholePower(tail?.toUpperCase() === 'B' ? 1_000 : 1_024, power));
}
