const UNITS = [
  [2 ** 60, 'E'],
  [2 ** 50, 'P'],
  [2 ** 40, 'T'],
  [2 ** 30, 'G'],
  [2 ** 20, 'M'],
  [2 ** 10, 'K'],
] as const;

/** `539.0M`, `12B`: with one digit after the point, cut off. Source: systemd src/basic/format-util.c, format_bytes(). */
export function bytesText(bytes: number): string {
  const unit = UNITS.find(([size]) => bytes >= size);
  if (unit === undefined) return `${String(bytes)}B`;
  const [size, letter] = unit;
  return `${String(Math.floor(bytes / size))}.${String(Math.floor(((bytes % size) * 10) / size))}${letter}`;
}
