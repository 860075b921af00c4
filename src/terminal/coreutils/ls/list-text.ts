/** The lines of a list of files, in the form that the settings ask for. */
import { cellWidth } from '../../../formats/cell-width.ts';
import type { Cell } from '../fields/columns.ts';
import { inColumns } from '../fields/columns.ts';
import type { Invocation } from '../command.ts';
import type { Entry } from './entry.ts';
import { busyboxLongList } from './busybox-long-list.ts';
import { longList } from './long-list.ts';
import { Names } from './names.ts';
import type { Settings } from './settings.ts';
import { blockBytes, sizeText } from './sizes.ts';

export function listText(call: Invocation, settings: Settings, entries: readonly Entry[]): string {
  const names = new Names(call, settings, entries);
  if (settings.format === 'long')
    return (call.flavour === 'busybox' ? busyboxLongList : longList)(call, settings, entries, names);
  const cells = withColumnsBefore(call, settings, entries, names);
  if (cells.length === 0) return '';
  const { width, tab, format } = settings;
  if (format === 'single-column') return cells.map(({ text }) => text + settings.end).join('');
  return format === 'commas' ? withCommas(cells, width) : inColumns(cells, { width, tab, across: format === 'across' });
}

export function totalLine({ options }: Invocation, settings: Settings, entries: readonly Entry[]): string {
  if (settings.format !== 'long' && !options.has('s')) return '';
  const bytes = entries.reduce((sum, { stat, unknown }) => sum + (unknown ? 0 : blockBytes(stat)), 0);
  return `total ${sizeText(bytes, settings.blockUnit)}${settings.end}`;
}

/** -i, -s and -Z in front of names. */
function withColumnsBefore(
  { options }: Invocation,
  settings: Settings,
  entries: readonly Entry[],
  names: Names,
): readonly Cell[] {
  const columns: string[][] = [];
  const put = (texts: string[]): void => {
    const width = settings.format === 'commas' ? 0 : Math.max(0, ...texts.map((text) => text.length));
    columns.push(texts.map((text) => `${text.padStart(width)} `));
  };
  if (options.has('i')) put(entries.map(({ stat, unknown }) => (unknown ? '?' : String(stat.inode))));
  if (options.has('s'))
    put(entries.map(({ stat, unknown }) => (unknown ? '?' : sizeText(blockBytes(stat), settings.blockUnit))));
  if (options.has('Z')) put(entries.map(() => '?'));
  return entries.map((entry, at) => {
    const before = columns.map((column) => column[at] ?? '').join('');
    const { text, width } = names.cell(entry);
    return { text: before + text, width: cellWidth(before) + width };
  });
}

function withCommas(cells: readonly Cell[], width: number): string {
  let out = '';
  let at = 0;
  for (const [index, { text, width: taken }] of cells.entries()) {
    if (index > 0) {
      const fits = width === 0 || at + taken + 2 < width;
      out += fits ? ', ' : ',\n';
      at = fits ? at + 2 : 0;
    }
    out += text;
    at += taken;
  }
  return `${out}\n`;
}
