/**
 * `!!` and its like (bash(1), HISTORY EXPANSION).
 * Models: events by number, prefix and text, word designators, the modifiers h t r e p q x s & g, quick substitution.
 * Leaves out: histchars, G.
 */
export type Expansion =
  | {
      readonly text: string;
      readonly changed: boolean;
      /** `:p`: to be shown and kept, not run. */
      readonly printOnly: boolean;
    }
  | { readonly missing: string };

/** Where a line stands: how many lines were dropped before the first of the history, and the quote that is open already. */
interface Place {
  readonly dropped: number;
  readonly quote: '' | "'" | '"';
}

/** A line with its history events put in. `!` means nothing in single quotes, after a backslash and before white space. */
export function expandEvents(
  history: readonly string[],
  line: string,
  place: Place = { dropped: 0, quote: '' },
): Expansion {
  const quick = /^\^([^^]+)(?:\^([^^]*)(?:\^(.*))?)?$/s.exec(line);
  if (quick !== null) {
    const last = history.at(-1) ?? '';
    const [, from = '', to = '', rest = ''] = quick;
    if (!last.includes(from) || from === '') return { missing: `:s${line}: substitution failed` };
    return { text: last.replace(from, () => to) + rest, changed: true, printOnly: false };
  }
  if (!line.includes('!')) return { text: line, changed: false, printOnly: false };
  return new EventScanner(history, line, place).whole();
}

class EventScanner {
  readonly #history: readonly string[];
  readonly #line: string;
  readonly #place: Place;
  #at = 0;
  /** What `:&` does again. */
  #lastChange: readonly [from: string, to: string] | undefined;
  #out = '';
  #printOnly = false;
  #changed = false;

  constructor(history: readonly string[], line: string, place: Place) {
    this.#place = place;
    this.#history = history;
    this.#line = line;
  }

  whole(): Expansion {
    let quote: string = this.#place.quote;
    while (this.#at < this.#line.length) {
      const char = this.#line.charAt(this.#at);
      if (char === '\\' && quote !== "'") this.#take(2);
      else if ((char === "'" && quote !== '"') || char === '"') {
        if (quote === '') quote = char;
        else if (quote === char) quote = '';
        this.#take(1);
      } else if (
        char === '!' &&
        quote !== "'" &&
        !/^!(?:[\s=(]|$)/.test(this.#rest) &&
        !(quote === '"' && this.#rest.startsWith('!"')) &&
        !this.#isSyntax()
      ) {
        const missing = this.#event();
        if (missing !== undefined) return { missing };
      } else this.#take(1);
    }
    return { text: this.#out, changed: this.#changed, printOnly: this.#printOnly };
  }

  /** `[!…]`, `${!…}` and `$!` belong to the shell. */
  #isSyntax(): boolean {
    const before = this.#line.slice(0, this.#at);
    const after = this.#line.slice(this.#at + 1);
    if (before.endsWith('[')) return after.includes(']');
    return before.endsWith('${') ? after.includes('}') : before.endsWith('$') && before.length > 1;
  }

  get #rest(): string {
    return this.#line.slice(this.#at);
  }
  #take(count: number): void {
    this.#out += this.#line.slice(this.#at, this.#at + count);
    this.#at += count;
  }
  /** Takes what matches from here on. */
  #match(pattern: RegExp): RegExpExecArray | undefined {
    const match = pattern.exec(this.#rest);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match;
  }

  /** One event with its designators and modifiers; answers what is wrong with it. */
  #event(): string | undefined {
    const from = this.#at;
    const shown = (): string => this.#line.slice(from, this.#at);
    const text = this.#find();
    if (text === undefined) return `${shown()}: event not found`;
    const words = this.#words(text);
    if (words === undefined) return `${/:.*$/.exec(shown())?.[0] ?? shown()}: bad word specifier`;
    const changed = this.#modify(words);
    if (changed === undefined) return `${/:[ga]?[s&].*$/s.exec(shown())?.[0] ?? shown()}: substitution failed`;
    this.#out += changed;
    this.#changed = true;
    return undefined;
  }

  #find(): string | undefined {
    const history = this.#history;
    if (this.#match(/^!!/) !== undefined) return history.at(-1);
    if (/^![$^*:%]/.test(this.#rest)) {
      this.#at += 1;
      return history.at(-1);
    }
    if (this.#match(/^!#/) !== undefined) return this.#out;
    const number = this.#match(/^!(-?)(\d+)/);
    if (number !== undefined)
      return number[1] === '-' ? history.at(-Number(number[2])) : history[Number(number[2]) - 1 - this.#place.dropped];
    const inside = this.#match(/^!\?([^?\n]*)\??/);
    if (inside !== undefined) return history.findLast((entry) => entry.includes(inside[1] ?? ''));
    const prefix = this.#match(/^!([^\s:;|&()<>"'^$*%-][^\s:;|&()<>"'^$*%]*)/)?.[1] ?? '!';
    return history.findLast((entry) => entry.startsWith(prefix));
  }

  /** The words that a designator picks; the whole event without one; undefined where it has no such words. */
  #words(text: string): string | undefined {
    const match = this.#match(/^(?::(?=[\d^$*%-])|(?=[\^$*%]))([\d^$%]*)(\*|-(?:[\d^$]*))?/);
    if (match === undefined) return text;
    const words = historyWords(text);
    const last = words.length - 1;
    const index = (mark: string): number => (mark === '^' ? 1 : mark === '$' ? last : Number(mark));
    const [, low = '', tail] = match;
    if (low === '' && tail === '*') return words.slice(1).join(' ');
    const first = low === '' ? 0 : index(low);
    const end = tail === undefined ? first : tail === '*' ? last : tail === '-' ? last - 1 : index(tail.slice(1));
    if (first > last + (tail === '*' ? 1 : 0) || end > last) return undefined;
    return words.slice(first, end + 1).join(' ');
  }

  #modify(picked: string): string | undefined {
    let text = picked;
    for (;;) {
      const replace = this.#match(/^:([ga]?)(?:s(.)|&)/su);
      if (replace !== undefined) {
        const [, all, mark] = replace;
        const change = mark === undefined ? this.#lastChange : this.#change(mark);
        if (change === undefined || change[0] === '' || !text.includes(change[0])) return undefined;
        this.#lastChange = change;
        const [from, to] = change;
        text = all === '' ? text.replace(from, () => to) : text.replaceAll(from, () => to);
        continue;
      }
      const modifier = this.#match(/^:([htrepqx])/)?.[1];
      if (modifier === undefined) return text;
      text = this.#apply(modifier, text);
    }
  }

  /** `/old/new/`: an `&` in the new text is the old one. */
  #change(mark: string): readonly [from: string, to: string] {
    const [from, to] = [this.#until(mark), this.#until(mark)];
    return [from, to.replace(/\\&|&/g, (found) => (found === '&' ? from : '&'))];
  }

  #apply(modifier: string, text: string): string {
    switch (modifier) {
      case 'h':
        return text.includes('/') ? text.slice(0, text.lastIndexOf('/')) : text;
      case 't':
        return text.slice(text.lastIndexOf('/') + 1);
      case 'r':
        return text.replace(/\.[^./]*$/, '');
      case 'e':
        return /\.[^./]*$/.exec(text)?.[0] ?? text;
      case 'q':
        return quoted(text);
      case 'x':
        return text
          .split(/[ \t\n]+/)
          .map(quoted)
          .join(' ');
      default:
        this.#printOnly = true;
        return text;
    }
  }

  /** The text up to a mark, which a backslash quotes; the mark is left out. */
  #until(mark: string): string {
    let text = '';
    while (this.#at < this.#line.length) {
      const char = this.#line.charAt(this.#at);
      this.#at += 1;
      if (char === mark) break;
      if (char === '\\' && this.#line.charAt(this.#at) === mark) {
        text += mark;
        this.#at += 1;
      } else text += char;
    }
    return text;
  }
}

const quoted = (text: string): string => `'${text.replace(/'/g, "'\\''")}'`;

/** The words of an event, as the shell's own reader would part them, quotes kept. */
export const historyWords = (text: string): readonly string[] =>
  text.match(/(?:\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"|[^\s;|&()<>"'\\])+|[<>]{1,3}[&|]?|&&|\|\||;;|[;|&()]/g) ?? [];
