/**
 * sort --debug: what is doubtful about the keys, and under each line the part of it that each key compares.
 */
import { cellWidth } from '../../../formats/cell-width.ts';
import type { Key, Order } from './sort-order.ts';
import { keyBounds } from './sort-order.ts';

const isNumeric = (flags: string): boolean => /[ngh]/.test(flags);

/** The notes in the order in which they are given, for a locale and its collation. */
export function debugNotes({ keys, flags, separator, stable }: Order, locale: string): readonly string[] {
  const notes = [
    locale === 'C' || locale === 'POSIX'
      ? 'text ordering performed using simple byte comparison'
      : `text ordering performed using \u2018${locale}\u2019 sorting rules`,
  ];
  const unused = new Set([...flags].filter((letter) => letter !== 'r'));
  let reverse = flags.includes('r');
  for (const [at, key] of keys.entries()) {
    notes.push(...keyNotes(key, at + 1, separator));
    for (const letter of [...key.flags].filter((each) => each !== 'b')) unused.delete(letter);
    if (key.skipsAtStart && key.skipsAtEnd) unused.delete('b');
    if (key.flags.includes('r')) reverse = false;
  }
  if (keys.length === 0) unused.clear();
  if ([flags, ...keys.map((key) => key.flags)].some(isNumeric))
    notes.push('note numbers use \u2018.\u2019 as a decimal point in this locale');
  const ignored = [...'bdfghiMnRrV'].filter((letter) =>
    letter === 'r' ? reverse && stable && keys.length > 0 : unused.has(letter),
  );
  if (ignored.length > 0)
    notes.push(
      `option${ignored.length === 1 ? '' : 's'} '-${ignored.join('')}' ${ignored.length === 1 ? 'is' : 'are'} ignored`,
    );
  if (reverse && !stable && keys.length > 0) notes.push("option '-r' only applies to last-resort comparison");
  return notes;
}

function keyNotes(key: Key, number: number, separator: string | undefined): readonly string[] {
  const notes: string[] = [];
  const isEmpty = key.endField !== undefined && key.endField < key.startField;
  if (isEmpty) notes.push(`key ${String(number)} has zero width and will be ignored`);
  const skips = isNumeric(key.flags) || key.flags.includes('M');
  const isOffset = key.endField === 1 && key.endChar !== 0;
  const counts = (!key.skipsAtStart && (!skips || key.startChar > 1)) || (!key.skipsAtEnd && key.endChar !== 0);
  if (!isEmpty && separator === undefined && !isOffset && counts)
    notes.push(`leading blanks are significant in key ${String(number)}; consider also specifying 'b'`);
  if (isNumeric(key.flags) && (key.endField === undefined || key.startField < key.endField))
    notes.push(`key ${String(number)} is numeric and spans multiple fields`);
  return notes;
}

/** A line with the marks of its keys below it. */
export function debugLine(line: string, { keys, flags, separator, stable }: Order): string {
  const marks = keys.map((key) => mark(line, ...narrowed(line, keyBounds(line, key, separator), key.flags)));
  if (keys.length === 0) {
    if (flags.replace('r', '') !== '') marks.push(mark(line, ...narrowed(line, [0, line.length], flags)));
    else if (stable) marks.push(mark(line, 0, line.length));
  }
  if (!stable) marks.push(mark(line, 0, line.length));
  return `${line.replaceAll('\t', '>')}\n${marks.join('')}`;
}

const width = (text: string): number => cellWidth(text.replaceAll('\t', '>'));

function mark(line: string, from: number, to: number): string {
  const indent = ' '.repeat(width(line.slice(0, from)));
  const length = width(line.slice(from, to));
  return `${indent}${length === 0 ? '^ no match for key' : '_'.repeat(length)}\n`;
}

/** The part that is really looked at: without leading blanks where they do not count, and only a number's own letters. */
function narrowed(line: string, [from, to]: readonly [number, number], flags: string): [number, number] {
  if (!/[bMngh]/.test(flags)) return [from, to];
  const text = line.slice(from, to);
  const start = /^[ \t]*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(start);
  const pattern = flags.includes('M')
    ? /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i
    : flags.includes('g')
      ? /^[-+]?(0x[\da-f]+|(\d+\.?\d*|\.\d+)(e[-+]?\d+)?|inf(inity)?|nan)/i
      : flags.includes('h')
        ? /^-?(\d+\.?\d*|\.\d+)[kKMGTPEZYRQ]?/
        : /[n]/.test(flags)
          ? /^-?(\d+\.?\d*|\.\d+)/
          : /^.*/s;
  return [from + start, from + start + (pattern.exec(rest)?.[0].length ?? 0)];
}
