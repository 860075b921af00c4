/** One line at the prompt: keys are read, the line is edited and drawn until a key ends it. */
import { failed } from '../../protocol/errno.ts';
import type { Result } from '../../protocol/errno.ts';
import type { Termios } from '../../protocol/program.ts';
import { concatBytes, EMPTY_BYTES } from '../../protocol/bytes.ts';
import { cellWidth } from '../../formats/cell-width.ts';
import { inColumns } from '../coreutils/columns.ts';
import type { Drawn, EditorEvent, EditorState } from '../line-editor.ts';
import { UNDRAWN, applyKey, draw, freshEditor, lineText, replaceRange } from '../line-editor.ts';
import { bytesToText, wholeCharacters } from '../text.ts';
import { complete } from './completion.ts';
import type { Op } from './op.ts';
import { wait } from './op.ts';
import type { KeyInput } from './prompt-input.ts';
import { LINE_LIMIT, noInput, takeText } from './prompt-input.ts';
import { readLine } from './read-line.ts';
import { saveShell } from './saved-state.ts';
import type { Shell } from './shell.ts';

export type PromptLine =
  | { readonly type: 'line'; readonly text: string }
  /** ^X^E: the line goes to an editor and is run from there. */
  | { readonly type: 'edit'; readonly text: string }
  | { readonly type: 'interrupt' }
  | { readonly type: 'end' };

/** Reads one line with the editor, or plainly where standard input is no terminal. */
export function* readPromptLine(shell: Shell, prompt: string, earlier: string): Op<PromptLine> {
  const { process } = shell;
  const waiting = shell.prompt?.waiting;
  if (waiting === undefined && !process.isatty(0)) {
    yield* shell.write(2, prompt.replace(/[\x01\x02]/g, ''));
    const line = yield* readLine(shell, 0, { delimiter: 10, raw: true });
    return line.type === 'line' || line.text !== '' ? { type: 'line', text: line.text } : { type: 'end' };
  }
  const cooked = waiting?.cooked ?? process.termios(0);
  if (waiting === undefined) {
    process.setTermios(0, { canonical: false, echo: false, signals: false, mapCrToNl: false });
    yield* shell.write(2, '\x1b[?2004h');
  }
  const result = yield* editLine(shell, prompt, earlier, cooked);
  yield* shell.write(2, `\x1b[?2004l\r`);
  process.setTermios(
    0,
    failed(cooked)
      ? { canonical: true, echo: true, signals: true, mapCrToNl: true }
      : { ...cooked, canonical: true, echo: true, signals: true, mapCrToNl: true },
  );
  return result;
}

/** What the editing of one line is in the middle of. */
interface Editing {
  readonly prompt: string;
  readonly earlier: string;
  readonly cooked: Result<Termios>;
  editor: EditorState;
  input: KeyInput;
  /** Bytes of a character that is not whole yet. */
  held: Uint8Array;
  drawn: Drawn;
}

function* editLine(shell: Shell, prompt: string, earlier: string, cooked: Result<Termios>): Op<PromptLine> {
  const waiting = shell.prompt?.waiting;
  const editing: Editing = {
    prompt,
    earlier,
    cooked,
    editor: shell.prompt?.editor ?? freshEditor,
    input: shell.prompt?.input ?? noInput,
    held: waiting?.held ?? EMPTY_BYTES,
    drawn: waiting?.drawn ?? UNDRAWN,
  };
  if (waiting === undefined) yield* redraw(shell, editing);
  for (;;) {
    const line = (yield* useKeys(shell, editing)) ?? (yield* awaitKeys(shell, editing));
    if (line !== undefined) return line;
  }
}

function* redraw(shell: Shell, editing: Editing, editor = editing.editor, tail = ''): Op<void> {
  const picture = draw(editing.prompt, editor, columnsOf(shell), editing.drawn);
  editing.drawn = picture.drawn;
  yield* shell.write(2, picture.text + tail);
}

/** Carries out the keys that have been read; a line where one of them ends it. */
function* useKeys(shell: Shell, editing: Editing): Op<PromptLine | undefined> {
  const pressed = editing.input.used < editing.input.keys.length;
  while (editing.input.used < editing.input.keys.length) {
    const key = editing.input.keys[editing.input.used];
    editing.input = { ...editing.input, used: editing.input.used + 1 };
    if (key === undefined) continue;
    if (key.type !== 'key' && editing.editor.chars.length + key.text.length > LINE_LIMIT) {
      yield* shell.write(2, '\x07');
      continue;
    }
    const event = applyKey(editing.editor, key, shell.history);
    if (event.type === 'edit' || event.type === 'complete') {
      const shown = yield* afterKey(shell, event, event.state);
      editing.editor = shown.editor;
      if (shown.fresh) editing.drawn = UNDRAWN;
      continue;
    }
    const last = { ...editing.editor, cursor: editing.editor.chars.length, search: undefined };
    yield* redraw(shell, editing, last, event.type === 'interrupt' ? '^C\r\n' : event.type === 'end' ? '' : '\r\n');
    shell.prompt = { earlier: '', editor: freshEditor, input: editing.input };
    if (event.type === 'accept') return { type: 'line', text: event.line };
    return event.type === 'edit-externally' ? { type: 'edit', text: lineText(event.state) } : { type: event.type };
  }
  // A long line that is still coming in is drawn when it is there.
  if (pressed && !(editing.editor.chars.length > SLOW_TO_DRAW && (yield* moreIsComing(shell))))
    yield* redraw(shell, editing);
  return undefined;
}

/** Waits for what is typed next; ^C and a new window size come as signals. */
function* awaitKeys(shell: Shell, editing: Editing): Op<PromptLine | undefined> {
  const { prompt, earlier, cooked, editor, drawn, held } = editing;
  shell.prompt = { earlier, editor, input: editing.input, waiting: { prompt, cooked, drawn, held } };
  shell.process.checkpointLazily(() => saveShell(shell, { type: 'frames' }, shell.stack));
  const bytes = yield* wait(shell.process.read(0, 4_096));
  if (failed(bytes)) {
    if (bytes.errno !== 'EINTR') return { type: 'end' };
    const signals = shell.pendingSignals;
    shell.pendingSignals = signals.filter((signal) => signal !== 'SIGWINCH' && signal !== 'SIGINT');
    if (signals.includes('SIGINT')) {
      yield* shell.write(2, '^C\r\n');
      return { type: 'interrupt' };
    }
    if (signals.includes('SIGWINCH')) yield* redraw(shell, editing);
    return undefined;
  }
  if (bytes.length === 0) return { type: 'end' };
  const all = concatBytes([held, bytes]);
  const whole = wholeCharacters(all);
  editing.held = all.subarray(whole);
  const taken = takeText(editing.input, bytesToText(all.subarray(0, whole)));
  editing.input = taken.input;
  if (taken.refused === undefined) return undefined;
  const size = String(taken.refused);
  yield* shell.write(
    2,
    `\r\ndrydock: a paste of ${size} characters was left out: the prompt takes ${String(LINE_LIMIT)}\r\n`,
  );
  editing.drawn = UNDRAWN;
  yield* redraw(shell, editing);
  return undefined;
}

/** Characters from which on drawing a line again and again would hold up its reading. */
const SLOW_TO_DRAW = 2_000;

function columnsOf({ process }: Shell): number {
  const size = process.windowSize(0);
  return failed(size) || size.columns < 2 ? 80 : size.columns;
}

function* moreIsComing({ process }: Shell): Op<boolean> {
  const ready = yield* wait(process.poll([{ fd: 0, read: true }], 0));
  return !failed(ready) && ready.length > 0;
}

/** What a key asks for beyond a change of the line; `fresh`: the line has to be drawn anew below what was written. */
function* afterKey(
  shell: Shell,
  event: Extract<EditorEvent, { type: 'edit' | 'complete' }>,
  editor: EditorState,
): Op<{ readonly editor: EditorState; readonly fresh: boolean }> {
  if (event.type === 'complete') {
    const listed = yield* completeLine(shell, editor, event.list, columnsOf(shell));
    if (listed.list !== '') yield* shell.write(2, `\r\n${listed.list}`);
    return { editor: listed.editor, fresh: listed.list !== '' };
  }
  if (event.type === 'edit' && event.clear === true) yield* shell.write(2, '\x1b[H\x1b[2J');
  if (event.type === 'edit' && event.bell === true) yield* shell.write(2, '\x07');
  return { editor, fresh: event.type === 'edit' && event.clear === true };
}

function* completeLine(
  shell: Shell,
  editor: EditorState,
  list: boolean,
  columns: number,
): Op<{ readonly editor: EditorState; readonly list: string }> {
  const before = editor.chars.slice(0, editor.cursor).join('');
  const { from, candidates } = yield* complete(shell, before);
  const [only] = candidates;
  if (only === undefined) {
    yield* shell.write(2, '\x07');
    return { editor, list: '' };
  }
  if (candidates.length === 1) {
    const suffix = editor.chars[editor.cursor] === only.suffix ? '' : only.suffix;
    return {
      editor: { ...replaceRange(editor, from, editor.cursor, only.text + suffix), lastWasTab: false },
      list: '',
    };
  }
  const common = candidates
    .map(({ text }) => text)
    .reduce((a, b) => {
      let size = 0;
      while (size < a.length && a.charAt(size) === b.charAt(size)) size += 1;
      return a.slice(0, size);
    });
  if ([...common].length > editor.cursor - from && common !== lineText(editor).slice(from))
    return { editor: { ...replaceRange(editor, from, editor.cursor, common), lastWasTab: false }, list: '' };
  if (!list) {
    yield* shell.write(2, '\x07');
    return { editor, list: '' };
  }
  return {
    editor,
    list: inColumns(
      candidates.map(({ label }) => ({ text: label, width: cellWidth(label) })),
      columns,
    ).replace(/\n/g, '\r\n'),
  };
}
