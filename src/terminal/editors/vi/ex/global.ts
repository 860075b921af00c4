/** :g :v and :normal: a command, or keys, for each of some lines. */
import { changedBlock } from '../state/buffer.ts';
import type { ViState } from '../state/state.ts';
import { fail, failLines } from '../state/state.ts';
import { keysOfText } from '../keys/typeahead.ts';
import { asOneChange } from '../state/undo.ts';
import { patternFault, vimRegExp } from '../search/vim-pattern.ts';
import type { ExCall, ExCommand, ExRunner } from './command.ts';

const isInverse = ({ name, bang }: ExCall): boolean => name.startsWith('v') || bang;

/** Rows are marked by their place as lines come and go: what a command has taken away is not visited. */
function global(state: ViState, call: ExCall): ViState {
  const { args } = call;
  const sign = args.charAt(0);
  if (sign === '') return fail(state, 'E148: Regular expression missing from :global');
  if (/[\w\\"|]/.test(sign)) return fail(state, "E146: Regular expressions can't be delimited by letters");
  let end = 1;
  while (end < args.length && args.charAt(end) !== sign) end += args.charAt(end) === '\\' ? 2 : 1;
  const typed = args.slice(1, end);
  const pattern = typed === '' ? state.search.pattern : typed;
  if (pattern === '') return failLines(state, ['E35: No previous regular expression', 'E476: Invalid command']);
  const fault = patternFault(pattern);
  if (fault !== undefined) return failLines(state, [fault, 'E476: Invalid command']);
  const hits = hitRows(state, call, pattern);
  const known: ViState = { ...state, search: { pattern, forward: true, offset: '' } };
  const text = args.slice(end + 1) === '' ? 'p' : args.slice(end + 1);
  if (hits.includes(true)) return said(state, visit(known, hits, text, call.run.execute));
  if (state.inGlobal) return known;
  return fail(
    known,
    isInverse(call) ? `E538: Pattern found in every line: ${pattern}` : `Pattern not found: ${pattern}`,
  );
}

/** Within another :g it is about one line. */
function hitRows(state: ViState, call: ExCall, pattern: string): readonly boolean[] {
  const { range } = call;
  const regex = vimRegExp(pattern, { ignoreCase: state.options.ignorecase, smartCase: state.options.smartcase });
  const whole: readonly [number, number] = state.inGlobal ? [state.row, state.row] : [0, state.lines.length - 1];
  const [first, last] = range.given ? [range.from, range.to] : whole;
  const isHit = (line: string): boolean => {
    if (regex === undefined) return false;
    regex.lastIndex = 0;
    return regex.test(line);
  };
  return state.lines.map((line, row) => row >= first && row <= last && isHit(line) !== isInverse(call));
}

function visit(state: ViState, marked: readonly boolean[], text: string, execute: ExRunner['execute']): ViState {
  let next: ViState = { ...state, tally: { count: 0, rows: 0 } };
  let hits = [...marked];
  const printed: string[] = [];
  for (let row = hits.indexOf(true); row >= 0; row = hits.indexOf(true)) {
    hits[row] = false;
    const before = next.lines;
    next = execute(
      { ...next, row, column: 0, message: '', failed: false, output: undefined, outputOver: false, inGlobal: true },
      text,
    );
    if (next.outputOver || next.output !== undefined) printed.push(...(next.output ?? [next.message]));
    if (next.exit !== undefined || next.work !== undefined) break;
    hits = moved(hits, before, next.lines);
  }
  const done = { ...asOneChange(state, next), inGlobal: state.inGlobal };
  return printed.length > 0 ? { ...done, message: '', output: printed, outputOver: false } : done;
}

/** Which rows are still to be visited after a change: those before and after it keep their marks. */
function moved(hits: readonly boolean[], before: readonly string[], after: readonly string[]): boolean[] {
  if (before === after) return [...hits];
  const { from, before: gone, after: come } = changedBlock(before, after);
  const block = hits.slice(from, from + gone);
  const middle = gone === come ? turned(block, before.slice(from, from + gone), after.slice(from, from + come)) : [];
  const fresh = Array.from({ length: come }, (_, at) => middle[at] ?? false);
  return [...hits.slice(0, from), ...fresh, ...hits.slice(from + gone)];
}

/** The marks of lines of which the first went behind the others, or the last before them (:m). */
function turned(marks: readonly boolean[], before: readonly string[], after: readonly string[]): readonly boolean[] {
  const isTurned = (by: number): boolean => after.every((line, at) => line === before[(at + by) % before.length]);
  const by = before.length < 2 ? 0 : isTurned(1) ? 1 : isTurned(before.length - 1) ? before.length - 1 : 0;
  return marks.map((_, at) => marks[(at + by) % marks.length] === true);
}

function said(before: ViState, after: ViState): ViState {
  const { count, rows } = after.tally;
  if (count > 2)
    return { ...after, message: `${String(count)} substitutions on ${String(rows)} line${rows === 1 ? '' : 's'}` };
  if (before.inGlobal) return after;
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
