/**
 * vi/vim over the terminal. State is data between keys, so a snapshot can be taken with an editor open.
 * Models: normal, insert, replace, visual (characters, lines, blocks) and command-line modes; motions, operators and text
 * objects with counts, undo, redo and U, `.`, macros, maps and abbreviations, search with offsets, registers, marks, ranges,
 * :s (c too) :g :v :normal :sort :m :t :w :q :x :e :r :n :b :!, filters, :set, several files, swap files and E325, ~/.vimrc,
 * :autocmd by type and name, the indentation of YAML, +N +/PATTERN -c -R -n -u -S and view,
 * the tree of undo, hidden files, expressions (:echo :let :if ^R= \=), gq, the status line of 'laststatus'.
 * Leaves out: windows, tabs, folds, = (indentation by other languages), completion, functions of scripts, syntax colours,
 * highlighted matches, -- More --, text in swap files: what is typed of it says so, as do the options -o -O -p -d -r -s -q -t -x -y.
 */
import { failed } from '../../../protocol/errno.ts';
import type { Process, Program } from '../../../protocol/program.ts';
import type { Applet } from '../../coreutils/command.ts';
import { RegexBound } from '../../posix-regex.ts';
import { textToBytes } from '../../text.ts';
import { RAW, resumeFullScreen, runFullScreen, sizeOf, type FullScreen } from '../key-loop.ts';
import { readArguments, type ViArguments } from './start/arguments.ts';
import { openFile } from './work/files.ts';
import { pressedKeys, viKeys } from './keys/key-codes.ts';
import { handleKey, resumeKeys, viKey } from './keys/keys.ts';
import { executeFirst, sourceText, withoutDefaults } from './start/start-up.ts';
import { answerAttention, closeSwap, keepSwap } from './work/swap.ts';
import { nameOf } from './keys/typeahead.ts';
import { paintVi } from './screen/screen.ts';
import { inSight } from './screen/scroll.ts';
import type { ViState } from './state/state.ts';
import { fail } from './state/state.ts';
import { freshVi } from './state/fresh-state.ts';
import { VERSION_TEXT, usageText } from './start/usage.ts';
import { closeScreen, doWork, opened, openScreen, source } from './work/work.ts';

async function start(process: Process): Promise<number> {
  const [name = 'vi', ...args] = process.argv;
  const asked = readArguments(args);
  if (asked.shows !== undefined) {
    await process.write(1, textToBytes(asked.shows === 'version' ? VERSION_TEXT : usageText()));
    return 0;
  }
  if (asked.unknown !== undefined) {
    const first = VERSION_TEXT.split('\n')[0] ?? '';
    await process.write(
      2,
      textToBytes(`${first}\nUnknown option argument: "${asked.unknown}"\nMore info with: "vim -h"\n`),
    );
    return 1;
  }
  if (asked.absent !== undefined || asked.paths.includes('-')) {
    await process.write(2, textToBytes(`drydock: '${name} ${asked.absent ?? '-'}' is not simulated\n`));
    return 1;
  }
  if (!process.isatty(0)) {
    await process.write(2, textToBytes('Vim: Warning: Input is not from a terminal\n'));
    return 1;
  }
  return await edit(process, begun(process, name, asked), asked);
}

function begun(process: Process, name: string, asked: ViArguments): ViState {
  const { paths } = asked;
  const { columns, rows } = sizeOf(process);
  const sized = { pageColumns: columns, pageRows: Math.max(1, rows - 1) };
  const blank = { ...freshVi(undefined, '', '', 0), ...sized, files: paths, now: secondsOf(process) };
  const started = withStartUp(process, { ...blank, swaps: !asked.noSwap }, asked.startUp);
  const [path] = paths;
  if (path === undefined) return started;
  const state = openFile(process, started, path);
  const looks = asked.readonly || name.endsWith('view');
  const message = looks ? state.message.replace(/^("[^"]*") (?=\d)/, '$1 [readonly] ') : state.message;
  return opened(process, { ...state, message, readonly: state.readonly || looks });
}

/** What -u names, or the first of ~/.vimrc, ~/.vim/vimrc and $EXINIT that is there. */
function withStartUp(process: Process, state: ViState, named: string | undefined): ViState {
  if (named === 'DEFAULTS') return state;
  if (named === 'NONE' || named === 'NORC') return withoutDefaults(state);
  const home = process.env['HOME'] ?? '/';
  const path = named ?? [`${home}/.vimrc`, `${home}/.vim/vimrc`].find((each) => !failed(process.stat(each)));
  if (path !== undefined) return source(process, withoutDefaults(state), path);
  const commands = process.env['EXINIT'] ?? '';
  return commands === '' ? state : sourceText(withoutDefaults(state), '$EXINIT', commands, handleKey);
}

const secondsOf = (process: Process): number => Math.floor(process.time().realtimeUs / 1e6);

const SCREEN: FullScreen<ViState> = {
  paint: paintVi,
  isDone: ({ exit }) => exit !== undefined,
  press: async (process, before, key) => {
    let state: ViState = { ...before, now: secondsOf(process) };
    if (state.attention !== undefined) {
      for (const pressed of viKeys(key)) state = answerAttention(process, state, nameOf(pressed));
      return state;
    }
    if (state.away) {
      await openScreen(process);
      // What was said of the file is still to be read.
      const kept = state.message;
      state = { ...state, away: false, output: [], message: '' };
      const isReturn = key.type === 'key' && /^(?:enter|escape)$/.test(key.name);
      if (isReturn) return { ...state, output: undefined, message: kept };
    }
    for (const pressed of pressedKeys(state, key))
      if (state.exit === undefined)
        state = await bounded(state, async (reached) => await worked(process, viKey(reached, pressed)));
    return keepSwap(process, state);
  },
};

/** A search that is over its bound leaves the text as it was, and says so. */
async function bounded(state: ViState, act: (state: ViState) => Promise<ViState>): Promise<ViState> {
  try {
    return await act(state);
  } catch (error) {
    if (!(error instanceof RegexBound)) throw error;
    const idle: ViState = { ...state, mode: 'normal', pending: '', typed: [], queue: [], confirm: undefined };
    return fail(idle, error.message);
  }
}

/** Does what keys ask of the world, and goes on with the keys that wait for it. */
async function worked(process: Process, before: ViState): Promise<ViState> {
  let state = before;
  while (state.work !== undefined && state.exit === undefined) {
    state = inSight(await doWork(process, state));
    if (state.failed) state = { ...state, queue: [] };
    state = resumeKeys(state);
  }
  return state;
}

async function edit(process: Process, first: ViState, { commands, paths }: ViArguments): Promise<number> {
  if (paths.length > 1) await process.write(1, textToBytes(`${String(paths.length)} files to edit\n`));
  const faults = first.output;
  if (faults === undefined) await openScreen(process);
  let state = faults === undefined ? first : await tellFirst(process, first, faults);
  for (const command of commands)
    state = await bounded(state, async (reached) => await worked(process, executeFirst(reached, command, handleKey)));
  if (state.exit === undefined) state = await runFullScreen(process, SCREEN, state);
  return await leave(process, state);
}

/** What goes wrong in a start-up file is told before the screen is vi's, and stays there until a key. */
async function tellFirst(process: Process, state: ViState, faults: readonly string[]): Promise<ViState> {
  process.setTermios(0, RAW);
  const lines = [...faults, 'Press ENTER or type command to continue'];
  await process.write(1, textToBytes(lines.join('\r\n')));
  return { ...state, away: true };
}

async function leave(process: Process, state: ViState): Promise<number> {
  const { exit } = closeSwap(process, state);
  await closeScreen(process);
  return exit ?? 1;
}

const program: Program = {
  name: 'vi',
  memoryBytes: 6_000_000,
  run: start,
  resume: async (process, saved) => await leave(process, await resumeFullScreen(process, SCREEN, saved)),
};
export const vi: Applet = { ...program, applet: (process) => start(process) };
