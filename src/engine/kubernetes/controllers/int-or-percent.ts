import type { IntOrString } from '../apimachinery/types.ts';

/** A count from a number or a percentage of `total`, rounded up or down. */
export function resolveIntOrPercent(
  value: IntOrString | undefined,
  total: number,
  roundUp: boolean,
  fallback: IntOrString,
): number {
  const given = value ?? fallback;
  if (typeof given === 'number') return given;
  const match = /^(\d+)%$/.exec(given);
  if (match === null) return 0;
  const share = (Number(match[1]) * total) / 100;
  return roundUp ? Math.ceil(share) : Math.floor(share);
}
