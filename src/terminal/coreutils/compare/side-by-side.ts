/** diff -y and sdiff: both files beside each other, with a mark between lines that differ. */
import { charWidth } from '../../../formats/cell-width.ts';
import { type Comparison, NO_NEWLINE } from './diff-formats.ts';

const GUTTER = 3;

export interface SideStyle {
  readonly width: number;
  readonly expandTabs: boolean;
  readonly tabSize: number;
  /** Of equal lines only the left one. */
  readonly leftColumn: boolean;
  readonly onlyChanges: boolean;
}

type Side = string | undefined;

export function sideBySide({ ours, theirs, changes }: Comparison, style: SideStyle): string {
  const columns = new Columns(style);
  let out = '';
  let [a, b] = [0, 0];
  const common = (until: number): void => {
    for (; a < until; a += 1, b += 1) {
      if (style.onlyChanges) continue;
      out += style.leftColumn ? columns.row(ours[a], '(', undefined) : columns.row(ours[a], ' ', theirs[b]);
    }
  };
  for (const { from, to, other, otherTo } of changes) {
    common(from);
    [a, b] = [from, other];
    for (; a < to && b < otherTo; a += 1, b += 1) out += columns.row(ours[a], '|', theirs[b]);
    for (; b < otherTo; b += 1) out += columns.row(undefined, '>', theirs[b]);
    for (; a < to; a += 1) out += columns.row(ours[a], '<', undefined);
  }
  common(ours.length);
  return out;
}

class Columns {
  readonly #half: number;
  readonly #second: number;

  constructor(private readonly style: SideStyle) {
    const tab = style.expandTabs ? 1 : style.tabSize;
    const offset = Math.floor((style.width + tab + GUTTER) / (2 * tab)) * tab;
    this.#half = Math.max(0, Math.min(offset - GUTTER, style.width - offset));
    this.#second = this.#half > 0 ? offset : style.width;
  }

  row(left: Side, mark: string, right: Side): string {
    const ends = (side: Side): boolean => side !== undefined && !side.endsWith(NO_NEWLINE);
    let out = '';
    let column = 0;
    if (left !== undefined) {
      const half = this.#cut(left, 0);
      out += half.text;
      column = half.column;
    }
    if (mark !== ' ') {
      const at = Math.floor((this.#half + this.#second - 1) / 2);
      const sign = mark === '|' && ends(left) !== ends(right) ? (ends(left) ? '/' : '\\') : mark;
      out += this.#blank(column, at) + sign;
      column = at + 1;
    }
    const text = right === undefined || right === '' ? undefined : right;
    if (text !== undefined) out += this.#blank(column, this.#second) + this.#cut(text, this.#second).text;
    return out + (ends(left) || ends(right) ? '\n' : '');
  }

  #blank(from: number, to: number): string {
    let out = '';
    let at = from;
    const { expandTabs, tabSize } = this.style;
    if (!expandTabs)
      for (let stop = at + tabSize - (at % tabSize); stop <= to; stop += tabSize) {
        out += '\t';
        at = stop;
      }
    return out + ' '.repeat(Math.max(0, to - at));
  }

  /** As much of a line as its half has room for. */
  #cut(line: string, indent: number): { readonly text: string; readonly column: number } {
    const text = line.endsWith(NO_NEWLINE) ? line.slice(0, -1) : line;
    let out = '';
    let [read, written] = [0, 0];
    for (const char of text) {
      if (char === '\t') {
        const stop = read + this.style.tabSize - (read % this.style.tabSize);
        if (read === written && this.style.expandTabs) {
          const end = Math.min(stop, this.#half);
          out += ' '.repeat(Math.max(0, end - written));
          written = Math.max(written, end);
        } else if (read === written && stop < this.#half) {
          out += char;
          written = stop;
        }
        read = stop;
        continue;
      }
      read += charWidth(char);
      if (read > this.#half) continue;
      written = read;
      out += char;
    }
    return { text: out, column: indent + written };
  }
}
