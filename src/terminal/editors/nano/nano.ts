/**
 * nano: the editor of Debian and Ubuntu.
 * Models: insert, arrows, words, paragraphs, pages, marks, ^K M-6 ^U M-T, ^O (append, prepend, DOS format, a selection) ^S ^X with its
 * questions, ^W ^Q M-W with its toggles, ^\ replace, ^R and ^T insert, ^_ go to, ^J justify, M-U M-E, M-} M-{ M-3 M-D M-] M-V,
 * line numbers, soft and hard wrapping, white space shown, options -l -v -i -T -E -c -x -k -A -B -L -m -S -b -r -w -f -I +LINE,COLUMN
 * +/TEXT, and what ~/.nanorc sets of these.
 * Leaves out: several buffers, macros, spelling, browsing, syntax colours, lock files: a key or option that is left out says so.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Applet, Invocation } from '../../coreutils/command.ts';
import { command } from '../../coreutils/command.ts';
import type { Key } from '../../readline/keys.ts';
import { RegexBound } from '../../posix-regex.ts';
import { textToBytes } from '../../text.ts';
import { COOKED, RAW, resumeFullScreen, runFullScreen, sizeOf, type FullScreen } from '../key-loop.ts';
import { insertText } from './edit.ts';
import { doNanoWork, openNano } from './files.ts';
import { nanoKey } from './keys.ts';
import { readStartUp } from './nanorc.ts';
import { paintNano } from './screen.ts';
import { find } from './search.ts';
import { chars, DEFAULT_OPTIONS, MESSAGE_KEYS, type NanoKey, type NanoOptions, type NanoState } from './state.ts';

const ABSENT = ['a', 'C', 'M', 'R', 'Y', 't'];
const START = /^\+(?:(-?\d*)(?:,(-?\d*))?|\/(.*))$/;

function optionsOf({ options }: Invocation, set: NanoOptions): NanoOptions {
  const tabsize = Number(options.value('T') ?? String(set.tabsize));
  const fill = options.value('r');
  const asked: NanoOptions = {
    ...DEFAULT_OPTIONS,
    softWrap: options.has('S') || options.has('$'),
    hardWrap: options.has('b'),
    fill: fill === undefined ? set.fill : Number(fill),
    numbers: options.has('l'),
    readonly: options.has('v'),
    autoindent: options.has('i'),
    tabsize: tabsize > 0 ? tabsize : 8,
    tabsToSpaces: options.has('E'),
    cutToEnd: options.has('k'),
    smartHome: options.has('A'),
    constantShow: options.has('c'),
    noHelp: options.has('x'),
    noNewlines: options.has('L'),
    backup: options.has('B'),
    mouse: options.has('m'),
  };
  // What a start-up file has switched on stays; -w takes hard wrapping back.
  const on = Object.entries(set).filter(([, value]) => value === true);
  return { ...asked, ...Object.fromEntries(on), ...(options.has('w') ? { hardWrap: false } : {}) };
}

/** What -h prints: the options that are modelled. */
const HELP_TEXT = [
  'Usage: nano [OPTIONS] [[+LINE[,COLUMN]] FILE]',
  '',
  ' Option         Long option             Meaning',
  ...(
    [
      ['-A', '--smarthome', 'Home goes to the text of a line first'],
      ['-B', '--backup', 'Keep the file as it was before under NAME~'],
      ['-E', '--tabstospaces', 'Typed tabs become blanks'],
      ['-I', '--ignorercfiles', 'Read no nanorc'],
      ['-L', '--nonewlines', 'Add no newline at the end'],
      ['-S', '--softwrap', 'Long lines go on in the next row'],
      ['-T <number>', '--tabsize=<number>', 'The width of a tab'],
      ['-b', '--breaklonglines', 'Break long lines as they are typed'],
      ['-c', '--constantshow', 'Always show where the cursor is'],
      ['-f <file>', '--rcfile=<file>', 'Read this nanorc alone'],
      ['-h', '--help', 'This text'],
      ['-i', '--autoindent', 'Indent new lines as the one before'],
      ['-k', '--cutfromcursor', 'Cut from the cursor to the end of the line'],
      ['-l', '--linenumbers', 'Show line numbers'],
      ['-m', '--mouse', 'Use the mouse'],
      ['-r <number>', '--fill=<number>', 'Where long lines are broken'],
      ['-v', '--view', 'Look only'],
      ['-w', '--nowrap', 'Break no lines'],
      ['-x', '--nohelp', 'Show no keys'],
    ] as const
  ).map(([short, long, meaning]) => ` ${short.padEnd(14)} ${long.padEnd(23)} ${meaning}`),
  '',
].join('\n');

async function start(call: Invocation): Promise<number> {
  const { io, options, process, operands } = call;
  const absent = ABSENT.find((letter) => options.has(letter));
  const names = operands.filter((operand) => !START.test(operand));
  if (absent !== undefined || names.length > 1) {
    await io.raw(`drydock: 'nano ${absent === undefined ? 'with several files' : `-${absent}`}' is not simulated\n`);
    return 1;
  }
  if (options.has('h')) {
    await io.raw(HELP_TEXT);
    return await io.end(0);
  }
  if (!process.isatty(0)) {
    await io.raw('Standard input is not a terminal\n');
    return 1;
  }
  const set = options.has('I') ? { options: DEFAULT_OPTIONS, faults: [] } : readStartUp(process, options.value('f'));
  const opened = openNano(process, names[0] ?? '', optionsOf(call, set.options));
  const [fault] = set.faults;
  const state = startAt(
    fault === undefined ? opened : { ...opened, message: fault },
    operands.find((operand) => START.test(operand)),
  );
  const screen = sizeOf(process);
  process.setTermios(0, RAW);
  await process.write(1, textToBytes('\x1b[?1049h\x1b[?2004h'));
  return await leave(
    process,
    await runFullScreen(process, SCREEN, {
      ...state,
      pageRows: screen.rows - (state.options.noHelp ? 2 : 4),
      screen,
    }),
  );
}

function startAt(state: NanoState, given: string | undefined): NanoState {
  const [, line = '', column = '', text] = given === undefined ? [] : (START.exec(given) ?? []);
  if (text !== undefined) return find({ ...state, search: { ...state.search, text } });
  const row = Math.max(0, Math.min(state.lines.length, Number(line === '' ? '1' : line)) - 1);
  return {
    ...state,
    row,
    column: Math.min(chars(state, row).length, Math.max(0, Number(column === '' ? '1' : column) - 1)),
  };
}

async function leave(process: Process, _state: NanoState): Promise<number> {
  await process.write(1, textToBytes('\x1b[?2004l\x1b[?1049l'));
  process.setTermios(0, COOKED);
  return 0;
}

const SCREEN: FullScreen<NanoState> = {
  paint: (state, size) => paintNano(withPosition(state), size),
  press: take,
  isDone: ({ exit }) => exit,
};

/** -c and M-C: where the cursor is, whenever nothing else is said. */
function withPosition(state: NanoState): NanoState {
  return state.options.constantShow &&
    state.prompt === undefined &&
    !state.help &&
    (state.message === '' || state.messageKeys < MESSAGE_KEYS)
    ? { ...state, message: positionOf(state) }
    : state;
}
const positionOf = (state: NanoState): string =>
  nanoKey({ ...state, prompt: undefined }, { special: '^C' }, 80).message;

async function take(process: Process, before: NanoState, key: Key): Promise<NanoState> {
  const typing = before.prompt === undefined && !before.help && !before.verbatim;
  if (key.type === 'paste' && typing && !before.options.readonly)
    return insertText({ ...before, cutting: false }, key.text.normalize('NFC').replace(/\r\n?/g, '\n'), 'addition');
  let state = before;
  for (const press of pressesOf(key)) {
    const next = bounded(state, () => nanoKey(state, press, sizeOf(process).columns));
    const refused = state.options.readonly && next.lines !== state.lines;
    state = await doNanoWork(process, refused ? { ...state, message: 'Key is invalid in view mode' } : next);
    if (state.exit) break;
  }
  return state;
}

/** A search that is over its bound leaves the text as it was, and says so. */
function bounded(state: NanoState, act: () => NanoState): NanoState {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof RegexBound)) throw error;
    return { ...state, prompt: undefined, replacement: undefined, message: error.message };
  }
}

function pressesOf(key: Key): readonly NanoKey[] {
  if (key.type !== 'key') return [...key.text.normalize('NFC')].map((char) => ({ char }));
  return [{ special: SEQUENCES[key.sequence] ?? key.name }];
}
/** Keys that the shell's line editor has no name for. */
const SEQUENCES: Readonly<Record<string, string>> = {
  '\n': '^J',
  '\x1b\x7f': 'M-backspace',
  '\x1b[1;5A': 'ctrl-up',
  '\x1b[1;5B': 'ctrl-down',
  '\x1b[3;5~': 'ctrl-delete',
};

const base = command(
  {
    name: 'nano',
    short: 'AaBbCcDEFf:GHhIiJKkLlMmNnOPpQqRr:SsT:tUuvWwxYZz$',
    long: {
      linenumbers: 'l',
      view: 'v',
      backup: 'B',
      mouse: 'm',
      autoindent: 'i',
      tabsize: 'T',
      tabstospaces: 'E',
      constantshow: 'c',
      nohelp: 'x',
      nonewlines: 'L',
      smarthome: 'A',
      cutfromcursor: 'k',
      nowrap: 'w',
      softwrap: 'S',
      breaklonglines: 'b',
      fill: 'r',
      ignorercfiles: 'I',
      rcfile: 'f',
      help: 'h',
    },
    hint: "Type 'nano -h' for a list of available options.",
  },
  start,
);
export const nano: Applet = {
  ...base,
  memoryBytes: 4_000_000,
  resume: async (process, saved) => await leave(process, await resumeFullScreen(process, SCREEN, saved)),
};
