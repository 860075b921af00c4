/** Values of options that are words out of a list, as gnulib's argmatch reads them: a beginning is enough where it is clear. */
import { type Invocation, usageError } from './command.ts';

/** A value and the words for it, the one that is listed first first. */
export type Choice<Value> = readonly [value: Value, ...words: string[]];

/** The value that a word stands for; undefined after a complaint. `option` as the complaint calls it. */
export async function chooseArgument<Value>(
  call: Invocation,
  option: string,
  given: string,
  choices: readonly Choice<Value>[],
): Promise<Value | undefined> {
  const found = matching(given, choices);
  const [only] = found;
  if (only !== undefined && found.length === 1) return only[0];
  const list = choices.map(([, ...words]) => `  - ${words.map((word) => `\u2018${word}\u2019`).join(', ')}`);
  const problem = found.length === 0 ? 'invalid' : 'ambiguous';
  await usageError(call, `${problem} argument '${given}' for '${option}'\nValid arguments are:\n${list.join('\n')}`);
  return undefined;
}

function matching<Value>(given: string, choices: readonly Choice<Value>[]): readonly Choice<Value>[] {
  const exact = choices.filter(([, ...words]) => words.includes(given));
  if (exact.length > 0) return exact;
  return choices.filter(([, ...words]) => words.some((word) => word.startsWith(given)));
}
