/** How GNU wget shows what has come (wget src/progress.c, retr.c): dots in a log, a bar on a terminal, and the rate. */

/** Shorter ones are no sample of the speed. */
const SPEED_SAMPLE_SECONDS = 0.15;
/** A duration too short for the clock counts as half a microsecond. */
const SHORTEST_SECONDS = 5e-7;
const DOT_BYTES = 1024;
const DOTS_IN_CLUSTER = 10;
const CLUSTERS = 5;
const ROW_BYTES = DOT_BYTES * DOTS_IN_CLUSTER * CLUSTERS;
const UNITS = ['B/s', 'KB/s', 'MB/s', 'GB/s', 'TB/s'];

function scaled(bytesPerSecond: number): readonly [value: number, power: number] {
  let [value, power] = [bytesPerSecond, 0];
  for (; value >= 1024 && power < UNITS.length - 1; power += 1) value /= 1024;
  return [value, power];
}
const digits = (value: number): string => value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2);
const perSecond = (bytes: number, seconds: number): number => bytes / Math.max(seconds, SHORTEST_SECONDS);

/** `98.3 MB/s`. */
export function rateText(bytes: number, seconds: number): string {
  const [value, power] = scaled(perSecond(bytes, seconds));
  return `${digits(value)} ${UNITS[power] ?? ''}`;
}

/** One significant digit below ten, whole seconds from there: `0`, `0.03`, `1.5`, `12`. */
function decimalText(seconds: number): string {
  if (seconds < 0.00095) return '0';
  if (seconds < 0.0095) return seconds.toFixed(3);
  if (seconds < 0.095) return seconds.toFixed(2);
  return seconds < 9.95 ? seconds.toFixed(1) : String(Math.round(seconds));
}

/** The rows of dots of a whole transfer, one dot for each KiB, with how much it is, how fast and how long. */
export function dotRows(bytes: number, seconds: number): string {
  const [value, power] = scaled(perSecond(bytes, seconds));
  const rate = `${digits(value).padStart(4)}${'BKMGT'.charAt(power)}`;
  const rows: string[] = [];
  for (let at = 0; at === 0 || at < bytes; at += ROW_BYTES) {
    const end = Math.min(bytes, at + ROW_BYTES);
    const dots = Math.floor((end - at) / DOT_BYTES);
    const clusters = Array.from({ length: CLUSTERS }, (_, cluster) => {
      const own = Math.max(0, Math.min(DOTS_IN_CLUSTER, dots - cluster * DOTS_IN_CLUSTER));
      return ` ${'.'.repeat(own).padEnd(DOTS_IN_CLUSTER)}`;
    }).join('');
    const percent = String(bytes === 0 ? 100 : Math.floor((100 * end) / bytes)).padStart(3);
    const left = Math.round((seconds * (bytes - end)) / Math.max(1, bytes));
    const tail = end === bytes ? `=${decimalText(seconds)}s` : ` ${String(left)}s`;
    rows.push(`${String(at / DOT_BYTES).padStart(6)}K${clusters}${percent}% ${rate}${tail}`);
  }
  return rows.join('\n');
}

/** The bar when all has come: name, size, speed and time. */
export function barLine(name: string, bytes: number, seconds: number): string {
  const [value, power] = scaled(bytes);
  const size = power === 0 ? String(bytes) : `${digits(value)}${'BKMGT'.charAt(power)}`;
  const [speed, unit] = scaled(perSecond(bytes, seconds));
  const shown =
    seconds < SPEED_SAMPLE_SECONDS ? '--.-KB/s' : `${digits(speed).padStart(4)}${UNITS[unit] ?? ''}`.padStart(8);
  return `${name.padEnd(19)} 100%[===================>] ${size.padStart(7)}  ${shown}    in ${`${decimalText(seconds)}s`.padEnd(7)}`;
}
