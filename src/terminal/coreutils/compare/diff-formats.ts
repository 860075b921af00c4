/** What diff prints of a list of changes: normal, unified, context, ed and RCS scripts, preprocessor lines. */
import { charWidth } from '../../../formats/cell-width.ts';
import type { Change } from './diff-lines.ts';

/** The last line of a text without an end of line carries this mark. */
export const NO_NEWLINE = '\n';

export type Paint = (code: string, text: string) => string;

export interface Comparison {
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
  readonly changes: readonly Change[];
}

export interface HunkStyle {
  readonly context: number;
  /** The lines above the first hunk. */
  readonly titles: readonly [ours: string, theirs: string];
  /** Lines that begin a function (-p, -F). */
  readonly heading: RegExp | undefined;
  readonly lines: LineStyle;
}

/** How a line of the files is written behind its sign. */
export interface LineStyle {
  readonly paint: Paint;
  /** -T: a tab behind the sign, so that the line's own tabs still line up. */
  readonly initialTab: boolean;
  /** -t: blanks in place of tabs, this far apart. */
  readonly expandTabs: number | undefined;
  /** No blank behind the sign of an empty line. */
  readonly suppressBlankEmpty: boolean;
}

function shown(sign: string, code: string, line: string, { paint, expandTabs }: LineStyle): string {
  const text = line.endsWith(NO_NEWLINE) ? line.slice(0, -1) : line;
  const written = `${paint(code, sign + (expandTabs === undefined ? text : withBlanks(text, expandTabs)))}\n`;
  return text === line ? written : `${written}\\ No newline at end of file\n`;
}

const plain = (style: LineStyle): LineStyle => ({ ...style, paint: (_, text) => text });

/** `<`, `!` and the like with what parts them from the line. */
const signed = (sign: string, line: string, { initialTab, suppressBlankEmpty }: LineStyle): string =>
  suppressBlankEmpty && line === '' ? sign.trimEnd() : `${sign}${initialTab ? '\t' : ' '}`;

function withBlanks(text: string, tabSize: number): string {
  let [out, column] = ['', 0];
  for (const char of text) {
    const width = char === '\t' ? tabSize - (column % tabSize) : charWidth(char);
    out += char === '\t' ? ' '.repeat(width) : char;
    column += width;
  }
  return out;
}

/** As normal and ed scripts number lines; nothing is the line before. */
const range = (from: number, to: number): string => (to - from <= 1 ? String(to) : `${String(from + 1)},${String(to)}`);

const letterOf = ({ from, to, other, otherTo }: Change): 'a' | 'c' | 'd' =>
  from === to ? 'a' : other === otherTo ? 'd' : 'c';

export function normalFormat({ ours, theirs, changes }: Comparison, style: LineStyle): string {
  let out = '';
  for (const change of changes) {
    const { from, to, other, otherTo } = change;
    const letter = letterOf(change);
    out += `${style.paint('36', `${range(from, to)}${letter}${range(other, otherTo)}`)}\n`;
    for (const line of ours.slice(from, to)) out += shown(signed('<', line, style), '31', line, style);
    if (letter === 'c') out += '---\n';
    for (const line of theirs.slice(other, otherTo)) out += shown(signed('>', line, style), '32', line, style);
  }
  return out;
}

interface Hunk {
  readonly changes: readonly Change[];
  readonly from: number;
  readonly to: number;
  readonly other: number;
  readonly otherTo: number;
}

/** Changes whose contexts touch stand in one hunk. */
function hunks({ ours, changes }: Comparison, context: number): readonly Hunk[] {
  const out: Hunk[] = [];
  for (let first = 0; first < changes.length;) {
    let last = first;
    while (last + 1 < changes.length && (changes[last + 1]?.from ?? 0) - (changes[last]?.to ?? 0) <= 2 * context)
      last += 1;
    const some = changes.slice(first, last + 1);
    const [begin, end] = [some[0], some.at(-1)];
    if (begin === undefined || end === undefined) break;
    const from = Math.max(0, begin.from - context);
    const to = Math.min(ours.length, end.to + context);
    out.push({
      changes: some,
      from,
      to,
      other: Math.max(0, begin.other - (begin.from - from)),
      otherTo: end.otherTo + (to - end.to),
    });
    first = last + 1;
  }
  return out;
}

/** The function that a hunk lies in: the last line before it that looks like one's beginning. */
function headingOf(ours: readonly string[], from: number, heading: RegExp | undefined): string {
  if (heading === undefined) return '';
  const line = ours.slice(0, from).findLast((text) => heading.test(text));
  return line === undefined ? '' : ` ${line.trimEnd().slice(0, 40).trimEnd()}`;
}

export function unifiedFormat(comparison: Comparison, { context, titles, heading, lines }: HunkStyle): string {
  const { ours, theirs } = comparison;
  const { paint, initialTab, suppressBlankEmpty } = lines;
  const behind = initialTab ? '\t' : '';
  const changed = (sign: string, code: string, line: string): string =>
    shown(suppressBlankEmpty && line === '' ? sign : sign + behind, code, line, lines);
  const same = (line: string): string =>
    shown(suppressBlankEmpty && line === '' ? '' : behind || ' ', '0', line, plain(lines));
  const span = (start: number, stop: number): string =>
    stop - start === 1 ? String(stop) : `${String(stop === start ? start : start + 1)},${String(stop - start)}`;
  let out = `${paint('1', `--- ${titles[0]}`)}\n${paint('1', `+++ ${titles[1]}`)}\n`;
  for (const { changes, from, to, other, otherTo } of hunks(comparison, context)) {
    const place = paint('36', `@@ -${span(from, to)} +${span(other, otherTo)} @@`);
    out += `${place}${headingOf(ours, from, heading)}\n`;
    let at = from;
    for (const change of changes) {
      for (const line of ours.slice(at, change.from)) out += same(line);
      for (const line of ours.slice(change.from, change.to)) out += changed('-', '31', line);
      for (const line of theirs.slice(change.other, change.otherTo)) out += changed('+', '32', line);
      at = change.to;
    }
    for (const line of ours.slice(at, to)) out += same(line);
  }
  return out;
}

export function contextFormat(comparison: Comparison, { context, titles, heading, lines }: HunkStyle): string {
  const { ours, theirs } = comparison;
  const { paint } = lines;
  const written = (sign: string, code: string, line: string): string =>
    shown(signed(sign, line, lines), code, line, sign === ' ' ? plain(lines) : lines);
  let out = `${paint('1', `*** ${titles[0]}`)}\n${paint('1', `--- ${titles[1]}`)}\n`;
  for (const { changes, from, to, other, otherTo } of hunks(comparison, context)) {
    out += `***************${headingOf(ours, from, heading)}\n${paint('36', `*** ${range(from, to)} ****`)}\n`;
    if (changes.some((change) => change.from < change.to))
      out += half(
        ours,
        [from, to],
        changes.map((change) => [change.from, change.to, letterOf(change) === 'c' ? '!' : '-']),
        (line, sign) => written(sign, '31', line),
      );
    out += `${paint('36', `--- ${range(other, otherTo)} ----`)}\n`;
    if (changes.some((change) => change.other < change.otherTo))
      out += half(
        theirs,
        [other, otherTo],
        changes.map((change) => [change.other, change.otherTo, letterOf(change) === 'c' ? '!' : '+']),
        (line, sign) => written(sign, '32', line),
      );
  }
  return out;
}

/** One side of a context hunk: its lines, those that changed with their sign. */
function half(
  lines: readonly string[],
  [from, to]: readonly [number, number],
  marks: readonly (readonly [from: number, to: number, sign: string])[],
  write: (line: string, sign: string) => string,
): string {
  return lines
    .slice(from, to)
    .map((line, index) => {
      const at = from + index;
      return write(line, marks.find(([start, end]) => at >= start && at < end)?.[2] ?? ' ');
    })
    .join('');
}

const bare = (line: string): string => (line.endsWith(NO_NEWLINE) ? line.slice(0, -1) : line);

/** A script for ed, from the last change to the first. */
export function edFormat({ theirs, changes }: Comparison): string {
  let out = '';
  for (const change of changes.toReversed()) {
    const letter = letterOf(change);
    out += `${range(change.from, change.to)}${letter}\n`;
    if (letter === 'd') continue;
    let isOpen = true;
    for (const [at, line] of theirs.slice(change.other, change.otherTo).entries()) {
      if (!isOpen) out += 'a\n';
      // A line of one dot would end the text.
      isOpen = bare(line) !== '.';
      out += isOpen ? `${bare(line)}\n` : '..\n.\ns/.//\n';
      if (!isOpen && at === change.otherTo - change.other - 1) break;
    }
    if (isOpen) out += '.\n';
  }
  return out;
}

export function rcsFormat({ theirs, changes }: Comparison): string {
  let out = '';
  for (const { from, to, other, otherTo } of changes) {
    if (to > from) out += `d${String(from + 1)} ${String(to - from)}\n`;
    if (otherTo === other) continue;
    out += `a${String(to)} ${String(otherTo - other)}\n`;
    for (const line of theirs.slice(other, otherTo)) out += line.endsWith(NO_NEWLINE) ? bare(line) : `${line}\n`;
  }
  return out;
}

/** Both texts in one, for the C preprocessor to choose from. */
export function ifdefFormat({ ours, theirs, changes }: Comparison, name: string): string {
  const text = (lines: readonly string[]): string =>
    lines.map((line) => (line.endsWith(NO_NEWLINE) ? bare(line) : `${line}\n`)).join('');
  const whole = (lines: readonly string[]): string => lines.map((line) => `${bare(line)}\n`).join('');
  let out = '';
  let at = 0;
  for (const change of changes) {
    out += text(ours.slice(at, change.from));
    const [old, made] = [whole(ours.slice(change.from, change.to)), whole(theirs.slice(change.other, change.otherTo))];
    const letter = letterOf(change);
    if (letter === 'a') out += `#ifdef ${name}\n${made}#endif /* ${name} */\n`;
    else if (letter === 'd') out += `#ifndef ${name}\n${old}#endif /* ! ${name} */\n`;
    else out += `#ifndef ${name}\n${old}#else /* ${name} */\n${made}#endif /* ${name} */\n`;
    at = change.to;
  }
  return out + text(ours.slice(at));
}
