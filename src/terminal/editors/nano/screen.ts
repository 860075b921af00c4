import type { WindowSize } from '../../../protocol/program.ts';
import { cellWidth, charWidth } from '../../../formats/cell-width.ts';
import type { NanoState } from './state.ts';

const SHORTCUTS: readonly (readonly (readonly [string, string])[])[] = [
  [
    ['^G', 'Help'],
    ['^O', 'Write Out'],
    ['^W', 'Where Is'],
    ['^K', 'Cut'],
    ['^T', 'Execute'],
    ['^C', 'Location'],
  ],
  [
    ['^X', 'Exit'],
    ['^R', 'Read File'],
    ['^\\', 'Replace'],
    ['^U', 'Paste'],
    ['^J', 'Justify'],
    ['^/', 'Go To Line'],
  ],
];
const PROMPT_SHORTCUTS: typeof SHORTCUTS = [[['^G', 'Help']], [['^C', 'Cancel']]];
const CHOICES: typeof SHORTCUTS = [
  [[' Y', 'Yes']],
  [
    [' N', 'No'],
    ['^C', 'Cancel'],
  ],
];
const REPLACE_CHOICES: typeof SHORTCUTS = [
  [
    [' Y', 'Yes'],
    [' A', 'All'],
  ],
  [
    [' N', 'No'],
    ['^C', 'Cancel'],
  ],
];
const CHOOSING = new Set(['exit', 'overwrite']);

const HELP = [
  'Main nano help text',
  '',
  '^G  Display this help text',
  '^X  Close the current buffer / Exit from nano',
  '^O  Write the current buffer (or the marked region) to disk',
  '^S  Save file without prompting',
  '^R  Insert another file into current buffer',
  '',
  '^W  Search forward for a string',
  'M-W Search next occurrence forward',
  '^\\  Replace a string',
  '',
  '^K  Cut current line and store it in cutbuffer',
  '^U  Paste the contents of cutbuffer at current cursor position',
  'M-U Undo the last operation',
  'M-E Redo the last undone operation',
  '',
  '^C  Display the position of the cursor',
  '^_  Go to line and column number',
  'M-\\ Go to the first line of the file',
  'M-/ Go to the last line of the file',
  'M-N Toggle line numbers',
];

const inverse = (text: string): string => `\x1b[7m${text}\x1b[0m`;

/** The whole screen as text; scrolls so that the cursor is in sight. */
export function paintNano(state: NanoState, size: WindowSize): { readonly text: string; readonly state: NanoState } {
  const rows = Math.max(1, size.rows - 4);
  const top =
    state.row < state.top || state.row >= state.top + rows ? Math.max(0, state.row - Math.floor(rows / 2)) : state.top;
  const gutter = state.numbers ? Math.max(3, String(state.lines.length).length + 1) : 0;
  const width = Math.max(4, size.columns - gutter);
  const before = expand([...(state.lines[state.row] ?? '')].slice(0, state.column).join(''));
  const start = pageStart(cellWidth(before), width);
  let text = `\x1b[?25l\x1b[H${title(state, size.columns)}`;
  for (let at = 0; at < rows; at += 1) {
    const line = state.help ? HELP[at] : state.lines[top + at];
    const number =
      gutter > 0 && line !== undefined && !state.help ? `${String(top + at + 1).padStart(gutter - 1)} ` : '';
    text += `\r\n${number}${line === undefined ? '' : cut(expand(line), top + at === state.row ? start : 0, width)}\x1b[K`;
  }
  text += `\r\n${status(state, size.columns)}\x1b[K`;
  const keys =
    state.prompt === undefined || state.help
      ? SHORTCUTS
      : CHOOSING.has(state.prompt.kind)
        ? CHOICES
        : state.prompt.kind === 'replace-each'
          ? REPLACE_CHOICES
          : PROMPT_SHORTCUTS;
  for (const row of keys) text += `\r\n${shortcuts(row, size.columns)}\x1b[K`;
  const prompt = state.prompt;
  const cursor =
    prompt === undefined || prompt.kind === 'replace-each'
      ? `\x1b[${String(state.row - top + 2)};${String(cellWidth(before) - start + gutter + 1)}H`
      : `\x1b[${String(size.rows - 2)};${String(Math.min(size.columns, cellWidth(question(state)) + 1))}H`;
  return { text: `${text}${cursor}\x1b[?25h`, state: { ...state, top, pageRows: rows } };
}

function title(state: NanoState, columns: number): string {
  const left = '  GNU nano 7.2';
  const right = state.modified ? 'Modified  ' : state.readonly ? 'View  ' : '          ';
  const name = state.help ? 'Main nano help text' : state.path === '' ? 'New Buffer' : state.path;
  const space = Math.max(1, Math.floor((columns - cellWidth(name)) / 2) - left.length);
  const head = left + ' '.repeat(space) + name;
  return inverse(clip(head + ' '.repeat(Math.max(1, columns - cellWidth(head) - right.length)) + right, columns));
}

const question = ({ prompt }: NanoState): string =>
  prompt === undefined
    ? ''
    : CHOOSING.has(prompt.kind) || prompt.kind === 'replace-each'
      ? `${prompt.label} `
      : `${prompt.label}: ${prompt.text}`;
function status(state: NanoState, columns: number): string {
  if (state.prompt !== undefined) return inverse(clip(question(state).padEnd(columns), columns));
  if (state.message === '') return '';
  const text = `[ ${state.message} ]`;
  return ' '.repeat(Math.max(0, Math.floor((columns - cellWidth(text)) / 2))) + inverse(clip(text, columns));
}

function shortcuts(row: readonly (readonly [string, string])[], columns: number): string {
  const width = Math.floor(columns / Math.max(row.length, 6));
  return row
    .map(([key, name]) => `${inverse(key)} ${clip(name, width - 3).padEnd(Math.max(0, width - 3))}`)
    .join('')
    .trimEnd();
}

/** nano scrolls a long line by pages of the width less eight. */
function pageStart(column: number, width: number): number {
  if (column + 2 < width) return 0;
  return width > 8 ? column - 6 - ((column - 6) % (width - 8)) : column - (width - 2);
}

function cut(line: string, start: number, width: number): string {
  const total = cellWidth(line);
  if (start === 0 && total <= width) return line;
  let out = start > 0 ? inverse('<') : '';
  let at = 0;
  const from = start > 0 ? start + 1 : 0;
  const to = total > start + width ? start + width - 1 : start + width;
  for (const char of line) {
    const size = charWidth(char);
    if (at >= from && at + size <= to) out += char;
    at += size;
  }
  return total > start + width ? out + inverse('>') : out;
}

function clip(text: string, columns: number): string {
  let out = '';
  let width = 0;
  for (const char of text) {
    width += charWidth(char);
    if (width > columns) break;
    out += char;
  }
  return out;
}

function expand(line: string): string {
  if (!/[\t\x00-\x1f\x7f]/.test(line)) return line;
  let out = '';
  for (const char of line)
    out +=
      char === '\t'
        ? ' '.repeat(8 - (cellWidth(out) % 8))
        : char < ' '
          ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}`
          : char === '\x7f'
            ? '^?'
            : char;
  return out;
}
