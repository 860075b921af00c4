/** Records of the journal in the formats of `journalctl -o`. Source: systemd src/shared/logs-show.c. */
import { strftime } from '../../strftime.ts';
import type { JournalLine } from '../client.ts';
import { journalFields } from './journal-fields.ts';

export const JOURNAL_FORMATS = [
  ...(['short', 'short-full', 'short-iso', 'short-iso-precise', 'short-precise', 'short-monotonic'] as const),
  ...(['short-unix', 'with-unit', 'cat', 'json', 'json-pretty', 'json-sse', 'json-seq', 'verbose', 'export'] as const),
] as const;
export type JournalFormat = (typeof JOURNAL_FORMATS)[number];

export interface JournalSetting {
  readonly host: string;
  /** 32 hexadecimal digits. */
  readonly boot?: string;
  readonly machine?: string;
  /** Without the host's name. */
  readonly bare?: boolean;
}

/** One record. */
export function journalText(record: JournalLine, setting: JournalSetting, format: JournalFormat): string {
  switch (format) {
    case 'cat':
      return record.message;
    case 'json':
      return JSON.stringify(journalFields(record, setting));
    case 'json-pretty':
      return JSON.stringify(journalFields(record, setting), undefined, '\t').replace(/^(\t"\w+"): /gm, '$1 : ');
    case 'json-sse':
      return `data: ${JSON.stringify(journalFields(record, setting))}\n`;
    case 'json-seq':
      return `\u001e${JSON.stringify(journalFields(record, setting))}`;
    case 'export':
      return `${assignments(record, setting).join('\n')}\n`;
    case 'verbose': {
      const head = `${strftime('%a %Y-%m-%d %H:%M:%S', record.unixUs)}.${micro(record)} UTC [i=${record.cursor.toString(16)};b=${setting.boot ?? ''};m=${Math.floor(record.monotonicUs).toString(16)};t=${record.unixUs.toString(16)}]`;
      const fields = assignments(record, setting).filter((line) => !line.startsWith('__'));
      return [head, ...fields.map((line) => `    ${line}`)].join('\n');
    }
    default: {
      const pid = record.pid === undefined ? '' : `[${String(record.pid)}]`;
      const host = setting.bare === true ? '' : ` ${setting.host}`;
      const source = format === 'with-unit' ? (record.unit ?? record.identifier) : record.identifier;
      return `${timeText(record, format)}${host} ${source}${pid}: ${record.message}`;
    }
  }
}

const assignments = (record: JournalLine, setting: JournalSetting): readonly string[] =>
  Object.entries(journalFields(record, setting)).map(([name, value]) => `${name}=${value}`);

const micro = ({ unixUs }: JournalLine): string => String(unixUs % 1_000_000).padStart(6, '0');

function timeText(record: JournalLine, format: JournalFormat): string {
  const { unixUs, monotonicUs } = record;
  switch (format) {
    case 'short-full':
    case 'with-unit':
      return strftime('%a %Y-%m-%d %H:%M:%S UTC', unixUs);
    case 'short-iso':
      return strftime('%Y-%m-%dT%H:%M:%S+00:00', unixUs);
    case 'short-iso-precise':
      return `${strftime('%Y-%m-%dT%H:%M:%S', unixUs)}.${micro(record)}+00:00`;
    case 'short-precise':
      return `${strftime('%b %d %H:%M:%S', unixUs)}.${micro(record)}`;
    case 'short-monotonic':
      return `[${(monotonicUs / 1e6).toFixed(6).padStart(12)}]`;
    case 'short-unix':
      return `${String(Math.floor(unixUs / 1_000_000))}.${micro(record)}`;
    default:
      return strftime('%b %d %H:%M:%S', unixUs);
  }
}
