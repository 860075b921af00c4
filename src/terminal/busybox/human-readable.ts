/** `23.5G`, `180.0K`, `0`: one decimal below a hundred thousand of a unit (busybox libbb/human_readable.c). */
export function humanReadable(bytes: number): string {
  if (bytes < 1_024) return String(bytes);
  let value = bytes;
  let unit = 0;
  for (; value >= 1_024 && unit < 8; unit += 1) value /= 1_024;
  return `${(Math.round(value * 10) / 10).toFixed(1)}${'KMGTPEZY'.charAt(unit - 1)}`;
}

/** Five characters at most: `12345`, `92.1m`, ` 123m` (smart_ulltoa5); the value is in kilobytes. */
export function shortKilobytes(kilobytes: number): string {
  if (kilobytes <= 99_999) return String(kilobytes);
  let tenths = kilobytes * 10;
  let unit = 0;
  do {
    tenths = Math.floor(tenths / 1_024);
    unit += 1;
  } while (tenths >= 100_000);
  const letter = ' mgtpezy'.charAt(unit);
  const whole = Math.floor(tenths / 10);
  return whole >= 100 ? `${String(whole)}${letter}` : `${String(whole)}.${String(tenths % 10)}${letter}`;
}
