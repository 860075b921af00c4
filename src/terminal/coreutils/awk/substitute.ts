/** sub() and gsub(): the new text and how many matches were replaced. In the replacement `&` is the match. */
export function replaceMatches(
  text: string,
  regex: RegExp,
  replacement: string,
  all: boolean,
): { readonly result: string; readonly count: number } {
  let count = 0;
  regex.lastIndex = 0;
  const result = text.replace(regex, (match: string) => {
    if (!all && count > 0) return match;
    count += 1;
    return replacement.replace(/\\\\&|\\&|&/g, (mark) => (mark === '&' ? match : mark === '\\&' ? '&' : `\\${match}`));
  });
  return { result, count };
}

/** gensub(): replaces one match by its number, or all; `\1` to `\9` are groups. */
export function replaceOne(text: string, regex: RegExp, replacement: string, which: 'all' | number): string {
  let seen = 0;
  regex.lastIndex = 0;
  return text.replace(regex, (...args: unknown[]) => {
    const groups = args.slice(0, -2).map((group) => (typeof group === 'string' ? group : ''));
    const whole = groups[0] ?? '';
    seen += 1;
    if (which !== 'all' && seen !== which) return whole;
    return replacement.replace(/\\([0-9&\\])|&/g, (mark, escaped?: string) => {
      if (escaped === undefined) return mark === '&' ? whole : mark;
      return /\d/.test(escaped) ? (groups[Number(escaped)] ?? '') : escaped;
    });
  });
}
