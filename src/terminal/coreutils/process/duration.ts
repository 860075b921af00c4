const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** Seconds of `10`, `1.5m`, `infinity` (sleep(1), timeout(1)); undefined where it is no duration. */
export function parseDuration(text: string): number | undefined {
  if (/^inf(inity)?$/.test(text)) return 1e9;
  const match = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * (UNITS[match[2] ?? ''] ?? 1);
}
