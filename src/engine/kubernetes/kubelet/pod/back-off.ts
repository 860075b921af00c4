/** Back-off between restarts and between image pulls, and how Go writes durations. */
export const INITIAL_BACKOFF_US = 10_000_000;
export const MAX_BACKOFF_US = 300_000_000;
/** A container that ran this long starts from the beginning. */
export const BACKOFF_RESET_US = 600_000_000;

/** The next length: 10 s, 20 s … 5 min. */
export const nextBackoffUs = (current: number): number =>
  current === 0 ? INITIAL_BACKOFF_US : Math.min(MAX_BACKOFF_US, current * 2);

/** `10s`, `1m20s`, `1.5s`, `308ms`. */
export function formatGoDuration(us: number): string {
  if (us === 0) return '0s';
  if (us < 1000) return `${String(us)}µs`;
  if (us < 1_000_000) return `${trim(us / 1000)}ms`;
  const seconds = us / 1_000_000;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = `${trim(Math.round((seconds - hours * 3600 - minutes * 60) * 1e6) / 1e6)}s`;
  if (hours > 0) return `${String(hours)}h${String(minutes)}m${rest}`;
  return minutes > 0 ? `${String(minutes)}m${rest}` : rest;
}

const trim = (value: number): string => String(value);
