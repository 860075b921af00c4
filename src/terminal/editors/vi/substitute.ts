/** :s and its repetitions & and :&&. */
import { posixRegExp } from '../../posix-regex.ts';
import { firstText, remember, replaceRows } from './buffer.ts';
import type { ViState } from './state.ts';

export interface Rows {
  readonly from: number;
  readonly to: number;
}

/** What is looked for, what is put in its place, and the flags g i I n. */
export interface Substitution {
  readonly pattern: string;
  readonly text: string;
  readonly flags: string;
}

/** Does a substitution again; vim knows none before the first. */
export function substituteAgain(state: ViState, rows: Rows, flags: string): ViState {
  const last = state.substitution;
  if (last === undefined) return { ...state, message: 'E33: No previous substitute regular expression' };
  return substitute(state, rows, { ...last, flags: flags.replace('&', last.flags) });
}

export function substitute(before: ViState, { from, to }: Rows, asked: Substitution): ViState {
  const pattern = asked.pattern === '' ? before.search.pattern : asked.pattern;
  const { text, flags } = asked;
  const regex = posixRegExp(pattern, {
    extended: false,
    global: true,
    firstAlternative: true,
    ignoreCase: flags.includes('i') || (before.options.ignorecase && !flags.includes('I')),
  });
  const state: ViState = { ...before, substitution: { pattern, text, flags }, search: { pattern, forward: true } };
  let count = 0;
  let touched = 0;
  let row = state.row;
  const rows = state.lines.slice(from, to + 1).flatMap((line, at) => {
    let seen = 0;
    const replaced = (...groups: readonly unknown[]): string => {
      seen += 1;
      if (seen > 1 && !flags.includes('g')) return String(groups[0]);
      count += 1;
      return render(text, groups);
    };
    const made = regex === undefined ? line : line.replace(regex, replaced);
    if (seen > 0) {
      touched += 1;
      row = from + at;
    }
    return made.split('\n');
  });
  if (count === 0) return { ...state, message: `E486: Pattern not found: ${pattern}` };
  const lines = `${String(touched)} line${touched === 1 ? '' : 's'}`;
  if (flags.includes('n')) return { ...state, message: `${String(count)} match${count === 1 ? '' : 'es'} on ${lines}` };
  const made = { ...replaceRows(remember(state), from, to + 1, rows), row };
  const message = count > 2 ? `${String(count)} substitutions on ${lines}` : '';
  return { ...made, column: firstText(made, row), message };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\0', r: '\n', t: '\t' };

/** The text that comes in: & and \1 are what was found; \u \l change the next character, \U \L all up to \E. */
function render(text: string, groups: readonly unknown[]): string {
  let out = '';
  let next = '';
  let lasting = '';
  const put = (part: string): void => {
    if (part === '') return;
    const whole = inCase(part, lasting);
    const [first = ''] = whole;
    out += next === '' ? whole : inCase(first, next) + whole.slice(first.length);
    next = '';
  };
  for (const [mark, escaped] of text.matchAll(/\\([\s\S])|[\s\S]/gu)) {
    if (escaped === undefined) put(mark === '&' ? String(groups[0]) : mark);
    else if (/[ul]/.test(escaped)) next = escaped;
    else if (/[ULEe]/.test(escaped)) lasting = /[UL]/.test(escaped) ? escaped : '';
    else if (/\d/.test(escaped)) put(String(groups[Number(escaped)] ?? ''));
    else put(ESCAPES[escaped] ?? escaped);
  }
  return out;
}

function inCase(text: string, letter: string): string {
  if (letter === '') return text;
  return letter.toUpperCase() === 'U' ? text.toUpperCase() : text.toLowerCase();
}
