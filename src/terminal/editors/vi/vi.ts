/**
 * vi/vim over the terminal. State is data between keys, so a snapshot can be taken with an editor open.
 * Models: normal, insert, replace, visual (characters and lines) and command-line modes; motions, operators and text
 * objects with counts, undo and redo, `.`, search, registers and marks by letter, ranges, :s :g :m :t :w :q :wq :x :e! :r,
 * :set nu ic ai et sw ts, :e :r :w with ranges and >>, U, +N +/PATTERN -c COMMAND -R and view.
 * Leaves out: macros, windows, visual blocks, :! and filters, = (they say so), syntax colours, highlighted matches.
 */
import type { Process, Program } from '../../../protocol/program.ts';
import type { Applet } from '../../coreutils/command.ts';
import type { Key } from '../../readline/keys.ts';
import { parseKeys } from '../../readline/keys.ts';
import { textToBytes } from '../../text.ts';
import { COOKED, RAW, resumeFullScreen, runFullScreen, type FullScreen } from '../key-loop.ts';
import { executeEx } from './ex-commands.ts';
import { doFileWork, openFile } from './files.ts';
import { viKey } from './keys.ts';
import { paintVi } from './screen.ts';
import { inSight } from './scroll.ts';
import { searchFor } from './search.ts';
import type { ViKey, ViState } from './state.ts';
import { freshVi } from './state.ts';

async function start(process: Process): Promise<number> {
  const [name = 'vi', ...args] = process.argv;
  const { paths, commands, readonly, unknown } = readArguments(args);
  const [path, ...more] = paths;
  const refused = unknown ?? (more.length > 0 ? 'with several files' : undefined);
  if (refused !== undefined) {
    await process.write(2, textToBytes(`drydock: '${name} ${refused}' is not simulated\n`));
    return 1;
  }
  const opened = path === undefined ? freshVi(undefined, '', '', 0) : openFile(process, path);
  const looks = readonly || name.endsWith('view');
  const message = looks ? opened.message.replace(/^("[^"]*") (?=\d)/, '$1 [readonly] ') : opened.message;
  const first = { ...opened, message, readonly: opened.readonly || looks };
  return await edit(process, commands.reduce(executeFirst, first));
}

interface Arguments {
  readonly paths: readonly string[];
  /** What + and -c ask to do first. */
  readonly commands: readonly string[];
  readonly readonly: boolean;
  /** The first option that is not known here. */
  readonly unknown: string | undefined;
}

function readArguments(args: readonly string[]): Arguments {
  const paths: string[] = [];
  const commands: string[] = [];
  let readonly = false;
  let unknown: string | undefined;
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg.startsWith('+')) commands.push(arg.slice(1) || '$');
    else if (arg === '-c') commands.push(args[(at += 1)] ?? '');
    else if (arg === '-R') readonly = true;
    else if (arg === '--') {
      paths.push(...args.slice(at + 1));
      break;
    } else if (!arg.startsWith('-')) paths.push(arg);
    else if (!/^-[NCn]$/.test(arg)) unknown ??= arg;
  }
  return { paths, commands, readonly, unknown };
}

/** The search begins behind the last line, so its first match is the first of the text: nothing is said of the wrap. */
function startAtMatch(state: ViState, from: ViState, pattern: string): ViState {
  const search = { pattern, forward: true };
  const found = searchFor({ ...from, search }, pattern, true);
  return found.message.startsWith('E') ? { ...state, search, message: found.message } : { ...found, message: '' };
}

/** A command before the first key; what was said of the file stays where it says nothing. */
function executeFirst(state: ViState, command: string): ViState {
  const search = /^\/(.*)$/.exec(command)?.[1];
  const from = { ...state, row: state.lines.length - 1, column: Math.max(0, (state.lines.at(-1) ?? '').length - 1) };
  const line = /^\d+$/.test(command) ? String(Math.min(Number(command), state.lines.length)) : command;
  const done = search === undefined ? executeEx({ ...state, message: '' }, line) : startAtMatch(state, from, search);
  return inSight({ ...done, message: done.message === '' ? state.message : done.message });
}

const SCREEN: FullScreen<ViState> = {
  paint: paintVi,
  isDone: ({ exit }) => exit !== undefined,
  press: (process, before, key) => {
    let state = before;
    for (const pressed of viKeys(key))
      if (state.exit === undefined) state = inSight(doFileWork(process, viKey(state, pressed)));
    return state;
  },
};

async function edit(process: Process, first: ViState): Promise<number> {
  if (!process.isatty(0)) {
    await process.write(2, textToBytes('Vim: Warning: Input is not from a terminal\n'));
    return 1;
  }
  process.setTermios(0, RAW);
  await process.write(1, textToBytes('\x1b[?1049h\x1b[?2004h'));
  return await leave(process, await runFullScreen(process, SCREEN, first));
}

async function leave(process: Process, { exit }: ViState): Promise<number> {
  await process.write(1, textToBytes('\x1b[?2004l\x1b[?1049l'));
  process.setTermios(0, COOKED);
  return exit ?? 1;
}

/** vi knows no Alt: what comes with an escape before it is Escape and then that key. */
function viKeys(key: Key): readonly ViKey[] {
  if (key.type !== 'key') return [...key.text.normalize('NFC')].map((char) => ({ char }));
  if (!key.name.startsWith('M-')) return [key.name.length > 1 ? { special: key.name } : { char: key.name }];
  return [{ special: 'escape' }, ...parseKeys(key.sequence.slice(1)).keys.flatMap(viKeys)];
}

const program: Program = {
  name: 'vi',
  memoryBytes: 6_000_000,
  run: start,
  resume: async (process, saved) => await leave(process, await resumeFullScreen(process, SCREEN, saved)),
};
export const vi: Applet = { ...program, applet: (process) => start(process) };
