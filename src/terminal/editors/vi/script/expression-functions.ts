/** Functions of Vim script that expressions may call. */
import { cellOf, charsOf } from '../state/buffer.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { optionValue } from '../ex/options.ts';
import { indentWidth } from '../insert/indentation.ts';
import { Fault, numberOf, textOf, type Scope, type Value } from './script-values.ts';
import { vimRegExp } from '../search/vim-pattern.ts';

type Callable = (values: readonly Value[], scope: Scope) => Value;

/** What has() says of this vim. */
const FEATURES =
  'autocmd cmdline_hist cmdline_info cindent eval ex_extra insert_expand linebreak lispindent listcmds localmap mouse multi_byte syntax unix vim9script viminfo virtualedit visual visualextra vreplace wildmenu windows'.split(
    ' ',
  );

const text = (values: readonly Value[], at = 0): string => textOf(values[at] ?? '');
const number = (values: readonly Value[], at = 0): number => numberOf(values[at] ?? 0);
const list = (values: readonly Value[], at = 0): readonly Value[] => {
  const value = values[at];
  if (typeof value !== 'object') throw new Fault('E714: List required');
  return value;
};
const bytesOf = (part: string): number => encodeUtf8(part).length;

/** The number of a line by its name: a number, . or $ or a mark. */
function lineNumber(value: Value, { state }: Scope): number {
  if (typeof value === 'number') return value;
  const name = textOf(value);
  if (name === '.') return state.row + 1;
  if (name === '$') return state.lines.length;
  const mark = /^'(.)$/.exec(name)?.[1];
  return mark === undefined ? numberOf(name) : (state.marks[mark]?.row ?? -1) + 1;
}

function lengthOf(value: Value): number {
  return typeof value === 'object' ? value.length : bytesOf(textOf(value));
}

function range(values: readonly Value[]): readonly Value[] {
  const [first, last] = values.length === 1 ? [0, number(values) - 1] : [number(values), number(values, 1)];
  const step = values.length > 2 ? number(values, 2) : 1;
  if (step === 0) throw new Fault('E726: Stride is zero');
  const count = Math.max(0, Math.floor((last - first) / step) + 1);
  return Array.from({ length: Math.min(count, 100_000) }, (_, at) => first + at * step);
}

/** %d %s %x %c with a width, as printf() has them. */
function formatted(values: readonly Value[]): string {
  let at = 0;
  return text(values).replace(/%(-?0?)(\d*)([dsxXc%])/g, (_, flags: string, width: string, kind: string) => {
    if (kind === '%') return '%';
    at += 1;
    const value = values[at];
    if (value === undefined) throw new Fault('E766: Insufficient arguments for printf()');
    const shown = kind === 's' ? textOf(value) : kind === 'd' ? String(numberOf(value)) : numberOf(value).toString(16);
    const cased = kind === 'X' ? shown.toUpperCase() : kind === 'c' ? String.fromCodePoint(numberOf(value)) : shown;
    if (flags.startsWith('-')) return cased.padEnd(Number(width));
    return cased.padStart(Number(width), flags === '0' ? '0' : ' ');
  });
}

const FUNCTIONS: Readonly<Record<string, Callable>> = {
  abs: (values) => Math.abs(number(values)),
  char2nr: (values) => text(values).codePointAt(0) ?? 0,
  col: (values, { state }) => {
    const before = charsOf(state).slice(0, text(values) === '$' ? undefined : state.column);
    return bytesOf(before.join('')) + 1;
  },
  empty: (values) => (lengthOf(values[0] ?? '') === 0 || values[0] === 0 ? 1 : 0),
  exists: (values, { state }) => {
    const name = text(values);
    if (name.startsWith('&')) return optionValue(state, name.slice(1)) === undefined ? 0 : 1;
    if (name.startsWith('*')) return FUNCTIONS[name.slice(1)] === undefined ? 0 : 1;
    return state.variables[name.replace(/^g:/, '')] === undefined ? 0 : 1;
  },
  expand: (values, { state }) => (text(values) === '%' ? (state.path ?? '') : text(values)),
  getline: (values, scope) => {
    const from = lineNumber(values[0] ?? 1, scope);
    if (values.length < 2) return scope.state.lines[from - 1] ?? '';
    return scope.state.lines.slice(Math.max(0, from - 1), lineNumber(values[1] ?? 1, scope));
  },
  has: (values) => (FEATURES.includes(text(values)) ? 1 : 0),
  indent: (values, scope) => {
    const line = scope.state.lines[lineNumber(values[0] ?? 1, scope) - 1];
    return line === undefined ? -1 : indentWidth(scope.state.options, /^[ \t]*/.exec(line)?.[0] ?? '');
  },
  join: (values) =>
    list(values)
      .map(textOf)
      .join(values.length > 1 ? text(values, 1) : ' '),
  len: (values) => lengthOf(values[0] ?? ''),
  line: (values, scope) => lineNumber(text(values), scope),
  max: (values) => Math.max(...list(values).map(numberOf)),
  min: (values) => Math.min(...list(values).map(numberOf)),
  nr2char: (values) => String.fromCodePoint(number(values)),
  printf: formatted,
  range,
  repeat: (values) => text(values).repeat(Math.max(0, Math.min(100_000, number(values, 1)))),
  split: (values) => {
    const gap = values.length > 1 ? vimRegExp(text(values, 1), { ignoreCase: false, smartCase: false }) : /\s+/;
    return gap === undefined
      ? [text(values)]
      : text(values)
          .split(gap)
          .filter((part) => part !== '');
  },
  str2nr: (values) => numberOf(text(values)),
  strchars: (values) => [...text(values)].length,
  stridx: (values) => text(values).indexOf(text(values, 1)),
  string: (values) => (typeof values[0] === 'string' ? `'${values[0]}'` : text(values)),
  strlen: (values) => bytesOf(text(values)),
  strpart: (values) =>
    text(values).slice(number(values, 1), values.length > 2 ? number(values, 1) + number(values, 2) : undefined),
  submatch: (values, { groups }) => groups[number(values)] ?? '',
  tolower: (values) => text(values).toLowerCase(),
  toupper: (values) => text(values).toUpperCase(),
  trim: (values) => text(values).trim(),
  virtcol: (_, { state }) => cellOf(state, state.row, state.column) + 1,
};

export function callFunction(name: string, values: readonly Value[], scope: Scope): Value {
  const found = FUNCTIONS[name];
  if (found === undefined) throw new Fault(`E117: Unknown function: ${name}`);
  return found(values, scope);
}
