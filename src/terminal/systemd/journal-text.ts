import { strftime } from '../strftime.ts';
import type { JournalLine } from './client.ts';

export type JournalFormat = 'short' | 'short-iso' | 'short-precise' | 'short-monotonic' | 'short-unix' | 'cat' | 'json';
export const JOURNAL_FORMATS: readonly JournalFormat[] = [
  ...(['short', 'short-iso', 'short-precise', 'short-monotonic', 'short-unix', 'cat', 'json'] as const),
];

/** One record in the formats of `journalctl -o`. */
export function journalText(record: JournalLine, host: string, format: JournalFormat, boot = ''): string {
  if (format === 'cat') return record.message;
  if (format === 'json') return json(record, host, boot);
  const pid = record.pid === undefined ? '' : `[${String(record.pid)}]`;
  return `${timeText(record, format)} ${host} ${record.identifier}${pid}: ${record.message}`;
}

function timeText({ unixUs, monotonicUs }: JournalLine, format: JournalFormat): string {
  const micro = String(unixUs % 1_000_000).padStart(6, '0');
  switch (format) {
    case 'short-iso':
      return strftime('%Y-%m-%dT%H:%M:%S+00:00', unixUs);
    case 'short-precise':
      return `${strftime('%b %d %H:%M:%S', unixUs)}.${micro}`;
    case 'short-monotonic':
      return `[${(monotonicUs / 1e6).toFixed(6).padStart(12)}]`;
    case 'short-unix':
      return `${String(Math.floor(unixUs / 1_000_000))}.${micro}`;
    default:
      return strftime('%b %d %H:%M:%S', unixUs);
  }
}

function json(record: JournalLine, host: string, boot: string): string {
  return JSON.stringify({
    __REALTIME_TIMESTAMP: String(record.unixUs),
    __MONOTONIC_TIMESTAMP: String(record.monotonicUs),
    _BOOT_ID: boot.replace(/-/g, ''),
    _HOSTNAME: host,
    _TRANSPORT: record.transport,
    PRIORITY: String(record.priority),
    SYSLOG_IDENTIFIER: record.identifier,
    ...(record.pid === undefined ? {} : { _PID: String(record.pid) }),
    ...(record.unit === undefined
      ? {}
      : record.identifier === 'systemd'
        ? { UNIT: record.unit }
        : { _SYSTEMD_UNIT: record.unit }),
    MESSAGE: record.message,
  });
}
