/** Splitting of a line that `read` got: by IFS, at most `count` fields, the last of which takes the rest (POSIX read). */
export function streamSplit(text: string, ifs: string, count: number | undefined, raw: boolean): string[] {
  const chars = tokens(text, raw);
  const white = (at: number): boolean =>
    at < chars.length &&
    chars[at]?.quoted === false &&
    ifs.includes(chars[at]?.char ?? '') &&
    ' \t\n'.includes(chars[at]?.char ?? '');
  const solid = (at: number): boolean =>
    at < chars.length &&
    chars[at]?.quoted === false &&
    ifs.includes(chars[at]?.char ?? '') &&
    !' \t\n'.includes(chars[at]?.char ?? '');
  const fields: string[] = [];
  let at = 0;
  while (white(at)) at += 1;
  while (at < chars.length) {
    if (count !== undefined && fields.length === count - 1) {
      fields.push(lastField(chars.slice(at), ifs));
      return fields;
    }
    let field = '';
    while (at < chars.length && !white(at) && !solid(at)) {
      field += chars[at]?.char ?? '';
      at += 1;
    }
    fields.push(field);
    while (white(at)) at += 1;
    if (solid(at)) {
      at += 1;
      while (white(at)) at += 1;
    }
  }
  return fields;
}

interface Char {
  readonly char: string;
  readonly quoted: boolean;
}

function tokens(text: string, raw: boolean): Char[] {
  const out: Char[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\' && !raw && i + 1 < text.length) {
      i += 1;
      out.push({ char: text.charAt(i), quoted: true });
    } else if (!(char === '\\' && !raw)) out.push({ char, quoted: false });
  }
  return out;
}

/** The rest of the line without white space at its end; one delimiter at the end goes too where it is the only one. */
function lastField(chars: readonly Char[], ifs: string): string {
  let end = chars.length;
  const isWhite = (char: Char | undefined): boolean =>
    char !== undefined && !char.quoted && ifs.includes(char.char) && ' \t\n'.includes(char.char);
  const isSolid = (char: Char | undefined): boolean =>
    char !== undefined && !char.quoted && ifs.includes(char.char) && !' \t\n'.includes(char.char);
  while (end > 0 && isWhite(chars[end - 1])) end -= 1;
  if (end > 0 && isSolid(chars[end - 1]) && !chars.slice(0, end - 1).some((char) => isSolid(char))) {
    const inner = chars.slice(0, end - 1);
    if (!inner.some((char) => isWhite(char))) end -= 1;
  }
  return chars
    .slice(0, end)
    .map(({ char }) => char)
    .join('');
}
