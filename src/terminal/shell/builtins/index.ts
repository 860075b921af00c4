import type { Op } from '../op.ts';
import type { Shell } from '../shell.ts';
import type { PlannedCommand } from '../simple-command.ts';
import { controlBuiltins } from './control.ts';
import { directoryBuiltins } from './directories.ts';
import { inputBuiltins } from './input.ts';
import { jobBuiltins } from './jobs.ts';
import { lookupBuiltins } from './lookup.ts';
import { optionBuiltins } from './options.ts';
import { outputBuiltins } from './output.ts';
import { systemBuiltins } from './system.ts';
import { variableBuiltins } from './variables.ts';

/** A command that the shell carries out itself; answers its status. */
export type Builtin = (shell: Shell, args: readonly string[], command: PlannedCommand) => number | Op<number>;

const BASH: ReadonlyMap<string, Builtin> = new Map(Object.entries({
  ...controlBuiltins, ...directoryBuiltins, ...inputBuiltins, ...jobBuiltins, ...lookupBuiltins, ...optionBuiltins, ...outputBuiltins, ...systemBuiltins, ...variableBuiltins,
}));

/** What POSIX shells without bash's extensions lack. */
const NOT_POSIX = new Set(['declare', 'typeset', 'shopt', 'mapfile', 'readarray', 'pushd', 'popd', 'dirs', 'disown', 'builtin', 'enable', 'compgen', 'complete', 'compopt', 'caller', 'help', 'bind', 'suspend', 'logout']);
const DASH: ReadonlyMap<string, Builtin> = new Map([...BASH].filter(([name]) => !NOT_POSIX.has(name) && name !== 'let' && name !== 'source' && name !== 'history'));
const ASH: ReadonlyMap<string, Builtin> = new Map([...BASH].filter(([name]) => !NOT_POSIX.has(name)));

export function builtins(shell: Pick<Shell, 'personality'>): ReadonlyMap<string, Builtin> {
  return shell.personality === 'bash' ? BASH : shell.personality === 'dash' ? DASH : ASH;
}

/** Builtins by name, for completion and `type`. */
export const builtinNames = (shell: Pick<Shell, 'personality'>): string[] => [...builtins(shell).keys()].sort();
