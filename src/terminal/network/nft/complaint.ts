/** How nft words that something is wrong with a command: with arrows under the word. */
import type { PlainCall } from '../../system/plain-program.ts';

/** What is wrong with a command, and under which of its words the arrows stand. */
export interface Complaint {
  readonly text: string;
  readonly words: readonly string[];
  /** The word's place; past the last one, its end. */
  readonly at: number;
}

export const nothingThere = (words: readonly string[], at: number): Complaint => ({
  text: 'No such file or directory',
  words,
  at,
});
export const missingWord = (words: readonly string[]): Complaint => ({
  text: 'syntax error, unexpected newline, expecting string',
  words,
  at: words.length,
});

/** The command with arrows under what is wrong. */
export async function complain({ io }: PlainCall, { text, words, at }: Complaint): Promise<number> {
  const before = words.slice(0, at).join(' ').length;
  const place = at === words.length ? before : before + (at === 0 ? 0 : 1);
  const arrows = '^'.repeat(words[at]?.length ?? 1);
  await io.raw(`Error: ${text}\n${words.join(' ')}\n${' '.repeat(place)}${arrows}\n`);
  return 1;
}
