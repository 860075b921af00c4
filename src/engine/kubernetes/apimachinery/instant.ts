import { parseRfc3339 } from '../../../formats/civil-time.ts';

/** Unix ms of a time the server wrote, remembered: many objects share a second. */
export function instantMs(time: string): number | undefined {
  const known = instants.get(time);
  if (known !== undefined) return known;
  const ms = parseRfc3339(time);
  if (ms === undefined) return undefined;
  if (instants.size >= MAX_INSTANTS) instants.clear();
  instants.set(time, ms);
  return ms;
}
const MAX_INSTANTS = 10_000;
const instants = new Map<string, number>();
