/**
 * less on a terminal; elsewhere it copies, as the real one does.
 * Models: moving by keys with counts, / ? n N & with patterns, marks, = : - _ prompts, folded, chopped and shifted lines, several
 * files, what is typed over standard input, options -N -S -R -F -X -i -I -M -m -e -E -n -x -z -p -j -a and +N +G +/PATTERN.
 * F and +F, v, ! and h with words of its own.
 * Leaves out: | s #, highlighted matches, tags, lesskey, LESSOPEN: what is typed of it says so.
 */
import type { Process } from '../../../protocol/program.ts';
import type { Key } from '../../readline/keys.ts';
import { COOKED, RAW, resumeFullScreen, runFullScreen, sizeOf, type FullScreen } from '../../editors/key-loop.ts';
import { textToBytes } from '../../text.ts';
import type { Applet, Invocation } from '../command.ts';
import { command } from '../command.ts';
import { looksBinary, openLess } from './files.ts';
import { FOLLOW_US, follow, lookAgain } from './follow.ts';
import { lessKey } from './keys.ts';
import { backOnScreen, runWork } from './commands.ts';
import { ENTER_SCREEN, LEAVE_SCREEN } from './screen-codes.ts';
import { promptOf } from './prompt.ts';
import { seek } from './search.ts';
import { lineCount, pageOf, START, type LessFile, type LessOptions, type LessState } from './state.ts';
import { isAtEnd, rowsInSight, toEnd, toLine } from './view.ts';

function optionsOf({ options }: Invocation): LessOptions {
  const tab = Number(options.value('x') ?? '8');
  const window = Number(options.value('z') ?? '0');
  return {
    numbers: options.has('N'),
    chop: options.has('S'),
    raw: options.has('R') || options.has('r'),
    ignoreCase: options.has('I') ? 'always' : options.has('i') ? 'unless-capital' : 'never',
    prompt: options.has('M') ? 'long' : options.has('m') ? 'medium' : 'short',
    tab: tab > 0 ? tab : 8,
    window: window > 0 ? window : undefined,
    quits: options.has('E') ? 'at-end' : options.has('e') ? 'behind-end' : 'never',
    alternate: !options.has('X'),
    quitsOnOnePage: options.has('F'),
    quitsOnInterrupt: options.has('K'),
    squeeze: options.has('s'),
    highlight: !options.has('G'),
    tildes: !options.has('~'),
    target: Number(options.value('j') ?? '1') || 1,
    searchesBehind: options.has('a'),
    lineNumbers: !options.has('n'),
  };
}

const shiftOf = ({ options }: Invocation): number | undefined => {
  const by = Number(options.value('#') ?? '0');
  return by > 0 ? by : undefined;
};

/** With -s several empty lines are one. */
const shownFile = ({ options }: Invocation, file: LessFile): LessFile =>
  options.has('s')
    ? { ...file, lines: file.lines.filter((line, at) => line !== '' || file.lines[at - 1] !== '') }
    : file;

async function start(call: Invocation): Promise<number> {
  const { io, process, options, operands } = call;
  const begin = operands.find((operand) => operand.startsWith('+'));
  const given = operands.filter((operand) => !operand.startsWith('+'));
  if (given.length === 0 && process.isatty(0)) {
    await io.raw('Missing filename ("less --help" for help)\n');
    return 1;
  }
  const wanted = given.length === 0 ? ['-'] : [...new Set(given)];
  if (!process.isatty(1)) return await copy(call, wanted);
  let complained = false;
  let file: LessFile | undefined;
  let names = wanted;
  while (file === undefined && names[0] !== undefined) {
    const opened = await openLess(process, names[0]);
    if (typeof opened === 'string') {
      await io.raw(`${opened}\n`);
      complained = true;
      names = names.slice(1);
    } else file = opened;
  }
  if (file === undefined) return 1;
  const pattern = options.value('p');
  const first = startAt(
    freshLess(process, optionsOf(call), names, shownFile(call, file), shiftOf(call)),
    pattern === undefined ? begin : `+/${pattern}`,
  );
  const atOnce = first.options.quits === 'at-end' && isAtEnd(first);
  if (options.has('F') && names.length === 1 && isAtEnd({ ...first, top: START })) return await copy(call, names);
  if (atOnce) return 0;
  const asks = complained ? 'continue' : looksBinary(file, options.has('R')) ? 'binary' : undefined;
  if (asks !== undefined)
    await io.raw(
      asks === 'continue' ? 'Press RETURN to continue ' : `"${file.name}" may be a binary file.  See it anyway? `,
    );
  process.setTermios(first.keys, { ...RAW, signals: true });
  const opening = first.options.alternate ? ENTER_SCREEN : '';
  const entered: LessState = { ...first, asks, before: `${asks === undefined ? '' : '\r\n'}${opening}` };
  const begun = isKeys(begin) ? { ...(await typed(process, entered, begin.slice(1))), fresh: true } : entered;
  return await leave(process, await runFullScreen(process, SCREEN, begun, ['SIGWINCH', 'SIGINT']));
}

function freshLess(
  process: Process,
  options: LessOptions,
  names: readonly string[],
  file: LessFile,
  shiftBy: number | undefined,
): LessState {
  const state: LessState = {
    names,
    at: 0,
    file,
    options,
    changed: undefined,
    top: START,
    size: sizeOf(process),
    shift: 0,
    shiftBy,
    half: undefined,
    count: '',
    typing: undefined,
    message: '',
    search: undefined,
    filter: undefined,
    marks: {},
    fresh: true,
    squished: 'no',
    asks: undefined,
    before: '',
    endSeen: false,
    // What is paged over a pipe leaves the terminal to the keys.
    keys: process.isatty(0) ? 0 : 2,
    following: false,
    behindHelp: undefined,
    work: undefined,
    away: false,
    done: false,
  };
  return rowsInSight(state).length < pageOf(state) ? { ...state, squished: 'to-paint' } : state;
}

/** What follows + is typed, where it is none of the usual. */
const isKeys = (begin: string | undefined): begin is string =>
  begin !== undefined && !/^\+(?:G|F$|\/|\d+g?$)/i.test(begin);

async function typed(process: Process, first: LessState, keys: string): Promise<LessState> {
  let state = first;
  for (const key of keys) state = await lessKey(process, state, key);
  return state.typing === undefined ? state : await lessKey(process, state, 'enter');
}

function startAt(state: LessState, begin: string | undefined): LessState {
  if (begin === undefined) return state;
  const fresh = (moved: LessState): LessState => ({ ...moved, fresh: true });
  if (begin.startsWith('+G')) return fresh(toEnd(state));
  if (begin === '+F') return follow(state);
  if (begin.startsWith('+/'))
    return fresh(seek({ ...state, search: { pattern: begin.slice(2), forward: true } }, true, 1, true));
  const number = /^\+(\d+)g?$/i.exec(begin)?.[1];
  if (number === undefined) return state;
  return Number(number) > lineCount(state) ? state : fresh(toLine(state, Math.max(0, Number(number) - 1)));
}

/** What less does where nobody looks: it copies, and its complaints are part of the output. */
async function copy(call: Invocation, names: readonly string[]): Promise<number> {
  for (const name of names) {
    const file = await openLess(call.process, name);
    if (typeof file === 'string') {
      call.io.line(file);
      continue;
    }
    for (const [at, line] of file.lines.entries()) {
      call.io.out(`${line}${at < file.lines.length - 1 || file.ended ? '\n' : ''}`);
      if (call.io.full && !(await call.io.flush())) return 0;
    }
  }
  return await call.io.end(0);
}

const SCREEN: FullScreen<LessState> = {
  paint: paintLess,
  press: async (process, before, key) => {
    let state = before;
    for (const name of namesOf(key)) {
      if (state.done) break;
      if (state.away) {
        state = await backOnScreen(process, state);
        continue;
      }
      state = state.asks === undefined ? await lessKey(process, state, name) : answered(state, name);
      if (state.work !== undefined) state = await runWork(process, state, state.work);
    }
    return state;
  },
  waits: ({ following }) => (following ? FOLLOW_US : undefined),
  look: lookAgain,
  interrupted: (state) => ({
    ...state,
    typing: undefined,
    count: '',
    message: '',
    fresh: false,
    following: false,
    done: state.options.quitsOnInterrupt && !state.following,
  }),
  isDone: ({ done }) => done,
  keys: ({ keys }) => keys,
};

const namesOf = (key: Key): readonly string[] => (key.type === 'key' ? [key.name] : [...key.text.normalize('NFC')]);

function answered(state: LessState, key: string): LessState {
  const goesOn = state.asks === 'continue' || key === 'y' || key === 'Y';
  return goesOn ? { ...state, asks: undefined } : { ...state, asks: undefined, before: '\r\n', done: true };
}

function paintLess(given: LessState, size: LessState['size']): { readonly text: string; readonly state: LessState } {
  if (given.away) return { text: '', state: given };
  const resized = size.rows !== given.size.rows || size.columns !== given.size.columns;
  const state: LessState = resized ? { ...given, size, fresh: false, squished: 'no' } : given;
  if (state.asks !== undefined) return { text: '', state };
  const prompt = `${promptOf(state)}\x1b[K`;
  const next: LessState = { ...state, before: '', squished: state.squished === 'no' ? 'no' : 'painted' };
  if (state.squished === 'painted') return { text: `\r${prompt}`, state: next };
  const rows = rowsInSight(state);
  if (state.squished === 'to-paint')
    return { text: `${state.before}${rows.map((row) => `${row}\r\n`).join('')}${prompt}`, state: next };
  const blank = Array.from({ length: pageOf(state) - rows.length }, () => (state.options.tildes ? '~' : ''));
  const text = [...rows, ...blank].map((row) => `${row}\x1b[m\x1b[K\r\n`).join('');
  // What stood right of a nearer edge goes.
  return { text: `${state.before}\x1b[H${resized ? '\x1b[2J' : ''}${text}${prompt}`, state: next };
}

async function leave(process: Process, state: LessState): Promise<number> {
  const entered = state.before === '';
  const alternate = state.options.alternate && entered;
  await process.write(1, textToBytes(alternate ? `\r\x1b[K${LEAVE_SCREEN}` : entered ? '\r\x1b[K' : state.before));
  process.setTermios(state.keys, COOKED);
  return 0;
}

const base = command(
  {
    name: 'less',
    calls: 'short',
    short: 'NSRrFXiIMmqQseEfgnGK~cCLBb:y:h:#:x:z:p:aAWwuUJdgD:j:k:o:O:P:t:T:',
    absent: [...'AWwuUJdgDkoOPtT'],
    long: {
      'LINE-NUMBERS': 'N',
      'line-numbers': 'n',
      'chop-long-lines': 'S',
      'RAW-CONTROL-CHARS': 'R',
      'raw-control-chars': 'r',
      'quit-if-one-screen': 'F',
      'quit-at-eof': 'e',
      'QUIT-AT-EOF': 'E',
      'no-init': 'X',
      'ignore-case': 'i',
      'IGNORE-CASE': 'I',
      'long-prompt': 'm',
      'LONG-PROMPT': 'M',
      tabs: 'x',
      window: 'z',
      pattern: 'p',
      'HILITE-SEARCH': 'G',
      'quit-on-intr': 'K',
      tilde: '~',
      shift: '#',
      'jump-target': 'j',
      'search-skip-screen': 'a',
      'squeeze-blank-lines': 's',
    },
  },
  start,
);
/** Options of $LESS come before those of the command line. */
function withEnvironment(process: Process, argv: readonly string[]): readonly string[] {
  const words = (process.env['LESS'] ?? '').split(/\s+/).filter(Boolean);
  const [name = 'less', ...args] = argv;
  return [name, ...words.map((word) => (/^[-+]/.test(word) ? word : `-${word}`)), ...args];
}

export const less: Applet = {
  ...base,
  run: async (process) => await base.applet(process, 'gnu', withEnvironment(process, process.argv)),
  applet: async (process, flavour, argv) =>
    await base.applet(process, flavour, flavour === 'gnu' ? withEnvironment(process, argv) : argv),
  resume: async (process, saved) => await leave(process, await resumeFullScreen(process, SCREEN, saved)),
};
