/** Tables and sizes as ctr prints them. */

/** Every column ends with blanks (Go's tabwriter with a trailing tab). */
export function ctrTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  padding: number,
): readonly string[] {
  const all = [titles, ...rows];
  const widths = titles.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0)) + padding);
  return all.map((row) => row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(''));
}

/** `31.6 MiB`, `320.0 KiB`. */
export function mebibytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  for (; value >= 1_024 && unit < 4; unit += 1) value /= 1_024;
  return unit === 0 ? `${String(bytes)}.0 B` : `${value.toFixed(1)} ${['B', 'KiB', 'MiB', 'GiB', 'TiB'][unit] ?? ''}`;
}
