/** --max-size and --min-size: files that are too large or too small are left alone. */
import { wholePower } from '../../../formats/power.ts';
import type { RsyncOptions } from './options.ts';

/** `1.5m`, `10K`, `2kB`, `1g-1`: bytes; undefined where it is no size. */
export function parseLimit(text: string): number | undefined {
  const match = /^(\d+(?:\.\d*)?|\.\d+)([bkmgtp]?)(b|ib)?([-+]1)?$/i.exec(text);
  if (match === null) return undefined;
  const [, digits = '', unit = '', suffix = '', one = '0'] = match;
  const base = suffix.toLowerCase() === 'b' ? 1_000 : 1_024;
  const factor =
    unit === '' || unit.toLowerCase() === 'b' ? 1 : wholePower(base, 'kmgtp'.indexOf(unit.toLowerCase()) + 1);
  return Math.floor(Number(digits) * factor) + Number(one);
}

/** Tells of a size what is wrong with it, in the words of -vv. */
export function sizeLimits(options: RsyncOptions): (bytes: number) => string | undefined {
  const limit = (option: string): number | undefined => {
    const text = options.value(option);
    return text === undefined ? undefined : parseLimit(text);
  };
  const [most, least] = [limit('max-size'), limit('min-size')];
  return (bytes) => {
    if (most !== undefined && bytes > most) return 'over max-size';
    return least !== undefined && bytes < least ? 'under min-size' : undefined;
  };
}
