/** Functions of jq that are not said in jq. */
import { daysFromCivil, parseRfc3339 } from '../../../formats/civil-time.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { civil, strftime } from '../../strftime.ts';
import { exp, log, power, sin, cos, atan2 } from '../numbers/bc/doubles.ts';
import { named } from './arithmetic.ts';
import { compareJson, isArray, isObject, sortedKeys, typeOf } from './compare.ts';
import { formatValue, toText } from './formats.ts';
import type { Found, Results } from './found.ts';
import type { JqInterpreter } from './interpreter.ts';
import type { Closure } from './scope.ts';
import type { Json } from './json.ts';
import { JsonFault, parseJson } from './json.ts';
import type { Path } from './paths.ts';
import { deletePaths, fail, getPath, indicesOf, JqError, setPath } from './paths.ts';
import { printJson } from './print.ts';
import { matchAll, splitBy } from './regex.ts';

export type NativeFunction = (jq: JqInterpreter, at: Found, args: readonly Closure[]) => Results;

/** The program ends here (`halt`, `halt_error`). */
export class Halt extends Error {
  constructor(
    readonly status: number,
    readonly value: Json | undefined,
  ) {
    super('halt');
  }
}

/** A function of its input and of every combination of its arguments' values. */
const plain = (run: (input: Json, args: readonly Json[], jq: JqInterpreter) => Json): NativeFunction =>
  function* (jq, at, args) {
    for (const values of combinations(jq, at.value, args))
      yield { value: run(at.value, values, jq), path: at.path === undefined ? undefined : [] };
  };

function* combinations(jq: JqInterpreter, input: Json, args: readonly Closure[]): Generator<readonly Json[], void> {
  const last = args.at(-1);
  if (last === undefined) {
    yield [];
    return;
  }
  for (const value of jq.values(last, input))
    for (const before of combinations(jq, input, args.slice(0, -1))) yield [...before, value];
}

const onNumber = (run: (value: number) => number): NativeFunction =>
  plain((value) => (typeof value === 'number' ? run(value) : fail(`${named(value)} number required`)));
const onTwo = (run: (a: number, b: number) => number): NativeFunction =>
  plain((_, [a = null, b = null]) =>
    typeof a === 'number' && typeof b === 'number' ? run(a, b) : fail(`${named(a)} number required`),
  );
const onText = (name: string, run: (value: string) => Json): NativeFunction =>
  plain((value) => (typeof value === 'string' ? run(value) : fail(`${named(value)} ${name}`)));

const list = (value: Json, what: string): readonly Json[] =>
  isArray(value) ? value : fail(`${named(value)} cannot be ${what}, as it is not an array`);
const pathOf = (value: Json | undefined): Path =>
  isArray(value ?? null) ? (value as Path) : fail('Path must be specified as an array');

function lengthOf(value: Json): Json {
  if (value === null) return 0;
  if (typeof value === 'string') return [...value].length;
  if (typeof value === 'number') return Math.abs(value);
  if (isArray(value)) return value.length;
  return isObject(value) ? value.size : fail(`${named(value)} has no length`);
}

function keysOf(value: Json, sorted: boolean): Json {
  if (isArray(value)) return value.map((_, at) => at);
  if (!isObject(value)) return fail(`${named(value)} has no keys`);
  return sorted ? sortedKeys(value) : [...value.keys()];
}

function hasKey(value: Json, key: Json): boolean {
  if (isObject(value) && typeof key === 'string') return value.has(key);
  if (isArray(value) && typeof key === 'number') return key >= 0 && key < value.length;
  return fail(`Cannot check whether ${typeOf(value)} has a ${typeof key === 'string' ? 'string' : typeOf(key)} key`);
}

function contains(a: Json, b: Json): boolean {
  if (isObject(a) && isObject(b))
    return [...b].every(([key, value]) => a.has(key) && contains(a.get(key) ?? null, value));
  if (isArray(a) && isArray(b)) return b.every((item) => a.some((other) => contains(other, item)));
  if (typeof a === 'string' && typeof b === 'string') return a.includes(b);
  if (typeOf(a) !== typeOf(b)) return fail(`${named(a)} and ${named(b)} cannot have their containment checked`);
  return compareJson(a, b) === 0;
}

/** Items in the order of their keys, each with its key. */
function byKeys(value: Json, keys: Json | undefined): readonly { readonly key: Json; readonly item: Json }[] {
  const found = keys === undefined || !isArray(keys) ? [] : keys;
  return list(value, 'sorted')
    .map((item, at) => ({ item, key: found[at] ?? null }))
    .toSorted((a, b) => compareJson(a.key, b.key));
}
function groups(value: Json, keys: Json | undefined): Json {
  const out: Json[][] = [];
  let last: Json | undefined;
  for (const { item, key } of byKeys(value, keys)) {
    if (last === undefined || compareJson(last, key) !== 0) out.push([]);
    out.at(-1)?.push(item);
    last = key;
  }
  return out;
}

function flatten(value: Json, depth: number): readonly Json[] {
  if (depth < 0) return fail('flatten depth must not be negative');
  return list(value, 'flattened').flatMap((item) => (isArray(item) && depth > 0 ? flatten(item, depth - 1) : [item]));
}

function toNumber(value: Json): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return fail(`${named(value)} cannot be parsed as a number`);
  const text = value.trim();
  return /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : fail(`Cannot parse '${value}' as JSON`);
}

function fromJson(text: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonFault) return fail(`${error.message} (while parsing '${text}')`);
    throw error;
  }
}

const brokenDown = (seconds: number): Json => {
  const t = civil(seconds * 1e6);
  return [
    t.year,
    t.month - 1,
    t.day,
    t.hour,
    t.minute,
    t.second + (seconds - Math.floor(seconds)),
    t.weekday,
    t.yearDay - 1,
  ];
};
function fromBrokenDown(value: Json): number {
  if (!isArray(value) || value.length < 6) return fail('mktime requires array of 6 numbers');
  const [year = 0, month = 0, day = 1, hour = 0, minute = 0, second = 0] = value.map(Number);
  return daysFromCivil(year, month + 1, day) * 86_400 + hour * 3_600 + minute * 60 + Math.floor(second);
}
function formatTime(value: Json, format: Json | undefined): Json {
  const seconds = typeof value === 'number' ? value : fromBrokenDown(value);
  return strftime(toText(format ?? ''), Math.floor(seconds) * 1e6);
}
function parseDate(text: string): Json {
  const ms = parseRfc3339(text);
  return ms === undefined ? fail(`date "${text}" does not match format "%Y-%m-%dT%H:%M:%SZ"`) : Math.floor(ms / 1_000);
}

const trimStart = (value: Json, part: Json | undefined): Json =>
  typeof value === 'string' && typeof part === 'string' && value.startsWith(part) ? value.slice(part.length) : value;
const trimEnd = (value: Json, part: Json | undefined): Json =>
  typeof value === 'string' && typeof part === 'string' && part !== '' && value.endsWith(part)
    ? value.slice(0, -part.length)
    : value;
const bothText = (name: string, run: (value: string, part: string) => boolean): NativeFunction =>
  plain((value, [part]) =>
    typeof value === 'string' && typeof part === 'string' ? run(value, part) : fail(`${name}() requires string inputs`),
  );

/** Numbers from one to another, as far as they are asked for. */
const range: NativeFunction = function* (jq, at, args) {
  for (const [from, to, by = 1] of combinations(jq, at.value, args)) {
    if (typeof from !== 'number' || typeof to !== 'number' || typeof by !== 'number')
      return fail('Range bounds must be numeric');
    if (by === 0) return;
    for (let value = from; by > 0 ? value < to : value > to; value += by)
      yield { value, path: at.path === undefined ? undefined : [] };
  }
};

const getpath: NativeFunction = function* (jq, at, args) {
  for (const [path] of combinations(jq, at.value, args)) {
    const keys = pathOf(path);
    yield { value: getPath(at.value, keys), path: at.path === undefined ? undefined : [...at.path, ...keys] };
  }
};

const path: NativeFunction = function* (jq, at, [filter]) {
  if (filter === undefined) return;
  for (const found of jq.paths(filter, at.value))
    yield { value: found.path, path: at.path === undefined ? undefined : [] };
};

const repeatInput: NativeFunction = function* (jq, at) {
  for (let value = jq.surroundings.input(); value !== undefined; value = jq.surroundings.input())
    yield { value, path: at.path };
};

const STRINGS: Readonly<Record<string, NativeFunction>> = {
  'tostring/0': plain(toText),
  'tojson/0': plain((value) => printJson(value)),
  'fromjson/0': onText('cannot be parsed as JSON', fromJson),
  'tonumber/0': plain(toNumber),
  'explode/0': onText('cannot be exploded', (text) => [...text].map((char) => char.codePointAt(0) ?? 0)),
  'implode/0': plain((value) =>
    list(value, 'imploded')
      .map((code) => String.fromCodePoint(Number(code)))
      .join(''),
  ),
  'utf8bytelength/0': onText('only strings have UTF-8 byte length', (text) => encodeUtf8(text).length),
  'ltrimstr/1': plain((value, [part]) => trimStart(value, part)),
  'rtrimstr/1': plain((value, [part]) => trimEnd(value, part)),
  'trim/0': onText('cannot be trimmed', (text) => text.trim()),
  'ltrim/0': onText('cannot be trimmed', (text) => text.trimStart()),
  'rtrim/0': onText('cannot be trimmed', (text) => text.trimEnd()),
  'startswith/1': bothText('startswith', (text, part) => text.startsWith(part)),
  'endswith/1': bothText('endswith', (text, part) => text.endsWith(part)),
  'split/1': plain((value, [separator]) =>
    typeof value === 'string' && typeof separator === 'string'
      ? value === ''
        ? []
        : value.split(separator)
      : fail('split input and separator must be strings'),
  ),
  'split/2': plain((value, [regex = null, flags = null]) => splitBy(value, regex, flags)),
  'test/2': plain((value, [regex = null, flags = null]) => matchAll(value, regex, flags).length > 0),
  'match/2': function* (jq, at, args) {
    for (const [regex = null, flags = null] of combinations(jq, at.value, args))
      for (const value of matchAll(at.value, regex, flags))
        yield { value, path: at.path === undefined ? undefined : [] };
  },
  'format/1': plain((value, [name]) => formatValue(`@${toText(name ?? '')}`, value)),
};

const COLLECTIONS: Readonly<Record<string, NativeFunction>> = {
  'length/0': plain(lengthOf),
  'keys/0': plain((value) => keysOf(value, true)),
  'keys_unsorted/0': plain((value) => keysOf(value, false)),
  'has/1': plain((value, [key = null]) => hasKey(value, key)),
  'contains/1': plain((value, [other = null]) => contains(value, other)),
  'indices/1': plain((value, [part = null]) => indicesOf(value, part)),
  'sort/0': plain((value) => list(value, 'sorted').toSorted(compareJson)),
  'sort_by_keys/1': plain((value, [keys]) => byKeys(value, keys).map(({ item }) => item)),
  'group_by_keys/1': plain((value, [keys]) => groups(value, keys)),
  'reverse/0': plain((value) =>
    typeof value === 'string'
      ? [...value].reverse().join('')
      : value === null
        ? []
        : list(value, 'reversed').toReversed(),
  ),
  'flatten/1': plain((value, [depth]) => flatten(value, Number(depth))),
  'range/2': range,
  'range/3': range,
  'path/1': path,
  'getpath/1': getpath,
  'setpath/2': plain((value, [keys, wanted = null]) => setPath(value, pathOf(keys), wanted)),
  'delpaths/1': plain((value, [paths]) => deletePaths(value, list(paths ?? null, 'deleted').map(pathOf))),
};

const NUMBERS: Readonly<Record<string, NativeFunction>> = {
  'floor/0': onNumber((x) => Math.floor(x)),
  'ceil/0': onNumber((x) => Math.ceil(x)),
  'round/0': onNumber((x) => (x < 0 ? -Math.round(-x) : Math.round(x))),
  'trunc/0': onNumber((x) => Math.trunc(x)),
  'fabs/0': onNumber((x) => Math.abs(x)),
  'sqrt/0': onNumber((x) => Math.sqrt(x)),
  'exp/0': onNumber(exp),
  'log/0': onNumber(log),
  'log2/0': onNumber((x) => log(x) / log(2)),
  'log10/0': onNumber((x) => log(x) / log(10)),
  'exp10/0': onNumber((x) => power(10, x)),
  'exp2/0': onNumber((x) => power(2, x)),
  'sin/0': onNumber(sin),
  'cos/0': onNumber(cos),
  'pow/2': onTwo(power),
  'atan2/2': onTwo(atan2),
  'fmin/2': onTwo((a, b) => Math.min(a, b)),
  'fmax/2': onTwo((a, b) => Math.max(a, b)),
  'infinite/0': plain(() => Infinity),
  'nan/0': plain(() => Number.NaN),
  'isinfinite/0': plain((value) => value === Infinity || value === -Infinity),
  'isnan/0': plain((value) => Number.isNaN(value)),
  'isnormal/0': plain((value) => typeof value === 'number' && Number.isFinite(value) && value !== 0),
};

const PROGRAM: Readonly<Record<string, NativeFunction>> = {
  'empty/0': function* () {
    // No result.
  },
  'not/0': plain((value) => value === null || value === false),
  'true/0': plain(() => true),
  'false/0': plain(() => false),
  'null/0': plain(() => null),
  'type/0': plain(typeOf),
  'error/0': plain((value) => {
    throw new JqError(value);
  }),
  'halt/0': plain(() => {
    throw new Halt(0, undefined);
  }),
  'halt_error/1': plain((value, [status]) => {
    throw new Halt(Number(status), value);
  }),
  'input/0': plain((_, __, jq) => jq.surroundings.input() ?? fail('No more inputs')),
  'repeat_input/0': repeatInput,
  'debug/0': plain((value, _, jq) => {
    jq.surroundings.debug(`["DEBUG:",${printJson(value)}]\n`);
    return value;
  }),
  'stderr/0': plain((value, _, jq) => {
    jq.surroundings.debug(toText(value));
    return value;
  }),
  'input_filename/0': plain(() => null),
  'now/0': plain((_, __, jq) => jq.surroundings.nowSeconds()),
  'mktime/0': plain(fromBrokenDown),
  'gmtime/0': onNumberJson(brokenDown),
  'localtime/0': onNumberJson(brokenDown),
  'strftime/1': plain((value, [format]) => formatTime(value, format)),
  'strflocaltime/1': plain((value, [format]) => formatTime(value, format)),
  'fromdateiso8601/0': onText('cannot be parsed as a date', parseDate),
};

function onNumberJson(run: (value: number) => Json): NativeFunction {
  return plain((value) => (typeof value === 'number' ? run(value) : fail('gmtime() requires a number')));
}

export const NATIVE: Readonly<Record<string, NativeFunction>> = { ...STRINGS, ...COLLECTIONS, ...NUMBERS, ...PROGRAM };
