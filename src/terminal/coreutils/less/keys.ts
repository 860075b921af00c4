/** What the keys of less do. */
import type { Process } from '../../../protocol/program.ts';
import { examine, goToFile } from './files.ts';
import { follow } from './follow.ts';
import { leaveHelp, openHelp } from './help.ts';
import { lineOfByte, placeText, sizeOfFile } from './prompt.ts';
import { filterBy, searchFor, seek } from './search.ts';
import { lineAt, lineCount, pageOf, START, type LessState, type Typing } from './state.ts';
import { toggleKey } from './toggles.ts';
import { back, behindPage, isAtEnd, moved, onward, toEnd, toLine } from './view.ts';

export async function lessKey(process: Process, before: LessState, key: string): Promise<LessState> {
  if (before.typing !== undefined) return await typingKey(process, before, before.typing, key);
  const state: LessState = { ...before, options: before.changed ?? before.options, changed: undefined, message: '' };
  if (before.message !== '' && (key === 'enter' || key === ' ')) return state;
  if (/^\d$/.test(key)) return { ...state, count: state.count + key, fresh: false };
  if (key === 'backspace' && state.count !== '') return { ...state, count: state.count.slice(0, -1) };
  const count = state.count === '' ? undefined : Number(state.count);
  const idle: LessState = { ...state, count: '' };
  const next =
    stepKey(idle, key, count) ??
    jumpKey(idle, key, count) ??
    promptKey(idle, key, count) ??
    otherKey(process, idle, key, count);
  const leaves = next.options.quits === 'at-end' && next !== idle && isAtEnd(next) && next.at === next.names.length - 1;
  return { ...next, endSeen: next.endSeen || isAtEnd(next), done: next.done || leaves };
}

const keysFor = <T extends string>(what: T, ...keys: readonly string[]): Readonly<Record<string, T>> =>
  Object.fromEntries(keys.map((key) => [key, what]));

type Step = 'page' | 'page-past' | 'window' | 'half' | 'line' | 'line-past';
/** Keys by how far they go on, or back. */
const ON: Readonly<Record<string, Step>> = {
  ...keysFor('page', ' ', 'f', '^F', '^V', 'page-down'),
  ...keysFor('half', 'd', '^D'),
  ...keysFor('line', 'j', 'e', 'enter', '^J', 'down', '^N', '^E'),
  z: 'window',
  J: 'line-past',
  'M- ': 'page-past',
};
const BACK: Readonly<Record<string, Step>> = {
  ...keysFor('page', 'b', '^B', 'M-v', 'page-up'),
  ...keysFor('half', 'u', '^U'),
  ...keysFor('line', 'k', 'y', 'up', '^K', '^P', '^Y', 'K', 'Y'),
  w: 'window',
};

function stepKey(before: LessState, key: string, count: number | undefined): LessState | undefined {
  const step = ON[key] ?? BACK[key];
  if (step === undefined) return undefined;
  const { quits, window } = before.options;
  if (key in ON && quits !== 'never' && isAtEnd(before) && before.at === before.names.length - 1)
    return { ...before, done: true };
  const kept = step === 'window' && count !== undefined ? { ...before.options, window: count } : before.options;
  const state: LessState = { ...before, options: kept, half: step === 'half' ? (count ?? before.half) : before.half };
  const usual = step.startsWith('line')
    ? 1
    : step === 'half'
      ? (state.half ?? Math.floor(state.size.rows / 2))
      : (window ?? pageOf(state));
  const rows = Math.max(1, count ?? usual);
  if (key in BACK) return back(state, rows);
  const next = onward(state, rows, step.endsWith('-past'));
  return quits === 'at-end' && isAtEnd(next) && next.at === next.names.length - 1 ? { ...next, done: true } : next;
}

function jumpKey(state: LessState, key: string, count: number | undefined): LessState | undefined {
  if (['g', '<', 'M-<', 'home'].includes(key)) return lineJump(state, count ?? 1);
  if (['G', '>', 'M->', 'end'].includes(key)) return count === undefined ? toEnd(state) : lineJump(state, count);
  if (key === 'p' || key === '%') {
    const byte = Math.floor((sizeOfFile(state) * (count ?? 0)) / 100);
    return toLine(state, lineOfByte(state, byte));
  }
  return undefined;
}

const lineJump = (state: LessState, number: number): LessState =>
  number > lineCount(state) && lineCount(state) > 0
    ? { ...state, message: `Cannot seek to line number ${String(number)}` }
    : toLine(state, Math.max(0, number - 1));

const TYPINGS: Readonly<Record<string, Typing>> = {
  '-': { type: 'option' },
  _: { type: 'show-option' },
  ':': { type: 'colon' },
  E: { type: 'edit', text: '' },
  m: { type: 'set-mark' },
  "'": { type: 'go-to-mark' },
  '|': { type: 'pipe-mark' },
};

/** Keys after which something is typed. */
function promptKey(state: LessState, key: string, count: number | undefined): LessState | undefined {
  if (key === '/' || key === '?' || key === '&')
    return { ...state, fresh: false, typing: { type: key, text: '', count: count ?? 1 } };
  const typing = TYPINGS[key];
  return typing === undefined ? undefined : { ...state, fresh: false, typing };
}

/** The first page is painted again where something is said. */
const unsquished = (state: LessState): LessState => ({ ...state, squished: 'no', fresh: false });

function otherKey(process: Process, state: LessState, key: string, count: number | undefined): LessState {
  switch (key) {
    case 'q':
    case 'Q':
    case 'Z':
      return leaveHelp(state);
    case 'F':
      return follow(state);
    case 'v':
      return state.file.name === ''
        ? unsquished({ ...state, message: 'Cannot edit standard input' })
        : { ...state, work: { type: 'editor', command: editorCommand(process, state) } };
    case '!':
      return { ...state, fresh: false, typing: { type: 'shell', text: '' } };
    case 'n':
    case 'N': {
      const forward = (state.search?.forward ?? true) === (key === 'n');
      return unsquished(seek(state, forward, count ?? 1));
    }
    case 'right':
    case 'M-)':
      return shifted(state, 1, count);
    case 'left':
    case 'M-(':
      return shifted(state, -1, count);
    case 'T':
    case 't':
      return unsquished({ ...state, message: key === 'T' ? 'No previous tag' : 'No next tag' });
    case 'M-n':
    case 'M-N':
      if (state.search === undefined) return unsquished({ ...state, message: NO_SEARCH });
      return unsquished({ ...state, message: `drydock: '${key}' in less is not simulated` });
    case 's':
      return unsquished({
        ...state,
        message: state.file.name === '' ? "drydock: 's' in less is not simulated" : 'Input is not a pipe',
      });
    case 'M-u':
      if (state.search === undefined) return unsquished({ ...state, message: NO_SEARCH });
      return unsquished({ ...state, options: { ...state.options, highlight: !state.options.highlight } });
    case '{':
    case '(':
    case '[':
    case '}':
    case ')':
    case ']':
      return bracketMessage(state, key);
    case '=':
    case '^G':
      return unsquished({ ...state, message: placeText(state) });
    case 'V':
      return unsquished({ ...state, message: 'less 590' });
    case 'h':
    case 'H':
      return openHelp(state);
    case 'r':
    case 'R':
    case '^L':
      return unsquished(state);
    default:
      return key === '#' ? state : { ...state, fresh: false };
  }
}

const NO_SEARCH = 'No previous regular expression';

/** The editor on the line that stands in the middle of the screen. */
function editorCommand(process: Process, state: LessState): string {
  const editor = process.env['VISUAL'] ?? process.env['EDITOR'] ?? 'vi';
  const middle = Math.min(lineCount(state), state.top.line + Math.floor(pageOf(state) / 2) + 1);
  return `${editor} +${String(Math.max(1, middle))} '${state.file.name.replaceAll("'", "'\\''")}'`;
}

/** Going to the other half of a bracket is left out; where there is none it is said as less says it. */
function bracketMessage(state: LessState, key: string): LessState {
  const top = '{(['.includes(key);
  const behind = behindPage(state);
  const line = lineAt(state, top ? state.top.line : behind.line - (behind.row > 0 ? 0 : 1));
  const message = line.includes(key)
    ? `drydock: '${key}' in less is not simulated`
    : `No bracket in ${top ? 'top' : 'bottom'} line`;
  return unsquished({ ...state, message });
}

function shifted(state: LessState, sign: number, count: number | undefined): LessState {
  const by = count ?? state.shiftBy ?? Math.floor(state.size.columns / 2);
  const shift = Math.max(0, state.shift + sign * by);
  return { ...moved(state, state.top), shift, shiftBy: count ?? state.shiftBy };
}

async function typingKey(
  process: Process,
  before: LessState,
  typing: Exclude<Typing, undefined>,
  key: string,
): Promise<LessState> {
  const state: LessState = { ...before, typing: undefined };
  if (key === '^C' || key === '^G') return state;
  switch (typing.type) {
    case 'colon':
      return await colonKey(process, state, key);
    case 'option':
    case 'show-option':
      return unsquished(toggleKey(state, key, typing.type === 'option'));
    case 'set-mark':
      return /^[a-zA-Z]$/.test(key)
        ? { ...state, marks: { ...state.marks, [key]: { ...state.top, file: state.file.name } } }
        : state;
    case 'go-to-mark':
      return await goToMark(process, state, key);
    case 'pipe-mark':
      return unsquished({
        ...state,
        message:
          /^[.^$']$/.test(key) || state.marks[key] !== undefined
            ? "drydock: '|' in less is not simulated"
            : 'Mark not set',
      });
    default:
      return await textKey(process, state, typing, key);
  }
}

async function colonKey(process: Process, state: LessState, key: string): Promise<LessState> {
  switch (key) {
    case 'q':
    case 'Q':
      return leaveHelp(state);
    case 'n':
      return unlessStays(state, await goToFile(process, state, state.at + 1));
    case 'p':
      return unlessStays(state, await goToFile(process, state, state.at - 1));
    case 'x':
      return await goToFile(process, state, 0);
    case 'd':
      return await withoutThis(process, state);
    case 'e':
      return { ...state, typing: { type: 'edit', text: '' } };
    case 'f':
      return unsquished({ ...state, message: placeText(state) });
    default:
      return state;
  }
}

const unlessStays = (before: LessState, after: LessState): LessState =>
  after.file === before.file ? unsquished(after) : after;

/** :d takes the file out of the list. */
async function withoutThis(process: Process, state: LessState): Promise<LessState> {
  const at = state.at + 1 < state.names.length ? state.at + 1 : state.at - 1;
  if (state.names[at] === undefined) return state;
  const next = await goToFile(process, { ...state, squished: 'no' }, at);
  const names = next.names.filter((_, index) => index !== state.at);
  return { ...next, names, at: Math.min(next.at > state.at ? next.at - 1 : next.at, names.length - 1) };
}

async function goToMark(process: Process, state: LessState, key: string): Promise<LessState> {
  if (key === '^') return toLine(state, 0);
  if (key === '$') return toEnd(state);
  const mark = state.marks[key] ?? (key === "'" ? { ...START, file: state.file.name } : undefined);
  if (mark === undefined) return unsquished({ ...state, message: 'Mark not set' });
  const { file, ...place } = mark;
  const left = { ...state.marks, "'": { ...state.top, file: state.file.name } };
  if (file === state.file.name) return moved({ ...state, marks: left }, place);
  const there = await goToFile(process, { ...state, marks: left }, state.names.indexOf(file));
  return there.file.name === file ? { ...moved(there, place), fresh: true } : there;
}

/** % in a command is the name of the file. */
const expanded = ({ file }: LessState, text: string): string =>
  text.replaceAll(/\\%|%/g, (sign) => (sign === '%' ? file.name : '%'));

/** A pattern or a name being typed. */
async function textKey(
  process: Process,
  state: LessState,
  typing: Extract<Typing, { readonly text: string }>,
  key: string,
): Promise<LessState> {
  const { text } = typing;
  if (key === 'backspace' || key === '^H')
    return text === '' ? state : { ...state, typing: { ...typing, text: [...text].slice(0, -1).join('') } };
  if (key === '^U') return { ...state, typing: { ...typing, text: '' } };
  if (key !== 'enter') return { ...state, typing: [...key].length > 1 ? typing : { ...typing, text: text + key } };
  if (typing.type === 'shell') return { ...state, work: { type: 'shell', command: expanded(state, text) } };
  if (typing.type === 'edit') return await examine(process, state, text.trim());
  return unsquished(typing.type === '&' ? filterBy(state, text) : searchFor(state, typing.type, text, typing.count));
}
