/** it and at: what stands between two tags, over lines too. */
import { Walk } from '../motions/walk.ts';
import type { ViPlace, ViState } from '../state/state.ts';
import type { ObjectAsked, TextObject } from './text-object.ts';
import { grownFrom, ofText } from './text-object.ts';

/** Offsets in the whole text: the first character of each tag, and what is behind it. */
interface Pair {
  readonly open: number;
  readonly openEnd: number;
  readonly close: number;
  readonly closeEnd: number;
}

export function tagObject(asked: ObjectAsked): TextObject | undefined {
  const { state, around, count, selected } = asked;
  const text = state.lines.join('\n');
  const grown = grownFrom(asked);
  const [low, high] = [offsetOf(state, state), offsetOf(state, grown ?? state)].toSorted((a, b) => a - b);
  if (low === undefined || high === undefined) return undefined;
  const from = grown !== undefined ? low : startOf(asked, text);
  const oldEnd = selected === undefined ? high - 1 : high;
  const outward = pairsOf(text)
    .filter(({ open, close }) => open < from && close >= from)
    .toSorted((a, b) => b.open - a.open);
  const first = outward.slice(count - 1).findIndex(({ close }) => close - 1 >= oldEnd || close >= oldEnd);
  const pair = first < 0 ? undefined : outward[count - 1 + first];
  if (pair === undefined) return undefined;
  if (around) return found(asked, text, pair.open, pair.closeEnd);
  // What is selected already has its tags come in too.
  if (selected !== undefined && pair.openEnd === low && pair.close - 1 === high)
    return found(asked, text, pair.open, pair.closeEnd);
  return found(asked, text, pair.openEnd, pair.close);
}

function found({ selected }: ObjectAsked, text: string, from: number, end: number): TextObject {
  if (selected === undefined || end <= from)
    return ofText(placeAt(text, from), placeAt(text, Math.max(from, end)), selected !== undefined);
  return ofText(placeAt(text, from), placeAt(text, end - 1));
}

/** On a tag itself it is that one's block. */
function startOf({ state }: ObjectAsked, text: string): number {
  const walk = new Walk(state, state);
  while (walk.isInIndent) if (walk.on() !== 'moved') break;
  const here = offsetOf(state, walk);
  const tag = [...text.matchAll(/<(\/?)[^>]*>/g)].find(
    ({ index, 0: whole }) => index <= here && here < index + whole.length,
  );
  if (tag === undefined) return here;
  return tag[1] === '/' ? tag.index : tag.index + tag[0].length - 1;
}

function pairsOf(text: string): readonly Pair[] {
  const pairs: Pair[] = [];
  const open: { readonly name: string; readonly from: number; readonly to: number }[] = [];
  for (const tag of text.matchAll(/<(\/?)([^\s>/!][^\s>/]*)[^>]*?(\/?)>/g)) {
    const [whole, closing, name = '', single] = tag;
    const end = tag.index + whole.length;
    if (single === '/') continue;
    if (closing === '') open.push({ name: name.toLowerCase(), from: tag.index, to: end });
    else {
      while (open.length > 0 && open.at(-1)?.name !== name.toLowerCase()) open.pop();
      const start = open.pop();
      if (start !== undefined) pairs.push({ open: start.from, openEnd: start.to, close: tag.index, closeEnd: end });
    }
  }
  return pairs;
}

function offsetOf({ lines }: ViState, { row, column }: ViPlace): number {
  const before = lines.slice(0, row).reduce((sum, line) => sum + line.length + 1, 0);
  return before + [...(lines[row] ?? '')].slice(0, column).join('').length;
}

function placeAt(text: string, offset: number): ViPlace {
  const before = text.slice(0, offset).split('\n');
  return { row: before.length - 1, column: [...(before.at(-1) ?? '')].length };
}
