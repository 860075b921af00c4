/** `:` commands: parted at bars, each with its range, found by its name or the beginning of it. */
import { clamp, firstText } from '../state/buffer.ts';
import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { endVisual } from '../operators/visual.ts';
import type { ExCommand, ExRunner } from './command.ts';
import { FILE_COMMANDS } from './files.ts';
import { GLOBAL_COMMANDS } from './global.ts';
import { LINE_COMMANDS } from './lines.ts';
import { MAP_COMMANDS } from './mappings.ts';
import { OPTION_COMMANDS } from './options.ts';
import { parseRange } from './range.ts';
import { SCRIPT_COMMANDS } from './script.ts';
import { SHOW_COMMANDS } from './show.ts';
import { SHELL_COMMANDS } from './shell.ts';
import { ABSENT_COMMANDS } from './absent.ts';
import { ALIGN_COMMANDS } from './align.ts';
import { NOTHING_COMMANDS } from './nothing-there.ts';
import { AUTO_COMMANDS } from './auto-commands.ts';

const COMMANDS: readonly ExCommand[] = [
  ...LINE_COMMANDS,
  ...GLOBAL_COMMANDS,
  ...FILE_COMMANDS,
  ...OPTION_COMMANDS,
  ...MAP_COMMANDS,
  ...SHOW_COMMANDS,
  ...SCRIPT_COMMANDS,
  ...SHELL_COMMANDS,
  ...AUTO_COMMANDS,
  ...ALIGN_COMMANDS,
  ...NOTHING_COMMANDS,
  ...ABSENT_COMMANDS,
];

/** Does a command; `press` is what keys do, for :normal. */
export function executeEx(before: ViState, text: string, press: ExRunner['press']): ViState {
  const state = before.visual === undefined ? before : clamp(endVisual(before));
  const parsed = parseRange(state, text);
  if ('message' in parsed) return fail(state, parsed.message);
  if ('backwards' in parsed)
    return {
      ...state,
      mode: 'question',
      question: { text: 'Backwards range given, OK to swap (y/n)?', command: parsed.backwards },
    };
  const { range, body, notice } = parsed;
  if (body === '' || /^["|]/.test(body)) {
    const there = range.given ? toRow(state, range.to, notice) : state;
    return body.startsWith('|') ? executeEx(there, body.slice(1), press) : there;
  }
  const found = findCommand(body);
  const isOff = (state.conditions.at(-1) ?? 'runs') !== 'runs';
  if (isOff && !/^(?:if|elseif|else|endif)$/.test(found?.command.name ?? '')) return passedOver(state, body, press);
  if (found === undefined) return fail(state, `E492: Not an editor command: ${text.trim()}`);
  const { command, name, rest } = found;
  const [own, following] = command.takesBars === true ? [rest, undefined] : atBar(rest);
  const bang = own.startsWith('!') && command.name !== '!';
  const args = (bang ? own.slice(1) : own).trim();
  if (args !== '' && command.takesArguments === false) return fail(state, `E488: Trailing characters: ${args}`);
  if (range.given && RANGELESS.has(command.name)) return fail(state, 'E481: No range allowed');
  const after = command.run(state, {
    range,
    bang,
    args,
    name,
    raw: own,
    run: {
      press,
      execute: (from, line) => executeEx(from, line, press),
      follow: (from, line) => followed(from, line, press),
    },
  });
  if (following === undefined || after.failed || after.exit !== undefined) return after;
  return after.work === undefined ? followed(after, following, press) : { ...after, following };
}

/** Commands that are of no lines. */
const RANGELESS: ReadonlySet<string> = new Set(
  'set setlocal nohlsearch colorscheme highlight edit enew args ls buffers files marks registers display undolist echo execute let if elseif else endif syntax filetype wall wqall xall qall help jumps changes history cd pwd redo earlier later delmarks version map unmap noremap nmap nunmap nnoremap vmap vnoremap imap iunmap inoremap abbreviate iabbrev unabbreviate autocmd'.split(
    ' ',
  ),
);

function toRow(state: ViState, to: number, notice: string): ViState {
  const row = Math.min(state.lines.length - 1, to);
  const marks = { ...state.marks, "'": { row: state.row, column: state.column } };
  return { ...state, row, column: firstText(state, row), marks, message: notice === '' ? state.message : notice };
}

/** In an arm of an :if that does not count only what stands behind bars is looked at. */
function passedOver(state: ViState, body: string, press: ExRunner['press']): ViState {
  const [, following] = atBar(body);
  return following === undefined ? state : executeEx(state, following, press);
}

/** What stands behind a bar. Where both commands have something to say all of it is there to be read. */
export function followed(before: ViState, following: string, press: ExRunner['press']): ViState {
  const after = executeEx({ ...before, message: '', output: undefined, following: undefined }, following, press);
  const said = linesSaid(before);
  const more = linesSaid(after);
  if (said.length === 0) return after;
  if (more.length === 0)
    return { ...after, message: before.message, output: before.output, outputOver: before.outputOver };
  return {
    ...after,
    message: '',
    output: [...said, ...more],
    outputOver: before.output === undefined || before.outputOver,
  };
}
const linesSaid = ({ message, output }: ViState): readonly string[] =>
  output ?? (message.trim() === '' ? [] : [message]);

/** A command's name is letters, or one sign; what is typed may be the beginning of it. */
function findCommand(
  body: string,
): { readonly command: ExCommand; readonly name: string; readonly rest: string } | undefined {
  const typed = /^(?:[a-zA-Z]+|&&|[^\sa-zA-Z])/.exec(body)?.[0] ?? '';
  const word = splitName(typed);
  const command = COMMANDS.find(
    ({ name, shortest }) => name.startsWith(word) && word.length >= (shortest ?? name).length,
  );
  return command === undefined ? undefined : { command, name: word, rest: body.slice(word.length) };
}

/** `:dl`, `:ka` and `:s` with its flags are written without a blank. */
function splitName(typed: string): string {
  if (/^k[a-zA-Z]$/.test(typed)) return 'k';
  if (/^s[giInc]+$/.test(typed) && !/^(?:si|sig|sign|sn|sno)/.test(typed)) return 's';
  return typed;
}

/** The text up to a bar that is not escaped, and what follows it. */
function atBar(text: string): readonly [string, string | undefined] {
  for (let at = 0; at < text.length; at += 1) {
    if (text.charAt(at) === '\\') at += 1;
    else if (text.charAt(at) === '|') return [text.slice(0, at), text.slice(at + 1)];
  }
  return [text, undefined];
}
