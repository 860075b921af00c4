/** i" a" i' a' i` a`: what is quoted on the line. */
import { charsOf } from '../state/buffer.ts';
import type { ViPlace } from '../state/state.ts';
import type { ObjectAsked, TextObject } from './text-object.ts';
import { grownFrom, ofText } from './text-object.ts';

interface Pair {
  readonly open: number;
  readonly close: number;
}

export function quoteObject(asked: ObjectAsked, quote: string): TextObject | undefined {
  const { state, around, count, selected } = asked;
  if (selected !== undefined && selected.row !== state.row) return undefined;
  const line = charsOf(state);
  const grown = grownFrom(asked) !== undefined;
  const begins = selected !== undefined && selected.column < state.column;
  const [low, high] = [
    Math.min(selected?.column ?? state.column, state.column),
    Math.max(selected?.column ?? 0, state.column),
  ];
  const wasInside = grown && line[low - 1] === quote && line[high] !== undefined && line[high + 1] === quote;
  const hasQuote = grown && line.slice(low, high + 1).includes(quote);
  const pair = grown ? grownPair(line, state.column, quote, begins) : pairAt(line, state.column, quote);
  if (pair === undefined) return undefined;
  let { open, close } = pair;
  const isBlank = (at: number): boolean => line[at] === ' ' || line[at] === '\t';
  if (around) {
    if (isBlank(close + 1)) while (isBlank(close + 1)) close += 1;
    else while (open > 0 && isBlank(open - 1)) open -= 1;
  }
  if (!around && count < 2 && (!grown || !wasInside)) open += 1;
  const keepsQuotes = around || count > 1 || (grown && wasInside);
  const end = keepsQuotes ? close : close - 1;
  const at = (column: number): ViPlace => ({ row: state.row, column });
  if (selected === undefined) return ofText(at(open), at(end + 1), false);
  if (!grown) return ofText(at(open), at(end));
  if (!begins) {
    const ends = wasInside || (!hasQuote && line[high] !== quote && line[high + 1] !== quote);
    return ofText(at(ends ? end : high), at(open));
  }
  const starts = line[low] !== quote && line[low - 1] !== quote;
  return ofText(at(!hasQuote && (wasInside || starts) ? open : low), at(end));
}

const next = (line: readonly string[], from: number, quote: string, escapes: boolean): number => {
  for (let at = from; at < line.length; at += 1) {
    if (escapes && line[at] === '\\') at += 1;
    else if (line[at] === quote) return at;
  }
  return -1;
};

/** Pairs are counted from the beginning of the line. */
function pairFromStart(line: readonly string[], column: number, quote: string): Pair | undefined {
  let open = next(line, 0, quote, false);
  while (open >= 0 && open <= column) {
    const close = next(line, open + 1, quote, true);
    if (close < 0) return undefined;
    if (column <= close) return { open, close };
    open = next(line, close + 1, quote, false);
  }
  return undefined;
}

function pairAt(line: readonly string[], column: number, quote: string): Pair | undefined {
  if (line[column] === quote) return pairFromStart(line, column, quote);
  let open = column;
  do open -= 1;
  while (open >= 0 && (line[open] !== quote || isEscaped(line, open)));
  if (open < 0) open = next(line, column, quote, false);
  const close = open < 0 ? -1 : next(line, open + 1, quote, true);
  return close < 0 ? undefined : { open, close };
}

function isEscaped(line: readonly string[], at: number): boolean {
  let slashes = 0;
  while (line[at - slashes - 1] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/** From a selection: the quotes around it, or the next where the cursor is on one. */
function grownPair(line: readonly string[], column: number, quote: string, begins: boolean): Pair | undefined {
  if (line[column] === quote && begins) {
    const open = next(line, column + 1, quote, false);
    if (open < 0) return undefined;
    const close = next(line, open + 1, quote, true);
    return close < 0 ? { open: column, close: open } : { open, close };
  }
  if (line[column] === quote) {
    const close = line.lastIndexOf(quote, column - 1);
    if (column === 0 || close < 0) return undefined;
    const open = close === 0 ? -1 : line.lastIndexOf(quote, close - 1);
    return open < 0 ? { open: close, close: column } : { open, close };
  }
  const first = begins ? next(line, column, quote, false) : line.lastIndexOf(quote, column);
  return first < 0 ? undefined : pairFromStart(line, first, quote);
}
