/** :g :v and :normal: a command, or keys, for each of some lines. */
import type { ViState } from '../state.ts';
import { fail } from '../state.ts';
import { keysOfText } from '../typeahead.ts';
import { asOneChange } from '../undo.ts';
import { vimRegExp } from '../vim-pattern.ts';
import type { ExCall, ExCommand, ExRunner } from './command.ts';

const isInverse = ({ name, bang }: ExCall): boolean => name.startsWith('v') || bang;

/** Rows are marked by their place as lines come and go: what a command has taken away is not visited. */
function global(state: ViState, call: ExCall): ViState {
  const { range, args } = call;
  const sign = args.charAt(0);
  if (sign === '' || /[\w\\"|]/.test(sign))
    return fail(
      state,
      sign === '' ? 'E35: No previous regular expression' : "E146: Regular expressions can't be delimited by letters",
    );
  let end = 1;
  while (end < args.length && args.charAt(end) !== sign) end += args.charAt(end) === '\\' ? 2 : 1;
  const typed = args.slice(1, end);
  const pattern = typed === '' ? state.search.pattern : typed;
  const text = args.slice(end + 1) === '' ? 'p' : args.slice(end + 1);
  const regex = vimRegExp(pattern, { ignoreCase: state.options.ignorecase, smartCase: state.options.smartcase });
  const [first, last] = range.given ? [range.from, range.to] : [0, state.lines.length - 1];
  const wanted = !isInverse(call);
  const isHit = (line: string): boolean => {
    if (regex === undefined) return false;
    regex.lastIndex = 0;
    return regex.test(line);
  };
  const hits = state.lines.map((line, row) => row >= first && row <= last && isHit(line) === wanted);
  const search = { pattern, forward: true, offset: '' };
  if (!hits.includes(true))
    return {
      ...state,
      search,
      message: wanted ? `Pattern not found: ${pattern}` : `E538: Pattern found in every line: ${pattern}`,
      failed: true,
    };
  return said(state, visit({ ...state, search }, hits, text, call.run.execute));
}

function visit(state: ViState, marked: readonly boolean[], text: string, execute: ExRunner['execute']): ViState {
  let next: ViState = { ...state, tally: { count: 0, rows: 0 } };
  let hits = [...marked];
  const printed: string[] = [];
  for (let row = hits.indexOf(true); row >= 0; row = hits.indexOf(true)) {
    hits[row] = false;
    const before = next.lines;
    next = execute({ ...next, row, column: 0, message: '', failed: false, output: undefined }, text);
    if (next.output !== undefined) printed.push(...next.output);
    if (next.exit !== undefined || next.work !== undefined) break;
    hits = moved(hits, before, next.lines);
  }
  const done = asOneChange(state, next);
  return printed.length > 0 ? { ...done, output: printed, outputOver: false } : done;
}

/** Which rows are still to be visited after a change: those before and after it keep their marks. */
function moved(hits: readonly boolean[], before: readonly string[], after: readonly string[]): boolean[] {
  if (before === after || before.length === after.length) {
    if (before === after) return [...hits];
    const kept = [...hits];
    return sameEnds(kept, before, after);
  }
  return sameEnds([...hits], before, after);
}
function sameEnds(hits: boolean[], before: readonly string[], after: readonly string[]): boolean[] {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const middle = Array.from(
    { length: after.length - head - tail },
    (_, at) => before.length === after.length && hits[head + at] === true,
  );
  return [...hits.slice(0, head), ...middle, ...(tail === 0 ? [] : hits.slice(-tail))];
}

function said(before: ViState, after: ViState): ViState {
  const { count, rows } = after.tally;
  if (count > 2)
    return { ...after, message: `${String(count)} substitutions on ${String(rows)} line${rows === 1 ? '' : 's'}` };
  const more = after.lines.length - before.lines.length;
  if (after.output !== undefined || Math.abs(more) <= 2) return after;
  return { ...after, message: more > 0 ? `${String(more)} more lines` : `${String(-more)} fewer lines` };
}

/** :normal: keys as typed, in each line of a range; what is unfinished at their end is given up. */
function normal(state: ViState, { range, raw, bang, run }: ExCall): ViState {
  const text = (bang ? raw.slice(1) : raw).replace(/^\s/, '');
  if (text === '') return fail(state, 'E471: Argument required');
  let next = state;
  const last = range.given ? range.to : state.row;
  for (let row = range.given ? range.from : state.row; row <= last && row < next.lines.length; row += 1) {
    const start: ViState = range.given ? { ...next, row, column: 0 } : next;
    next = playWhole(start, text, run.press);
  }
  return asOneChange(state, { ...next, typed: [] });
}

function playWhole(state: ViState, text: string, press: ExRunner['press']): ViState {
  let next: ViState = { ...state, mode: 'normal', pending: '', typed: [], failed: false };
  for (const key of keysOfText(text)) {
    next = press({ ...next, failed: false }, key);
    if (next.failed) break;
  }
  const idle = next.mode === 'normal' && next.pending === '' && next.visual === undefined;
  return idle ? next : press(next, { special: next.mode === 'command' ? '^C' : 'escape' });
}

export const GLOBAL_COMMANDS: readonly ExCommand[] = [
  { name: 'global', shortest: 'g', takesBars: true, run: global },
  { name: 'vglobal', shortest: 'v', takesBars: true, run: global },
  { name: 'normal', shortest: 'norm', takesBars: true, run: normal },
];
