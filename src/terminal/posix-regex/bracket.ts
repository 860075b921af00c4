/** Bracket expressions as the C library reads them; a backslash in them is itself. */
import { CHARACTER_CLASSES } from '../shell/expand/pattern.ts';

export type Bracket =
  { readonly source: string; readonly end: number; readonly fault?: undefined } | { readonly fault: string };

const UNMATCHED = 'Unmatched [, [^, [:, [., or [=';
const COLLATION = 'Invalid collation character';
const RANGE = 'Invalid range end';
/** What grep and sed say themselves of `[:space:]`. */
export const CLASS_SYNTAX = 'character class syntax is [[:space:]], not [:space:]';

/** One part: a character, or a named class, which cannot be an end of a range. */
type Element = { readonly char: string; readonly at: number } | { readonly set: string; readonly at: number };

/** The expression that begins at `start`, as a class of RegExp's `u` mode. */
export function parseBracket(source: string, start: number, withoutCollation: boolean): Bracket {
  let at = start + 1;
  const negated = source.charAt(at) === '^';
  if (negated) at += 1;
  if (at >= source.length) return { fault: 'Invalid regular expression' };
  const first = at;
  let body = '';
  let plain = true;
  while (at === first || source.charAt(at) !== ']') {
    if (at >= source.length) return { fault: UNMATCHED };
    if (source.charAt(at) === '-' && at > first && source.charAt(at + 1) !== ']') return { fault: RANGE };
    const element = elementAt(source, at);
    if ('fault' in element) return element;
    at = element.at;
    const isRange = source.charAt(at) === '-' && at + 1 < source.length && source.charAt(at + 1) !== ']';
    if (isRange || 'set' in element) plain = false;
    if (!isRange) {
      body += 'set' in element ? element.set : escapeClass(element.char);
      continue;
    }
    const last = elementAt(source, at + 1);
    if ('fault' in last) return last;
    if ('set' in element || 'set' in last) return { fault: RANGE };
    const [from, to] = [element.char.codePointAt(0) ?? 0, last.char.codePointAt(0) ?? 0];
    if (withoutCollation && (from > 0x7f || to > 0x7f)) return { fault: COLLATION };
    if (from > to) return { fault: RANGE };
    body += `${escapeClass(element.char)}-${escapeClass(last.char)}`;
    at = last.at;
  }
  if (plain && /^:[^]*[^:][^]*:$/.test(source.slice(first, at))) return { fault: CLASS_SYNTAX };
  return { source: `[${negated ? '^' : ''}${body}]`, end: at + 1 };
}

function elementAt(source: string, at: number): Element | { readonly fault: string } {
  const kind = source.charAt(at) === '[' ? source.charAt(at + 1) : '';
  if (kind === '' || !':.='.includes(kind)) {
    const char = String.fromCodePoint(source.codePointAt(at) ?? 0);
    return { char, at: at + char.length };
  }
  const close = source.indexOf(`${kind}]`, at + 2);
  if (close < 0) return { fault: UNMATCHED };
  const name = source.slice(at + 2, close);
  if (kind !== ':') return /^[\0-\x7f]$/.test(name) ? { char: name, at: close + 2 } : { fault: COLLATION };
  const set = NAMES.test(name) ? CHARACTER_CLASSES[name] : undefined;
  return set === undefined ? { fault: 'Invalid character class name' } : { set, at: close + 2 };
}

const NAMES = /^(?:alpha|digit|alnum|upper|lower|space|blank|punct|print|graph|cntrl|xdigit)$/;
const escapeClass = (text: string): string => text.replace(/[\\\]^[-]/g, '\\$&');
