/** What a start-up file and files of certain types set: ~/.vimrc, :source, :autocmd, :filetype. */
import { patternRegExp } from '../../../shell/expand/pattern.ts';
import type { ExRunner } from '../ex/command.ts';
import { executeEx } from '../ex/execute.ts';
import { fileTypeOf, settingsOf } from '../insert/file-types.ts';
import { inSight } from '../screen/scroll.ts';
import { findMatch } from '../search/search.ts';
import type { ViOptions } from '../state/options.ts';
import type { ViState } from '../state/state.ts';

/** Without a start-up file of the user's vim reads defaults.vim; with one much of that is not set. */
export function withoutDefaults(state: ViState): ViState {
  const options = { ...state.options, scrolloff: 0 };
  return { ...state, options, mappings: [], filetypes: false, plugins: false, indents: false };
}

/** The commands of a file, in order; what goes wrong is said with its line, and the others are done all the same. */
export function sourceText(state: ViState, name: string, text: string, press: ExRunner['press']): ViState {
  let next: ViState = { ...state, message: '' };
  const faults: string[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (/^\s*(?:"|$)/.test(line)) continue;
    next = executeEx({ ...next, message: '', failed: false, output: undefined }, line.trim(), press);
    if (next.failed) faults.push(`line ${String(at + 1).padStart(4)}:`, ...(next.output ?? [next.message]));
  }
  const done: ViState = { ...next, message: state.message, failed: false, output: state.output };
  if (faults.length === 0) return inSight(done);
  return { ...done, output: [`Error detected while processing ${name}:`, ...faults], outputOver: true };
}

/** A text that was just opened gets what its type asks for. */
export function afterOpening(before: ViState, press: ExRunner['press']): ViState {
  const type = before.filetypes ? fileTypeOf(before.path) : '';
  const own = before.plugins ? settingsOf(type) : {};
  const usual: ViOptions = { ...before.options, ...before.overridden };
  const { filetype: _, ...others } = usual.others;
  const overridden = Object.fromEntries(Object.keys(own).map((name) => [name, usual[name as keyof ViOptions]]));
  let next: ViState = {
    ...before,
    overridden,
    options: { ...usual, ...own, others: type === '' ? others : { ...others, filetype: type } },
  };
  for (const { events, pattern, command } of before.autocommands) {
    const subject = events.includes('filetype')
      ? type
      : events.some((event) => event.startsWith('buf'))
        ? fileName(before)
        : '';
    if (subject === '' || !pattern.split(',').some((each) => patternRegExp(each).test(subject))) continue;
    next = executeEx({ ...next, message: '' }, command, press);
  }
  return { ...next, message: before.message };
}
const fileName = ({ path }: ViState): string => path?.replace(/^.*\//, '') ?? '';

/** The search begins behind the last line, so its first match is the first of the text: nothing is said of the wrap. */
function startAtMatch(state: ViState, pattern: string): ViState {
  const row = state.lines.length - 1;
  const from = { ...state, row, column: Math.max(0, (state.lines[row] ?? '').length - 1) };
  const found = findMatch(from, `/${pattern}`, 1);
  const { search } = found.state;
  if (found.place === undefined) return { ...state, search, message: found.state.message };
  return { ...state, ...found.place, search, message: '' };
}

/** A command before the first key; what was said of the file stays where it says nothing. */
export function executeFirst(state: ViState, command: string, press: ExRunner['press']): ViState {
  const search = /^\/(.*)$/.exec(command)?.[1];
  const line = /^\d+$/.test(command) ? String(Math.min(Number(command), state.lines.length)) : command;
  const calm = { ...state, message: '' };
  const done = search === undefined ? executeEx(calm, line, press) : startAtMatch(calm, search);
  // Where something was typed in, the last line was painted anew.
  const typed = done.marks['^'] !== state.marks['^'];
  return inSight({ ...done, message: done.message === '' && !typed ? state.message : done.message });
}
