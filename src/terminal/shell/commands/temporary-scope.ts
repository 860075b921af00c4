import type { Assignment, Redirection } from 'unbash';
import { assignmentText } from './assignments.ts';
import type { Op } from '../machine/op.ts';
import { popFrame } from '../machine/pop-frame.ts';
import { redirectShell } from './redirect.ts';
import type { Shell } from '../shell.ts';
import type { Variable } from '../variables/variables.ts';
import { freshVariable } from '../variables/variables.ts';

/** Variables of a scope with the values they were given before the command. */
type TemporaryScope = ReadonlyMap<string, { readonly variable: Variable; readonly before: string | undefined }>;

/** The assignments before a command, in a scope of their own that ends with it. */
export function* temporaryScope(shell: Shell, assignments: readonly Assignment[]): Op<TemporaryScope | undefined> {
  if (assignments.length === 0) return undefined;
  const scope = shell.vars.push('temporary');
  shell.stack.push({ type: 'scope' });
  for (const assignment of assignments) {
    const variable = freshVariable();
    variable.exported = true;
    shell.vars.pop();
    const old = shell.vars.find(assignment.name);
    shell.refuseReadonly(assignment.name, old);
    shell.vars.scopes.push({ variables: scope, kind: 'temporary' });
    const text = yield* assignmentText(shell, assignment);
    variable.value =
      (assignment.append === true ? (shell.vars.get(assignment.name) ?? '') : '') + text.slice(text.indexOf('=') + 1);
    scope.set(assignment.name, variable);
  }
  return new Map([...scope].map(([name, variable]) => [name, { variable, before: variable.value }]));
}

/**
 * Makes the redirections of a command whose scope stands already: their words see the variables outside. False where one
 * failed; the scope is gone then.
 */
export function* redirectInside(
  shell: Shell,
  scope: TemporaryScope | undefined,
  redirects: readonly Redirection[],
  keep: boolean,
): Op<boolean> {
  if (redirects.length === 0) return true;
  const hidden = scope === undefined ? undefined : shell.vars.scopes.pop();
  const undo = yield* redirectShell(shell, redirects, keep);
  if (hidden !== undefined) shell.vars.scopes.push(hidden);
  if (undo !== undefined) {
    if (undo.length > 0) shell.stack.push({ type: 'fds', undo });
    return true;
  }
  if (scope !== undefined) popFrame(shell);
  return false;
}

/** Builtins whose assignments stay inside the scope; what the others assign reaches the variable outside too. */
const INSIDE = new Set(
  'eval source . read mapfile readarray unset command builtin declare typeset local exec return'.split(' '),
);
const MARKING = new Set(['export', 'readonly']);

/** `x=1 export x` and `x=1 let x=2` change the x that is there afterwards. */
export function keepAssigned(shell: Shell, scope: TemporaryScope, argv: readonly string[]): void {
  const [builtin = '', ...args] = argv;
  if (INSIDE.has(builtin) || shell.personality !== 'bash') return;
  for (const [name, { variable, before }] of scope) {
    const marked = MARKING.has(builtin) && args.some((arg) => arg === name || arg.startsWith(`${name}=`));
    if (!marked && variable.value === before) continue;
    const outer = shell.vars.beneath(name);
    outer.value = variable.value;
    if (marked && builtin === 'export') outer.exported = variable.exported;
    if (marked && builtin === 'readonly') outer.readonly = variable.readonly;
  }
}
