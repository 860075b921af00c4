export interface HeadlessOptions {
  readonly topology: string;
  readonly seed: number;
  readonly host: string | undefined;
  readonly maxVirtualUs: number;
  readonly maxWallMs: number;
  readonly terminal: boolean;
  readonly traceHash: boolean;
  /** A script file of the machine, or commands. */
  readonly script:
    | { readonly file: string; readonly args: readonly string[] }
    | { readonly commands: string; readonly args: readonly string[] };
}

export const USAGE = `usage: headless [--topology T] [--seed N] [--host H] [--max-virtual 24h] [--max-wall 10m] [-t] (SCRIPT.sh | -c COMMANDS) [ARGUMENT...]`;

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
  let topology = 'kubeadm-3';
  let seed = 1;
  let host: string | undefined;
  let maxVirtualUs = 24 * 3_600_000_000;
  let maxWallMs = 600_000;
  let terminal = false;
  let traceHash = false;
  for (let i = 0; i < args.length; i += 1) {
    const [flag = '', inline] = (args[i] ?? '').split(/=(.*)/s);
    const value = (): string => {
      if (inline !== undefined) return inline;
      i += 1;
      return args[i] ?? '';
    };
    if (flag === '--topology') topology = value();
    else if (flag === '--seed') {
      seed = Number(value());
      if (!Number.isSafeInteger(seed)) return '--seed takes a whole number';
    } else if (flag === '--host') host = value();
    else if (flag === '--max-virtual' || flag === '--max-wall') {
      const us = parseDurationUs(value());
      if (us === undefined) return `${flag} takes a duration like 90s or 24h`;
      if (flag === '--max-virtual') maxVirtualUs = us;
      else maxWallMs = us / 1000;
    } else if (flag === '-t') terminal = true;
    else if (flag === '--trace-hash') traceHash = true;
    else if (flag === '-c') {
      const commands = value();
      return {
        topology,
        seed,
        host,
        maxVirtualUs,
        maxWallMs,
        terminal,
        traceHash,
        script: { commands, args: args.slice(i + 1) },
      };
    } else if (flag.startsWith('-')) return `unknown flag ${flag}`;
    else
      return {
        topology,
        seed,
        host,
        maxVirtualUs,
        maxWallMs,
        terminal,
        traceHash,
        script: { file: args[i] ?? '', args: args.slice(i + 1) },
      };
  }
  return 'a script or -c COMMANDS is missing';
}
