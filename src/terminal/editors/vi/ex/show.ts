/** Commands that tell: :registers :marks :files :history :print :number :list :echo :version. */
import { shownText } from '../buffer.ts';
import { registerLines } from '../registers.ts';
import type { ViState } from '../state.ts';
import { listCharsOf } from '../white-space.ts';
import { fail } from '../state.ts';
import type { ExCall, ExCommand } from './command.ts';

const show = (state: ViState, lines: readonly string[]): ViState =>
  lines.length === 1 ? { ...state, message: lines[0] ?? '' } : { ...state, output: lines };

function marks(state: ViState, { args }: ExCall): ViState {
  const order = [...'\'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[]^.<>'];
  const found = order.flatMap((letter) => {
    const place =
      state.marks[letter] ??
      (letter === "'" ? { row: 0, column: 0 } : letter === '"' ? { row: 0, column: 0 } : undefined);
    if (place === undefined || (args !== '' && !args.includes(letter))) return [];
    const text = shownText((state.lines[place.row] ?? '').trimStart(), state.options.tabstop).slice(
      0,
      state.pageColumns - 17,
    );
    return [` ${letter} ${String(place.row + 1).padStart(6)} ${String(place.column).padStart(4)} ${text}`];
  });
  return found.length === 0
    ? fail(state, `E283: No marks matching "${args}"`)
    : { ...state, output: ['mark line  col file/text', ...found] };
}

function deleteMarks(state: ViState, { args, bang }: ExCall): ViState {
  if (args === '' && !bang) return fail(state, 'E471: Argument required');
  const kept = Object.entries(state.marks).filter(([letter]) =>
    bang ? !/[a-z]/.test(letter) : !args.includes(letter),
  );
  return { ...state, marks: Object.fromEntries(kept) };
}

/** :p, :nu and :l: lines of the text, with their numbers, with their ends. */
const print =
  (how: 'plain' | 'number' | 'list') =>
  (state: ViState, { range, args }: ExCall): ViState => {
    const to = /^\d+$/.test(args) ? Math.min(state.lines.length, range.to + Number(args)) - 1 : range.to;
    const from = /^\d+$/.test(args) ? range.to : range.from;
    const lines = state.lines.slice(from, to + 1).map((line, at) => {
      const number = how === 'number' || state.options.number ? `${String(from + at + 1).padStart(3)} ` : '';
      return (
        number +
        shownText(
          line,
          state.options.tabstop,
          listCharsOf({ ...state.options, list: how === 'list' || state.options.list }),
        )
      );
    });
    return {
      ...show(state, lines),
      outputOver: true,
      row: to,
      column: Math.max(0, (state.lines[to] ?? '').search(/\S/)),
    };
  };

function history(state: ViState, { args }: ExCall): ViState {
  const sign = /^(?:\/|s(?:earch)?)$/.test(args) ? '/' : ':';
  const lines = state.history.filter((line) => line.startsWith(sign));
  const name = sign === ':' ? 'cmd' : 'search';
  return {
    ...state,
    output: [
      `      #  ${name} history`,
      ...lines.map(
        (line, at) => `${at === lines.length - 1 ? '>' : ' '}${String(at + 1).padStart(6)}  ${line.slice(1)}`,
      ),
    ],
  };
}

/** :echo of a text in quotes or a number; no other expression. */
function echo(state: ViState, { args }: ExCall): ViState {
  const text = /^"((?:\\.|[^"\\])*)"$|^'([^']*)'$|^(-?\d+)$/.exec(args);
  if (text === null) return fail(state, `drydock: :echo ${args} is not simulated`);
  return { ...state, message: text[1] ?? text[2] ?? text[3] ?? '' };
}

/** :execute of texts in quotes, which make one command. */
function executeText(state: ViState, { args, run }: ExCall): ViState {
  const parts = [...args.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'/g)];
  if (parts.length === 0 || args.replaceAll(/"(?:\\.|[^"\\])*"|'[^']*'|[\s.]/g, '') !== '')
    return fail(state, `drydock: :execute ${args} is not simulated`);
  return run.execute(
    state,
    parts.map(([, double, single]) => (double === undefined ? (single ?? '') : unescaped(double))).join(''),
  );
}

const unescaped = (text: string): string =>
  text.replaceAll(/\\<([a-z]+)>|\\(.)/gi, (_, key?: string, char?: string) =>
    key === undefined ? (ESCAPES[char ?? ''] ?? char ?? '') : (KEYS[key.toLowerCase()] ?? ''),
  );
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', e: '\x1b', r: '\r' };
const KEYS: Readonly<Record<string, string>> = { esc: '\x1b', cr: '\r', tab: '\t', space: ' ' };

/** :silent: what a command says is passed over. */
const silent = (state: ViState, { args, run }: ExCall): ViState => {
  const done = run.execute(state, args);
  return done.failed ? done : { ...done, message: state.message, output: undefined };
};

/** :let @x = "text" and :let mapleader = "x". */
function letRegister(state: ViState, { args }: ExCall): ViState {
  const leader = /^(?:g:)?map(?:local)?leader\s*=\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)')$/.exec(args);
  if (leader !== null) return { ...state, leader: leader[1] === undefined ? (leader[2] ?? '') : unescaped(leader[1]) };
  const [, letter = '', double, single] = /^@([a-z"])\s*=\s*(?:"((?:\\.|[^"\\])*)"|'([^']*)')$/.exec(args) ?? [];
  const text = double === undefined ? single : unescaped(double);
  if (text === undefined) return fail(state, `drydock: :let ${args} is not simulated`);
  const register = text.endsWith('\n')
    ? { text: text.slice(0, -1).split('\n'), kind: 'line' as const }
    : { text: text.split('\n'), kind: 'char' as const };
  return letter === '"' ? { ...state, register } : { ...state, registers: { ...state.registers, [letter]: register } };
}

export const SHOW_COMMANDS: readonly ExCommand[] = [
  { name: 'registers', shortest: 'reg', run: (state, { args }) => ({ ...state, output: registerLines(state, args) }) },
  { name: 'display', shortest: 'di', run: (state, { args }) => ({ ...state, output: registerLines(state, args) }) },
  { name: 'marks', run: marks },
  { name: 'delmarks', shortest: 'delm', run: deleteMarks },
  { name: 'print', shortest: 'p', run: print('plain') },
  { name: 'Print', shortest: 'P', run: print('plain') },
  { name: 'number', shortest: 'nu', run: print('number') },
  { name: '#', run: print('number') },
  { name: 'list', shortest: 'l', run: print('list') },
  { name: 'history', shortest: 'his', run: history },
  { name: 'echo', shortest: 'ec', takesBars: true, run: echo },
  { name: 'let', run: letRegister, takesBars: true },
  { name: 'execute', shortest: 'exe', takesBars: true, run: executeText },
  { name: 'silent', shortest: 'sil', takesBars: true, run: silent },
];
