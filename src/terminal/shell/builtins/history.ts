import { failed } from '../../../protocol/errno.ts';
import { zoneOf } from '../../coreutils/date/zone.ts';
import { strftime } from '../../strftime.ts';
import { textToBytes } from '../../text.ts';
import { editCommand, runAgain } from '../prompt/edit-command.ts';
import {
  addToHistory,
  appendHistory,
  earlierLines,
  forgetOwnLine,
  historyFile,
  historyLines,
  readHistory,
  removeHistory,
  trimHistory,
} from '../prompt/history.ts';
import { expandEvents } from '../prompt/history-expansion.ts';
import type { Op } from '../machine/op.ts';
import type { Shell } from '../shell.ts';
import type { PlannedCommand } from '../commands/simple-command.ts';
import { readLetters } from './letters.ts';
import { fault, print, tooMany } from './message.ts';

export function* history(shell: Shell, args: readonly string[]): Op<number> {
  const letters = yield* readLetters(shell, 'history', args, 'acd:nprsw');
  if (typeof letters === 'number') return letters;
  const { operands } = letters;
  const exchanges = (['a', 'n', 'r', 'w'] as const).filter((letter) => letters.has(letter));
  if (exchanges.length > 1) return yield* fault(shell, 'history: cannot use more than one of -anrw');
  if (letters.has('c')) {
    removeHistory(shell, 0, shell.history.length);
    shell.historyDropped = 0;
  }
  if (letters.has('s')) {
    forgetOwnLine(shell);
    if (operands.length > 0) addToHistory(shell, operands.join(' '));
    return 0;
  }
  if (letters.has('p')) {
    forgetOwnLine(shell);
    return yield* preview(shell, operands);
  }
  const range = letters.valueOf('d');
  if (range !== undefined) return yield* forget(shell, range);
  const [exchanged] = exchanges;
  if (exchanged !== undefined) return exchange(shell, exchanged, operands[0] ?? historyFile(shell));
  return letters.has('c') ? 0 : yield* show(shell, operands);
}

function* show(shell: Shell, args: readonly string[]): Op<number> {
  const [count] = args;
  if (count !== undefined && !/^[-+]?\d+$/.test(count))
    return yield* fault(shell, `history: ${count}: numeric argument required`);
  if (args.length > 1) return yield* tooMany(shell, 'history');
  const from = count === undefined ? 0 : Math.max(0, shell.history.length - Number(count));
  const format = shell.vars.get('HISTTIMEFORMAT') ?? '';
  const zone = zoneOf(shell.vars.get('TZ'));
  const time = (at: number): string =>
    format === '' ? '' : strftime(format, (shell.historyTimes[at] ?? 0) * 1e6, zone.offsetMinutes, zone.name);
  const lines = shell.history.map(
    (line, at) => `${String(at + 1 + shell.historyDropped).padStart(5)}  ${time(at)}${line}\n`,
  );
  return yield* print(shell, 'history', lines.slice(from).join(''));
}

/** `history -d 3`, `-d -1`, `-d 2-4`. */
function* forget(shell: Shell, range: string): Op<number> {
  const match = /^(-?\d+)(?:-(-?\d+))?$/.exec(range);
  const place = (text: string): number =>
    text.startsWith('-') ? shell.history.length + Number(text) : Number(text) - 1 - shell.historyDropped;
  const low = place(match?.[1] ?? '0');
  const high = match?.[2] === undefined ? low : place(match[2]);
  if (match !== null && low >= 0 && high < low) return 1;
  if (match === null || low < 0 || high >= shell.history.length)
    return yield* fault(shell, `history: ${range}: history position out of range`);
  removeHistory(shell, low, high - low + 1);
  return 0;
}

/** `history -p`: arguments with their events put in. */
function* preview(shell: Shell, args: readonly string[]): Op<number> {
  let status = 0;
  for (const arg of args) {
    const expanded = expandEvents(shell.history, arg, { dropped: shell.historyDropped, quote: '' });
    if ('missing' in expanded) status = yield* fault(shell, `history: ${arg}: history expansion failed`);
    else yield* print(shell, 'history', `${expanded.text}\n`);
  }
  return status;
}

function exchange(shell: Shell, how: 'a' | 'n' | 'r' | 'w', file: string): number {
  const total = shell.historyDropped + shell.history.length;
  if (how === 'a' || how === 'w') {
    const text = historyLines(shell, how === 'w' ? 0 : Math.max(0, shell.historySaved - shell.historyDropped));
    const written = shell.process.writeFile(file, textToBytes(text), { append: how === 'a', mode: 0o600 });
    shell.historySaved = total;
    return failed(written) ? 1 : 0;
  }
  const lines = readHistory(shell, file);
  if (lines === undefined) return 1;
  appendHistory(shell, how === 'n' ? lines.slice(shell.historySaved) : lines);
  trimHistory(shell);
  shell.historySaved = shell.historyDropped + shell.history.length;
  return 0;
}

interface FcOptions {
  readonly list: boolean;
  readonly again: boolean;
  readonly bare: boolean;
  readonly reverse: boolean;
  readonly editor: string | undefined;
  readonly operands: readonly string[];
}

function* parseFc(shell: Shell, args: readonly string[]): Op<FcOptions | number> {
  // `-2` is a place in the history, no option.
  const end = args.findIndex((arg) => /^-\d+$/.test(arg));
  const letters = yield* readLetters(shell, 'fc', end < 0 ? args : args.slice(0, end), 'e:lnrs');
  if (typeof letters === 'number') return letters;
  const editor = letters.valueOf('e');
  return {
    list: letters.has('l'),
    again: letters.has('s') || editor === '-',
    bare: letters.has('n'),
    reverse: letters.has('r'),
    editor,
    operands: [...letters.operands, ...(end < 0 ? [] : args.slice(end))],
  };
}

/** Lists commands of the history, or runs them once more, edited or not. */
export function* fc(shell: Shell, args: readonly string[], command: PlannedCommand): Op<number> {
  const options = yield* parseFc(shell, args);
  if (typeof options === 'number') return options;
  const lines = earlierLines(shell);
  if (options.again) return yield* fcAgain(shell, lines, options.operands, command.quiet);
  if (lines.length === 0) return 0;
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
  forgetOwnLine(shell);
  return yield* runAgain(shell, text, quiet);
}
