/** Lists of positions as `cut -f 1,3-5` and numfmt's --field have them. */

/** From and to, both included, counted from 1. */
export type Span = readonly [from: number, to: number];

export interface ListWords {
  readonly numberedFrom1: string;
  readonly range: string;
  readonly value: string;
  readonly tooLarge: (digits: string) => string;
}

export const FIELD_WORDS: ListWords = {
  numberedFrom1: 'fields are numbered from 1',
  range: 'invalid field range',
  value: 'invalid field value',
  tooLarge: (digits) => `field number '${digits}' is too large`,
};
export const BYTE_WORDS: ListWords = {
  numberedFrom1: 'byte/character positions are numbered from 1',
  range: 'invalid byte or character range',
  value: 'invalid byte/character position',
  tooLarge: (digits) => `byte/character offset '${digits}' is too large`,
};

/** The spans in ascending order, overlapping ones made one; or what is wrong with the list. */
export function parseNumberList(text: string, words: ListWords): readonly Span[] | string {
  const spans: Span[] = [];
  for (let at = 0; at <= text.length;) {
    const part = /^[^, \t]*/.exec(text.slice(at))?.[0] ?? '';
    const span = parseSpan(part, text.slice(at), words);
    if (typeof span === 'string') return span;
    spans.push(span);
    at += part.length + 1;
  }
  spans.sort((a, b) => a[0] - b[0]);
  const merged: Span[] = [];
  for (const [from, to] of spans) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) merged[merged.length - 1] = [last[0], Math.max(last[1], to)];
    else merged.push([from, to]);
  }
  return merged;
}

function parseSpan(part: string, rest: string, words: ListWords): Span | string {
  const stray = /[^\d-]/.exec(part);
  const dashes = part.slice(0, stray?.index).split('-').length - 1;
  if (dashes > 1) return words.range;
  if (stray !== null) return `${words.value} '${rest.slice(stray.index)}'`;
  if (part === '-') return 'invalid range with no endpoint: -';
  const [low = '', high] = part.split('-');
  const large = [low, high ?? ''].find((digits) => Number(digits) > Number.MAX_SAFE_INTEGER);
  if (large !== undefined) return words.tooLarge(large);
  const from = low === '' && high !== undefined ? 1 : Number(low);
  const to = high === undefined ? from : high === '' ? Infinity : Number(high);
  if (from === 0 || (to === 0 && high === undefined)) return words.numberedFrom1;
  return to < from ? 'invalid decreasing range' : [from, to];
}
