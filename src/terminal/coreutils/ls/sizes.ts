/** Sizes as ls writes them: `--block-size`, -h, --si. */
import type { FileStat } from '../../../protocol/program.ts';
import { wholePower } from '../../../formats/power.ts';
import { humanSize } from '../command.ts';

export type Unit =
  | { readonly type: 'human'; readonly base: 1_000 | 1_024 }
  | { readonly type: 'blocks'; readonly size: number; readonly suffix: string };

/** `K`, `1K`, `kB`, `human-readable`; a unit without a number is written behind the sizes. */
export function blockUnit(text: string): Unit | undefined {
  if (text === 'human-readable') return { type: 'human', base: 1_024 };
  if (text === 'si') return { type: 'human', base: 1_000 };
  const match = /^(\d*)(?:([kKMGTPE])(B|iB)?)?$/.exec(text);
  if (match === null || text === '') return undefined;
  const [, digits = '', letter, bytes] = match;
  const base = bytes === 'B' ? 1_000 : 1_024;
  const power = letter === undefined ? 0 : 'KMGTPE'.indexOf(letter.toUpperCase()) + 1;
  const size = Number(digits === '' ? '1' : digits) * wholePower(base, power);
  if (size === 0) return undefined;
  const shown = letter?.toUpperCase() === 'K' && base === 1_000 ? 'k' : letter?.toUpperCase();
  return { type: 'blocks', size, suffix: digits === '' ? `${shown ?? ''}${bytes ?? ''}` : '' };
}

export const sizeText = (bytes: number, unit: Unit): string =>
  unit.type === 'human' ? humanSize(bytes, unit.base) : `${String(Math.ceil(bytes / unit.size))}${unit.suffix}`;

export const blockBytes = ({ blocks }: FileStat): number => blocks * 512;
