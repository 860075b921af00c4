import type { Word } from 'unbash';
import { parse } from 'unbash';

/** A word's text as a word; braces leave texts that have to be read again. */
const words = new Map<string, Word>();
export function wordOf(text: string): Word {
  const known = words.get(text);
  if (known !== undefined) return known;
  const command = parse(`_ ${text}`).commands[0]?.command;
  const argument = command?.type === 'Command' ? command.args[0] : undefined;
  const word: Word =
    argument?.type === 'Word' ? argument : { type: 'Word', text, value: text, pos: 0, end: text.length };
  if (words.size > 5_000) words.clear();
  words.set(text, word);
  return word;
}
