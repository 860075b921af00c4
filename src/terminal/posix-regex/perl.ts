/**
 * Regular expressions as Perl writes them, as far as JavaScript has the same: what grep -P and jq take.
 * Leaves out: atomic groups, recursion, conditions and branch resets, named when they are met.
 */
import { CHARACTER_CLASSES, escapeRegExp } from '../shell/expand/pattern.ts';
import type { Malformed } from './parse.ts';
import { bothCases, hasFixedLength } from './perl-sets.ts';
import { KEEP, type Node } from './syntax.ts';

const ESCAPES: Readonly<Record<string, Node>> = {
  b: { type: 'assertion', source: '\\b' },
  B: { type: 'assertion', source: '\\B' },
  A: { type: 'assertion', source: '(?<![\\s\\S])' },
  z: { type: 'assertion', source: '(?![\\s\\S])' },
  Z: { type: 'assertion', source: '(?=\\n?(?![\\s\\S]))' },
  h: { type: 'character', source: '[ \\t]' },
  H: { type: 'character', source: '[^ \\t]' },
  N: { type: 'character', source: '[^\\n]' },
  e: { type: 'character', source: '\\x1b' },
  a: { type: 'character', source: '\\x07' },
};
/** Escapes that JavaScript reads as Perl does. */
const SAME = /^\\(?:[dDwWsSntrfv0]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP]\{[^}]*\})/;
const QUANTIFIER = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})([?+]?)/;
const BRACKET = /^\[\^?\]?(?:\[:\^?\w+:\]|\\[^]|[^\]\\])*\]/;
/** Parts of (?…) that are Perl's alone. */
const ABSENT = /^\?(?:>|\||R\)|[+-]?\d+\)|&|P[>=]|\(|C)/;

/** An option of Perl's that this program does not have. */
export interface Absent {
  readonly type: 'absent';
  readonly part: string;
}

/** The parts of an expression. */
export function parsePerl(source: string): Node | Malformed | Absent {
  return new Parser(source).whole();
}

class Parser {
  readonly #source: string;
  #at = 0;
  #groups = 0;
  /** Which of our groups is Perl's nth: `\K` takes one. */
  readonly #numbers: number[] = [];
  readonly #names = new Map<string, number>();
  #keeps = false;
  #problem: Malformed | Absent | undefined;
  /** Letters of `(?imsx)` that hold here. */
  #flags = '';

  constructor(source: string) {
    this.#source = source;
  }

  whole(): Node | Malformed | Absent {
    const node = this.#choice();
    if (this.#problem === undefined && this.#at < this.#source.length) this.#fail('unmatched closing parenthesis');
    return this.#problem ?? node;
  }

  #choice(): Node {
    const flags = this.#flags;
    const branches = [this.#sequence()];
    while (this.#take(/^\|/) !== undefined) branches.push(this.#sequence());
    this.#flags = flags;
    return branches.length === 1 && branches[0] !== undefined ? branches[0] : { type: 'choice', branches };
  }

  #sequence(): Node {
    const items: Node[] = [];
    while (this.#problem === undefined && this.#at < this.#source.length && !/[|)]/.test(this.#char)) {
      if (this.#passed()) continue;
      const quoted = this.#take(/^\\Q([^]*?)(?:\\E|$)/)?.[1];
      if (quoted === undefined) items.push(this.#quantified(this.#item()));
      else items.push(...[...quoted].map((char) => this.#literal(char)));
    }
    return items.length === 1 && items[0] !== undefined ? items[0] : { type: 'sequence', items };
  }

  /** Comments, space that does not count, and flags for what follows. */
  #passed(): boolean {
    if (this.#take(/^(?:\(\?#[^)]*\)|\\E)/) !== undefined) return true;
    if (this.#flags.includes('x') && this.#take(/^(?:\s+|#[^\n]*)/) !== undefined) return true;
    const flags = this.#take(/^\(\?([imsx]*)(?:-([imsx]+))?\)/);
    if (flags === undefined) return false;
    this.#setFlags(flags[1], flags[2]);
    return true;
  }

  #setFlags(on = '', off = ''): void {
    this.#flags = [...this.#flags, ...on].filter((flag) => !off.includes(flag)).join('');
  }

  #quantified(body: Node): Node {
    const [whole, sign, from = '', comma, to = '', mode] = this.#take(QUANTIFIER) ?? [];
    if (whole === undefined) return body;
    const min = sign === undefined ? Number(from) : sign === '+' ? 1 : 0;
    const open = sign === undefined ? comma === ',' && to === '' : sign !== '?';
    const max = open ? Infinity : sign === '?' ? 1 : Number(comma === ',' ? to : from);
    if (min > max) return this.#fail('numbers out of order in {} quantifier');
    if (min > 65_535 || (max > 65_535 && !open)) return this.#fail('number too big in {} quantifier');
    const repeat: Node = { type: 'repeat', body, min, max, lazy: mode === '?' };
    if (mode !== '+') return repeat;
    if (body.type !== 'character' || !(open || (min === 0 && max === 1))) return this.#lack(whole);
    const none: Node = { type: 'look', kind: '?!', body };
    // Characters of one set that are not given back: as many as there are.
    return open
      ? { type: 'sequence', items: [repeat, none] }
      : { type: 'group', index: undefined, body: { type: 'choice', branches: [body, none] } };
  }

  #item(): Node {
    if (this.#take(/^\(/) !== undefined) return this.#parenthesis();
    if (this.#char === '\\') return this.#escape();
    const bracket = this.#take(BRACKET)?.[0];
    if (bracket !== undefined) return this.#set(bracket);
    const char = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    if (char === '^' || char === '$') return { type: 'assertion', source: this.#edge(char) };
    if (char === '.') return { type: 'character', source: this.#flags.includes('s') ? '[\\s\\S]' : char };
    if (char === '[') return this.#fail('missing terminating ] for character class');
    if (/[*+?]/.test(char)) return this.#fail('quantifier does not follow a repeatable item');
    return this.#literal(char);
  }

  #edge(char: string): string {
    if (!this.#flags.includes('m')) return char;
    return char === '^' ? '(?<![^\\n])' : '(?![^\\n])';
  }

  #literal(char: string): Node {
    return this.#cased(escapeRegExp(char));
  }
  #cased(source: string): Node {
    return { type: 'character', source: this.#flags.includes('i') ? bothCases(source) : source };
  }

  #set(bracket: string): Node {
    const name = /\[:\^?(\w+):\]/.exec(bracket)?.[1];
    if (name !== undefined && CHARACTER_CLASSES[name] === undefined) return this.#fail('unknown POSIX class name');
    const source = setSource(bracket);
    try {
      new RegExp(source, 'u');
    } catch {
      return this.#fail('range out of order in character class');
    }
    return this.#cased(source);
  }

  #parenthesis(): Node {
    const absent = ABSENT.exec(this.#source.slice(this.#at))?.[0];
    if (absent !== undefined) return this.#lack(`(${absent}`);
    const look = this.#take(/^\?<?[=!]/)?.[0];
    const flags = look === undefined ? this.#take(/^\?([imsx]*)(?:-([imsx]+))?:/) : undefined;
    const name =
      look === undefined && flags === undefined ? this.#take(/^\?(?:P?<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)')/) : undefined;
    if (look === undefined && flags === undefined && name === undefined && this.#char === '?')
      return this.#fail('unrecognized character after (? or (?-');
    const index = look === undefined && flags === undefined ? this.#newGroup(name?.[1] ?? name?.[2]) : undefined;
    const outer = this.#flags;
    if (flags !== undefined) this.#setFlags(flags[1], flags[2]);
    const body = this.#choice();
    this.#flags = outer;
    if (this.#take(/^\)/) === undefined) return this.#fail('missing closing parenthesis');
    if (look?.startsWith('?<') === true && !hasFixedLength(body))
      return this.#fail('lookbehind assertion is not fixed length');
    if (look !== undefined) return { type: 'look', kind: look, body };
    const named = name?.[1] ?? name?.[2];
    return { type: 'group', index, body, ...(named === undefined ? {} : { name: named }) };
  }

  #newGroup(name: string | undefined): number {
    this.#groups += 1;
    this.#numbers.push(this.#groups);
    if (name !== undefined) this.#names.set(name, this.#groups);
    return this.#groups;
  }

  #escape(): Node {
    const same = this.#take(SAME)?.[0];
    if (same !== undefined) return this.#cased(same);
    const hex = this.#take(/^\\x\{([0-9A-Fa-f]+)\}/)?.[1];
    if (hex !== undefined) return this.#cased(`\\u{${hex}}`);
    const number = this.#take(/^\\(?:g\{?)?([1-9])\}?/)?.[1];
    if (number !== undefined) return this.#reference(this.#numbers[Number(number) - 1]);
    const name = this.#take(/^\\[kg][<{']([A-Za-z_]\w*)[>}']/)?.[1];
    if (name !== undefined) return this.#reference(this.#names.get(name));
    if (this.#take(/^\\K/) !== undefined) {
      if (this.#keeps) return this.#lack('\\K');
      this.#keeps = true;
      this.#groups += 1;
      return { type: 'group', index: this.#groups, name: KEEP, body: { type: 'sequence', items: [] } };
    }
    const char = this.#take(/^\\([^])/u)?.[1];
    if (char === undefined) return this.#fail('\\ at end of pattern');
    const known = ESCAPES[char];
    if (known !== undefined) return known;
    if (/[RXGC]/.test(char)) return this.#lack(`\\${char}`);
    return /\w/.test(char) ? this.#fail('unrecognized character follows \\') : this.#literal(char);
  }

  #reference(index: number | undefined): Node {
    return index === undefined ? this.#fail('reference to non-existent subpattern') : { type: 'back-reference', index };
  }

  get #char(): string {
    return this.#source.charAt(this.#at);
  }

  #take(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#source.slice(this.#at));
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }

  #fail(fault: string): Node {
    this.#problem ??= { type: 'malformed', fault };
    return { type: 'sequence', items: [] };
  }
  #lack(part: string): Node {
    this.#problem ??= { type: 'absent', part };
    return { type: 'sequence', items: [] };
  }
}

/** A bracket expression as RegExp's `u` mode has it: nothing is escaped in vain. */
function setSource(bracket: string): string {
  const [, negation = '', body = ''] = /^\[(\^?)([^]*)\]$/.exec(bracket) ?? [];
  const inside = body.replace(
    /\[:(\w+):\]|\\([hH])|(\\(?:[dDwWsSntrfvb0]|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[pP]\{[^}]*\}))|\\x\{(\w+)\}|\\([^])|([[\]^])/g,
    (_, name?: string, blank?: string, same?: string, hex?: string, quoted?: string, special?: string) => {
      if (name !== undefined) return CHARACTER_CLASSES[name] ?? '';
      if (blank !== undefined) return ' \\t';
      if (hex !== undefined) return `\\u{${hex}}`;
      return same ?? `\\${quoted ?? special ?? ''}`.replace(/\\([^\\\]^[/-])/, '$1');
    },
  );
  return `[${negation}${inside}]`;
}
