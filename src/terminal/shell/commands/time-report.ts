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
    const parts = formatted(format, real, user, system);
    if ('wrong' in parts) yield* shell.complain(`TIMEFORMAT: \`${parts.wrong}': invalid format character`);
    else yield* shell.write(2, `${parts.text}\n`);
  }
}

/** TIMEFORMAT with its times in place, or the letter that is none. */
function formatted(
  format: string,
  real: number,
  user: number,
  system: number,
): { readonly text: string } | { readonly wrong: string } {
  const values: Readonly<Record<string, number>> = { R: real, U: user, S: system };
  let text = '';
  let rest = format;
  for (;;) {
    const at = rest.indexOf('%');
    if (at < 0 || rest === '%') return { text: text + rest };
    text += rest.slice(0, at);
    const [all, digit = '', long = '', letter = ''] = /^%(\d?)(l?)([^]?)/.exec(rest.slice(at)) ?? ['%'];
    rest = rest.slice(at + all.length);
    const value = values[letter];
    const digits = digit === '' ? 3 : Math.min(Number(digit), 3);
    if (letter === '%' && all === '%%') text += '%';
    else if (letter === 'P' && all === '%P') text += percent(user + system, real);
    else if (value === undefined) return { wrong: letter === '' ? '\0' : letter };
    else text += long === 'l' ? minutes(value, digits) : seconds(value, digits);
  }
}

/** How much of the time the processor worked. */
const percent = (busy: number, real: number): string => (real === 0 ? '0.00' : ((busy * 100) / real).toFixed(2));
const seconds = (us: number, digits: number): string => (us / 1e6).toFixed(digits);
const minutes = (us: number, digits = 3): string =>
  `${String(Math.floor(us / 60e6))}m${((us % 60e6) / 1e6).toFixed(digits)}s`;
