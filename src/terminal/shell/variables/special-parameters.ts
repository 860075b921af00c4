/** Parameters that have no variable: $RANDOM, $SECONDS, PIPESTATUS and their like. */
import { trappedCommand } from '../traps.ts';
import { callStack } from '../machine/call-stack.ts';
import type { Variable } from './variables.ts';
import { freshVariable } from './variables.ts';
import { argumentCounts, argumentStack } from '../options/extended-debugging.ts';
import type { Shell } from '../shell.ts';

/** Names of the parameters that are computed, and of the arrays. */
export const SPECIAL_PARAMETERS: readonly string[] = [
  'BASHOPTS',
  'BASHPID',
  'BASH_ARGV0',
  'BASH_COMMAND',
  'BASH_SUBSHELL',
  'EPOCHREALTIME',
  'EPOCHSECONDS',
  'EUID',
  'HISTCMD',
  'LINENO',
  'PPID',
  'RANDOM',
  'SECONDS',
  'SHELLOPTS',
  'SRANDOM',
  'UID',
  '_',
];
export const SPECIAL_ARRAYS: readonly string[] = [
  'BASH_ARGC',
  'BASH_ARGV',
  'BASH_LINENO',
  'BASH_SOURCE',
  'BASH_VERSINFO',
  'DIRSTACK',
  'GROUPS',
  'PIPESTATUS',
];

/** Before its first command `_` is how the shell itself was found, as whoever started it says. */
const inheritedName = (shell: Shell): string => shell.process.env['_'] ?? shell.process.argv[0] ?? '';

/** A parameter that the shell computes when it is asked for; undefined where there is none of the name. */
export function specialParameter(shell: Shell, name: string): string | undefined {
  if (shell.unsetSpecials.includes(name)) return undefined;
  switch (name) {
    case '_':
      return shell.personality === 'bash' ? (shell.lastArgument ?? inheritedName(shell)) : undefined;
    case 'BASH_ARGV0':
      return shell.arg0;
    case 'HISTCMD':
      return shell.interactive ? String(shell.historyDropped + shell.history.length) : '0';
    case 'RANDOM':
      return String(random(shell));
    case 'SRANDOM':
      return String(shell.process.random(4).reduce((sum, byte) => sum * 256 + byte, 0));
    case 'SECONDS':
      return String(Math.floor((shell.process.time().monotonicUs - shell.startUs) / 1e6));
    case 'LINENO':
      return String(shell.line);
    case 'BASHPID':
      return String(shell.process.pid);
    case 'EPOCHSECONDS':
      return String(Math.floor(shell.process.time().realtimeUs / 1e6));
    case 'EPOCHREALTIME': {
      const now = shell.process.time().realtimeUs;
      return `${String(Math.floor(now / 1e6))}.${String(Math.floor(now % 1e6)).padStart(6, '0')}`;
    }
    case 'BASH_COMMAND':
      return trappedCommand(shell) ?? shell.command;
    case 'BASH_SUBSHELL':
      return String(shell.subshellDepth);
    case 'UID':
    case 'EUID':
      return String(shell.process.credentials().uid);
    case 'PPID':
      return String(shell.process.ppid);
    case 'SHELLOPTS':
      return [...shell.options].sort().join(':');
    case 'BASHOPTS':
      return [...shell.shopts].sort().join(':');
    default:
      return specialArray(shell, name)?.[0];
  }
}

/** Arrays that the shell keeps itself. */
export function specialArray(shell: Shell, name: string): readonly string[] | undefined {
  if (shell.unsetSpecials.includes(name)) return undefined;
  switch (name) {
    case 'PIPESTATUS':
      return shell.pipeStatus.map(String);
    case 'DIRSTACK':
      return [shell.vars.get('PWD') ?? shell.process.cwd(), ...shell.directories];
    case 'FUNCNAME': {
      const names = callStack(shell).map(({ name }) => name);
      if (names.every((name) => name === 'source')) return undefined;
      return shell.isScript ? [...names, 'main'] : names;
    }
    case 'BASH_SOURCE': {
      const files = callStack(shell).map(({ definedIn }) => definedIn);
      if (shell.isScript) files.push(shell.arg0);
      return files.length === 0 ? undefined : files;
    }
    case 'BASH_LINENO':
      return [...callStack(shell).map(({ line }) => String(line)), ...(shell.isScript ? ['0'] : [])];
    case 'BASH_ARGC':
      return argumentCounts(shell);
    case 'BASH_ARGV':
      return argumentStack(shell);
    case 'GROUPS':
      return [shell.process.credentials().gid, ...shell.process.credentials().groups].map(String);
    case 'BASH_VERSINFO':
      return ['5', '2', '21', '1', 'release', 'x86_64-pc-linux-gnu'];
    default:
      return undefined;
  }
}

const INTEGERS = new Set(['BASHPID', 'EUID', 'HISTCMD', 'PPID', 'RANDOM', 'SECONDS', 'SRANDOM', 'UID']);
const CONSTANTS = new Set(['BASHOPTS', 'BASH_VERSINFO', 'EUID', 'PPID', 'SHELLOPTS', 'UID']);

/** What stays as it is whatever is assigned, without a word. */
const UNMOVED = new Set([
  'BASHPID',
  'BASH_COMMAND',
  'EPOCHREALTIME',
  'EPOCHSECONDS',
  'FUNCNAME',
  'GROUPS',
  'HISTCMD',
  'LINENO',
  'SRANDOM',
]);

/** Assigns to a parameter that the shell computes; false where the name is an ordinary variable's. */
export function assignSpecial(shell: Shell, name: string, value: string): boolean {
  const isSpecial =
    UNMOVED.has(name) || CONSTANTS.has(name) || name === 'RANDOM' || name === 'SECONDS' || name === 'BASH_ARGV0';
  if (!isSpecial || shell.vars.own(name) !== undefined || shell.unsetSpecials.includes(name)) return false;
  if (CONSTANTS.has(name)) shell.refuseReadonly(name, { ...freshVariable(), readonly: true });
  if (name === 'RANDOM') seedRandom(shell, Number(BigInt.asUintN(32, shell.number(value))));
  else if (name === 'SECONDS')
    shell.startUs = shell.process.time().monotonicUs - Number(shell.number(value)) * 1_000_000;
  else if (name === 'BASH_ARGV0') shell.arg0 = value;
  return true;
}

/** Makes a computed parameter an ordinary name; false where it cannot be. */
export function unsetSpecial(shell: Shell, name: string): boolean {
  if (shell.personality !== 'bash' || shell.vars.own(name) !== undefined) return true;
  if (CONSTANTS.has(name)) return false;
  if (name !== '_' && (SPECIAL_PARAMETERS.includes(name) || SPECIAL_ARRAYS.includes(name) || name === 'FUNCNAME'))
    shell.unsetSpecials = [...new Set([...shell.unsetSpecials, name])];
  return true;
}

/** Those that stand in lists of variables whether somebody has asked for them or not. */
const LISTED = [
  ...CONSTANTS,
  'BASH_ARGC',
  'BASH_ARGV',
  'BASH_LINENO',
  'BASH_SOURCE',
  'DIRSTACK',
  'GROUPS',
  'PIPESTATUS',
];

/** The names of a list of variables. */
export const listedNames = (shell: Shell): readonly string[] =>
  shell.personality === 'bash' ? [...new Set([...shell.vars.names(), ...LISTED])].sort() : shell.vars.names();

/** A variable as a list shows it: arrays of the shell's own that nobody has asked for are empty there. */
export function listedVariable(shell: Shell, name: string): Variable | undefined {
  const found = shell.vars.own(name) ?? (LISTED.includes(name) ? specialVariable(shell, name) : undefined);
  return name === 'DIRSTACK' || name === 'GROUPS' ? found && { ...found, indexed: new Map() } : found;
}

/** A computed parameter as `declare -p` shows it. */
export function specialVariable(shell: Shell, name: string): Variable | undefined {
  if (shell.personality !== 'bash') return undefined;
  const marks = {
    integer: INTEGERS.has(name),
    readonly: CONSTANTS.has(name),
    exported: name === '_' && shell.lastArgument === undefined,
  };
  const values = SPECIAL_ARRAYS.includes(name) ? (specialArray(shell, name) ?? []) : undefined;
  if (values !== undefined) return { ...freshVariable(), ...marks, indexed: new Map(values.entries()) };
  return SPECIAL_PARAMETERS.includes(name) ? { ...freshVariable(specialParameter(shell, name)), ...marks } : undefined;
}

/** What the generator begins with in place of 0, which it could not leave. */
const ZERO_SEED = 123_459_876;

/** bash's generator: Park and Miller's minimal standard, its halves folded together. */
function random(shell: Shell): number {
  if (shell.randomState === 0)
    shell.randomState = shell.process.random(4).reduce((sum, byte) => (sum * 256 + byte) >>> 0, 0) || ZERO_SEED;
  const last = foldedRandom(shell.randomState);
  do shell.randomState = nextRandom(shell.randomState);
  while (foldedRandom(shell.randomState) === last);
  return foldedRandom(shell.randomState);
}

/** `RANDOM=n`: the same numbers follow each time. */
export function seedRandom(shell: Shell, seed: number): void {
  shell.randomState = seed === 0 ? ZERO_SEED : seed;
}

function nextRandom(state: number): number {
  const high = Math.floor(state / 127_773);
  const next = 16_807 * (state - 127_773 * high) - 2_836 * high;
  return next < 0 ? next + 0x7fffffff : next;
}
const foldedRandom = (state: number): number => ((state >>> 16) ^ (state & 0xffff)) & 0x7fff;
