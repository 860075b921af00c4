/** Questions and records in the columns of a zone file, as BIND's tools print them. */
import type { DnsMessage, DnsRecord } from '../../dns-message.ts';
import { rcodeText } from './ask.ts';

const TAB = 8;

/** Fills up to a column with tabs, then blanks; one blank at least. */
function indented(text: string, column: number): string {
  const from = text.length === 0 ? 0 : widthOf(text);
  const to = Math.max(column, from + 1);
  const tabs = Math.floor(to / TAB) - Math.floor(from / TAB);
  return text + '\t'.repeat(tabs) + ' '.repeat(to - (tabs > 0 ? Math.floor(to / TAB) * TAB : from));
}

/** Columns that a text with tabs takes. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width = char === '\t' ? (Math.floor(width / TAB) + 1) * TAB : width + 1;
  return width;
}

const dotted = (name: string): string => `${name.replace(/\.$/, '')}.`;

/** Which of a record's columns are shown. */
export interface Columns {
  readonly ttl: boolean;
  readonly class: boolean;
}

export const ALL_COLUMNS: Columns = { ttl: true, class: true };

export function recordLine(record: DnsRecord, columns: Columns): string {
  let at = 24;
  let line = dotted(record.name);
  for (const [shown, text] of [
    [columns.ttl, String(record.ttlSeconds)],
    [columns.class, 'IN'],
    [true, record.type],
  ] as const) {
    if (!shown) continue;
    line = indented(line, at) + text;
    at += TAB;
  }
  return indented(line, at) + record.data;
}

export function questionLine(name: string, type: string, columns: Columns): string {
  const at = columns.ttl ? 32 : 24;
  const shown = columns.class ? `${indented(dotted(name), at)}IN` : dotted(name);
  return `;${indented(shown, at + (columns.class ? TAB : 0))}${type}`;
}

/** The lines of a response's header. */
export function headerLines(message: DnsMessage, recurse: boolean): readonly string[] {
  const flags = [
    'qr',
    ...(message.authoritative ? ['aa'] : []),
    ...(recurse ? ['rd'] : []),
    ...(message.recursionAvailable ? ['ra'] : []),
  ];
  const { answers, authority, additional } = message;
  return [
    `;; ->>HEADER<<- opcode: QUERY, status: ${rcodeText(message.rcode)}, id: ${String(message.id)}`,
    `;; flags: ${flags.join(' ')}; QUERY: 1, ANSWER: ${String(answers.length)}, AUTHORITY: ${String(authority.length)}, ADDITIONAL: ${String(additional.length)}`,
    ...(recurse && !message.recursionAvailable ? [';; WARNING: recursion requested but not available'] : []),
  ];
}
