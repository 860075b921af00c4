export const SPEEDS = [0.1, 0.5, 1, 2, 5, 10, 50, 100] as const;

const two = (value: number): string => String(value).padStart(2, '0');

/** The simulated clock, in UTC as on the hosts: `03-02 00:04:31`. */
export function formatTime(unixMs: number): string {
  const date = new Date(unixMs);
  const day = `${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}
