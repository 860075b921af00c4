/** iw aw iW aW: words and the blanks between them. */
import { Walk } from '../motions/walk.ts';
import { backWord, backWordEnd, classAt, forwardWord, wordEnd } from '../motions/words.ts';
import type { ViPlace } from '../state/state.ts';
import type { ObjectAsked, TextObject } from './text-object.ts';
import { grownFrom, ofText } from './text-object.ts';

export function wordObject(asked: ObjectAsked, big: boolean): TextObject | undefined {
  const { state, around, count, selected } = asked;
  const walk = new Walk(state, state);
  let from: ViPlace = selected ?? state;
  let left = count;
  let blanksBehind = false;
  if (grownFrom(asked) === undefined) {
    toClassStart(walk, big);
    from = walk.place;
    if ((classAt(walk, big) === 0) === around) {
      if (!wordEnd(walk, big, true, true)) return undefined;
    } else {
      forwardWord(walk, big, true);
      if (walk.column === 0) walk.backPastEnds();
      else walk.column -= 1;
      blanksBehind = around;
    }
    left -= 1;
  }
  let inclusive = true;
  for (; left > 0; left -= 1) {
    const grown = walk.isBefore(from) ? growBack(walk, big, around) : growOn(walk, big, around, left);
    if (grown === undefined) return undefined;
    inclusive = grown;
  }
  if (blanksBehind && (classAt(walk, big) !== 0 || (walk.column === 0 && !inclusive)))
    from = blanksBefore(asked, from, big);
  return ofText(from, walk, inclusive);
}

function toClassStart(walk: Walk, big: boolean): void {
  const kind = classAt(walk, big);
  while (walk.column > 0) {
    walk.column -= 1;
    if (classAt(walk, big) === kind) continue;
    walk.column += 1;
    return;
  }
}

/** One object more behind; whether its last character belongs to it, undefined where there is none. */
function growOn(walk: Walk, big: boolean, around: boolean, left: number): boolean | undefined {
  if (walk.onPastEnds() === 'stuck') return undefined;
  if (around === (classAt(walk, big) === 0)) return wordEnd(walk, big, true, true) ? true : undefined;
  if (!forwardWord(walk, big, true) && left > 1) return undefined;
  if (walk.column === 0) return false;
  walk.column -= 1;
  return true;
}

function growBack(walk: Walk, big: boolean, around: boolean): boolean | undefined {
  if (walk.backPastEnds() === 'stuck') return undefined;
  if (around !== (classAt(walk, big) !== 0)) return backWord(walk, big, true) ? true : undefined;
  if (!backWordEnd(walk, big, true)) return undefined;
  walk.onPastEnds();
  return true;
}

/** The blanks before a word with none behind it belong to it, unless they begin the line. */
function blanksBefore({ state }: ObjectAsked, from: ViPlace, big: boolean): ViPlace {
  const walk = new Walk(state, from);
  if (walk.column === 0) return from;
  walk.column -= 1;
  toClassStart(walk, big);
  return classAt(walk, big) === 0 && walk.column > 0 ? walk.place : from;
}
