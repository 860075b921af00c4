/** One line at the prompt: keys are read, the line is edited and drawn until a key ends it. */
import { failed } from '../../../protocol/errno.ts';
import type { Result } from '../../../protocol/errno.ts';
import type { Termios } from '../../../protocol/program.ts';
import { concatBytes, EMPTY_BYTES } from '../../../protocol/bytes.ts';
import { applyKey } from '../../readline/apply.ts';
import type { EditorContext } from '../../readline/context.ts';
import type { Drawn } from '../../readline/draw.ts';
import { UNDRAWN, draw } from '../../readline/draw.ts';
import type { EditorEvent } from '../../readline/event.ts';
import { goTo } from '../../readline/history.ts';
import { parseKeys } from '../../readline/keys.ts';
import type { EditorState } from '../../readline/state.ts';
import { VI_INSERT, freshEditor, lineText, nextLine } from '../../readline/state.ts';
import { VARIABLES } from '../../readline/variables.ts';
import { bytesToText, wholeCharacters } from '../../text.ts';
import type { Asker } from '../completion/at-prompt.ts';
import { lineEditor, readInputrc } from './inputrc.ts';
import { expandLine, runBound } from './line-commands.ts';
import type { Op } from '../machine/op.ts';
import { wait } from '../machine/op.ts';
import type { KeyInput } from './prompt-input.ts';
import { LINE_LIMIT, noInput, takeText } from './prompt-input.ts';
import { readLine } from '../input/read-line.ts';
import { saveShell } from '../machine/saved-state.ts';
import type { Shell } from '../shell.ts';

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
    noteSize(shell);
    process.setTermios(0, { canonical: false, echo: false, signals: false, mapCrToNl: false });
    if (pastesBracketed(shell)) yield* shell.write(2, '\x1b[?2004h');
  }
  const result = yield* editLine(shell, prompt, earlier, cooked);
  if (pastesBracketed(shell)) yield* shell.write(2, `\x1b[?2004l\r`);
  process.setTermios(
    0,
    failed(cooked)
      ? { canonical: true, echo: true, signals: true, mapCrToNl: true }
      : { ...cooked, canonical: true, echo: true, signals: true, mapCrToNl: true },
  );
  return result;
}

const pastesBracketed = (shell: Shell): boolean => shell.readline.variables.get('enable-bracketed-paste') !== 'off';

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
    editor: shell.prompt?.waiting === undefined ? firstEditor(shell) : shell.prompt.editor,
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

/** The line as it begins: what was killed on the lines before is kept, and `set -o vi` is followed. */
function firstEditor(shell: Shell): EditorState {
  const editor = nextLine(shell.readline.editor);
  const vi = shell.options.has('vi') ? (editor.vi ?? VI_INSERT) : undefined;
  const { recall } = shell.readline.editor;
  const start = { ...editor, vi };
  return recall === undefined ? start : (goTo(start, shell.history, shell.history.length - recall) ?? start);
}

function* redraw(shell: Shell, editing: Editing, editor = editing.editor, tail = ''): Op<void> {
  const picture = draw(withMode(shell, editing.prompt, editor), editor, columnsOf(shell), editing.drawn);
  editing.drawn = picture.drawn;
  yield* shell.write(2, picture.text + tail);
}

/** With show-mode-in-prompt the prompt's last line begins with a sign of the mode. */
function withMode(shell: Shell, prompt: string, { vi }: EditorState): string {
  const { variables } = shell.readline;
  if (variables.get('show-mode-in-prompt') !== 'on') return prompt;
  const name =
    vi === undefined ? 'emacs-mode-string' : vi.mode === 'insert' ? 'vi-ins-mode-string' : 'vi-cmd-mode-string';
  const from = prompt.lastIndexOf('\n') + 1;
  return prompt.slice(0, from) + (variables.get(name) ?? VARIABLES.get(name) ?? '') + prompt.slice(from);
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
    const event = applyKey(editing.editor, key, yield* contextOf(shell, editing.editor));
    const { keys, used } = editing.input;
    if (event.rest !== undefined)
      editing.input = { ...editing.input, keys: [{ type: 'text', text: event.rest }, ...keys.slice(used)], used: 0 };
    const line = yield* obey(shell, editing, event);
    if (line !== undefined) return line;
  }
  // A long line that is still coming in is drawn when it is there.
  if (pressed && !(editing.editor.chars.length > SLOW_TO_DRAW && (yield* moreIsComing(shell))))
    yield* redraw(shell, editing);
  return undefined;
}

/** Vi mode loads when a line is first edited in it. */
function* contextOf(shell: Shell, { vi }: EditorState): Op<EditorContext> {
  return {
    history: shell.history,
    keymaps: shell.readline.keymaps,
    columns: columnsOf(shell),
    vi: vi === undefined ? undefined : (yield* wait(shell.process.hold(import('../../readline/vi/line.ts')))).VI_MODE,
  };
}

/** Does what a key leads to; a line where it ends this one. */
function* obey(shell: Shell, editing: Editing, event: EditorEvent): Op<PromptLine | undefined> {
  switch (event.type) {
    case 'edit':
      if (event.clear === true) yield* shell.write(2, '\x1b[H\x1b[2J');
      if (event.clear === true) editing.drawn = UNDRAWN;
      if (event.bell === true && shell.readline.variables.get('bell-style') !== 'none') yield* shell.write(2, '\x07');
      change(shell, editing, event.state);
      break;
    case 'complete': {
      yield* redraw(shell, editing);
      const { completeLine } = yield* wait(shell.process.hold(import('../completion/at-prompt.ts')));
      const done = yield* completeLine(shell, event, askerOf(shell, editing));
      if (done.listed) editing.drawn = UNDRAWN;
      change(shell, editing, done.editor);
      break;
    }
    case 'expand':
      change(shell, editing, yield* expandLine(shell, event));
      break;
    case 'macro':
      editing.input = {
        ...editing.input,
        keys: [...parseKeys(event.keys).keys, ...editing.input.keys.slice(editing.input.used)],
        used: 0,
      };
      change(shell, editing, event.state);
      break;
    case 'run': {
      yield* redraw(shell, editing, { ...event.state, chars: [], cursor: 0 }, '\r\x1b[K');
      editing.drawn = UNDRAWN;
      change(shell, editing, yield* runBound(shell, event, editing.cooked));
      break;
    }
    case 'show-version':
      yield* printBelow(
        shell,
        editing,
        `GNU bash, version ${shell.vars.get('BASH_VERSION') ?? ''} (x86_64-pc-linux-gnu)`,
      );
      change(shell, editing, event.state);
      break;
    case 'print':
      yield* printBelow(shell, editing, event.text);
      change(shell, editing, event.state);
      break;
    case 'dump': {
      const { functionList, macroList, variableList } = yield* wait(
        shell.process.hold(import('../../readline/listing.ts')),
      );
      const { what, forFile } = event;
      const own = lineEditor(shell);
      const keymap = own.mode === 'vi' ? 'vi-insert' : 'emacs';
      const text =
        what === 'variables'
          ? variableList(own, forFile)
          : (what === 'macros' ? macroList : functionList)(own, keymap, forFile);
      yield* printBelow(shell, editing, text.replace(/\n$/, ''));
      change(shell, editing, event.state);
      break;
    }
    case 're-read':
      yield* readInputrc(shell);
      change(shell, editing, event.state);
      break;
    default:
      return yield* endLine(shell, editing, event);
  }
  return undefined;
}

/** Writes text under the line, which is then drawn anew. */
function* printBelow(shell: Shell, editing: Editing, text: string): Op<void> {
  yield* shell.write(2, `\r\n${text.replace(/\n/g, '\r\n')}\r\n`);
  editing.drawn = UNDRAWN;
}

/** Takes a changed line over; a key may also have changed the mode. */
function change(shell: Shell, editing: Editing, editor: EditorState): void {
  if ((editor.vi === undefined) !== (editing.editor.vi === undefined)) {
    shell.options.delete(editor.vi === undefined ? 'vi' : 'emacs');
    shell.options.add(editor.vi === undefined ? 'emacs' : 'vi');
  }
  editing.editor = editor;
}

type Ending = Extract<EditorEvent, { type: 'accept' | 'interrupt' | 'end' | 'edit-externally' }>;

function* endLine(shell: Shell, editing: Editing, event: Ending): Op<PromptLine> {
  const shown = event.type === 'accept' ? [...event.line] : editing.editor.chars;
  const last = { ...editing.editor, chars: shown, cursor: shown.length, search: undefined, argument: '' };
  yield* redraw(shell, editing, last, event.type === 'interrupt' ? '^C\r\n' : event.type === 'end' ? '' : '\r\n');
  shell.prompt = { earlier: '', editor: freshEditor, input: editing.input };
  const next = event.type === 'accept' ? event.next : undefined;
  // The line after the one that was brought back: counted from the beginning, for one more line is to follow.
  shell.readline.editor = {
    ...nextLine(editing.editor),
    recall: next === undefined ? undefined : shell.history.length - next + 1,
  };
  if (event.type === 'accept') return { type: 'line', text: event.line };
  return event.type === 'edit-externally' ? { type: 'edit', text: lineText(event.state) } : { type: event.type };
}

/** Lets a list ask: the next key typed ahead, or the next that comes. */
function askerOf(shell: Shell, editing: Editing): Asker {
  const size = shell.process.windowSize(0);
  return {
    columns: columnsOf(shell),
    rows: failed(size) || size.rows < 2 ? 24 : size.rows,
    *nextKey() {
      while (editing.input.used >= editing.input.keys.length) {
        const bytes = yield* wait(shell.process.read(0, 4_096));
        if (failed(bytes)) {
          if (bytes.errno !== 'EINTR') return undefined;
          const interrupted = shell.pendingSignals.includes('SIGINT');
          shell.pendingSignals = shell.pendingSignals.filter((signal) => signal !== 'SIGWINCH' && signal !== 'SIGINT');
          if (interrupted) return undefined;
          continue;
        }
        if (bytes.length === 0) return undefined;
        yield* useBytes(shell, editing, bytes);
      }
      const key = editing.input.keys[editing.input.used];
      const [char = ''] = key?.type === 'key' ? key.sequence : (key?.text ?? '');
      const rest = key?.type === 'text' ? [...key.text].slice(1).join('') : '';
      const others = editing.input.keys.slice(editing.input.used + 1);
      editing.input = {
        ...editing.input,
        keys: rest === '' ? others : [{ type: 'text', text: rest }, ...others],
        used: 0,
      };
      return char;
    },
  };
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
    if (!signals.includes('SIGWINCH')) return undefined;
    noteSize(shell);
    yield* redraw(shell, editing);
    return undefined;
  }
  if (bytes.length === 0) return { type: 'end' };
  yield* useBytes(shell, editing, bytes);
  return undefined;
}

/** Adds what was read to the keys. */
function* useBytes(shell: Shell, editing: Editing, bytes: Uint8Array): Op<void> {
  const all = concatBytes([editing.held, bytes]);
  const whole = wholeCharacters(all);
  editing.held = all.subarray(whole);
  const taken = takeText(editing.input, bytesToText(all.subarray(0, whole)));
  editing.input = taken.input;
  if (taken.refused === undefined) return;
  const size = String(taken.refused);
  yield* shell.write(
    2,
    `\r\ndrydock: a paste of ${size} characters was left out: the prompt takes ${String(LINE_LIMIT)}\r\n`,
  );
  editing.drawn = UNDRAWN;
  yield* redraw(shell, editing);
}

/** Characters from which on drawing a line again and again would hold up its reading. */
const SLOW_TO_DRAW = 2_000;

function columnsOf({ process }: Shell): number {
  const size = process.windowSize(0);
  return failed(size) || size.columns < 2 ? 80 : size.columns;
}

/** LINES and COLUMNS follow the terminal. */
function noteSize(shell: Shell): void {
  const size = shell.process.windowSize(0);
  if (failed(size) || shell.personality !== 'bash') return;
  shell.assign('LINES', String(size.rows));
  shell.assign('COLUMNS', String(size.columns));
}

function* moreIsComing({ process }: Shell): Op<boolean> {
  const ready = yield* wait(process.poll([{ fd: 0, read: true }], 0));
  return !failed(ready) && ready.length > 0;
}
