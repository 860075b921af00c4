import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import { invalidOption, usage } from './message.ts';

/** A builtin's options as they were given, and what follows them. */
export interface Letters {
  readonly given: readonly { readonly letter: string; readonly value: string }[];
  readonly operands: readonly string[];
  /** Whether a letter was given. */
  readonly has: (letter: string) => boolean;
  /** The value given last to a letter that takes one. */
  readonly valueOf: (letter: string) => string | undefined;
}

/**
 * Reads options as bash's builtins do: up to the first operand or `--`, letters together, a value in the same word or in
 * the next. In `known` a colon follows the letters that take a value. A number is the status after a complaint.
 */
export function* readLetters(shell: Shell, name: string, args: readonly string[], known: string): Op<Letters | number> {
  const given: { letter: string; value: string }[] = [];
  let at = 0;
  for (; /^-./.test(args[at] ?? ''); at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      at += 1;
      break;
    }
    for (let i = 1; i < arg.length; i += 1) {
      const letter = arg.charAt(i);
      const place = letter === ':' ? -1 : known.indexOf(letter);
      if (place < 0) return yield* invalidOption(shell, name, `-${letter}`);
      if (known.charAt(place + 1) !== ':') {
        given.push({ letter, value: '' });
        continue;
      }
      const value = i + 1 < arg.length ? arg.slice(i + 1) : args[(at += 1)];
      if (value === undefined) {
        yield* shell.complain(`${name}: -${letter}: option requires an argument`);
        return yield* usage(shell, name);
      }
      given.push({ letter, value });
      break;
    }
  }
  return {
    given,
    operands: args.slice(at),
    has: (letter) => given.some((each) => each.letter === letter),
    valueOf: (letter) => given.findLast((each) => each.letter === letter)?.value,
  };
}
