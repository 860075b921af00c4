import type { Personality } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { controlBuiltins } from './control.ts';
import { directoryBuiltins } from './directories.ts';
import { inputBuiltins } from './input.ts';
import { jobBuiltins } from './jobs.ts';
import { lateBuiltin } from './late-builtin.ts';
import { lookupBuiltins } from './lookup.ts';
import { optionBuiltins } from './options.ts';
import { outputBuiltins } from './output.ts';
import { systemBuiltins } from './system.ts';
import { variableBuiltins } from './variables.ts';

/** Those that no prompt needs before somebody types them. */
const LATE: Readonly<Record<string, Builtin>> = {
  bind: lateBuiltin(async () => (await import('./bind.ts')).bind),
  compgen: lateBuiltin(async () => (await import('./completion.ts')).compgen),
  complete: lateBuiltin(async () => (await import('./completion.ts')).complete),
  compopt: lateBuiltin(async () => (await import('./completion.ts')).compopt),
  dirs: lateBuiltin(async () => (await import('./directory-stack.ts')).dirs),
  fc: lateBuiltin(async () => (await import('./history.ts')).fc),
  help: lateBuiltin(async () => (await import('./help.ts')).help),
  history: lateBuiltin(async () => (await import('./history.ts')).history),
  mapfile: lateBuiltin(async () => (await import('./mapfile.ts')).mapfile),
  popd: lateBuiltin(async () => (await import('./directory-stack.ts')).popd),
  pushd: lateBuiltin(async () => (await import('./directory-stack.ts')).pushd),
  readarray: lateBuiltin(async () => (await import('./mapfile.ts')).mapfile),
  ulimit: lateBuiltin(async () => (await import('./ulimit.ts')).ulimit),
};

const ALL: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({
    ...controlBuiltins,
    ...directoryBuiltins,
    ...inputBuiltins,
    ...jobBuiltins,
    ...lookupBuiltins,
    ...optionBuiltins,
    ...outputBuiltins,
    ...systemBuiltins,
    ...variableBuiltins,
    ...LATE,
  }),
);

/** `chdir` is another name of cd in POSIX shells alone. */
const BASH: ReadonlyMap<string, Builtin> = new Map([...ALL].filter(([name]) => name !== 'chdir'));

/** What POSIX shells without bash's extensions lack. */
const NOT_POSIX = new Set([
  'declare',
  'typeset',
  'shopt',
  'mapfile',
  'readarray',
  'pushd',
  'popd',
  'dirs',
  'disown',
  'builtin',
  'enable',
  'compgen',
  'complete',
  'compopt',
  'caller',
  'help',
  'bind',
  'suspend',
  'logout',
  'fc',
]);
const DASH: ReadonlyMap<string, Builtin> = new Map(
  [...ALL].filter(([name]) => !NOT_POSIX.has(name) && name !== 'let' && name !== 'source' && name !== 'history'),
);
const ASH: ReadonlyMap<string, Builtin> = new Map([...ALL].filter(([name]) => !NOT_POSIX.has(name)));

export const builtinsOf = (personality: Personality): ReadonlyMap<string, Builtin> =>
  personality === 'bash' ? BASH : personality === 'dash' ? DASH : ASH;
