/** Commands that tell: :registers :marks :jumps :changes :history :print :number :list. */
import { shownText } from '../state/buffer.ts';
import { describe } from '../keys/commands.ts';
import { changeLines, jumpLines } from '../motions/jumps.ts';
import { registerLines } from '../state/registers.ts';
import type { ViState } from '../state/state.ts';
import { listCharsOf } from '../screen/white-space.ts';
import { fail } from '../state/state.ts';
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

/** :silent: what a command says is passed over. */
const silent = (state: ViState, { args, run }: ExCall): ViState => {
  const done = run.execute(state, args);
  return done.failed ? done : { ...done, message: state.message, output: undefined };
};

export const SHOW_COMMANDS: readonly ExCommand[] = [
  { name: 'registers', shortest: 'reg', run: (state, { args }) => ({ ...state, output: registerLines(state, args) }) },
  { name: 'display', shortest: 'di', run: (state, { args }) => ({ ...state, output: registerLines(state, args) }) },
  { name: 'ascii', shortest: 'as', run: (state) => describe(state) },
  { name: 'marks', run: marks },
  { name: 'jumps', shortest: 'ju', run: (state) => ({ ...state, output: jumpLines(state) }) },
  { name: 'changes', run: (state) => ({ ...state, output: changeLines(state) }) },
  { name: 'delmarks', shortest: 'delm', run: deleteMarks },
  { name: 'print', shortest: 'p', run: print('plain') },
  { name: 'Print', shortest: 'P', run: print('plain') },
  { name: 'number', shortest: 'nu', run: print('number') },
  { name: '#', run: print('number') },
  { name: 'list', shortest: 'l', run: print('list') },
  { name: 'history', shortest: 'his', run: history },
  { name: 'silent', shortest: 'sil', takesBars: true, run: silent },
];
