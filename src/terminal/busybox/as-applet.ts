/** Programs of hosts as applets. */
import type { Plain } from '../../protocol/plain.ts';
import type { Process, Program } from '../../protocol/program.ts';
import type { Applet } from '../coreutils/command.ts';

/** A host's program under the same name, where the two differ in little. */
export const asApplet = (program: Program): Applet => ({
  ...program,
  applet: (process, _flavour, argv) => program.run(withArguments(process, argv)),
  ...(program.resume === undefined
    ? {}
    : { resume: (process: Process, state: Plain) => program.resume?.(process, state) ?? Promise.resolve(127) }),
});

/** The same process with the arguments of the applet (`busybox sh -c …`). */
export function withArguments(process: Process, argv: readonly string[]): Process {
  if (argv === process.argv) return process;
  return new Proxy(process, {
    get: (target, key) => {
      if (key === 'argv') return argv;
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? (...args: unknown[]): unknown => Reflect.apply(value, target, args) : value;
    },
  });
}
