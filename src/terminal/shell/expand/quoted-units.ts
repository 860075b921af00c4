/** Walking over a text whose quoted stretches and substitutions are to be left alone. */
import { decodeEscapes } from './ansi-escapes.ts';

/** The index after the character at `i`, quoted text and substitutions skipped as one. */
export function afterUnit(text: string, i: number): number {
  const char = text.charAt(i);
  if (char === '\\') return i + 2;
  if (char === "'") return past(text, text.indexOf("'", i + 1), i);
  if (char === '"') {
    for (let at = i + 1; at < text.length; at += 1) {
      if (text.charAt(at) === '\\') at += 1;
      else if (text.charAt(at) === '"') return at + 1;
    }
    return text.length;
  }
  if (char === '`') return past(text, text.indexOf('`', i + 1), i);
  if (char === '$' && (text.charAt(i + 1) === '{' || text.charAt(i + 1) === '(')) return balanced(text, i + 1);
  return i + 1;
}

const past = (text: string, close: number, i: number): number => (close < 0 ? Math.max(i + 1, text.length) : close + 1);

function balanced(text: string, open: number): number {
  const opener = text.charAt(open);
  const closer = opener === '{' ? '}' : ')';
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    const char = text.charAt(i);
    if (char === '\\') i += 1;
    else if (char === "'" && opener === '(') {
      const close = text.indexOf("'", i + 1);
      if (close > 0) i = close;
    } else if (char === opener) depth += 1;
    else if (char === closer) {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return text.length;
}

/** An expression's text as bash's reader leaves it: without double quotes outside substitutions, `$'…'` decoded. */
export function arithmeticText(text: string): string {
  if (!/"|\$'/.test(text)) return text;
  let out = '';
  for (let i = 0; i < text.length;) {
    const char = text.charAt(i);
    const ansi = ANSI_QUOTED.exec(text.slice(i));
    const end = ansi === null ? (/[\\$`]/.test(char) ? afterUnit(text, i) : i + 1) : i + ansi[0].length;
    if (ansi !== null) out += `'${decodeEscapes(ansi[1] ?? '')}'`;
    else if (char !== '"' && !text.startsWith('$"', i)) out += text.slice(i, end);
    i = end;
  }
  return out;
}

const ANSI_QUOTED = /^\$'((?:[^'\\]|\\[\s\S])*)'/;
