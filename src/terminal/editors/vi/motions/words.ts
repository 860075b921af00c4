/** Steps by words, as w e b and ge make them and the text objects of words are found with. */
import { wordClass } from '../state/word-class.ts';
import type { Walk } from './walk.ts';

/** The class of what a walk is on; of a WORD is all that is no blank. */
export const classAt = (walk: Walk, big: boolean): number => {
  const kind = wordClass(walk.char);
  return big && kind > 1 ? 1 : kind;
};

const isOnEmptyLine = (walk: Walk): boolean => walk.column === 0 && walk.isOnEmptyLine;

/** Past what is of one class; false at an end of the text. */
function passClass(walk: Walk, kind: number, big: boolean, step: 'on' | 'back'): boolean {
  while (classAt(walk, big) === kind) if (walk[step]() === 'stuck') return false;
  return true;
}

/** To the beginning of the next word; `staysInLine`: not past the end of the line that the word ends. */
export function forwardWord(walk: Walk, big: boolean, staysInLine: boolean): boolean {
  const kind = classAt(walk, big);
  const wasLast = walk.isOnLastLine;
  const first = walk.on();
  const leaves = first === 'line-end' || first === 'other-line';
  if (first === 'stuck' || (leaves && wasLast)) return false;
  if (leaves && staysInLine) return true;
  while (kind !== 0 && classAt(walk, big) === kind) {
    const step = walk.on();
    if (step === 'stuck' || (step !== 'moved' && staysInLine)) return true;
  }
  while (classAt(walk, big) === 0 && !isOnEmptyLine(walk)) {
    const isLast = walk.isOnLastLine;
    const step = walk.on();
    if (step === 'stuck' || (step !== 'moved' && isLast)) return true;
  }
  return true;
}

/** To the end of a word: of this one with `stops`, also where the walk is there already. */
export function wordEnd(walk: Walk, big: boolean, stops: boolean, stopsAtEmpty = false): boolean {
  const kind = classAt(walk, big);
  if (walk.on() === 'stuck') return false;
  if (classAt(walk, big) === kind && kind !== 0) {
    if (!passClass(walk, kind, big, 'on')) return false;
  } else if (!stops || kind === 0) {
    while (classAt(walk, big) === 0) {
      if (stopsAtEmpty && isOnEmptyLine(walk)) return true;
      if (walk.on() === 'stuck') return false;
    }
    if (!passClass(walk, classAt(walk, big), big, 'on')) return false;
  }
  walk.back();
  return true;
}

/** To the beginning of a word before; with `stops` of what the walk was behind. */
export function backWord(walk: Walk, big: boolean, stops = false): boolean {
  const kind = classAt(walk, big);
  if (walk.back() === 'stuck') return false;
  if (!stops || kind === 0 || kind === classAt(walk, big)) {
    while (classAt(walk, big) === 0) {
      if (isOnEmptyLine(walk)) return true;
      if (walk.back() === 'stuck') return true;
    }
    if (!passClass(walk, classAt(walk, big), big, 'back')) return true;
  }
  walk.on();
  return true;
}

/** To the end of the word before. */
export function backWordEnd(walk: Walk, big: boolean, staysInLine = false): boolean {
  const kind = classAt(walk, big);
  const first = walk.back();
  if (first === 'stuck') return false;
  if (staysInLine && first === 'other-line') return true;
  while (kind !== 0 && classAt(walk, big) === kind) {
    const step = walk.back();
    if (step === 'stuck' || (staysInLine && step === 'other-line')) return true;
  }
  while (classAt(walk, big) === 0 && !isOnEmptyLine(walk)) {
    const step = walk.back();
    if (step === 'stuck' || (staysInLine && step === 'other-line')) return true;
  }
  return true;
}
