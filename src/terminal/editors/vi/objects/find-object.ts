/** iw aw i" a" i( a( ip and their like, by the letter. */
import type { ViState } from '../state/state.ts';
import { bracketObject } from './brackets.ts';
import { paragraphObject } from './paragraphs.ts';
import { quoteObject } from './quotes.ts';
import { sentenceObject } from './sentences.ts';
import { tagObject } from './tags.ts';
import type { TextObject } from './text-object.ts';
import { wordObject } from './words.ts';

const BRACKETS: Readonly<Record<string, readonly [string, string]>> = {
  '(': ['(', ')'],
  ')': ['(', ')'],
  b: ['(', ')'],
  '{': ['{', '}'],
  '}': ['{', '}'],
  B: ['{', '}'],
  '[': ['[', ']'],
  ']': ['[', ']'],
  '<': ['<', '>'],
  '>': ['<', '>'],
};

/** What `i` or `a` with a letter names at the cursor; undefined where there is none. */
export function findTextObject(state: ViState, name: string, count = 1): TextObject | undefined {
  const around = name.startsWith('a');
  const letter = name.slice(1);
  const asked = { state, around, count, selected: state.visual };
  if (letter === 'w' || letter === 'W') return wordObject(asked, letter === 'W');
  if (letter === 'p') return paragraphObject(asked, state.visual?.kind === 'line');
  if (letter === 's') return sentenceObject(asked);
  if (letter === 't') return tagObject(asked);
  if ('"\'`'.includes(letter)) return quoteObject(asked, letter);
  const pair = BRACKETS[letter];
  return pair === undefined ? undefined : bracketObject(asked, pair);
}
