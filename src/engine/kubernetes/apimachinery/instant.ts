/** Unix ms of a time the server wrote, remembered: many objects share a second. */
export function instantMs(time: string): number | undefined {
  const known = instants.get(time);
  if (known !== undefined) return known;
  const ms = parseTime(time);
  if (ms === undefined) return undefined;
  if (instants.size >= MAX_INSTANTS) instants.clear();
  instants.set(time, ms);
  return ms;
}
const MAX_INSTANTS = 10_000;
const instants = new Map<string, number>();

/** RFC 3339 in UTC, as the server writes all times. */
function parseTime(time: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?Z$/.exec(time);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction] = match;
  return (
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) +
    Math.floor(Number(`0.${fraction ?? '0'}`) * 1000)
  );
}
