/** i( a( i{ i[ i< and their like: what brackets hold, over lines too. */
import { Walk } from '../motions/walk.ts';
import type { ViPlace } from '../state/state.ts';
import type { ObjectAsked, TextObject } from './text-object.ts';
import { grownFrom, ofText } from './text-object.ts';

type Pair = readonly [open: string, close: string];

/** A bracket that is not escaped. */
function isHere(walk: Walk, sign: string): boolean {
  if (walk.char !== sign) return false;
  let slashes = 0;
  while (walk.chars[walk.column - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 0;
}

/** Where an unmatched bracket stands before, or behind. */
function unmatched(
  asked: ObjectAsked,
  from: ViPlace,
  sign: string,
  other: string,
  by: 'on' | 'back',
): Walk | undefined {
  const walk = new Walk(asked.state, from);
  let depth = 0;
  while (walk[by]() !== 'stuck') {
    if (isHere(walk, other)) depth += 1;
    else if (isHere(walk, sign)) {
      if (depth === 0) return walk;
      depth -= 1;
    }
  }
  return undefined;
}

export function bracketObject(asked: ObjectAsked, pair: Pair): TextObject | undefined {
  const { state, around, selected } = asked;
  const here = { row: state.row, column: state.column };
  const grown = grownFrom(asked);
  const begins = grown !== undefined && new Walk(state, grown).isBefore(here);
  const [low, high] = grown === undefined ? [here, here] : begins ? [grown, here] : [here, grown];
  const start = openingFrom(asked, pair, low, grown !== undefined);
  if (start === undefined) return undefined;
  let end = unmatched(asked, start, pair[1], pair[0], 'on');
  if (end === undefined) return undefined;
  if (around) return ofText(start, end);
  let open = start;
  for (;;) {
    const inner = insideOf(open, end);
    if (selected === undefined) return withoutSelection(inner);
    if (inner.from.isAt(end)) return undefined;
    const bigger = inner.from.isBefore(low) || new Walk(state, high).isBefore(inner.to) || inner.from.isAt(inner.to);
    if (bigger) {
      if (inner.lineStart && inner.to.char !== '') inner.to.on();
      return ofText(inner.from, inner.to);
    }
    const outer = new Walk(state, low);
    outer.backPastEnds();
    const wider = unmatched(asked, outer, pair[0], pair[1], 'back');
    const widerEnd = wider && unmatched(asked, wider, pair[1], pair[0], 'on');
    if (wider === undefined || widerEnd === undefined) return undefined;
    open = wider;
    end = widerEnd;
  }
}

/** The bracket that opens around a place, as many deep as the count; else the next one that opens. */
function openingFrom(asked: ObjectAsked, [open, close]: Pair, low: ViPlace, grown: boolean): Walk | undefined {
  const walk = new Walk(asked.state, low);
  if (!grown) {
    if (open === '{') while (walk.isInIndent) if (walk.on() !== 'moved') break;
    if (walk.char === open) walk.column += 1;
  }
  const by = unmatched(asked, walk, open, close, 'back') === undefined ? 'on' : 'back';
  let found: Walk | undefined = walk;
  for (let left = asked.count; left > 0 && found !== undefined; left -= 1)
    found = unmatched(asked, found, open, close, by);
  return found;
}

/** Between two brackets, without the indentation that the closing one stands behind. */
function insideOf(open: Walk, close: Walk): { readonly from: Walk; readonly to: Walk; readonly lineStart: boolean } {
  const from = open.copy();
  from.onPastEnds();
  const to = close.copy();
  let lineStart = to.column === 0;
  to.backPastEnds();
  while (to.isInIndent) {
    lineStart = true;
    if (to.backPastEnds() !== 'moved') break;
  }
  return { from, to, lineStart };
}

function withoutSelection({ from, to, lineStart }: ReturnType<typeof insideOf>): TextObject {
  if (lineStart) {
    to.onPastEnds();
    return ofText(from, to, false);
  }
  return to.isBefore(from) ? ofText(from, from, false) : ofText(from, to);
}
