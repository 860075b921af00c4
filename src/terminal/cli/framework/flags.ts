/**
 * Flags as pflag reads them: long and short forms, clusters, `--x=y`, flags whose value may be left out, exact errors.
 * Facts: github.com/spf13/pflag flag.go.
 */
import { parseGoDuration } from '../../../formats/duration.ts';
import { quoteGo } from '../../../formats/go-syntax.ts';

export type FlagType = 'string' | 'bool' | 'int' | 'duration' | 'list' | 'array';

export interface FlagSpec {
  /** Without dashes. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  readonly type: FlagType;
  /** Text of the default; a list is comma-separated. */
  readonly default: string;
  /** The value of the flag when it stands alone, for flags other than bool that allow it (`--dry-run`, `--cascade`). */
  readonly alone?: string;
  readonly usage?: string;
}

export interface FlagError {
  readonly type: 'error';
  readonly message: string;
}
export interface HelpWanted {
  readonly type: 'help';
}

/** What a command line said. Values that were not given are the defaults. */
export class Flags {
  readonly args: readonly string[];
  /** How many arguments stood before `--`; -1 without one. */
  readonly dashAt: number;
  private readonly specs: ReadonlyMap<string, FlagSpec>;
  private readonly values: ReadonlyMap<string, readonly string[]>;

  constructor(
    specs: ReadonlyMap<string, FlagSpec>,
    values: ReadonlyMap<string, readonly string[]>,
    args: readonly string[],
    dashAt: number,
  ) {
    this.specs = specs;
    this.values = values;
    this.args = args;
    this.dashAt = dashAt;
  }

  /** As if flags of these names neither existed nor were given. */
  without(names: ReadonlySet<string>): Flags {
    const rest = <T>(all: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
      new Map([...all].filter(([name]) => !names.has(name)));
    return new Flags(rest(this.specs), rest(this.values), this.args, this.dashAt);
  }

  /** True if the flag was given. */
  changed(name: string): boolean {
    return this.values.has(name);
  }

  /** Names of the flags that were given, in order of first appearance. */
  given(): readonly string[] {
    return [...this.values.keys()];
  }

  string(name: string): string {
    return this.values.get(name)?.at(-1) ?? this.specs.get(name)?.default ?? '';
  }

  bool(name: string): boolean {
    return isTrue(this.string(name));
  }

  int(name: string): number {
    const text = this.string(name);
    return text === '' ? 0 : Number(text);
  }

  /** In milliseconds; 0 for a default of none. */
  durationMs(name: string): number {
    const result = parseGoDuration(this.string(name));
    return result.ok ? Number(result.ns) / 1e6 : 0;
  }

  /** All values of a repeatable flag; `list` flags also split at commas. */
  list(name: string): readonly string[] {
    const spec = this.specs.get(name);
    const given = this.values.get(name) ?? (spec?.default === undefined || spec.default === '' ? [] : [spec.default]);
    return spec?.type === 'array' ? given : given.flatMap(splitCsv);
  }

  /** The same flags before other arguments. */
  withArgs(args: readonly string[]): Flags {
    return new Flags(this.specs, this.values, args, this.dashAt);
  }
}

export interface ParseOptions {
  /** False stops at the first argument that is no flag, as `docker run` does. */
  readonly interspersed?: boolean;
}

/** Reads a command line; the first fault ends it. */
export function parseFlags(
  specs: readonly FlagSpec[],
  argv: readonly string[],
  options: ParseOptions = {},
): Flags | FlagError | HelpWanted {
  return new FlagParser(specs, argv, options.interspersed ?? true).parse();
}

class FlagParser {
  private readonly byName: ReadonlyMap<string, FlagSpec>;
  private readonly byShort: ReadonlyMap<string, FlagSpec>;
  private readonly rest: string[];
  private readonly interspersed: boolean;
  private readonly values = new Map<string, string[]>();

  constructor(specs: readonly FlagSpec[], argv: readonly string[], interspersed: boolean) {
    this.byName = new Map(specs.map((spec) => [spec.name, spec]));
    this.byShort = new Map(specs.flatMap((spec) => (spec.short === undefined ? [] : [[spec.short, spec] as const])));
    this.rest = [...argv];
    this.interspersed = interspersed;
  }

  parse(): Flags | FlagError | HelpWanted {
    const args: string[] = [];
    let dashAt = -1;
    for (;;) {
      const word = this.rest.shift();
      if (word === undefined) break;
      if (word === '--') {
        dashAt = args.length;
        args.push(...this.rest);
        break;
      }
      if (word.length < 2 || !word.startsWith('-')) {
        args.push(word);
        if (this.interspersed) continue;
        args.push(...this.rest);
        break;
      }
      const fault = word.startsWith('--') ? this.long(word) : this.cluster(word);
      if (fault !== undefined) return fault;
    }
    return new Flags(this.byName, this.values, args, dashAt);
  }

  private long(word: string): FlagError | HelpWanted | undefined {
    const body = word.slice(2);
    if (body.startsWith('-') || body.startsWith('=')) return error(`bad flag syntax: ${word}`);
    const equals = body.indexOf('=');
    const name = equals < 0 ? body : body.slice(0, equals);
    const spec = this.byName.get(name);
    if (spec === undefined) return name === 'help' ? { type: 'help' } : error(`unknown flag: --${name}`);
    if (equals >= 0) return this.set(spec, body.slice(equals + 1));
    const alone = aloneValue(spec);
    if (alone !== undefined) return this.set(spec, alone);
    const next = this.rest.shift();
    return next === undefined ? error(`flag needs an argument: --${name}`) : this.set(spec, next);
  }

  private cluster(word: string): FlagError | HelpWanted | undefined {
    let letters = word.slice(1);
    const all = letters;
    while (letters !== '') {
      const letter = letters.charAt(0);
      const after = letters.slice(1);
      const spec = this.byShort.get(letter);
      if (spec === undefined) {
        return letter === 'h' ? { type: 'help' } : error(`unknown shorthand flag: '${letter}' in -${letters}`);
      }
      const alone = aloneValue(spec);
      let value: string;
      let left = '';
      if (after.length > 0 && after.startsWith('=') && letters.length > 2) value = after.slice(1);
      else if (alone !== undefined) {
        value = alone;
        left = after;
      } else if (after !== '') value = after;
      else {
        const next = this.rest.shift();
        if (next === undefined) return error(`flag needs an argument: '${letter}' in -${all}`);
        value = next;
      }
      const fault = this.set(spec, value);
      if (fault !== undefined) return fault;
      letters = left;
    }
    return undefined;
  }

  private set(spec: FlagSpec, value: string): FlagError | HelpWanted | undefined {
    if (spec.name === 'help' && spec.type === 'bool') return isTrue(value) ? { type: 'help' } : undefined;
    const problem = checkValue(spec.type, value);
    if (problem !== undefined) {
      const flag = spec.short === undefined ? `--${spec.name}` : `-${spec.short}, --${spec.name}`;
      return error(`invalid argument ${quoteGo(value)} for ${quoteGo(flag)} flag: ${problem}`);
    }
    const list = this.values.get(spec.name);
    if (list === undefined) this.values.set(spec.name, [value]);
    else if (spec.type === 'list' || spec.type === 'array') list.push(value);
    else list[0] = value;
    return undefined;
  }
}

function error(message: string): FlagError {
  return { type: 'error', message };
}

function aloneValue(spec: FlagSpec): string | undefined {
  return spec.alone ?? (spec.type === 'bool' ? 'true' : undefined);
}

const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True']);
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False']);

function isTrue(value: string): boolean {
  return TRUE.has(value);
}

function checkValue(type: FlagType, value: string): string | undefined {
  switch (type) {
    case 'bool':
      return TRUE.has(value) || FALSE.has(value)
        ? undefined
        : `strconv.ParseBool: parsing ${quoteGo(value)}: invalid syntax`;
    case 'int': {
      if (!/^[+-]?(?:0[xX][0-9a-fA-F]+|0[oO]?[0-7]*|[1-9][0-9]*)$/.test(value)) {
        return `strconv.ParseInt: parsing ${quoteGo(value)}: invalid syntax`;
      }
      return Math.abs(Number(value)) > 2 ** 63
        ? `strconv.ParseInt: parsing ${quoteGo(value)}: value out of range`
        : undefined;
    }
    case 'duration': {
      const result = parseGoDuration(value);
      return result.ok ? undefined : result.message;
    }
    default:
      return undefined;
  }
}

/** A comma-separated value; a part may be quoted as in CSV. */
export function splitCsv(text: string): string[] {
  if (text === '') return [];
  if (!text.includes('"')) return text.split(',');
  const parts: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g;
  for (const found of text.matchAll(pattern)) parts.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
  return parts;
}
