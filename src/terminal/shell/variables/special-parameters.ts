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
  'BASH_COMMAND',
  'BASH_SUBSHELL',
  'EPOCHREALTIME',
  'EPOCHSECONDS',
  'EUID',
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

/** A parameter that the shell computes when it is asked for; undefined where there is none of the name. */
export function specialParameter(shell: Shell, name: string): string | undefined {
  switch (name) {
    case '_':
      return shell.lastArgument;
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

const INTEGERS = new Set(['BASHPID', 'EUID', 'PPID', 'RANDOM', 'SECONDS', 'SRANDOM', 'UID']);
const CONSTANTS = new Set(['BASHOPTS', 'BASH_VERSINFO', 'EUID', 'PPID', 'SHELLOPTS', 'UID']);

/** A computed parameter as `declare -p` shows it. */
export function specialVariable(shell: Shell, name: string): Variable | undefined {
  if (shell.personality !== 'bash') return undefined;
  const marks = { integer: INTEGERS.has(name), readonly: CONSTANTS.has(name), exported: name === '_' };
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
