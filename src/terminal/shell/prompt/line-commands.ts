/** What the line editor leaves to the shell: expanding the line, and commands that `bind -x` has bound. */
import type { Result } from '../../../protocol/errno.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Termios } from '../../../protocol/program.ts';
import type { EditorEvent } from '../../readline/event.ts';
import type { EditorState } from '../../readline/state.ts';
import { insert, lineText, remember, replaceRange, setLine } from '../../readline/state.ts';
import { homeDirectory } from '../completion/files.ts';
import { expandText, expandWords } from '../expand/word.ts';
import { expandEvents } from './history-expansion.ts';
import { runMachine } from '../machine/machine.ts';
import type { Op } from '../machine/op.ts';
import { pushSource } from '../machine/push-source.ts';
import type { Shell } from '../shell.ts';

export function* expandLine(shell: Shell, { state, how }: Extract<EditorEvent, { type: 'expand' }>): Op<EditorState> {
  if (how === 'tilde') return expandTilde(shell, state);
  const text = lineText(state);
  const events = how === 'alias' ? { text } : expandEvents(shell.history, text);
  if ('missing' in events) {
    yield* shell.write(2, '\x07');
    return state;
  }
  // What is not changed stays as it is, with the cursor.
  const changed = (after: string): EditorState => (after === text ? state : setLine(remember(state), after));
  if (how === 'history') return changed(events.text);
  if (how === 'magic-space') return insert(changed(events.text), ' ');
  const [, name = '', rest = ''] = /^(\S*)([\s\S]*)$/.exec(events.text) ?? [];
  const aliased = (shell.aliases.get(name) ?? name) + rest;
  return how === 'line' ? setLine(remember(state), yield* expandCommand(shell, aliased)) : changed(aliased);
}

/** The words of a simple command, expanded; other commands have only their parameters expanded. */
function* expandCommand(shell: Shell, text: string): Op<string> {
  const { script } = shell.addSource(text);
  const [first, second] = script.commands;
  if (first?.command.type !== 'Command' || second !== undefined || first.command.redirects.length > 0)
    return yield* expandText(shell, text);
  const { name, args } = first.command;
  const words = [...(name === undefined ? [] : [name]), ...args.filter((arg) => arg.type === 'Word')];
  return (yield* expandWords(shell, words)).join(' ');
}

/** The word before the cursor with its `~` replaced. */
function expandTilde(shell: Shell, state: EditorState): EditorState {
  const { chars, cursor } = state;
  const from = chars.lastIndexOf('~', cursor);
  if (from < 0 || chars.slice(from, cursor).some((char) => /\s/.test(char))) return state;
  const [mark = '', user = ''] = /^~([^/\s]*)/.exec(chars.slice(from).join('')) ?? [];
  const home = homeDirectory(shell, user);
  if (home === undefined) return state;
  const end = from + [...mark].length;
  const expanded = replaceRange(state, from, end, home);
  return { ...expanded, cursor: expanded.cursor + Math.max(0, cursor - end) };
}

/** Runs a command that a key is bound to; it sees the line in READLINE_LINE and may change it. */
export function* runBound(
  shell: Shell,
  { state, command }: Extract<EditorEvent, { type: 'run' }>,
  cooked: Result<Termios>,
): Op<EditorState> {
  const { process } = shell;
  const { status, pipeStatus, unwind, at, lastArgument } = shell;
  const raw = process.termios(0);
  if (!failed(cooked)) process.setTermios(0, cooked);
  shell.assign('READLINE_LINE', lineText(state));
  shell.assign('READLINE_POINT', String(state.cursor));
  const outer = shell.stack;
  shell.stack = [];
  pushSource(shell, shell.addSource(command), true);
  yield* runMachine(shell);
  shell.stack = outer;
  Object.assign(shell, { status, pipeStatus, unwind, at, lastArgument });
  const text = shell.vars.get('READLINE_LINE') ?? '';
  const point = Number(shell.vars.get('READLINE_POINT') ?? '0');
  for (const name of ['READLINE_LINE', 'READLINE_POINT']) shell.vars.unset(name);
  if (!failed(raw)) process.setTermios(0, raw);
  const cursor = Math.max(0, Math.min([...text].length, Number.isInteger(point) ? point : 0));
  return text === lineText(state) ? { ...state, cursor } : setLine(remember(state), text, cursor);
}
