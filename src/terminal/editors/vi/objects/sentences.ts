/** is and as: sentences and the blanks between them. */
import { sentencePlace } from '../motions/sentences.ts';
import { Walk } from '../motions/walk.ts';
import type { ViPlace } from '../state/state.ts';
import type { ObjectAsked, TextObject } from './text-object.ts';
import { grownFrom, ofText } from './text-object.ts';

export function sentenceObject(asked: ObjectAsked): TextObject {
  const { state, around, count } = asked;
  const begun = grownFrom(asked);
  if (begun !== undefined) return grown(asked, begun);
  const next = new Walk(state, state);
  step(asked, next, 1);
  const ahead = new Walk(state, state);
  while (ahead.isOnBlank) if (ahead.onPastEnds() === 'stuck') break;
  const onBlank = ahead.isAt(next);
  const start = new Walk(state, state);
  const end = next.copy();
  if (onBlank) toFirstBlank(start);
  else {
    step(asked, end, -1);
    start.goTo(end);
  }
  const parts = around ? count * 2 : onBlank ? count - 1 : count;
  if (parts > 0) growOn(asked, end, parts, true);
  else end.backPastEnds();
  if (around && onBlank) {
    toFirstBlank(end);
    if (end.isOnBlank) end.backPastEnds();
  } else if (around && !end.isOnBlank) toFirstBlank(start);
  if (asked.selected !== undefined)
    return start.isAt(end) ? grown({ ...asked, state: { ...state, ...end.place } }, start.place) : ofText(start, end);
  return ofText(start, end, end.onPastEnds() === 'stuck');
}

function step({ state }: ObjectAsked, walk: Walk, by: 1 | -1): void {
  walk.goTo(sentencePlace(state, walk, by) ?? walk.place);
}

/** Back to the first of the blanks before. */
function toFirstBlank(walk: Walk): void {
  while (walk.backPastEnds() !== 'stuck') {
    if (walk.isOnBlank) continue;
    walk.onPastEnds();
    return;
  }
}

/** Sentences and blanks in turn. */
function growOn(asked: ObjectAsked, walk: Walk, parts: number, atStart: boolean): void {
  let sentence = atStart;
  for (let left = parts; left > 0; left -= 1) {
    step(asked, walk, 1);
    if (sentence) toFirstBlank(walk);
    if (left === 1 || sentence) walk.backPastEnds();
    sentence = !sentence;
  }
}

/** A selection that is there already goes on. */
function grown(asked: ObjectAsked, from: ViPlace): TextObject {
  const { state, around, count } = asked;
  const walk = new Walk(state, state);
  const parts = around ? count * 2 : count;
  if (walk.isBefore(from)) growBack(asked, walk, parts);
  else {
    const behind = walk.copy();
    step(asked, walk, 1);
    behind.onPastEnds();
    const atStart = behind.isAt(walk) || hasText(behind, walk);
    if (!behind.isAt(walk)) {
      if (atStart) step(asked, walk, -1);
      else walk.goTo(state);
    }
    growOn(asked, walk, parts, atStart);
  }
  return ofText(from, walk);
}

function hasText(from: Walk, to: ViPlace): boolean {
  const walk = from.copy();
  while (walk.isBefore(to)) {
    if (!walk.isOnBlank) return true;
    if (walk.onPastEnds() === 'stuck') return false;
  }
  return false;
}

function growBack(asked: ObjectAsked, walk: Walk, parts: number): void {
  const start = walk.place;
  const before = walk.copy();
  before.backPastEnds();
  step(asked, walk, 1);
  let atStart = !hasText(before, walk);
  if (!atStart) {
    step(asked, walk, -1);
    if (walk.isAt(start)) atStart = true;
    else step(asked, walk, 1);
  }
  for (let left = parts; left > 0; left -= 1) {
    if (atStart) toFirstBlank(walk);
    if (!atStart || (!asked.around && !walk.isOnBlank)) step(asked, walk, -1);
    atStart = !atStart;
  }
}
