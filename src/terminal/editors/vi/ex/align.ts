/** :center :right :left: lines between their margins. */
import { firstText, replaceRows, shownText } from '../state/buffer.ts';
import { cellWidth } from '../../../../formats/cell-width.ts';
import { indentation } from '../insert/indentation.ts';
import type { ViState } from '../state/state.ts';
import { remember } from '../state/undo.ts';
import type { ExCall, ExCommand } from './command.ts';

type Place = (width: number, asked: number) => number;

const align =
  (place: Place, usual: number) =>
  (state: ViState, { range, args }: ExCall): ViState => {
    const { options } = state;
    const asked = /^\d+$/.test(args) ? Number(args) : usual === 0 ? 0 : options.textwidth || usual;
    const rows = state.lines.slice(range.from, range.to + 1).map((line) => {
      const text = line.replace(/^[ \t]+/, '').replace(usual === 0 ? /$^/ : /[ \t]+$/, '');
      if (text === '') return text;
      const width = cellWidth(shownText(text, options.tabstop));
      return indentation(options, Math.max(0, place(width, asked))) + text;
    });
    const made = replaceRows(remember(state), range.from, range.to + 1, rows);
    return { ...made, column: firstText(made, made.row) };
  };

export const ALIGN_COMMANDS: readonly ExCommand[] = [
  { name: 'center', shortest: 'ce', run: align((width, asked) => Math.floor((asked - width) / 2), 80) },
  { name: 'right', shortest: 'ri', run: align((width, asked) => asked - width, 80) },
  { name: 'left', shortest: 'le', run: align((_, asked) => asked, 0) },
];
