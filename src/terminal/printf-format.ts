import { wholePower } from '../formats/power.ts';
import { bytesText, unescapeEcho } from './echo-text.ts';
import { hexFloat } from './printf-hex-float.ts';
import { type Zone, zoneOf } from './coreutils/date/zone.ts';
import { strftime } from './strftime.ts';
import { bytesToText, textToBytes } from './text.ts';

export interface PrintfContext {
  readonly quote: (text: string) => string;
  readonly nowUs: number;
  readonly startUs: number;
  /** Time zone of `%(…)T`. */
  readonly zone?: Zone;
  /** `\\c` in the format is no escape. */
  readonly plainC?: boolean;
  /** What is said of an argument that is no number. */
  readonly wrongNumber?: (text: string) => string;
}
export interface Printed {
  readonly text: string;
  /** Complaints, without the program's name. */
  readonly problems: readonly string[];
}

/** printf(1): the format is used again while arguments are left. */
export function formatPrintf(format: string, values: readonly string[], context: PrintfContext): Printed {
  const { wrongNumber = (wrong) => `${wrong}: invalid number` } = context;
  const state: State = { values, at: 0, problems: [], stopped: false, used: false, wrongNumber };
  let text = '';
  do {
    state.used = false;
    text += once(format, state, context);
    if (text.length > PRINTED_BOUND) stop(state, tooWide());
  } while (!state.stopped && state.used && state.at < values.length);
  return { text, problems: state.problems };
}

/** Characters that one call prints, and a field is wide. */
const PRINTED_BOUND = 16_777_216;
const tooWide = (): string =>
  `Cannot allocate memory (drydock bound: ${String(PRINTED_BOUND)} characters of one output)`;

function stop(state: State, problem: string): void {
  state.problems.push(problem);
  state.stopped = true;
}

interface State {
  readonly values: readonly string[];
  at: number;
  readonly problems: string[];
  stopped: boolean;
  used: boolean;
  readonly wrongNumber: (text: string) => string;
}

const CONVERSION = /^%([-+ #0']*)(\*|\d+)?(?:\.(\*|\d*))?[hjlLtz]*(\([^)]*\)T|[\s\S])?/;

function once(format: string, state: State, context: PrintfContext): string {
  let out = '';
  for (let i = 0; i < format.length && !state.stopped;) {
    const char = format.charAt(i);
    if (char === '\\') {
      const escape = formatEscape(format.slice(i), context.plainC === true);
      if (escape.stop) {
        state.stopped = true;
        break;
      }
      out += escape.text;
      i += escape.length;
    } else if (char === '%') {
      const match = CONVERSION.exec(format.slice(i));
      if (match?.[4] === undefined) {
        stop(state, `\`${match?.[0] ?? ''}': missing format character`);
        break;
      }
      i += match[0].length;
      out += convert(match, state, context);
      if (out.length > PRINTED_BOUND) stop(state, tooWide());
    } else {
      out += char;
      i += 1;
    }
  }
  return out;
}

function formatEscape(
  text: string,
  plainC: boolean,
): { readonly text: string; readonly length: number; readonly stop: boolean } {
  const bytes: number[] = [];
  let length = 0;
  for (;;) {
    const octal = /^\\([0-7]{1,3})/.exec(text.slice(length));
    const hex = octal === null ? /^\\x([0-9A-Fa-f]{1,2})/.exec(text.slice(length)) : null;
    const found = octal ?? hex;
    if (found === null) break;
    bytes.push(Number.parseInt(found[1] ?? '0', octal === null ? 16 : 8) & 255);
    length += found[0].length;
  }
  if (length > 0) return { text: bytesText(bytes), length, stop: false };
  const unicode = /^\\(?:u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8})/.exec(text);
  const piece = unicode?.[0] ?? text.slice(0, 2);
  if (piece === '\\c') return plainC ? { text: piece, length: 2, stop: false } : { text: '', length: 2, stop: true };
  if (piece === '\\"' || piece === "\\'") return { text: piece.charAt(1), length: 2, stop: false };
  return { text: unescapeEcho(piece).text, length: piece.length, stop: false };
}

const ASCII = /^[\x00-\x7f]*$/;
/** Widths and precisions count bytes, as in C. */
const byteLength = (text: string): number => (ASCII.test(text) ? text.length : textToBytes(text).length);
const firstBytes = (text: string, count: number): string =>
  ASCII.test(text) ? text.slice(0, count) : bytesToText(textToBytes(text).slice(0, count));

/** One conversion: its flags, width and precision, and what they make of a text. */
class Conversion {
  readonly #left: boolean;
  readonly #width: number;
  readonly #zero: boolean;

  constructor(
    readonly flags: string,
    width: number,
    readonly precision: number | undefined,
  ) {
    this.#left = flags.includes('-') || width < 0;
    this.#width = Math.abs(width);
    this.#zero = flags.includes('0') && !this.#left;
  }

  pad(text: string): string {
    const blanks = ' '.repeat(Math.max(0, this.#width - byteLength(text)));
    return this.#left ? text + blanks : blanks + text;
  }

  /** A number; `0` fills up behind its sign. */
  padNumber(text: string): string {
    const missing = this.#width - [...text].length;
    if (!this.#zero || missing <= 0) return this.pad(text);
    const sign = /^[-+ ]?(0[xX])?/.exec(text)?.[0] ?? '';
    return sign + '0'.repeat(missing) + text.slice(sign.length);
  }

  /** Whole numbers are not filled up where a precision is given. */
  padInteger(text: string): string {
    return this.precision === undefined ? this.padNumber(text) : this.pad(text);
  }

  cut(text: string): string {
    return this.precision === undefined ? text : firstBytes(text, this.precision);
  }

  signed(text: string): string {
    if (text.startsWith('-')) return text;
    return (this.flags.includes('+') ? '+' : this.flags.includes(' ') ? ' ' : '') + text;
  }

  /** At least as many digits as the precision says. */
  digits(text: string): string {
    const { precision } = this;
    if (precision === undefined) return text;
    return text.replace(/\d+|[0-9a-fA-F]+/, (d) => (precision === 0 && d === '0' ? '' : d.padStart(precision, '0')));
  }
}

function convert(match: RegExpExecArray, state: State, context: PrintfContext): string {
  const [, flags = '', width, precision, type = ''] = match;
  if (match[0] === '%%') return '%';
  state.used = true;
  const count = (text: string | undefined): number =>
    text === '*' ? Number(integer(next(state), state)) : Number(text ?? '0');
  const [wide, precise] = [count(width), precision === undefined ? undefined : count(precision)];
  // A text is cut by its precision, however large; everything else grows by it.
  const grown = Math.max(Math.abs(wide), 'diuoxXaAeEfFgG'.includes(type) ? (precise ?? 0) : 0);
  if (grown > PRINTED_BOUND) {
    stop(state, tooWide());
    return '';
  }
  const how = new Conversion(flags, wide, precise);
  if ('diuoxX'.includes(type)) return how.padInteger(wholeNumber(type, integer(next(state), state), how));
  if (type === 'a' || type === 'A') {
    const text = next(state);
    const value = number(text, state);
    const hex = Number.isFinite(value) ? hexFloat((text ?? '') === '' ? '0' : (text ?? ''), how.precision) : undefined;
    const shown = hex ?? float(value, 'f', undefined);
    return how.padNumber(how.signed(type === 'A' ? shown.toUpperCase() : shown));
  }
  if ('eEfFgG'.includes(type))
    return how.padNumber(how.signed(float(number(next(state), state), type, how.precision, flags.includes('#'))));
  switch (type) {
    case 's':
      return how.pad(how.cut(next(state) ?? ''));
    case 'c':
      return how.pad(firstBytes(next(state) ?? '', 1));
    case 'b': {
      const { text, stopped } = unescapeEcho(next(state) ?? '', ARGUMENT_OCTAL);
      state.stopped ||= stopped;
      return how.pad(how.cut(text));
    }
    case 'q':
      return how.pad(how.cut(context.quote(next(state) ?? '')));
    case 'Q':
      return how.pad(context.quote(how.cut(next(state) ?? '')));
    default:
      if (type.endsWith('T')) return how.pad(how.cut(time(type.slice(1, -2), next(state), state, context)));
      stop(state, `\`${type}': invalid format character`);
      return '';
  }
}

function wholeNumber(type: string, value: bigint, how: Conversion): string {
  if (type === 'd' || type === 'i') return how.signed(how.digits(String(value)));
  const unsigned = BigInt.asUintN(64, value);
  const marked = how.flags.includes('#');
  if (type === 'u') return how.digits(String(unsigned));
  if (type === 'o') return (marked ? '0' : '') + how.digits(unsigned.toString(8));
  const text = (marked && unsigned !== 0n ? '0x' : '') + how.digits(unsigned.toString(16));
  return type === 'X' ? text.toUpperCase() : text;
}

/** `%(FORMAT)T`: -1 is now, -2 the shell's start. */
function time(format: string, value: string | undefined, state: State, context: PrintfContext): string {
  const { nowUs, startUs, zone = zoneOf(undefined) } = context;
  const at =
    value === undefined || value === '-1' ? nowUs : value === '-2' ? startUs : Number(integer(value, state)) * 1e6;
  return strftime(format === '' ? '%X' : format, at, zone.offsetMinutes, zone.name);
}

function next(state: State): string | undefined {
  const value = state.values[state.at];
  state.at += 1;
  return value;
}

/** The number of the character behind a quote; of a byte that is none, the byte. */
function characterCode(text: string): number {
  const code = text.codePointAt(1) ?? 0;
  return code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code;
}

function integer(text: string | undefined, state: State): bigint {
  if (text === undefined || text === '') return 0n;
  if (/^["']/.test(text)) return BigInt(characterCode(text));
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
  if (match === null) {
    state.problems.push(state.wrongNumber(text));
    return 0n;
  }
  const [whole, sign, body = '0'] = match;
  if (whole.length !== text.length) state.problems.push(state.wrongNumber(text));
  const value = BigInt(/^0\d/.test(body) ? `0o${body.slice(1)}` : body);
  const signed = sign === '-' ? -value : value;
  if (signed > 0x7fffffffffffffffn || signed < -0x8000000000000000n) {
    if (signed <= 0xffffffffffffffffn && signed > 0n) return signed;
    state.problems.push(`warning: ${text}: Numerical result out of range`);
    return signed > 0n ? 0x7fffffffffffffffn : -0x8000000000000000n;
  }
  return signed;
}

function number(text: string | undefined, state: State): number {
  if (text === undefined || text === '') return 0;
  if (/^["']/.test(text)) return characterCode(text);
  if (/^\s*[-+]?(inf|infinity)$/i.test(text)) return text.includes('-') ? -Infinity : Infinity;
  if (/^\s*[-+]?nan$/i.test(text)) return NaN;
  const hex = /^\s*([-+]?)(0[xX](?:[\da-fA-F]+))(?:[pP]([-+]?\d+))$/.exec(text);
  if (hex !== null) {
    const power = Number(hex[3]);
    const value = power < 0 ? Number(hex[2]) / wholePower(2, -power) : Number(hex[2]) * wholePower(2, power);
    return hex[1] === '-' ? -value : value;
  }
  const match = /^\s*[-+]?(?:0[xX][0-9a-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/.exec(text);
  if (match === null) {
    state.problems.push(state.wrongNumber(text));
    return 0;
  }
  if (match[0].length !== text.length) state.problems.push(state.wrongNumber(text));
  return Number(match[0]);
}

/** C's %e, %f and %g. */
export function float(value: number, type: string, precision: number | undefined, alternate = false): string {
  const upper = type === type.toUpperCase();
  if (!Number.isFinite(value)) {
    const text = Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
    return upper ? text.toUpperCase() : text;
  }
  const size = precision ?? 6;
  const lower = type.toLowerCase();
  let text: string;
  if (lower === 'f') text = fixed(value, size);
  else if (lower === 'e') text = exponent(value, size);
  else {
    const significant = size === 0 ? 1 : size;
    const power = value === 0 ? 0 : Number(exponent(value, significant - 1).split('e')[1]);
    text =
      power < -4 || power >= significant ? exponent(value, significant - 1) : fixed(value, significant - 1 - power);
    if (!alternate)
      text = text.includes('e') ? text.replace(/\.?0+e/, 'e') : text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  }
  if (Object.is(value, -0) && !text.startsWith('-')) text = `-${text}`;
  return upper ? text.toUpperCase() : text;
}

/** An octal number of `%b`, with or without its zero. */
const ARGUMENT_OCTAL = /^(?:0([0-7]{0,3})|([1-7][0-7]{0,2}))/;

/** toFixed for large numbers and many digits: exact decimal expansion, ties by the binary value as in C. */
function fixed(value: number, digits: number): string {
  if (Math.abs(value) < 1e21 && digits <= 100)
    return isTie(value, digits) ? toEven(value, digits) : value.toFixed(digits);
  return `${BigInt(value).toString()}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
}
/** Whether a value lies exactly between two that have so many digits. */
const isTie = (value: number, digits: number): boolean => digits < 70 && /50{29}$/.test(value.toFixed(digits + 30));

/** C rounds a tie to the even digit, toFixed away from zero. */
function toEven(value: number, digits: number): string {
  const away = value.toFixed(digits);
  const towards = value.toFixed(digits + 1).slice(0, digits === 0 ? -2 : -1);
  return /[02468]$/.test(away) ? away : towards;
}

const exponent = (value: number, digits: number): string =>
  value.toExponential(Math.min(100, digits)).replace(/e([-+])(\d)$/, 'e$10$2');
