export interface HeadlessOptions {
  readonly topology: string;
  readonly seed: number;
  /** Where the script runs; the topology's first host if none is named. */
  readonly host: string | undefined;
  readonly maxVirtualUs: number;
  readonly maxWallMs: number;
  /** Whether a run's trace hash, state hash and count of events follow its output, on stderr, as one line of JSON. */
  readonly traceHash: boolean;
  /** A script file of the machine, or commands. */
  readonly script:
    | { readonly file: string; readonly args: readonly string[] }
    | { readonly commands: string; readonly args: readonly string[] };
}

export const USAGE =
  'usage: headless [--topology T] [--seed N] [--host H] [--max-virtual 24h] [--max-wall 10m] [--trace-hash] (SCRIPT.sh | -c COMMANDS) [ARGUMENT...]';

const UNITS_US: Readonly<Record<string, number>> = { ms: 1000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000 };

/** µs of `90s`, `10m`, `24h`, `1h30m`; undefined where it is malformed. */
export function parseDurationUs(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return undefined;
  let sum = 0;
  for (const [, amount = '0', unit = 's'] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g))
    sum += Number(amount) * (UNITS_US[unit] ?? 0);
  return sum;
}

/** Reads the command line; a string is what is wrong with it. */
export function parseOptions(args: readonly string[]): HeadlessOptions | string {
  const options = { ...DEFAULTS };
  for (let i = 0; i < args.length; i += 1) {
    const [flag = '', inline] = (args[i] ?? '').split(/=(.*)/s);
    const rest = args.slice(i + 1);
    if (flag === '--trace-hash') options.traceHash = true;
    else if (flag === '-c' && rest[0] !== undefined)
      return { ...options, script: { commands: rest[0], args: rest.slice(1) } };
    else if (!flag.startsWith('-')) return { ...options, script: { file: args[i] ?? '', args: rest } };
    else if (flag === '-c') return '-c takes commands';
    else if (!(flag in WITH_VALUE)) return `unknown flag ${flag}`;
    else {
      const value = inline ?? rest[0];
      if (value === undefined) return `${flag} takes a value`;
      if (inline === undefined) i += 1;
      const problem = WITH_VALUE[flag]?.(options, value);
      if (problem !== undefined) return problem;
    }
  }
  return 'a script or -c COMMANDS is missing';
}

type Given = { -readonly [key in Exclude<keyof HeadlessOptions, 'script'>]: HeadlessOptions[key] };

const DEFAULTS: Given = {
  topology: 'kubeadm-3',
  seed: 1,
  host: undefined,
  maxVirtualUs: 24 * 3_600_000_000,
  maxWallMs: 600_000,
  traceHash: false,
};

/** Takes the value of a flag, or says what is wrong with it. */
const WITH_VALUE: Readonly<Record<string, (options: Given, value: string) => string | undefined>> = {
  '--topology': (options, value) => {
    options.topology = value;
    return undefined;
  },
  '--seed': (options, value) => {
    options.seed = Number(value);
    return Number.isSafeInteger(options.seed) ? undefined : '--seed takes a whole number';
  },
  '--host': (options, value) => {
    options.host = value;
    return undefined;
  },
  '--max-virtual': (options, value) => {
    const us = parseDurationUs(value);
    options.maxVirtualUs = us ?? 0;
    return us === undefined ? '--max-virtual takes a duration like 90s or 24h' : undefined;
  },
  '--max-wall': (options, value) => {
    const us = parseDurationUs(value);
    options.maxWallMs = (us ?? 0) / 1000;
    return us === undefined ? '--max-wall takes a duration like 90s or 24h' : undefined;
  },
};
