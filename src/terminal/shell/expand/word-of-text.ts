import type { Command, SyntaxNode, Word } from 'unbash';
import { parse } from 'unbash';

const words = new Map<string, Word>();

/** A word's text as a word; braces leave texts that have to be read again. */
export const wordOf = (text: string): Word => cached(text, `_ ${text}`, (command) => command.args[0]);

/** The text between the brackets of an element as a word, in which blanks part nothing. */
export const subscriptOf = (text: string): Word =>
  cached(text, `_[${text}]=`, ({ prefix: [first] }) => (first?.type === 'Assignment' ? first.index : undefined));

function cached(text: string, script: string, wordIn: (command: Command) => SyntaxNode | undefined): Word {
  const known = words.get(script);
  if (known !== undefined) return known;
  const command = parse(script).commands[0]?.command;
  const found = command?.type === 'Command' ? wordIn(command) : undefined;
  const word: Word = found?.type === 'Word' ? found : { type: 'Word', text, value: text, pos: 0, end: text.length };
  if (words.size > 5_000) words.clear();
  words.set(script, word);
  return word;
}
