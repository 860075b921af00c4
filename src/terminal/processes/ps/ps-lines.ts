/** The rows of ps under each other (procps 4.0 ps/output.c show_one_proc): a cell that is too wide pushes the next ones. */
import type { ProcEntry } from '../process-list.ts';
import type { Column } from './ps-columns.ts';
import type { PsFacts } from './ps-facts.ts';
import type { PsOptions } from './ps-options.ts';
import { shortName } from './ps-values.ts';

/** The real one's bound of a line. */
const LONGEST_LINE = 131_072;

/** Columns of a screen that lines may fill: a whole number of screens where the titles need more than one. */
function usableColumns(
  columns: readonly Column[],
  screen: number,
): { readonly usable: number; readonly wideSignals: boolean } {
  let total = 0;
  let signals = 0;
  for (const [at, { side, width }] of columns.entries()) {
    const before = columns[at - 1];
    if (before !== undefined && before.side !== 'text' && side !== 'text') total += 1;
    total += side === 'unlimited' && at === columns.length - 1 ? 3 : width;
    if (side === 'signal') signals += 1;
  }
  let usable = screen;
  while (usable < total && usable < LONGEST_LINE / 2) usable += screen;
  return { usable, wideSignals: total + signals * 7 <= usable };
}

/** What is printed in a row: a process, the one thread of it, or the titles. */
export type RowKind = 'process' | 'thread' | 'titles';

export class PsLines {
  readonly #usable: number;
  readonly #wideSignals: boolean;

  constructor(
    private readonly columns: readonly Column[],
    private readonly facts: PsFacts,
    private readonly options: PsOptions,
    screen: number,
  ) {
    const { usable, wideSignals } = usableColumns(columns, Math.min(screen, LONGEST_LINE));
    this.#usable = usable;
    this.#wideSignals = wideSignals;
  }

  titles(): string {
    return this.#line(({ title }) => title);
  }

  /** `both` where process and thread have rows of their own, which leave each other's columns out. */
  row(entry: ProcEntry, branch: string, kind: 'both' | 'process' | 'thread'): string {
    return this.#line((column, room) => {
      if (column.side === 'text') return column.title;
      if (kind !== 'both' && column.rows !== 'both' && column.rows !== kind) return '-';
      return this.#cell(column, entry, branch, room);
    });
  }

  #cell(column: Column, entry: ProcEntry, branch: string, room: number): string {
    const { value, side, key } = column;
    if (value === undefined) return '-';
    if (key === 'args' || key === 'comm') return this.#command(key, entry, branch, room);
    if (side === 'user' && this.options.numbers) return this.#number(column, entry);
    const text = printable(value.show(entry, this.facts));
    if (side === 'user') return text.length > room ? shortName(text, room) : text;
    if (side === 'signal') return this.#wideSignals ? text : shortMask(text);
    return side === 'right' ? text : text.slice(0, room);
  }

  /** `n` shows users and groups by number. */
  #number({ key }: Column, entry: ProcEntry): string {
    const label = key.endsWith('user') ? 'Uid' : 'Gid';
    const place = ({ r: 0, e: 1, s: 2, f: 3 } as const)[key.charAt(0) as 'r' | 'e' | 's' | 'f'];
    return String(this.facts.identity(entry, label, place));
  }

  #command(key: 'args' | 'comm', entry: ProcEntry, branch: string, room: number): string {
    const { trueNames, environment, formats } = this.options;
    const whole = key === 'args' ? !trueNames : formats.has('Uf') && !trueNames;
    const text = `${branch}${printable(whole ? entry.args.replaceAll('\n', ' ') : entry.name)}`;
    const variables = environment ? (this.facts.file(entry, 'environ') ?? '') : '';
    const more = variables === '' ? '' : ` ${printable(variables.replace(/\0$/, '').replaceAll('\0', ' '))}`;
    return (text + more).slice(0, room);
  }

  #line(cellOf: (column: Column, room: number) => string): string {
    let line = '';
    let correct = 0;
    let needsBlank = false;
    for (const [at, column] of this.columns.entries()) {
      const next = this.columns[at + 1];
      const gap = correct - line.length < 1 ? Number(needsBlank) : 0;
      const room =
        next === undefined
          ? this.#usable - (gap > 0 ? line.length + gap : Math.max(correct, line.length))
          : column.width;
      const cell = cellOf(column, Math.max(0, room));
      const extra = column.side === 'signal' && this.#wideSignals ? 7 : 0;
      const rightwards =
        column.side === 'right' ||
        column.side === 'signal' ||
        (this.options.numbers && (column.side === 'user' || column.side === 'wchan'));
      const lead = rightwards ? Math.max(0, (column.side === 'signal' ? 9 + extra : column.width) - cell.length) : 0;
      const space = correct - line.length + lead;
      line += ' '.repeat(space < 1 ? Number(needsBlank) : space) + cell;
      correct += column.width + extra;
      needsBlank = column.side !== 'text' && next !== undefined && next.side !== 'text';
      if (needsBlank) correct += 1;
    }
    return line;
  }
}

/** In nine characters: the lower half, and a sign that there is more above it. */
const shortMask = (mask: string): string => (/^0{8}/.test(mask) ? mask.slice(8) : `<${mask.slice(8)}`);

const printable = (text: string): string => text.replace(/[\x00-\x1f\x7f]/g, '?');
