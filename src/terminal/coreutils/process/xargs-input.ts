/** What xargs reads: items, parted by blanks and newlines with quotes, by lines, or by one character. */
export interface Item {
  readonly text: string;
  /** Whether a line ends with it: a blank at its end carries the line on. */
  readonly endsLine: boolean;
}

export interface Items {
  readonly items: readonly Item[];
  /** The quote that is not closed: what came before it still counts. */
  readonly open?: 'single' | 'double';
  /** The word of -E has been met. */
  readonly ended?: true;
}

/** The character of -d; undefined where it is none. */
export function delimiterOf(text: string): string | undefined {
  if ([...text].length === 1) return text;
  const [whole, hex, octal, letter] = /^\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([abfnrtv\\]))$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  if (hex !== undefined) return String.fromCharCode(parseInt(hex, 16));
  if (octal !== undefined) return String.fromCharCode(parseInt(octal, 8));
  const code = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }[letter ?? ''];
  return code === undefined ? '\\' : String.fromCharCode(code);
}

/** Items between delimiters, without quotes. */
export function delimited(text: string, delimiter: string): Items {
  const parts = text.split(delimiter);
  if (parts.at(-1) === '') parts.pop();
  return { items: parts.map((part) => ({ text: part, endsLine: true })) };
}

/** Words, or with `whole` lines without the blanks they begin with. */
export function quotedItems(text: string, whole: boolean, end: string | undefined): Items {
  const items: Item[] = [];
  let item: string | undefined;
  const finish = (endsLine: boolean): void => {
    if (item !== undefined) items.push({ text: item, endsLine });
    else if (endsLine) markEnd(items);
    item = undefined;
  };
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const isBlank = char === ' ' || char === '\t';
    if (char === '\n') finish(whole || !/[ \t]/.test(text.charAt(at - 1)));
    else if (isBlank && (!whole || item === undefined)) finish(false);
    else if (char === '"' || char === "'") {
      const close = text.indexOf(char, at + 1);
      const lineEnd = text.indexOf('\n', at + 1);
      if (close < 0 || (lineEnd >= 0 && lineEnd < close)) return { items, open: char === '"' ? 'double' : 'single' };
      item = (item ?? '') + text.slice(at + 1, close);
      at = close;
    } else if (char === '\\') {
      at += 1;
      item = (item ?? '') + text.charAt(at);
    } else item = (item ?? '') + char;
    if (end !== undefined && items.at(-1)?.text === end) return { items: items.slice(0, -1), ended: true };
  }
  finish(true);
  return end !== undefined && items.at(-1)?.text === end ? { items: items.slice(0, -1), ended: true } : { items };
}

function markEnd(items: Item[]): void {
  const last = items.pop();
  if (last !== undefined) items.push({ ...last, endsLine: true });
}
