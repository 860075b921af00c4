import type { WindowSize } from '../../protocol/program.ts';
import { cellWidth } from '../cell-width.ts';
import type { ViState } from './vi-keys.ts';

/** The whole screen as text; scrolls so that the cursor is in sight. */
export function paintVi(state: ViState, size: WindowSize): { readonly text: string; readonly state: ViState } {
  const rows = Math.max(1, size.rows - 1);
  const top = state.row < state.top ? state.row : state.row >= state.top + rows ? state.row - rows + 1 : state.top;
  const gutter = state.numbers ? Math.max(4, String(state.lines.length).length + 1) : 0;
  const width = Math.max(1, size.columns - gutter);
  const before = cells([...(state.lines[state.row] ?? '')].slice(0, state.column).join(''));
  const left = before < state.left ? before : before >= state.left + width ? before - width + 1 : state.left;
  let text = '\x1b[?25l\x1b[H';
  for (let at = 0; at < rows; at += 1) {
    const line = state.lines[top + at];
    const shown = line === undefined ? '~' : window(expand(line), left, width);
    const selected =
      state.visual !== undefined &&
      top + at >= Math.min(state.visual, state.row) &&
      top + at <= Math.max(state.visual, state.row);
    text += `${gutter > 0 && line !== undefined ? `${String(top + at + 1).padStart(gutter - 1)} ` : ''}${selected ? `\x1b[7m${shown === '' ? ' ' : shown}\x1b[0m` : shown}\x1b[K\r\n`;
  }
  const command = state.mode === 'command';
  const status = command
    ? state.command
    : state.message !== ''
      ? state.message
      : state.mode === 'insert'
        ? '-- INSERT --'
        : state.visual !== undefined
          ? '-- VISUAL LINE --'
          : '';
  const position = `${String(state.row + 1)},${String(state.column + 1)}`;
  text += `${window(status, 0, size.columns - 20)}\x1b[K${command ? '' : `\x1b[${String(size.rows)};${String(Math.max(1, size.columns - 17))}H${position}`}`;
  text += command
    ? `\x1b[${String(size.rows)};${String(cellWidth(state.command) + 1)}H`
    : `\x1b[${String(state.row - top + 1)};${String(before - left + gutter + 1)}H`;
  return { text: `${text}\x1b[?25h`, state: { ...state, top, left } };
}

function expand(line: string): string {
  let out = '';
  for (const char of line)
    out +=
      char === '\t'
        ? ' '.repeat(8 - (cellWidth(out) % 8))
        : char < ' '
          ? `^${String.fromCharCode(char.charCodeAt(0) + 64)}`
          : char;
  return out;
}
const cells = (text: string): number => cellWidth(expand(text));

function window(line: string, left: number, width: number): string {
  let out = '';
  let at = 0;
  for (const char of line) {
    const size = cellWidth(char);
    if (at >= left && at + size <= left + width) out += char;
    at += size;
  }
  return out;
}
