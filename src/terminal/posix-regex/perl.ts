/**
 * Regular expressions as Perl writes them, as far as JavaScript has the same: what grep -P and jq take.
 * Leaves out: possessive and atomic parts, inline flags, recursion; such an expression counts as malformed.
 */
import { escapeRegExp } from '../shell/expand/pattern.ts';
import type { Node } from './syntax.ts';

const ESCAPES: Readonly<Record<string, Node>> = {
  b: { type: 'assertion', source: '\\b' },
  B: { type: 'assertion', source: '\\B' },
  A: { type: 'assertion', source: '(?<![\\s\\S])' },
  z: { type: 'assertion', source: '(?![\\s\\S])' },
  Z: { type: 'assertion', source: '(?=\\n?(?![\\s\\S]))' },
  h: { type: 'character', source: '[ \\t]' },
  H: { type: 'character', source: '[^ \\t]' },
};
const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}',
  digit: '0-9',
  alnum: '\\p{L}0-9',
  upper: '\\p{Lu}',
  lower: '\\p{Ll}',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
};
/** Escapes that JavaScript reads as Perl does. */
const SAME = /^\\(?:[dDwWsSntrfv0]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP]\{[^}]*\})/;
const QUANTIFIER = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})(\??)/;

/** The parts of an expression; undefined where it is malformed. */
export function parsePerl(source: string): Node | undefined {
  return new Parser(source).whole();
}

class Parser {
  readonly #source: string;
  #at = 0;
  #groups = 0;
  readonly #names = new Map<string, number>();
  #malformed = false;

  constructor(source: string) {
    this.#source = source;
  }

  whole(): Node | undefined {
    const node = this.#choice();
    return this.#malformed || this.#at < this.#source.length ? undefined : node;
  }

  #choice(): Node {
    const branches = [this.#sequence()];
    while (this.#take(/^\|/) !== undefined) branches.push(this.#sequence());
    return branches.length === 1 && branches[0] !== undefined ? branches[0] : { type: 'choice', branches };
  }

  #sequence(): Node {
    const items: Node[] = [];
    while (!this.#malformed && this.#at < this.#source.length && !/[|)]/.test(this.#source.charAt(this.#at)))
      items.push(this.#quantified(this.#item()));
    return items.length === 1 && items[0] !== undefined ? items[0] : { type: 'sequence', items };
  }

  #quantified(body: Node): Node {
    const [whole, sign, from = '', comma, to = '', lazy] = this.#take(QUANTIFIER) ?? [];
    if (whole === undefined) return body;
    if (/^[*+?]/.test(this.#source.slice(this.#at))) return this.#fail();
    const min = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
    const open = sign === undefined ? comma === ',' && to === '' : sign !== '?';
    const max = open ? Infinity : sign === '?' ? 1 : Number(comma === ',' ? to : from);
    return min > max ? this.#fail() : { type: 'repeat', body, min, max, lazy: lazy === '?' };
  }

  #item(): Node {
    if (this.#take(/^\(/) !== undefined) return this.#parenthesis();
    if (this.#source.startsWith('\\', this.#at)) return this.#escape();
    const bracket = this.#take(/^\[\^?\]?(?:\[:\w+:\]|\\[^]|[^\]\\])*\]/)?.[0];
    if (bracket !== undefined) return { type: 'character', source: bracketSource(bracket) };
    const char = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    if (char === '^' || char === '$') return { type: 'assertion', source: char };
    if (char === '.') return { type: 'character', source: char };
    return /[[*+?]/.test(char) ? this.#fail() : { type: 'character', source: escapeRegExp(char) };
  }

  #parenthesis(): Node {
    const look = this.#take(/^\?<?[=!]/)?.[0];
    const plain = look === undefined && this.#take(/^\?:/) !== undefined;
    const name = look === undefined && !plain ? this.#take(/^\?P?<([A-Za-z_]\w*)>/)?.[1] : undefined;
    if (look === undefined && !plain && name === undefined && this.#source.startsWith('?', this.#at))
      return this.#fail();
    let index: number | undefined;
    if (look === undefined && !plain) {
      this.#groups += 1;
      index = this.#groups;
      if (name !== undefined) this.#names.set(name, index);
    }
    const body = this.#choice();
    if (this.#take(/^\)/) === undefined) return this.#fail();
    if (look !== undefined) return { type: 'look', kind: look, body };
    return { type: 'group', index, body, ...(name === undefined ? {} : { name }) };
  }

  #escape(): Node {
    const same = this.#take(SAME)?.[0];
    if (same !== undefined) return { type: 'character', source: same };
    const number = this.#take(/^\\([1-9])/)?.[1];
    if (number !== undefined) return { type: 'back-reference', index: Number(number) };
    const name = this.#take(/^\\k[<{']([A-Za-z_]\w*)[>}']/)?.[1];
    if (name !== undefined) {
      const index = this.#names.get(name);
      return index === undefined ? this.#fail() : { type: 'back-reference', index };
    }
    const char = this.#take(/^\\([^])/u)?.[1];
    if (char === undefined) return this.#fail();
    return ESCAPES[char] ?? (/\w/.test(char) ? this.#fail() : { type: 'character', source: escapeRegExp(char) });
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#source.slice(this.#at));
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }

  #fail(): Node {
    this.#malformed = true;
    return { type: 'sequence', items: [] };
  }
}

/** A bracket expression as RegExp's `u` mode has it: nothing is escaped in vain. */
function bracketSource(bracket: string): string {
  const [, negation = '', body = ''] = /^\[(\^?)([^]*)\]$/.exec(bracket) ?? [];
  const inside = body.replace(
    /\[:(\w+):\]|(\\(?:[dDwWsSntrfvb0]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP]\{[^}]*\}))|\\([^])|([[\]^])/g,
    (_, name?: string, same?: string, quoted?: string, special?: string) =>
      name !== undefined
        ? (CLASSES[name] ?? '')
        : (same ?? `\\${quoted ?? special ?? ''}`.replace(/\\([^\\\]^[/-])/, '$1')),
  );
  return `[${negation}${inside}]`;
}
