/** What stands on the last row. */
import { textToBytes } from '../../text.ts';
import { lineCount, numberOf, type LessState } from './state.ts';
import { behindPage, isAtEnd } from './view.ts';

/** Bytes before a line of the file. */
function bytesBefore({ file }: LessState, line: number): number {
  const lines = file.lines.slice(0, line);
  const text = lines.reduce((sum, each) => sum + textToBytes(each).length + 1, 0);
  return text - (line >= file.lines.length && line > 0 && !file.ended ? 1 : 0);
}
export const sizeOfFile = (state: LessState): number => bytesBefore(state, state.file.lines.length);

/** The line of the file that holds a byte. */
export function lineOfByte(state: LessState, byte: number): number {
  let at = 0;
  for (const [line, text] of state.file.lines.entries()) {
    at += textToBytes(text).length + 1;
    if (byte < at) return line;
  }
  return state.file.lines.length - 1;
}

interface Facts {
  readonly name: string;
  readonly which: string;
  readonly lines: string;
  readonly bytes: string;
  readonly end: boolean;
  readonly next: string;
  readonly percent: string;
}

function facts(state: LessState): Facts {
  const { names, at, file } = state;
  const behind = behindPage(state);
  const last = numberOf(state, behind.line - (behind.row > 0 ? 0 : 1)) + 1;
  const [shown, size] = [bytesBefore(state, last), sizeOfFile(state)];
  const known = file.name !== '' || state.endSeen || isAtEnd(state);
  const total = String(file.lines.length);
  const next = names[at + 1];
  const first = numberOf(state, state.top.line) + 1;
  return {
    name: file.name === '' ? '' : `${file.name} `,
    which: names.length > 1 ? `(file ${String(at + 1)} of ${String(names.length)}) ` : '',
    lines: lineCount(state) === 0 ? '' : `lines ${String(first)}-${String(last)}${known ? `/${total}` : ''} `,
    bytes: `byte ${String(shown)}${known ? `/${String(size)}` : ''} `,
    end: isAtEnd(state),
    next: next === undefined ? '' : `- Next: ${next}`,
    percent: known && size > 0 ? `${String(Math.floor((shown * 100 + size / 2) / size))}%` : '',
  };
}

/** The answer to `=`. */
export function placeText(state: LessState): string {
  const { name, which, lines, bytes, end, percent } = facts(state);
  return `${name}${which}${lines}${bytes}${end ? '(END)' : percent}`.trimEnd();
}

function idlePrompt(state: LessState): string {
  const { name, which, lines, bytes, end, next, percent } = facts(state);
  const fresh = state.fresh ? `${name}${which}` : '';
  const ending = `(END) ${next}`;
  const { prompt } = state.options;
  if (prompt === 'long')
    return `${name}${state.fresh ? which : ''}${lines === '' ? bytes : lines}${end ? ending : percent}`;
  if (prompt === 'medium') return `${fresh}${end ? ending : percent === '' ? bytes : percent}`;
  return `${fresh}${end ? ending : ''}`;
}

const helpPrompt = (state: LessState): string =>
  isAtEnd(state)
    ? 'HELP -- END -- Press g to see it again, or q when done'
    : 'HELP -- Press RETURN for more, or q when done';

const standout = (text: string): string => `\x1b[7m${text}\x1b[27m`;

export function promptOf(state: LessState): string {
  const { typing, message, count } = state;
  if (typing !== undefined) return typedText(typing);
  if (message !== '') return standout(`${message}  (press RETURN)`);
  if (count !== '') return `:${count}`;
  if (state.following) return standout('Waiting for data... (interrupt to abort)');
  if (state.behindHelp !== undefined) return standout(helpPrompt(state));
  const text = idlePrompt(state).trimEnd();
  return `${state.filter === undefined ? '' : '& '}${text === '' ? ':' : standout(text)}`;
}

function typedText(typing: Exclude<LessState['typing'], undefined>): string {
  switch (typing.type) {
    case '/':
    case '?':
      return `${typing.type}${typing.text}`;
    case '&':
      return `&/${typing.text}`;
    case 'edit':
      return `Examine: ${typing.text}`;
    case 'shell':
      return `!${typing.text}`;
    case 'option':
      return '-';
    case 'show-option':
      return '_';
    case 'colon':
      return ' :';
    case 'set-mark':
      return 'set mark: ';
    case 'go-to-mark':
      return 'goto mark: ';
    case 'pipe-mark':
      return '|mark: ';
  }
}
