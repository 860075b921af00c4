/** Sets and ranges in curl's URLs: `{a,b}`, `[1-10]`, `[01-10:2]`, `[a-f]`. */

export interface GlobbedUrl {
  readonly text: string;
  /** What stands for #1, #2 … in the name of an output file. */
  readonly parts: readonly string[];
}

export interface GlobProblem {
  readonly message: string;
  /** Where in the URL, from 1. */
  readonly position: number;
}

/** Every URL that one with globs stands for; the last glob changes fastest. */
export function expandUrl(text: string): readonly GlobbedUrl[] | GlobProblem {
  let urls: readonly GlobbedUrl[] = [{ text: '', parts: [] }];
  const append = (values: readonly string[], counts: boolean): void => {
    urls = urls.flatMap((url) =>
      values.map((value) => ({ text: url.text + value, parts: counts ? [...url.parts, value] : url.parts })),
    );
  };
  for (let at = 0; at < text.length;) {
    const letter = text.charAt(at);
    const literal = /^\\[{}[\]]/.test(text.slice(at))
      ? 2
      : letter === '[' && isAddress(text, at)
        ? text.indexOf(']', at) - at + 1
        : 0;
    if (literal > 0 || !'{}[]'.includes(letter)) {
      append([literal === 2 ? text.charAt(at + 1) : text.slice(at, at + Math.max(literal, 1))], false);
      at += Math.max(literal, 1);
      continue;
    }
    const end = text.indexOf(letter === '{' ? '}' : ']', at);
    if (letter === '}' || letter === ']') return { message: 'unmatched close brace/bracket', position: at + 1 };
    if (letter === '{' && end < 0) return { message: 'unmatched brace', position: at + 1 };
    const inner = text.slice(at + 1, Math.max(end, 0));
    if (letter === '{' && inner === '') return { message: 'empty string within braces', position: at + 2 };
    const values = letter === '{' ? inner.split(',') : rangeOf(inner);
    if (values === undefined || end < 0)
      return { message: 'bad range', position: at + 2 + understood(text.slice(at + 1)) };
    append(values, true);
    at = end + 1;
  }
  return urls;
}

/** An IPv6 address in its brackets is no range. */
const isAddress = (text: string, at: number): boolean => /^\[[0-9a-fA-F:.]*:[0-9a-fA-F:.]*\]/.test(text.slice(at));

/** How much of a range makes sense from its beginning on. */
const understood = (text: string): number =>
  (/^(?:\d+-\d+|[a-zA-Z]-[a-zA-Z])(?::\d+)?\]/.exec(text) ?? /^\d+-(?:\d+:)?/.exec(text))?.[0].length ?? 0;

const RANGE = /^(?:(\d+)-(\d+)|([a-zA-Z])-([a-zA-Z]))(?::(\d+))?$/;

function rangeOf(text: string): readonly string[] | undefined {
  const match = RANGE.exec(text);
  if (match === null) return undefined;
  const [, low, high, first = '', last = '', step = '1'] = match;
  const letters = [first.charCodeAt(0), last.charCodeAt(0)];
  if (low === undefined && /[a-z]/.test(first) !== /[a-z]/.test(last)) return undefined;
  const [from = 0, to = 0] = low === undefined ? letters : [Number(low), Number(high)];
  const by = Number(step);
  if (from > to || by === 0 || by > to - from + (from === to ? 1 : 0)) return undefined;
  const width = low !== undefined && low.startsWith('0') ? low.length : 0;
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, index) => {
    const value = from + index * by;
    return low === undefined ? String.fromCharCode(value) : String(value).padStart(width, '0');
  });
}
