import { failed } from '../../../protocol/errno.ts';
import { textToBytes } from '../../text.ts';
import { editCommand, runAgain } from '../edit-command.ts';
import { addToHistory, historyFile, readHistory, trimHistory } from '../history.ts';
import { expandEvents } from '../history-expansion.ts';
import type { Op } from '../op.ts';
import type { Shell } from '../shell.ts';
import type { PlannedCommand } from '../simple-command.ts';
import type { Builtin } from './builtin.ts';
import { fault, invalidOption, print } from './message.ts';

const USAGE = 'history [-c] [-d offset] [n] or history -anrw [filename] or history -ps arg [arg...]';

function* history(shell: Shell, args: readonly string[]): Op<number> {
  const [first = '', ...rest] = args;
  if (!/^-./.test(first) || first === '--') return yield* show(shell, first === '--' ? rest : args);
  switch (first) {
    case '-c':
      shell.history.length = 0;
      shell.historyDropped = 0;
      return 0;
    case '-d':
      return yield* forget(shell, rest[0]);
    case '-s':
      if (rest.length > 0) addToHistory(shell, rest.join(' '));
      return 0;
    case '-p':
      return yield* preview(shell, rest);
    case '-a':
    case '-n':
    case '-r':
    case '-w':
      return exchange(shell, first, rest[0] ?? historyFile(shell));
    default:
      return yield* invalidOption(shell, 'history', first.slice(0, 2), USAGE);
  }
}

function* show(shell: Shell, args: readonly string[]): Op<number> {
  const [count] = args;
  if (count !== undefined && !/^[-+]?\d+$/.test(count))
    return yield* fault(shell, `history: ${count}: numeric argument required`);
  if (args.length > 1) {
    shell.unwind = { type: shell.interactive ? 'line' : 'exit' };
    return yield* fault(shell, 'history: too many arguments');
  }
  const from = count === undefined ? 0 : Math.max(0, shell.history.length - Number(count));
  const lines = shell.history.map((line, at) => `${String(at + 1 + shell.historyDropped).padStart(5)}  ${line}\n`);
  return yield* print(shell, 'history', lines.slice(from).join(''));
}

/** `history -d 3`, `-d -1`, `-d 2-4`. */
function* forget(shell: Shell, range: string | undefined): Op<number> {
  if (range === undefined) {
    yield* shell.complain('history: -d: option requires an argument');
    yield* shell.write(2, `history: usage: ${USAGE}\n`);
    return 2;
  }
  const match = /^(-?\d+)(?:-(-?\d+))?$/.exec(range);
  const place = (text: string): number =>
    text.startsWith('-') ? shell.history.length + Number(text) : Number(text) - 1 - shell.historyDropped;
  const low = place(match?.[1] ?? '0');
  const high = match?.[2] === undefined ? low : place(match[2]);
  if (match === null || low < 0 || high < low || high >= shell.history.length)
    return yield* fault(shell, `history: ${range}: history position out of range`);
  shell.history.splice(low, high - low + 1);
  return 0;
}

/** `history -p`: arguments with their events put in. */
function* preview(shell: Shell, args: readonly string[]): Op<number> {
  let status = 0;
  for (const arg of args) {
    const expanded = expandEvents(shell.history, arg);
    if ('missing' in expanded) status = yield* fault(shell, `history: ${arg}: history expansion failed`);
    else yield* print(shell, 'history', `${expanded.text}\n`);
  }
  return status;
}

function exchange(shell: Shell, how: '-a' | '-n' | '-r' | '-w', file: string): number {
  const total = shell.historyDropped + shell.history.length;
  if (how === '-a' || how === '-w') {
    const lines =
      how === '-w' ? shell.history : shell.history.slice(Math.max(0, shell.historySaved - shell.historyDropped));
    const text = lines.map((line) => `${line}\n`).join('');
    const written = shell.process.writeFile(file, textToBytes(text), { append: how === '-a', mode: 0o600 });
    shell.historySaved = total;
    return failed(written) ? 1 : 0;
  }
  const lines = readHistory(shell, file);
  if (lines === undefined) return 1;
  shell.history.push(...(how === '-n' ? lines.slice(shell.historySaved) : lines));
  trimHistory(shell);
  shell.historySaved = shell.historyDropped + shell.history.length;
  return 0;
}

const FC_USAGE = 'fc [-e ename] [-lnr] [first] [last] or fc -s [pat=rep] [command]';

interface FcOptions {
  readonly list: boolean;
  readonly again: boolean;
  readonly bare: boolean;
  readonly reverse: boolean;
  readonly editor: string | undefined;
  readonly operands: readonly string[];
}

function parseFc(args: readonly string[]): FcOptions | string {
  let editor: string | undefined;
  let letters = '';
  let at = 0;
  for (; /^-[^\d]/.test(args[at] ?? ''); at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') {
      at += 1;
      break;
    }
    const wrong = /[^lnrse]/.exec(arg.slice(1))?.[0];
    if (wrong !== undefined) return `-${wrong}`;
    letters += arg.slice(1);
    if (arg.endsWith('e')) editor = args[(at += 1)];
  }
  return {
    list: letters.includes('l'),
    again: letters.includes('s') || editor === '-',
    bare: letters.includes('n'),
    reverse: letters.includes('r'),
    editor,
    operands: args.slice(at),
  };
}

/** Lists commands of the history, or runs them once more, edited or not. */
function* fc(shell: Shell, args: readonly string[], command: PlannedCommand): Op<number> {
  const options = parseFc(args);
  if (typeof options === 'string') return yield* invalidOption(shell, 'fc', options, FC_USAGE);
  // At a prompt the fc that is running is the last line of the history.
  const lines = shell.interactive ? shell.history.slice(0, -1) : shell.history;
  if (options.again) return yield* fcAgain(shell, lines, options.operands, command.quiet);
  if (lines.length === 0 && options.list) return 0;
  const [low, high] = fcRange(shell, lines, options);
  if (low < 0 || high < 0 || low >= lines.length || high >= lines.length)
    return yield* fault(shell, low < 0 || high < 0 ? 'fc: no command found' : 'fc: history specification out of range');
  const picked = lines
    .map((line, at) => ({ line, number: at + 1 + shell.historyDropped }))
    .slice(Math.min(low, high), Math.max(low, high) + 1);
  if (options.reverse !== low > high) picked.reverse();
  if (!options.list)
    return editCommand(shell, picked.map(({ line }) => line).join('\n'), options.editor ?? defaultEditor(shell));
  const text = picked.map(({ line, number }) => `${options.bare ? '' : String(number)}\t ${line}\n`);
  return yield* print(shell, 'fc', text.join(''));
}

const defaultEditor = (shell: Shell): string => shell.vars.get('FCEDIT') ?? shell.vars.get('EDITOR') ?? 'vi';

/** First and last line that are meant, as places in the list; -1 where there is none such. */
function fcRange(shell: Shell, lines: readonly string[], options: FcOptions): readonly [number, number] {
  const place = (text: string): number => {
    if (!/^-?\d+$/.test(text)) return lines.findLastIndex((line) => line.startsWith(text));
    return Number(text) <= 0 ? Math.max(0, lines.length + Number(text)) : Number(text) - 1 - shell.historyDropped;
  };
  const [first, last] = options.operands;
  if (first === undefined)
    return options.list ? [Math.max(0, lines.length - 16), lines.length - 1] : [lines.length - 1, lines.length - 1];
  const low = place(first);
  return [low, last === undefined ? (options.list ? lines.length - 1 : low) : place(last)];
}

/** `fc -s [old=new …] [command]`. */
function* fcAgain(shell: Shell, lines: readonly string[], operands: readonly string[], quiet: boolean): Op<number> {
  const changes = operands.filter((operand) => /^[^=]+=/.test(operand));
  const wanted = operands.find((operand) => !/^[^=]+=/.test(operand));
  const number = wanted !== undefined && /^-?\d+$/.test(wanted) ? Number(wanted) : undefined;
  const found =
    wanted === undefined
      ? lines.at(-1)
      : number === undefined
        ? lines.findLast((line) => line.startsWith(wanted))
        : lines.at(number < 0 ? number : number - 1 - shell.historyDropped);
  if (found === undefined) return yield* fault(shell, 'fc: no command found');
  const text = changes.reduce((line, change) => {
    const at = change.indexOf('=');
    return line.replaceAll(change.slice(0, at), () => change.slice(at + 1));
  }, found);
  if (shell.interactive) shell.history.pop();
  return yield* runAgain(shell, text, quiet);
}

export const historyBuiltins: Readonly<Record<string, Builtin>> = { history, fc };
