/** The prompt: reads a command with the line editor, runs it, and again. */
import { failed } from '../../protocol/errno.ts';
import type { Result } from '../../protocol/errno.ts';
import type { Termios } from '../../protocol/program.ts';
import { cellWidth } from '../cell-width.ts';
import { inColumns } from '../coreutils/columns.ts';
import type { Drawn, EditorEvent, EditorState } from '../line-editor.ts';
import { applyKey, draw, freshEditor, lineText, replaceRange } from '../line-editor.ts';
import { bytesToText, wholeCharacters } from '../text.ts';
import { concatBytes, EMPTY_BYTES } from '../../protocol/bytes.ts';
import { finish, runFile } from './start-up.ts';
import { pollJobs } from './builtins/jobs.ts';
import { complete } from './completion.ts';
import { expandText } from './expand/word.ts';
import { expandHistory, loadHistory, remember } from './history.ts';
import { jobLine, jobState } from './jobs.ts';
import { runMachine } from './machine.ts';
import type { Op } from './op.ts';
import { wait } from './op.ts';
import { promptText } from './prompt.ts';
import type { KeyInput } from './prompt-input.ts';
import { LINE_LIMIT, isIdle, noInput, takeText } from './prompt-input.ts';
import { readLine } from './read-line.ts';
import { reportSyntax } from './report-syntax.ts';
import { saveShell } from './saved-state.ts';
import type { Shell } from './shell.ts';
import { pushScript } from './steps.ts';
import { findProblem, needsMore } from './syntax-error.ts';
import { freshVariable } from './variables.ts';

/** What the prompt is in the middle of: earlier lines of one command, and the line being edited. */
export interface PromptState {
  readonly earlier: string;
  readonly editor: EditorState;
  /** Typed ahead and not yet used. */
  readonly input: KeyInput;
  /** Set while a key is awaited: what is on the screen, so that a restored shell goes on without drawing it again. */
  readonly waiting?: {
    readonly prompt: string;
    readonly cooked: Result<Termios>;
    readonly drawn: Drawn;
    readonly held: Uint8Array;
  };
}

/** Prompts as they are before any start-up file; those test PS1 to know that somebody is there. */
export function presetPrompts(shell: Shell): void {
  const { process } = shell;
  const preset = (name: string, value: string): void => {
    if (shell.vars.find(name) === undefined) shell.vars.global.variables.set(name, freshVariable(value));
  };
  preset(
    'PS1',
    shell.personality === 'bash'
      ? '\\s-\\v\\$ '
      : shell.personality === 'ash'
        ? '\\w \\$ '
        : process.credentials().uid === 0
          ? '# '
          : '$ ',
  );
  preset('PS2', '> ');
  preset(
    'HISTFILE',
    `${shell.vars.get('HOME') ?? ''}/${shell.personality === 'bash' ? '.bash_history' : '.ash_history'}`,
  );
  preset('HISTSIZE', '1000');
}

/** Job control, history, .bashrc. */
export function* startInteractive(shell: Shell, rc: boolean): Op<void> {
  const { process } = shell;
  for (const name of ['monitor', 'history', 'histexpand', 'emacs']) shell.options.add(name);
  shell.shopts.add('expand_aliases');
  if (shell.loginShell) shell.shopts.add('login_shell');
  const copy = process.dup(0, 255);
  if (!failed(copy)) {
    process.setCloseOnExec(copy, true);
    shell.ownFds.add(copy);
    shell.terminal = copy;
  }
  for (const signal of ['SIGINT', 'SIGWINCH'] as const) process.sigaction(signal, 'catch');
  for (const signal of ['SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'] as const)
    process.sigaction(signal, 'ignore');
  const group = process.processGroup();
  if (!failed(group) && group !== process.pid) process.setProcessGroup(0, 0);
  process.setForegroundGroup(shell.terminal, process.pid);
  loadHistory(shell);
  if (rc && shell.personality === 'bash')
    for (const path of ['/etc/bash.bashrc', `${shell.vars.get('HOME') ?? ''}/.bashrc`]) yield* runFile(shell, path);
  else if (shell.vars.get('ENV') !== undefined) yield* runFile(shell, shell.vars.get('ENV') ?? '');
}

/** Until `exit` or ^D. Also where a restored shell goes on. */
export function* interact(shell: Shell): Op<number> {
  for (;;) {
    yield* runMachine(shell);
    if (shell.exited) break;
    const command = yield* readCommand(shell);
    if (command === undefined) break;
    if (command === '') continue;
    yield* startCommand(shell, command);
  }
  const { jobs, process } = shell;
  for (const job of jobs.shown)
    if (!job.nohup) process.kill(job.group === undefined ? (job.processes[0]?.pid ?? 0) : -job.group, 'SIGHUP');
  return yield* finish(shell);
}

function* startCommand(shell: Shell, typed: string): Op<void> {
  const expanded =
    shell.options.has('histexpand') && shell.personality === 'bash'
      ? expandHistory(shell, typed)
      : { text: typed, changed: false };
  if ('missing' in expanded) {
    yield* shell.write(2, `${shell.errorName}: ${expanded.missing}\n`);
    shell.status = 1;
    return;
  }
  if (expanded.changed) yield* shell.write(2, `${expanded.text}\n`);
  remember(shell, expanded.text);
  for (const id of [...shell.sources.keys()])
    if (![...shell.functions.values()].some(({ source }) => source.id === id)) shell.sources.delete(id);
  const source = shell.addSource(expanded.text.endsWith('\n') ? expanded.text : `${expanded.text}\n`);
  shell.at = { source, pos: 0 };
  const problem = findProblem(source);
  pushScript(shell, source, false, problem?.good.length);
  if (problem === undefined) return;
  yield* runMachine(shell);
  yield* reportSyntax(shell, source, problem);
  shell.status = 2;
}

/** One command, which may take several lines; undefined at the end of input, empty after ^C. */
function* readCommand(shell: Shell): Op<string | undefined> {
  let earlier = shell.prompt?.earlier ?? '';
  if (shell.prompt === undefined) {
    yield* pollJobs(shell);
    yield* tellJobs(shell);
    const hook = shell.vars.get('PROMPT_COMMAND');
    if (hook !== undefined && hook !== '') {
      const { status } = shell;
      pushScript(shell, shell.addSource(hook), true);
      yield* runMachine(shell);
      shell.status = status;
    }
  }
  for (;;) {
    const raw = earlier === '' ? (shell.vars.get('PS1') ?? '') : (shell.vars.get('PS2') ?? '> ');
    const prompt = shell.prompt?.waiting?.prompt ?? (yield* expandText(shell, promptText(shell, raw)));
    const line = yield* readPromptLine(shell, prompt, earlier);
    shell.prompt =
      shell.prompt === undefined || isIdle(shell.prompt.input)
        ? undefined
        : { earlier: '', editor: freshEditor, input: shell.prompt.input };
    if (line.type === 'end') {
      if (earlier === '') {
        yield* shell.write(2, shell.loginShell ? 'logout\n' : 'exit\n');
        return undefined;
      }
      yield* shell.write(2, `${shell.errorName}: syntax error: unexpected end of file\n`);
      shell.status = 2;
      return '';
    }
    if (line.type === 'interrupt') {
      shell.status = 130;
      return '';
    }
    const text = earlier + line.text;
    if (text.trim() === '' || !needsMore(shell.addSource(`${text}\n`)))
      return text.trim() === '' ? '' : text.replace(/\\\n/g, '');
    earlier = `${text}\n`;
  }
}

function* tellJobs(shell: Shell): Op<void> {
  for (const job of [...shell.jobs.shown]) {
    if (jobState(job) !== 'done' || job.notified) continue;
    yield* shell.write(2, `${jobLine(shell.jobs, job)}\n`);
    shell.jobs.remove(job);
  }
}

type PromptLine =
  { readonly type: 'line'; readonly text: string } | { readonly type: 'interrupt' } | { readonly type: 'end' };

function* readPromptLine(shell: Shell, prompt: string, earlier: string): Op<PromptLine> {
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
  yield* shell.write(2, `\x1b[?2004l\r${result.type === 'interrupt' ? '' : ''}`);
  process.setTermios(
    0,
    failed(cooked)
      ? { canonical: true, echo: true, signals: true, mapCrToNl: true }
      : { ...cooked, canonical: true, echo: true, signals: true, mapCrToNl: true },
  );
  return result;
}

function* editLine(shell: Shell, prompt: string, earlier: string, cooked: Result<Termios>): Op<PromptLine> {
  const { process } = shell;
  let editor = shell.prompt?.editor ?? freshEditor;
  let input = shell.prompt?.input ?? noInput;
  const waiting = shell.prompt?.waiting;
  let held: Uint8Array = waiting?.held ?? EMPTY_BYTES;
  let picture =
    waiting === undefined ? draw(prompt, editor, columnsOf(shell), { row: 0 }) : { text: '', drawn: waiting.drawn };
  if (waiting === undefined) yield* shell.write(2, picture.text);
  for (;;) {
    const pressed = input.used < input.keys.length;
    while (input.used < input.keys.length) {
      const key = input.keys[input.used];
      input = { ...input, used: input.used + 1 };
      if (key === undefined) continue;
      if (key.type !== 'key' && editor.chars.length + key.text.length > LINE_LIMIT) {
        yield* shell.write(2, '\x07');
        continue;
      }
      const event = applyKey(editor, key, shell.history);
      if (event.type === 'edit' || event.type === 'complete' || event.type === 'edit-externally') {
        editor = event.state;
        const shown = yield* afterKey(shell, event, editor);
        editor = shown.editor;
        if (shown.fresh) picture = { text: '', drawn: { row: 0 } };
        continue;
      }
      const last = { ...editor, cursor: editor.chars.length, search: undefined };
      picture = draw(prompt, last, columnsOf(shell), picture.drawn);
      const tail = event.type === 'interrupt' ? '^C\r\n' : event.type === 'end' ? '' : '\r\n';
      yield* shell.write(2, picture.text + tail);
      shell.prompt = { earlier: '', editor: freshEditor, input };
      return event.type === 'accept' ? { type: 'line', text: event.line } : { type: event.type };
    }
    // A long line that is still coming in is drawn when it is there.
    if (pressed && !(editor.chars.length > SLOW_TO_DRAW && (yield* moreIsComing(shell)))) {
      picture = draw(prompt, editor, columnsOf(shell), picture.drawn);
      yield* shell.write(2, picture.text);
    }
    shell.prompt = { earlier, editor, input, waiting: { prompt, cooked, drawn: picture.drawn, held } };
    process.checkpointLazily(() => saveShell(shell, { type: 'frames' }, shell.stack));
    const bytes = yield* wait(process.read(0, 4_096));
    if (failed(bytes)) {
      if (bytes.errno !== 'EINTR') return { type: 'end' };
      const signals = shell.pendingSignals;
      shell.pendingSignals = signals.filter((signal) => signal !== 'SIGWINCH' && signal !== 'SIGINT');
      if (signals.includes('SIGINT')) {
        yield* shell.write(2, '^C\r\n');
        return { type: 'interrupt' };
      }
      if (signals.includes('SIGWINCH')) {
        picture = draw(prompt, editor, columnsOf(shell), picture.drawn);
        yield* shell.write(2, picture.text);
      }
      continue;
    }
    if (bytes.length === 0) return { type: 'end' };
    const all = concatBytes([held, bytes]);
    const whole = wholeCharacters(all);
    held = all.subarray(whole);
    const taken = takeText(input, bytesToText(all.subarray(0, whole)));
    input = taken.input;
    if (taken.refused !== undefined) {
      yield* shell.write(
        2,
        `\r\ndrydock: a paste of ${String(taken.refused)} characters was left out: the prompt takes ${String(LINE_LIMIT)}\r\n`,
      );
      picture = draw(prompt, editor, columnsOf(shell), { row: 0 });
      yield* shell.write(2, picture.text);
    }
  }
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
  event: Extract<EditorEvent, { type: 'edit' | 'complete' | 'edit-externally' }>,
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
