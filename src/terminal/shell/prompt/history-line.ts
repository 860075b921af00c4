/** A command of several lines as one line of the history, as bash's `cmdhist` keeps it. */

/** After these a line goes on: only a blank takes the newline's place. */
const GOES_ON = /(?:^|[\s;&|(])(?:do|then|else|elif|if|while|until|in|\{|!)$|(?:&&|\|\|?|;;&?|;&|;|&|\()$/;

/** Joins with `; ` or a blank; lines within quotes or a here-document keep their newlines. */
export function joinCommandLines(text: string): string {
  const [first = '', ...lines] = text.split('\n');
  const joined: string[] = [];
  // The last line that was joined, with what stands before it: all that decides about the next one.
  let last = first;
  let quotes = NOTHING_OPEN;
  let before = first;
  let hereDocument = false;
  for (const line of lines) {
    hereDocument ||= /<<-?\s*\S/.test(`${joined.at(-1) ?? ''}${last}`.replace(/<<</g, ''));
    const trimmed = last.trimEnd();
    const keepsNewline = hereDocument || isOpen(openAfter(quotes, last));
    if (!keepsNewline && trimmed === '') last = line.trim();
    else if (!keepsNewline && line.trim() === '') last = trimmed;
    else {
      const newline = keepsNewline || /(?:^|\s)#[^\n]*$/.test(last);
      const whole = newline ? last : trimmed;
      joined.push(whole);
      quotes = openAfter(quotes, whole);
      last = `${newline ? '\n' : GOES_ON.test(trimmed) || opensBody(before) ? ' ' : '; '}${line}`;
    }
    before = line.trimEnd();
  }
  return joined.join('') + last;
}

/** `f()`, and a pattern of `case`. */
const opensBody = (line: string): boolean =>
  /\(\s*\)$/.test(line) || (/^[^(]*\)$/.test(line.replace(/^\s*\(/, '')) && !/^\s*\)$/.test(line));

/** What is not closed yet: a quote, command substitutions; and whether the next character is escaped. */
interface Open {
  readonly quote: string;
  readonly depth: number;
  readonly escaped: boolean;
}
const NOTHING_OPEN: Open = { quote: '', depth: 0, escaped: false };
const isOpen = ({ quote, depth }: Open): boolean => quote !== '' || depth > 0;

function openAfter({ quote, depth, escaped }: Open, text: string): Open {
  let at = escaped ? 1 : 0;
  for (; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else if (quote === '' && text.startsWith('$(', at)) depth += 1;
    else if (quote === '' && char === ')' && depth > 0) depth -= 1;
  }
  return { quote, depth, escaped: at > text.length };
}
