import { failed, strerror } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { fault, invalidOption, print } from './message.ts';

type Resource = Parameters<Process['rlimit']>[0];

interface Limit {
  readonly letter: string;
  readonly name: string;
  readonly unit: string;
  /** Bytes, or whatever the kernel counts, per unit that is shown. */
  readonly scale: number;
  /** What the kernel calls it; a text where every kernel answers the same. */
  readonly resource: Resource | { readonly fixed: string };
  /** Nobody acts on it here, so it cannot be set. */
  readonly isShownOnly: boolean;
}

const limit = (letter: string, name: string, unit: string, scale: number, resource: Resource): Limit => ({
  letter,
  name,
  unit,
  scale,
  resource,
  isShownOnly: false,
});
const shown = (letter: string, name: string, unit: string, scale: number, resource: Resource): Limit => ({
  ...limit(letter, name, unit, scale, resource),
  isShownOnly: true,
});

/** In the order in which `ulimit -a` lists them. */
const LIMITS: readonly Limit[] = [
  shown('R', 'real-time non-blocking time', 'microseconds', 1, 'rttime'),
  limit('c', 'core file size', 'blocks', 1_024, 'core'),
  shown('d', 'data seg size', 'kbytes', 1_024, 'data'),
  shown('e', 'scheduling priority', '', 1, 'nice'),
  limit('f', 'file size', 'blocks', 1_024, 'fsize'),
  shown('i', 'pending signals', '', 1, 'sigpending'),
  shown('l', 'max locked memory', 'kbytes', 1_024, 'memlock'),
  shown('m', 'max memory size', 'kbytes', 1_024, 'rss'),
  limit('n', 'open files', '', 1, 'nofile'),
  // PIPE_BUF of Linux, 4096 bytes.
  { letter: 'p', name: 'pipe size', unit: '512 bytes', scale: 1, resource: { fixed: '8' }, isShownOnly: true },
  shown('q', 'POSIX message queues', 'bytes', 1, 'msgqueue'),
  shown('r', 'real-time priority', '', 1, 'rtprio'),
  limit('s', 'stack size', 'kbytes', 1_024, 'stack'),
  shown('t', 'cpu time', 'seconds', 1, 'cpu'),
  limit('u', 'max user processes', '', 1, 'nproc'),
  limit('v', 'virtual memory', 'kbytes', 1_024, 'as'),
  shown('x', 'file locks', '', 1, 'locks'),
];

interface Asked {
  readonly limits: readonly { readonly limit: Limit; readonly value: string | undefined }[];
  readonly all: boolean;
  readonly soft: boolean;
  readonly hard: boolean;
}

export function* ulimit(shell: Shell, args: readonly string[]): Op<number> {
  const asked = parse(args);
  if (typeof asked === 'string') return yield* invalidOption(shell, 'ulimit', asked);
  if (asked.all) {
    const lines = LIMITS.map((each) => `${title(each)}${current(shell, each, asked)}\n`);
    return yield* print(shell, 'ulimit', lines.join(''));
  }
  let status = 0;
  for (const { limit: each, value } of asked.limits) {
    if (value !== undefined) status = yield* change(shell, each, value, asked);
    else {
      const head = asked.limits.length > 1 ? title(each) : '';
      status = yield* print(shell, 'ulimit', `${head}${current(shell, each, asked)}\n`);
    }
    if (status !== 0) return status;
  }
  return status;
}

/** The letters with the values that follow them; a text is an option that there is not. */
function parse(args: readonly string[]): Asked | string {
  const limits: { readonly limit: Limit; readonly value: string | undefined }[] = [];
  const flags = { all: false, soft: false, hard: false };
  let at = 0;
  for (; /^-./.test(args[at] ?? '') && args[at] !== '--'; at += 1) {
    const arg = args[at] ?? '';
    for (let i = 1; i < arg.length; i += 1) {
      const letter = arg.charAt(i);
      if (letter === 'a') flags.all = true;
      else if (letter === 'S') flags.soft = true;
      else if (letter === 'H') flags.hard = true;
      else {
        const found = LIMITS.find((each) => each.letter === letter);
        if (found === undefined) return `-${letter}`;
        const next = args[at + 1];
        const own = i + 1 < arg.length;
        const value = own ? arg.slice(i + 1) : next === undefined || /^-./.test(next) ? undefined : next;
        if (!own && value !== undefined) at += 1;
        limits.push({ limit: found, value });
        break;
      }
    }
  }
  if (args[at] === '--') at += 1;
  const files = LIMITS.find(({ letter }) => letter === 'f');
  if (limits.length === 0 && files !== undefined) limits.push({ limit: files, value: args[at] });
  return { limits, ...flags };
}

const title = ({ name, unit, letter }: Limit): string =>
  `${name.padEnd(20)} ${`(${unit === '' ? '' : `${unit}, `}-${letter}) `.padStart(20)}`;

function current(shell: Shell, { resource, scale }: Limit, asked: Asked): string {
  if (typeof resource === 'object') return resource.fixed;
  const now = shell.process.rlimit(resource);
  if (failed(now)) return 'unlimited';
  const number = asked.hard && !asked.soft ? now.hard : now.soft;
  return number >= Number.MAX_SAFE_INTEGER ? 'unlimited' : String(Math.floor(number / scale));
}

function* change(shell: Shell, limited: Limit, value: string, asked: Asked): Op<number> {
  const { resource, name, letter, scale } = limited;
  if (!/^\d*$/.test(value) && !['unlimited', 'hard', 'soft'].includes(value))
    return yield* fault(shell, `ulimit: ${value}: invalid number`);
  if (limited.isShownOnly || typeof resource === 'object')
    return yield* fault(shell, `ulimit: drydock: 'ulimit -${letter} ${value}' is not simulated`);
  const old = shell.process.rlimit(resource);
  if (failed(old)) return yield* fault(shell, `ulimit: ${name}: cannot get limit: ${strerror(old)}`);
  const named: Readonly<Record<string, number>> = {
    unlimited: Number.MAX_SAFE_INTEGER,
    hard: old.hard,
    soft: old.soft,
  };
  const wanted = named[value] ?? Number(value) * scale;
  const both = asked.soft === asked.hard;
  const set = shell.process.rlimit(resource, {
    soft: both || asked.soft ? wanted : old.soft,
    hard: both || asked.hard ? wanted : old.hard,
  });
  return failed(set) ? yield* fault(shell, refusal(shell, name, strerror(set))) : 0;
}

/** Each shell's words for a limit that the kernel does not set. */
function refusal({ personality }: Shell, name: string, reason: string): string {
  switch (personality) {
    case 'ash':
      return `error setting limit: ${reason}`;
    case 'dash':
      return `ulimit: error setting limit (${reason})`;
    default:
      return `ulimit: ${name}: cannot modify limit: ${reason}`;
  }
}
