/** Tables of the shell that bash also shows as associative arrays: BASH_ALIASES and BASH_CMDS. */
import type { Shell } from '../shell.ts';
import { tableVariable } from './variables.ts';

const ALIAS_BUCKETS = 64;
/** Buckets that the table of remembered commands begins with. */
export const HASH_BUCKETS = 256;

export function showOwnTables(shell: Shell): void {
  const { variables } = shell.vars.global;
  variables.set('BASH_ALIASES', tableVariable(shell.aliases, ALIAS_BUCKETS));
  variables.set('BASH_CMDS', tableVariable(shell.hashed, HASH_BUCKETS));
}

/** After the variables have been loaded as copies: the arrays that are still there are the tables again. */
export function rejoinOwnTables(shell: Shell): void {
  const { variables } = shell.vars.global;
  if (variables.has('BASH_ALIASES')) variables.set('BASH_ALIASES', tableVariable(shell.aliases, ALIAS_BUCKETS));
  if (variables.has('BASH_CMDS')) variables.set('BASH_CMDS', tableVariable(shell.hashed, HASH_BUCKETS));
}
