/** Times and sizes as Go's go-units prints them. */

/** `2 hours ago`. */
export function humanAgo(us: number): string {
  return `${humanDuration(us)} ago`;
}

function humanDuration(us: number): string {
  const seconds = Math.floor(us / 1e6);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${String(seconds)} seconds`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${String(minutes)} minutes`;
  const hours = Math.round(seconds / 3_600);
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${String(hours)} hours`;
  if (hours < 24 * 7 * 2) return `${String(Math.floor(hours / 24))} days`;
  if (hours < 24 * 30 * 2) return `${String(Math.floor(hours / 24 / 7))} weeks`;
  if (hours < 24 * 365 * 2) return `${String(Math.floor(hours / 24 / 30))} months`;
  return `${String(Math.floor(hours / 24 / 365))} years`;
}

/** Three significant digits in powers of 1000. */
export function humanBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < 5) {
    value /= 1_000;
    unit += 1;
  }
  return `${String(Number(value.toPrecision(3)))}${['B', 'kB', 'MB', 'GB', 'TB', 'PB'][unit] ?? ''}`;
}
