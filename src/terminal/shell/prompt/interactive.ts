/** The prompt: reads a command with the line editor, runs it, and again. */
import { failed } from '../../../protocol/errno.ts';
import type { Result } from '../../../protocol/errno.ts';
import type { Termios } from '../../../protocol/program.ts';
import type { Drawn } from '../../readline/draw.ts';
import type { EditorState } from '../../readline/state.ts';
import { freshEditor } from '../../readline/state.ts';
import { finish, runFile } from '../input/start-up.ts';
import { pollJobs } from '../builtins/jobs.ts';
import type { CommandLine } from '../options/command-line.ts';
import { expandText } from '../expand/word.ts';
import { loadHistory, remember } from './history.ts';
import { expandEvents } from './history-expansion.ts';
import { joinCommandLines } from './history-line.ts';
import { readInputrc } from './inputrc.ts';
import { jobLine, jobState } from '../jobs/jobs.ts';
import { editCommand } from './edit-command.ts';
import { runMachine } from '../machine/machine.ts';
import { readPromptLine } from './prompt-line.ts';
import type { Op } from '../machine/op.ts';
import { promptText } from './prompt.ts';
import type { KeyInput } from './prompt-input.ts';
import { isIdle } from './prompt-input.ts';
import { reportSyntax } from '../syntax/report-syntax.ts';
import type { Shell } from '../shell.ts';
import { pushInput, pushSource } from '../machine/push-source.ts';
import { forgetSources } from '../syntax/source.ts';
import { findProblem, missingToken, needsMore } from '../syntax/syntax-error.ts';
import { freshVariable } from '../variables/variables.ts';

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
export function* startInteractive(shell: Shell, startUp: readonly string[]): Op<void> {
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
  yield* readInputrc(shell);
  for (const path of startUp) yield* runFile(shell, path);
}

/** `bash -ic COMMAND`: the start-up files and aliases of a prompt, but nobody types at it. */
export function* startWithCommand(shell: Shell, startUp: readonly string[]): Op<void> {
  shell.options.add('histexpand');
  shell.shopts.add('expand_aliases');
  for (const path of startUp) yield* runFile(shell, path);
}

/** What a shell that somebody types at runs first; a login shell's profile does it by itself. */
export function startUpFiles(shell: Shell, { noRc, login, rcFile }: CommandLine): readonly string[] {
  const { vars } = shell;
  if (shell.personality === 'bash')
    return noRc || login ? [] : ['/etc/bash.bashrc', rcFile ?? `${vars.get('HOME') ?? ''}/.bashrc`];
  const file = vars.get('ENV');
  return file === undefined ? [] : [file];
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

function* startCommand(shell: Shell, text: string): Op<void> {
  rememberCommand(shell, text);
  forgetSources(shell);
  const source = shell.addSource(text.endsWith('\n') ? text : `${text}\n`);
  shell.at = { source, pos: 0 };
  const problem = findProblem(source, shell.personality);
  pushInput(shell, source, false, problem?.good.length);
  if (problem === undefined) return;
  yield* runMachine(shell);
  yield* reportSyntax(shell, source, problem);
  if (problem.keepsStatus !== true) shell.status = 2;
}

function rememberCommand(shell: Shell, text: string): void {
  const oneLine = shell.shopts.has('cmdhist') && !shell.shopts.has('lithist');
  remember(shell, oneLine ? joinCommandLines(text) : text);
}

/** A line with its history events put in and shown; undefined where it is not to be run. */
function* withEvents(shell: Shell, earlier: string, line: string): Op<string | undefined> {
  if (!shell.options.has('histexpand') || shell.personality !== 'bash') return line;
  const missing = earlier === '' ? undefined : missingToken(shell.addSource(earlier));
  const quote = missing === "'" || missing === '"' ? missing : '';
  const expanded = expandEvents(shell.history, line, { dropped: shell.historyDropped, quote });
  if ('missing' in expanded) {
    yield* shell.write(2, `${shell.errorName}: ${expanded.missing}\n`);
    shell.status = 1;
    return undefined;
  }
  if (expanded.changed) yield* shell.write(2, `${expanded.text}\n`);
  if (!expanded.printOnly) return expanded.text;
  rememberCommand(shell, earlier + expanded.text);
  return undefined;
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
      pushSource(shell, shell.addSource(hook), true);
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
    if (line.type === 'edit') {
      // bash's edit-and-execute-command is an fc with this editor.
      editCommand(shell, earlier + line.text, shell.vars.get('VISUAL') ?? shell.vars.get('EDITOR') ?? 'emacs');
      return '';
    }
    if (line.type === 'interrupt') {
      shell.status = 130;
      return '';
    }
    const typed = yield* withEvents(shell, earlier, line.text);
    if (typed === undefined) return '';
    const text = earlier + typed;
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
