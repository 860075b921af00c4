import { wait } from '../machine/op.ts';
import type { Builtin } from './builtin.ts';

/** A builtin that loads when it is first run; virtual time waits for it. */
export const lateBuiltin = (load: () => Promise<Builtin>): Builtin =>
  function* (shell, args, command) {
    const builtin = yield* wait(shell.process.hold(load()));
    const done = builtin(shell, args, command);
    return typeof done === 'number' ? done : yield* done;
  };
