/** Container logs on disk: CRI's text lines and docker's json-file. */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';

/** `2026-03-02T00:00:01.5Z`: RFC 3339 with as many digits as are needed (Go's RFC3339Nano). */
export function formatNano(unixUs: number, formatSeconds: (unixMs: number) => string): string {
  const micros = unixUs % 1_000_000;
  const seconds = formatSeconds(Math.floor(unixUs / 1000)).slice(0, -1);
  return `${seconds}${fraction(micros)}Z`;
}

function fraction(micros: number): string {
  return micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`;
}

/** Splits at newlines; what follows the last one is left over. */
export function splitLines(
  held: Uint8Array,
  bytes: Uint8Array,
): { readonly lines: readonly Uint8Array[]; readonly rest: Uint8Array } {
  const whole = held.length === 0 ? bytes : concatBytes([held, bytes]);
  const lines: Uint8Array[] = [];
  let from = 0;
  for (let at = whole.indexOf(10); at >= 0; at = whole.indexOf(10, from)) {
    lines.push(whole.subarray(from, at));
    from = at + 1;
  }
  return { lines, rest: whole.slice(from) };
}

/** Longest line kept in one piece; longer ones are written in parts. */
export const MAX_LOG_LINE = 16_384;

export type LogStream = 'stdout' | 'stderr';

/** What stands before the text of a line: `2026-… stdout F `; P marks a part. */
export const criPrefix = (time: string, stream: LogStream, partial: boolean): Uint8Array =>
  encodeUtf8(`${time} ${stream} ${partial ? 'P' : 'F'} `);

/** `{"log":"text\n","stream":"stdout","time":"…"}`. */
export function jsonFileLine(time: string, stream: LogStream, line: Uint8Array, partial: boolean): Uint8Array {
  const log = goString(decodeUtf8(line) + (partial ? '' : '\n'));
  return encodeUtf8(`{"log":${log},"stream":"${stream}","time":"${time}"}\n`);
}

export const NEWLINE = encodeUtf8('\n');

/** A JSON string as docker's writer escapes it (also &, < and > and the separators U+2028 and U+2029). */
const goString = (text: string): string =>
  JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export interface LogEntry {
  readonly stream: LogStream;
  /** RFC 3339 with fraction, as in the file. */
  readonly time: string;
  /** With its newline, unless it is a part. */
  readonly text: string;
}

/** Reads a json-file log; a torn last line is left out. */
export function parseJsonFile(text: string): readonly LogEntry[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      const { log, stream, time } = JSON.parse(line) as { log: string; stream: LogStream; time: string };
      return [{ stream, time, text: log }];
    } catch {
      return [];
    }
  });
}
