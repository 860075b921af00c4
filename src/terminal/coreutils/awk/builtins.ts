/** awk's functions by name: POSIX's and those of gawk that people use. */
import { daysFromCivil } from '../../../formats/civil-time.ts';
import { startChild, waitFor } from '../../run-child.ts';
import type { Op } from '../../shell/machine/op.ts';
import { wait } from '../../shell/machine/op.ts';
import { strftime } from '../../strftime.ts';
import { zoneOf } from '../date/zone.ts';
import { atan2, cos, exp, log, sin } from '../numbers/bc/doubles.ts';
import type { AwkInterpreter } from './interpreter.ts';
import { splitByRegex, splitFields } from './record.ts';
import { replaceMatches, replaceOne } from './substitute.ts';
import type { Expression, Place } from './syntax.ts';
import type { AwkArray, Value } from './values.ts';
import { compareValues, toNumber } from './values.ts';

type Args = readonly Expression[];
type Builtin = (awk: AwkInterpreter, args: Args) => Op<Value>;

const RECORD: Place = { type: 'field', index: { type: 'number', value: 0 } };

const isPlace = (expression: Expression | undefined): expression is Place =>
  expression?.type === 'variable' || expression?.type === 'element' || expression?.type === 'field';

/** A function of the values of its arguments. */
const plain = (run: (awk: AwkInterpreter, values: readonly Value[]) => Value): Builtin =>
  function* (awk, args) {
    const values: Value[] = [];
    for (const arg of args) values.push(yield* awk.evaluate(arg));
    return run(awk, values);
  };
const numeric = (run: (...numbers: number[]) => number): Builtin => plain((_, values) => run(...values.map(toNumber)));
const bitwise = (run: (a: bigint, b: bigint) => bigint): Builtin =>
  plain((_, values) => {
    const [first = 0n, ...rest] = values.map((value) => BigInt(Math.trunc(toNumber(value))));
    return Number(BigInt.asUintN(53, rest.reduce(run, first)));
  });

function* textOf(awk: AwkInterpreter, expression: Expression | undefined): Op<string> {
  return expression === undefined ? '' : awk.toText(yield* awk.evaluate(expression));
}

const length: Builtin = function* (awk, [arg]) {
  if (arg === undefined) return [...awk.recordText()].length;
  if (arg.type === 'variable' && awk.variables.isArray(arg.name)) return awk.variables.array(arg.name).size;
  return [...(yield* textOf(awk, arg))].length;
};

const split: Builtin = function* (awk, [subject, target, separator, separators]) {
  const text = yield* textOf(awk, subject);
  const array = awk.arrayOf(target);
  let parts: string[];
  let source = awk.text('FS');
  if (separator?.type === 'regex') source = separator.source;
  else if (separator !== undefined) source = yield* textOf(awk, separator);
  if (separator?.type === 'regex') parts = splitByRegex(text, source);
  else parts = splitFields(text, source);
  array?.clear();
  for (const [at, part] of parts.entries()) array?.set(String(at + 1), { text: part });
  const between = awk.arrayOf(separators);
  if (between !== undefined) {
    between.clear();
    const matches = text.matchAll(awk.regex(source === ' ' ? '[ \t\n]+' : source, true));
    for (const [at, [match]] of [...matches].entries()) between.set(String(at + 1), match);
  }
  return parts.length;
};

const match: Builtin = function* (awk, [subject, pattern, target]) {
  const text = yield* textOf(awk, subject);
  const found = pattern === undefined ? null : (yield* awk.regexOf(pattern)).exec(text);
  const start = found === null ? 0 : [...text.slice(0, found.index)].length + 1;
  awk.variables.set('RSTART', start);
  awk.variables.set('RLENGTH', found === null ? -1 : [...found[0]].length);
  const array = awk.arrayOf(target);
  array?.clear();
  for (const [at, group] of [...(found ?? [])].entries())
    array?.set(String(at), (group as string | undefined) === undefined ? '' : { text: group });
  return start;
};

const substitution = (all: boolean): Builtin =>
  function* (awk, [pattern, replacement, target]) {
    if (pattern === undefined || replacement === undefined) return 0;
    const regex = yield* awk.regexOf(pattern, true);
    const text = yield* textOf(awk, replacement);
    const place = target ?? RECORD;
    const { result, count } = replaceMatches(yield* textOf(awk, place), regex, text, all);
    if (count > 0 && isPlace(place)) yield* awk.store(place, { text: result });
    return count;
  };

const gensub: Builtin = function* (awk, [pattern, replacement, which, target]) {
  if (pattern === undefined) return '';
  const regex = yield* awk.regexOf(pattern, true);
  const text = yield* textOf(awk, replacement);
  const how = yield* textOf(awk, which);
  const subject = target === undefined ? awk.recordText() : yield* textOf(awk, target);
  return replaceOne(subject, regex, text, /^[gG]/.test(how) ? 'all' : Math.max(1, Number(how) || 1));
};

function substr(text: string, start: number, size = Infinity): string {
  // POSIX rounds both, and counts what lies before the first character.
  const from = Math.round(start);
  const to = size === Infinity ? Infinity : from + Math.round(size);
  return [...text].slice(Math.max(0, from - 1), Math.max(0, to - 1)).join('');
}

const system: Builtin = function* (awk, [commandLine]) {
  const text = yield* textOf(awk, commandLine);
  yield* wait(awk.io.flush());
  const pid = startChild(awk.process, ['sh', '-c', text]);
  if (typeof pid !== 'number') return 127;
  const ended = yield* wait(waitFor(awk.process, pid));
  return ended.type === 'done' ? ended.code : 127;
};

/** asort() and asorti(): the values or the keys of an array in order, under 1, 2, 3. */
const sorted = (pick: (array: AwkArray) => readonly Value[]): Builtin =>
  function* (awk, [source, target]) {
    const array = awk.arrayOf(source);
    if (array === undefined) return yield* textOf(awk, source);
    const values = pick(array).toSorted((a, b) => compareValues(a, b, '%.6g'));
    const into = awk.arrayOf(target) ?? array;
    into.clear();
    for (const [at, value] of values.entries()) into.set(String(at + 1), value);
    return values.length;
  };

const DATE_FORMAT = '%a %b %e %H:%M:%S %Z %Y';
const formatTime = plain((awk, values) => {
  const [format, seconds, utc] = values;
  const zone = zoneOf(utc === undefined ? awk.process.env['TZ'] : 'UTC0');
  const when = seconds === undefined ? awk.process.time().realtimeUs : toNumber(seconds) * 1e6;
  return strftime(format === undefined ? DATE_FORMAT : awk.toText(format), when, zone.offsetMinutes, zone.name);
});
const makeTime = plain((awk, [text]) => {
  const [year, month, day, hour, minute, second] = awk.toText(text).trim().split(/\s+/).map(Number);
  if (year === undefined || month === undefined || day === undefined || second === undefined) return -1;
  const { offsetMinutes } = zoneOf(awk.process.env['TZ']);
  return daysFromCivil(year, month, day) * 86_400 + (hour ?? 0) * 3_600 + ((minute ?? 0) - offsetMinutes) * 60 + second;
});

function readNumber(text: string): number {
  const trimmed = text.trim();
  const [, sign = '', digits] = /^([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]+)(?![\d.])/.exec(trimmed) ?? [];
  if (digits === undefined) return toNumber(trimmed);
  const value = /^0[xX]/.test(digits) ? Number(digits) : Number.parseInt(digits, 8);
  return sign === '-' ? -value : value;
}

export const BUILTINS: Readonly<Record<string, Builtin>> = {
  length,
  split,
  match,
  sub: substitution(false),
  gsub: substitution(true),
  gensub,
  substr: plain((awk, [text, start, size]) =>
    substr(awk.toText(text), toNumber(start), size === undefined ? undefined : toNumber(size)),
  ),
  index: plain((awk, [text, part]) => {
    const [whole, wanted] = [awk.toText(text), awk.toText(part)];
    const at = whole.indexOf(wanted);
    return at < 0 ? 0 : [...whole.slice(0, at)].length + 1;
  }),
  toupper: plain((awk, [text]) => awk.toText(text).toUpperCase()),
  tolower: plain((awk, [text]) => awk.toText(text).toLowerCase()),
  sprintf: plain((awk, values) => awk.format(values, 'sprintf')),
  strtonum: plain((awk, [value]) => (typeof value === 'number' ? value : readNumber(awk.toText(value)))),
  int: numeric((x = 0) => Math.trunc(x)),
  sqrt: numeric((x = 0) => Math.sqrt(x)),
  exp: numeric((x = 0) => exp(x)),
  log: numeric((x = 0) => log(x)),
  sin: numeric((x = 0) => sin(x)),
  cos: numeric((x = 0) => cos(x)),
  atan2: numeric((y = 0, x = 0) => atan2(y, x)),
  and: bitwise((a, b) => a & b),
  or: bitwise((a, b) => a | b),
  xor: bitwise((a, b) => a ^ b),
  lshift: bitwise((a, b) => a << b),
  rshift: bitwise((a, b) => a >> b),
  rand: plain((awk) => {
    awk.seed = (Math.imul(awk.seed, 1_103_515_245) + 12_345) >>> 0;
    return awk.seed / 4_294_967_296;
  }),
  srand: plain((awk, [value]) => {
    const old = awk.seed;
    awk.seed = value === undefined ? Math.floor(awk.process.time().realtimeUs / 1e6) : toNumber(value) >>> 0;
    return old;
  }),
  systime: plain((awk) => Math.floor(awk.process.time().realtimeUs / 1e6)),
  strftime: formatTime,
  mktime: makeTime,
  asort: sorted((array) => [...array.values()]),
  asorti: sorted((array) => [...array.keys()]),
  system,
  close: function* (awk, [name]) {
    return yield* wait(awk.streams.close(yield* textOf(awk, name)));
  },
  fflush: function* (awk) {
    yield* wait(awk.io.flush());
    return 0;
  },
};
