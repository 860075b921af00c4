/** Columns that stay free left of the text, and those that it has. */
import type { ViOptions } from '../state/options.ts';
import type { ViState } from '../state/state.ts';

/** Columns for signs (`signcolumn`). */
export const signColumns = ({ others }: ViOptions): number => (others['signcolumn'] === 'yes' ? 2 : 0);

/** Columns that line numbers and signs take. */
export const gutterOf = ({ options, lines }: ViState): number =>
  signColumns(options) +
  (options.number || options.relativenumber ? Math.max(options.numberwidth, String(lines.length).length + 1) : 0);

export const textColumns = (state: ViState): number => Math.max(1, state.pageColumns - gutterOf(state));
