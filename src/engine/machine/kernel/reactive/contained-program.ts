/** A reactive program whose mistakes end its process, not the world: as those of the asynchronous kind do (program-runner.ts). */
import type { ReactiveContext, ReactiveProgram } from './reactive.ts';

type Handler = (context: ReactiveContext, ...given: readonly unknown[]) => unknown;
type Crashed = (context: ReactiveContext, error: unknown) => void;

export function contained(program: ReactiveProgram, crashed: Crashed): ReactiveProgram {
  return new Proxy(program, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (context: ReactiveContext, ...given: readonly unknown[]) => {
        try {
          return (member as Handler).call(target, context, ...given);
        } catch (error) {
          crashed(context, error);
          return undefined;
        }
      };
    },
  });
}
