import type { Personality } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { completionBuiltins } from './completion.ts';
import { controlBuiltins } from './control.ts';
import { directoryBuiltins } from './directories.ts';
import { dirs, popd, pushd } from './directory-stack.ts';
import { historyBuiltins } from './history.ts';
import { inputBuiltins } from './input.ts';
import { jobBuiltins } from './jobs.ts';
import { lookupBuiltins } from './lookup.ts';
import { optionBuiltins } from './options.ts';
import { outputBuiltins } from './output.ts';
import { systemBuiltins } from './system.ts';
import { variableBuiltins } from './variables.ts';

const ALL: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({
    ...completionBuiltins,
    ...controlBuiltins,
    ...directoryBuiltins,
    dirs,
    pushd,
    popd,
    ...historyBuiltins,
    ...inputBuiltins,
    ...jobBuiltins,
    ...lookupBuiltins,
    ...optionBuiltins,
    ...outputBuiltins,
    ...systemBuiltins,
    ...variableBuiltins,
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
