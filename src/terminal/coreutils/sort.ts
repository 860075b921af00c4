import { wholePower } from '../../formats/power.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import { eachLine, command, type usageError } from './command.ts';
import { bytesToText, textToBytes } from '../text.ts';
import { encodeUtf8 } from '../../protocol/bytes.ts';

interface Key {
  readonly startField: number;
  readonly startChar: number;
  readonly endField: number | undefined;
  readonly endChar: number;
  readonly flags: string;
}

export const sort = command(
  {
    name: 'sort',
    short: 'bdfgihMnRrVk:t:o:ucCsmzS:T:',
    long: {
      'ignore-leading-blanks': 'b',
      'dictionary-order': 'd',
      'ignore-case': 'f',
      'general-numeric-sort': 'g',
      'human-numeric-sort': 'h',
      'month-sort': 'M',
      'numeric-sort': 'n',
      reverse: 'r',
      'version-sort': 'V',
      key: 'k',
      'field-separator': 't',
      output: 'o',
      unique: 'u',
      check: 'c',
      stable: 's',
      merge: 'm',
      'zero-terminated': 'z',
      parallel: 'parallel:',
    },
    usageStatus: 2,
  },
  async (call) => {
    const { options, io, process } = call;
    const flags = [...'bdfghinMRrV'].filter((letter) => options.has(letter)).join('');
    const separator = options.value('t') === '\\0' ? '\0' : options.value('t');
    if (separator !== undefined && [...separator].length !== 1)
      return await usageErrorPlain(call, separator === '' ? 'empty tab' : `multi-character tab '${separator}'`);
    const keys: Key[] = [];
    for (const text of options.values('k')) {
      const key = parseKey(text, flags);
      if (key === undefined)
        return await usageErrorPlain(
          call,
          /^0/.test(text)
            ? `field number is zero: invalid field specification \u2018${text}\u2019`
            : `invalid number at field start: invalid count at start of \u2018${text}\u2019`,
        );
      keys.push(key);
    }
    const lines: string[] = [];
    const good = await eachLine(
      call,
      call.operands,
      (line) => {
        lines.push(bytesToText(line));
      },
      options.has('z') ? 0 : 10,
    );
    if (!good) return 2;
    const compare = comparer(keys, flags, separator, options.has('s') || options.has('u'));
    if (options.has('c') || options.has('C')) {
      for (let i = 1; i < lines.length; i += 1) {
        const order = compare(lines[i - 1] ?? '', lines[i] ?? '');
        if (order > 0 || (order === 0 && options.has('u'))) {
          if (options.has('c'))
            await io.warn(`${call.operands[0] ?? '-'}:${String(i + 1)}: disorder: ${lines[i] ?? ''}`);
          return 1;
        }
      }
      return 0;
    }
    process.account(Math.ceil(lines.length * Math.max(1, lines.length.toString(2).length) * 0.05));
    let sorted = sortLines(lines, keys, flags, compare);
    if (options.has('u')) sorted = sorted.filter((line, at) => at === 0 || compare(sorted[at - 1] ?? '', line) !== 0);
    const end = options.has('z') ? '\0' : '\n';
    const target = options.value('o');
    if (target !== undefined) {
      const written = process.writeFile(target, textToBytes(sorted.map((line) => line + end).join('')));
      if (failed(written)) {
        await io.warn(`open failed: ${target}: ${strerror(written)}`);
        return 2;
      }
      return 0;
    }
    for (const line of sorted) {
      io.out(line + end);
      if (io.full && !(await io.flush())) break;
    }
    return await io.end(0);
  },
);

async function usageErrorPlain(call: Parameters<typeof usageError>[0], text: string): Promise<number> {
  await call.io.warn(text);
  return 2;
}

/** Plain numeric and plain text sorts are worth a faster way. */
function sortLines(
  lines: readonly string[],
  keys: readonly Key[],
  flags: string,
  compare: (a: string, b: string) => number,
): string[] {
  if (keys.length === 0 && (flags === 'n' || flags === 'nr' || flags === 'rn')) {
    const sign = flags.includes('r') ? -1 : 1;
    return lines
      .map((line) => ({ line, value: numberOf(line) }))
      .sort((a, b) => sign * (a.value - b.value || byteCompare(a.line, b.line)))
      .map(({ line }) => line);
  }
  return lines.toSorted(compare);
}

function parseKey(text: string, globals: string): Key | undefined {
  const match = /^(\d+)(?:\.(\d+))?([bdfghinMRrV]*)(?:,(\d+)(?:\.(\d+))?([bdfghinMRrV]*))?$/.exec(text);
  if (match === null || match[1] === '0') return undefined;
  const own = (match[3] ?? '') + (match[6] ?? '');
  return {
    startField: Number(match[1]),
    startChar: Number(match[2] ?? '1'),
    endField: match[4] === undefined ? undefined : Number(match[4]),
    endChar: Number(match[5] ?? '0'),
    flags: own === '' ? globals : own,
  };
}

function comparer(
  keys: readonly Key[],
  flags: string,
  separator: string | undefined,
  stable: boolean,
): (a: string, b: string) => number {
  return (a, b) => {
    for (const key of keys) {
      const order = compareBy(extract(a, key, separator), extract(b, key, separator), key.flags);
      if (order !== 0) return key.flags.includes('r') ? -order : order;
    }
    if (keys.length === 0) {
      const order = compareBy(a, b, flags);
      if (order !== 0) return flags.includes('r') ? -order : order;
    }
    if (stable) return 0;
    const order = byteCompare(a, b);
    return flags.includes('r') ? -order : order;
  };
}

function extract(line: string, key: Key, separator: string | undefined): string {
  const bounds = fieldBounds(line, separator);
  const start = bounds[key.startField - 1];
  if (start === undefined) return '';
  const skip = (at: number): number => {
    let from = at;
    if (key.flags.includes('b')) while (/[ \t]/.test(line.charAt(from))) from += 1;
    return from;
  };
  const from = skip(start[0]) + key.startChar - 1;
  if (key.endField === undefined) return line.slice(from);
  const end = bounds[key.endField - 1];
  if (end === undefined) return line.slice(from);
  return line.slice(from, key.endChar === 0 ? end[1] : skip(end[0]) + key.endChar);
}

/** Without -t a field begins with the blanks before it. */
function fieldBounds(line: string, separator: string | undefined): [number, number][] {
  const bounds: [number, number][] = [];
  if (separator !== undefined) {
    let from = 0;
    for (const part of line.split(separator)) {
      bounds.push([from, from + part.length]);
      from += part.length + separator.length;
    }
    return bounds;
  }
  for (const match of line.matchAll(/[ \t]*[^ \t]*/g))
    if (match[0] !== '') bounds.push([match.index, match.index + match[0].length]);
  return bounds.length === 0 ? [[0, 0]] : bounds;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

function compareBy(a: string, b: string, flags: string): number {
  if (flags.includes('n')) return numberOf(a) - numberOf(b);
  if (flags.includes('g')) return (Number.parseFloat(a) || -Infinity) - (Number.parseFloat(b) || -Infinity) || 0;
  if (flags.includes('h')) return human(a) - human(b);
  if (flags.includes('M'))
    return MONTHS.indexOf(a.trim().slice(0, 3).toUpperCase()) - MONTHS.indexOf(b.trim().slice(0, 3).toUpperCase());
  if (flags.includes('V')) return versionCompare(a, b);
  const shape = (text: string): string => {
    let shaped = flags.includes('b') ? text.replace(/^[ \t]+/, '') : text;
    if (flags.includes('d')) shaped = shaped.replace(/[^A-Za-z0-9 \t]/g, '');
    return flags.includes('f') ? shaped.toUpperCase() : shaped;
  };
  return byteCompare(shape(a), shape(b));
}

const numberOf = (text: string): number =>
  Number(/^\s*(-?\d*\.?\d*)/.exec(text)?.[1]?.replace(/^(-?)\.?$/, '0') ?? '0') || 0;
function human(text: string): number {
  const match = /^\s*(-?\d+\.?\d*)([KMGTPEkm]?)/.exec(text);
  return match === null
    ? 0
    : Number(match[1]) *
        wholePower(1_024, 'KMGTPE'.indexOf((match[2] ?? '').toUpperCase()) + (match[2] === '' ? 0 : 1));
}

/** strcmp of the UTF-8 bytes (LC_ALL=C, and C.UTF-8 alike). */
export function byteCompare(a: string, b: string): number {
  if (a === b) return 0;
  if (/[\ud800-\uffff]/.test(a) || /[\ud800-\uffff]/.test(b)) {
    const [x, y] = [encodeUtf8(a), encodeUtf8(b)];
    for (let i = 0; i < Math.min(x.length, y.length); i += 1) if (x[i] !== y[i]) return (x[i] ?? 0) - (y[i] ?? 0);
    return x.length - y.length;
  }
  return a < b ? -1 : 1;
}

/** Version order: runs of digits compare as numbers. */
export function versionCompare(a: string, b: string): number {
  const split = (text: string): string[] => text.match(/\d+|\D+/g) ?? [];
  const [x, y] = [split(a), split(b)];
  for (let i = 0; i < Math.max(x.length, y.length); i += 1) {
    const [p = '', q = ''] = [x[i], y[i]];
    const order = /^\d/.test(p) && /^\d/.test(q) ? Number(p) - Number(q) : byteCompare(p, q);
    if (order !== 0) return order;
  }
  return 0;
}
