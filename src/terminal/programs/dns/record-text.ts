/** Questions, records and headers of messages in the columns of a zone file, as BIND's tools print them. */
import type { DnsMessage, DnsRecord, Edns } from '../../dns-message.ts';
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

/** Which of a record's columns are shown, and how. */
export interface Columns {
  readonly ttl: boolean;
  readonly class: boolean;
  /** Times as `5m`. */
  readonly units?: boolean;
  /** A record may go on in further lines, and the columns before its data stand close together. */
  readonly multiline?: boolean;
}

export const ALL_COLUMNS: Columns = { ttl: true, class: true };

const NAME_COLUMNS = 24;

export function recordLine(record: DnsRecord, columns: Columns): string {
  const step = columns.multiline === true ? 0 : TAB;
  let at = NAME_COLUMNS;
  let line = dotted(record.name);
  for (const [shown, text] of [
    [columns.ttl, columns.units === true ? inUnits(record.ttlSeconds) : String(record.ttlSeconds)],
    [columns.class, 'IN'],
    [true, record.type],
  ] as const) {
    if (!shown) continue;
    line = indented(line, at) + text;
    at += step;
  }
  const data = columns.multiline === true && record.type === 'SOA' ? soaLines(record.data) : record.data;
  return indented(line, columns.multiline === true ? NAME_COLUMNS + TAB : at) + data;
}

export function questionLine(name: string, type: string, columns: Columns): string {
  const step = columns.multiline === true ? 0 : TAB;
  const at = columns.ttl ? NAME_COLUMNS + step : NAME_COLUMNS;
  const shown = columns.class ? `${indented(dotted(name), at)}IN` : dotted(name);
  return `;${indented(shown, at + (columns.class ? step : 0))}${type}`;
}

const UNITS = [
  [604_800, 'w', 'week'],
  [86_400, 'd', 'day'],
  [3600, 'h', 'hour'],
  [60, 'm', 'minute'],
  [1, 's', 'second'],
] as const;

function parts(seconds: number): readonly (readonly [count: number, letter: string, word: string])[] {
  let left = seconds;
  return UNITS.flatMap(([size, letter, word]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? [] : [[count, letter, word] as const];
  });
}

const inUnits = (seconds: number): string =>
  seconds === 0
    ? '0s'
    : parts(seconds)
        .map(([count, letter]) => `${String(count)}${letter}`)
        .join('');

const inWords = (seconds: number): string =>
  seconds === 0
    ? '0 seconds'
    : parts(seconds)
        .map(([count, , word]) => `${String(count)} ${word}${count === 1 ? '' : 's'}`)
        .join(' ');

/** An SOA with a line for each number. */
function soaLines(data: string): string {
  const [primary = '', mailbox = '', serial = '', ...times] = data.split(' ');
  const indent = '\t\t\t\t';
  const names = ['refresh', 'retry', 'expire', 'minimum'];
  return [
    `${primary} ${mailbox} (`,
    `${indent}${serial.padEnd(10)} ; serial`,
    ...times.map((time, index) => `${indent}${time.padEnd(10)} ; ${names[index] ?? ''} (${inWords(Number(time))})`),
    `${indent})`,
  ].join('\n');
}

const FLAGS = [
  [0x8000, 'qr'],
  [0x400, 'aa'],
  [0x200, 'tc'],
  [0x100, 'rd'],
  [0x80, 'ra'],
  [0x20, 'ad'],
  [0x10, 'cd'],
] as const;

/** The lines of a message's header. */
export function headerLines(message: DnsMessage): readonly string[] {
  const { answers, authority, additional, edns, flags } = message;
  const has = (bit: number): boolean => (flags & bit) !== 0;
  const names = FLAGS.flatMap(([bit, name]) => (has(bit) ? [` ${name}`] : []));
  const more = additional.length + (edns === undefined ? 0 : 1);
  return [
    `;; ->>HEADER<<- opcode: QUERY, status: ${rcodeText(message.rcode)}, id: ${String(message.id)}`,
    `;; flags:${names.join('')}; QUERY: 1, ANSWER: ${String(answers.length)}, AUTHORITY: ${String(authority.length)}, ADDITIONAL: ${String(more)}`,
    ...(has(0x8000) && has(0x100) && !has(0x80) ? [';; WARNING: recursion requested but not available'] : []),
  ];
}

const COOKIE = 10;
const CLIENT_COOKIE_BYTES = 8;

/** The lines of the OPT record; `sent` is the client's cookie, with which an answer's is compared. */
export function ednsLines({ udpSize, flags, options }: Edns, sent?: Uint8Array): readonly string[] {
  const lines = [
    ';; OPT PSEUDOSECTION:',
    `; EDNS: version: ${String((flags >>> 16) & 255)}, flags:${(flags & 0x8000) === 0 ? '' : ' do'}; udp: ${String(udpSize)}`,
  ];
  for (let at = 0; at + 4 <= options.length;) {
    const [code, length] = [u16(options, at), u16(options, at + 2)];
    const data = options.subarray(at + 4, at + 4 + length);
    const hex = hexOf(data);
    lines.push(code === COOKIE ? `; COOKIE: ${hex}${judgement(data, sent)}` : `; OPT=${String(code)}: ${hex}`);
    at += 4 + length;
  }
  return lines;
}

function judgement(cookie: Uint8Array, sent: Uint8Array | undefined): string {
  if (sent === undefined) return '';
  if (hexOf(cookie.subarray(0, CLIENT_COOKIE_BYTES)) !== hexOf(sent.subarray(0, CLIENT_COOKIE_BYTES))) return ' (bad)';
  return cookie.length === CLIENT_COOKIE_BYTES ? ' (echoed)' : ' (good)';
}

const u16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
