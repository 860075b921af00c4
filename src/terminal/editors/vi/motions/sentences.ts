/** Sentences: they end with . ! or ? and a blank, and with an empty line. */
import type { ViPlace, ViState } from '../state/state.ts';
import { Walk } from './walk.ts';

const isAmong = (char: string, signs: string): boolean => char !== '' && signs.includes(char);
const ENDS = '.!?';
const CLOSERS = ')]"\'';

/** A line that parts paragraphs: empty, or begun by a form feed. */
const parts = (walk: Walk): boolean => walk.isOnEmptyLine || walk.chars[0] === '\f';

/** The place some sentences on, or back; undefined where there are not so many. */
export function sentencePlace(
  state: Pick<ViState, 'lines'>,
  from: ViPlace,
  step: 1 | -1,
  count = 1,
): ViPlace | undefined {
  const walk = new Walk(state, from);
  for (let left = count; left > 0; left -= 1) {
    const found = sentenceStep(walk, step);
    if (found === 'none' || (found === 'end' && left > 1)) return undefined;
  }
  return walk.place;
}

/** The next place at which a sentence begins, or the one before: 'end' where the text ends there, 'none' before. */
function sentenceStep(walk: Walk, step: 1 | -1): 'found' | 'end' | 'none' {
  const move = (): boolean => (step > 0 ? walk.onPastEnds() : walk.backPastEnds()) !== 'stuck';
  if (walk.char === '') {
    do if (!move()) break;
    while (walk.char === '');
    if (step > 0) return skipBlanks(walk);
  } else if (step > 0 && walk.column === 0 && parts(walk)) {
    if (walk.isOnLastLine) return 'none';
    walk.row += 1;
    return skipBlanks(walk);
  } else if (step < 0) walk.backPastEnds();
  toEndBefore(walk, step);
  return seekEnd(walk, step, move) ? skipBlanks(walk) : 'end';
}

/** Back over blanks and what ends a sentence to what was before it. */
function toEndBefore(walk: Walk, step: 1 | -1): void {
  let ended = false;
  while (walk.isOnBlank || isAmong(walk.char, ENDS + CLOSERS)) {
    const { char } = walk;
    const before = walk.copy();
    if (before.backPastEnds() === 'stuck' || (step > 0 && before.isOnEmptyLine)) return;
    if (ended && !isAmong(char, ENDS + CLOSERS)) return;
    if (isAmong(char, ENDS)) ended = true;
    if (isAmong(char, CLOSERS) && !isAmong(before.char, ENDS + CLOSERS)) return;
    walk.backPastEnds();
  }
}

/** On to the end of a sentence; false where the text ends before. */
function seekEnd(walk: Walk, step: 1 | -1, move: () => boolean): boolean {
  const { row } = walk;
  for (;;) {
    if (walk.char === '' || (walk.column === 0 && parts(walk))) {
      if (step < 0 && walk.row !== row) walk.row += 1;
      return true;
    }
    if (isAmong(walk.char, ENDS)) {
      const beyond = walk.copy();
      let stuck = beyond.on() === 'stuck';
      while (!stuck && isAmong(beyond.char, CLOSERS)) stuck = beyond.on() === 'stuck';
      if (stuck || beyond.char === '' || beyond.isOnBlank) {
        walk.goTo(beyond);
        if (walk.char === '') walk.on();
        return true;
      }
    }
    if (!move()) return false;
  }
}

function skipBlanks(walk: Walk): 'found' {
  while (walk.isOnBlank) if (walk.onPastEnds() === 'stuck') break;
  return 'found';
}
