/** A command of several lines as one line of the history, as bash's `cmdhist` keeps it. */

/** After these a line goes on: only a blank takes the newline's place. */
const GOES_ON = /(?:^|[\s;&|(])(?:do|then|else|elif|if|while|until|in|\{|!)$|(?:&&|\|\|?|;;&?|;&|;|&|\()$/;

/** Joins with `; ` or a blank; lines within quotes or a here-document keep their newlines. */
export function joinCommandLines(text: string): string {
  const [first = '', ...lines] = text.split('\n');
  let joined = first;
  let before = first;
  let hereDocument = false;
  for (const line of lines) {
    hereDocument ||= /<<-?\s*\S/.test(joined.replace(/<<</g, ''));
    const trimmed = joined.trimEnd();
    if (hereDocument || quoteOpen(joined)) joined += `\n${line}`;
    else if (trimmed === '' || line.trim() === '') joined = trimmed + line.trim();
    else if (/(?:^|\s)#[^\n]*$/.test(joined)) joined += `\n${line}`;
    else joined = `${trimmed}${GOES_ON.test(trimmed) || opensBody(before) ? ' ' : '; '}${line}`;
    before = line.trimEnd();
  }
  return joined;
}

/** `f()`, and a pattern of `case`. */
const opensBody = (line: string): boolean =>
  /\(\s*\)$/.test(line) || (/^[^(]*\)$/.test(line.replace(/^\s*\(/, '')) && !/^\s*\)$/.test(line));

/** Whether a quote or a command substitution is not closed yet. */
function quoteOpen(text: string): boolean {
  let quote = '';
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else if (quote === '' && text.startsWith('$(', at)) depth += 1;
    else if (quote === '' && char === ')' && depth > 0) depth -= 1;
  }
  return quote !== '' || depth > 0;
}
