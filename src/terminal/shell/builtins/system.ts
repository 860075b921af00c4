import { callStack } from '../machine/call-stack.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { Builtin } from './builtin.ts';
import { print, usage } from './message.ts';
import { umask } from './umask.ts';

function* times(shell: Shell): Op<number> {
  const t = shell.process.times();
  const text = (us: number): string => `${String(Math.floor(us / 60e6))}m${((us % 60e6) / 1e6).toFixed(3)}s`;
  return yield* print(
    shell,
    'times',
    `${text(t.userUs)} ${text(t.systemUs)}\n${text(t.childrenUserUs)} ${text(t.childrenSystemUs)}\n`,
  );
}

function* caller(shell: Shell, args: readonly string[]): Op<number> {
  const calls = callStack(shell);
  const [level] = args;
  if (calls.length === 0) return 1;
  if (level !== undefined && !/^\d+$/.test(level)) {
    yield* shell.complain(`caller: ${level}: invalid number`);
    return yield* usage(shell, 'caller');
  }
  const call = calls[Number(level ?? '0')];
  if (call === undefined) return 1;
  const outer = calls[Number(level ?? '0') + 1];
  const file = outer?.definedIn ?? (shell.isScript ? shell.arg0 : 'NULL');
  if (level === undefined) return yield* print(shell, 'caller', `${String(call.line)} ${file}\n`);
  if (outer === undefined && !shell.isScript) return 1;
  return yield* print(shell, 'caller', `${String(call.line)} ${outer?.name ?? 'main'} ${file}\n`);
}

export const systemBuiltins: Readonly<Record<string, Builtin>> = { umask, times, caller };
