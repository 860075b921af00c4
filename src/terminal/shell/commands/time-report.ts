import type { Frame } from '../machine/frames.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';

/** The lines of the `time` keyword (TIMEFORMAT's default, or POSIX's with -p). */
export function* timeReport(shell: Shell, frame: Extract<Frame, { type: 'time' }>): Op<void> {
  shell.stack.pop();
  const times = shell.process.times();
  const real = shell.process.time().monotonicUs - frame.startUs;
  const user = times.userUs + times.childrenUserUs - frame.user;
  const system = times.systemUs + times.childrenSystemUs - frame.system;
  const format = shell.vars.get('TIMEFORMAT');
  if (frame.posix)
    yield* shell.write(2, `real ${seconds(real, 2)}\nuser ${seconds(user, 2)}\nsys ${seconds(system, 2)}\n`);
  else if (format === undefined)
    yield* shell.write(2, `\nreal\t${minutes(real)}\nuser\t${minutes(user)}\nsys\t${minutes(system)}\n`);
  else if (format !== '') {
    const values: Record<string, number> = { R: real, U: user, S: system };
    const text = format.replace(
      /%(%|(\d?)(l?)([RUS]))/g,
      (_, all: string, digits: string, long: string, which: string) =>
        all === '%'
          ? '%'
          : long === 'l'
            ? minutes(values[which] ?? 0)
            : seconds(values[which] ?? 0, digits === '' ? 3 : Number(digits)),
    );
    yield* shell.write(2, `${text}\n`);
  }
}

const seconds = (us: number, digits: number): string => (us / 1e6).toFixed(digits);
const minutes = (us: number): string => `${String(Math.floor(us / 60e6))}m${((us % 60e6) / 1e6).toFixed(3)}s`;
