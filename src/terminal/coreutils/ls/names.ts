/** How ls writes a name: quoted, coloured, with a mark behind it. */
import { cellWidth } from '../../../formats/cell-width.ts';
import type { FileStat } from '../../../protocol/program.ts';
import type { Cell } from '../fields/columns.ts';
import type { Invocation } from '../command.ts';
import { quoted } from '../quoting.ts';
import type { Entry } from './entry.ts';
import type { Settings } from './settings.ts';

/** Writes the names of one list; those without quotes stand below the others' first letters. */
export class Names {
  readonly #indented: boolean;
  readonly #hidesControls: boolean;
  #hasColoured = false;

  constructor(
    { options, process }: Invocation,
    private readonly settings: Settings,
    entries: readonly Entry[],
  ) {
    const { format, quoting, width } = settings;
    const aligned = format === 'long' || ((format === 'vertical' || format === 'across') && width > 0);
    this.#indented =
      aligned &&
      ['shell', 'shell-escape', 'c-maybe'].includes(quoting) &&
      entries.some(({ name }) => quoted(name, quoting) !== name);
    const last = options.order.findLast(([letter]) => letter === 'q' || letter === 'show-control')?.[0];
    this.#hidesControls = last === undefined ? process.isatty(1) : last === 'q';
  }

  cell(entry: Entry): Cell {
    const shown = this.#shown(entry.name);
    const lead = this.#indented && shown === entry.name ? ' ' : '';
    const mark = this.#mark(entry.stat);
    const behind = entry.target !== undefined && this.settings.format === 'long' ? this.#arrow(entry.target) : mark;
    return {
      text: lead + this.#paint(shown, entry.stat) + behind,
      width: cellWidth(lead + shown + mark),
    };
  }

  #arrow({ text, stat }: NonNullable<Entry['target']>): string {
    const shown = this.#shown(text);
    return ` -> ${stat === undefined ? shown : this.#paint(shown, stat) + this.#mark(stat)}`;
  }

  #shown(name: string): string {
    const text = quoted(name, this.settings.quoting);
    return this.#hidesControls ? text.replace(/[\0-\x1f\x7f]/g, '?') : text;
  }

  #paint(text: string, stat: FileStat): string {
    const code = this.settings.colours ? colourOf(stat) : '';
    if (code === '') return text;
    const first = this.#hasColoured ? '' : '\x1b[0m';
    this.#hasColoured = true;
    return `${first}\x1b[${code}m${text}\x1b[0m`;
  }

  #mark({ type, mode }: FileStat): string {
    const { indicators } = this.settings;
    if (indicators === 'none') return '';
    if (type === 'directory') return '/';
    if (indicators === 'slash') return '';
    if (type === 'symlink') return '@';
    if (type === 'fifo') return '|';
    if (type === 'socket') return '=';
    return indicators === 'classify' && type === 'file' && (mode & 0o111) !== 0 ? '*' : '';
  }
}

/** The colours where LS_COLORS is not set. */
function colourOf({ type, mode }: FileStat): string {
  switch (type) {
    case 'directory':
      if ((mode & 0o1002) === 0o1002) return '30;42';
      if ((mode & 0o2) !== 0) return '34;42';
      return (mode & 0o1000) !== 0 ? '37;44' : '01;34';
    case 'symlink':
      return '01;36';
    case 'fifo':
      return '33';
    case 'socket':
      return '01;35';
    case 'block':
    case 'char':
      return '01;33';
    default:
      if ((mode & 0o4000) !== 0) return '37;41';
      if ((mode & 0o2000) !== 0) return '30;43';
      return (mode & 0o111) !== 0 ? '01;32' : '';
  }
}
