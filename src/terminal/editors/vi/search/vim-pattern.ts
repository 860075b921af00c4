/**
 * vim's regular expressions: magic, \v \M \V, \c, \zs and \ze, \{-}, \@= \@! \@<= \@<!. A search ends (docs/adr/0008).
 * Leaves out: \%[] and other items of \%, \& and \@>, \_x, ~: a pattern with one of the first four finds nothing.
 */
import { escapeRegExp } from '../../../shell/expand/pattern.ts';
import { BoundedRegExp } from '../../../posix-regex/bounded.ts';
import { nodesOf, type Node } from '../../../posix-regex/syntax.ts';
import { vimBracket } from './vim-bracket.ts';

const CLASSES: Readonly<Record<string, string>> = {
  s: '[ \\t]',
  S: '[^ \\t\\n]',
  d: '[0-9]',
  D: '[^0-9\\n]',
  w: '[0-9A-Za-z_]',
  W: '[^0-9A-Za-z_\\n]',
  a: '[A-Za-z]',
  A: '[^A-Za-z\\n]',
  l: '[a-z]',
  L: '[^a-z\\n]',
  u: '[A-Z]',
  U: '[^A-Z\\n]',
  h: '[A-Za-z_]',
  H: '[^A-Za-z_\\n]',
  x: '[0-9A-Fa-f]',
  X: '[^0-9A-Fa-f\\n]',
  o: '[0-7]',
  O: '[^0-7\\n]',
  i: '[0-9A-Za-z_]',
  k: '[\\p{L}\\p{N}_]',
  f: '[0-9A-Za-z/.\\-_+,#$%~=]',
  p: '[^\\x00-\\x1f]',
  t: '\\t',
  e: '\\x1b',
  r: '\\r',
  b: '\\x08',
  n: '\\n',
};
const WORD = '[\\p{L}\\p{N}_]';
/** Words of one script end where another begins: Hangul, hiragana, katakana, Chinese signs, other letters. */
const SCRIPTS = ['\\uac00-\\ud7a3', '\\u3040-\\u309f', '\\u30a0-\\u30ff', '\\u3300-\\u9fff\\uf900-\\ufaff'];
const OF_ONE_SCRIPT = [...SCRIPTS.map((range) => `[${range}]`), `(?![${SCRIPTS.join('')}])${WORD}`];
const behind = (script: string): string =>
  script.startsWith('[') ? `(?<=${script})` : `(?<=${WORD})(?<![${SCRIPTS.join('')}])`;
const notBehind = (script: string): string =>
  script.startsWith('[') ? `(?<!${script})` : `(?:(?<!${WORD})|(?<=[${SCRIPTS.join('')}]))`;
const WORD_START = `(?:${OF_ONE_SCRIPT.map((script) => `${notBehind(script)}(?=${script})`).join('|')})`;
const WORD_END = `(?:${OF_ONE_SCRIPT.map((script) => `${behind(script)}(?!${script})`).join('|')})`;

/** Characters that mean something without a backslash; with one, the others of \v do. */
const MAGIC = { v: '.*[~^$(){}|+?=@<>%&', m: '.*[~^$', M: '^$', V: '' } as const;
type Level = keyof typeof MAGIC;
const isLevel = (letter: string): letter is Level => letter in MAGIC;

export interface VimCase {
  readonly ignoreCase: boolean;
  readonly smartCase: boolean;
  /** The text to be searched has several lines. */
  readonly acrossLines?: boolean;
}

const cache = new Map<string, RegExp | undefined>();

/** The expression, matching everywhere in a line; undefined where it is malformed. */
export function vimRegExp(pattern: string, options: VimCase): RegExp | undefined {
  const key = `${String(options.ignoreCase)}${String(options.smartCase)}${String(options.acrossLines ?? false)}${pattern}`;
  if (!cache.has(key)) {
    if (cache.size > 200) cache.clear();
    cache.set(key, compile(pattern, options));
  }
  const found = cache.get(key);
  if (found !== undefined) found.lastIndex = 0;
  return found;
}

/** What vim says of parentheses without their other half. */
export function patternFault(pattern: string): string | undefined {
  const very = pattern.startsWith('\\v');
  let depth = 0;
  for (const [mark] of pattern.replaceAll('\\%(', '\\(').matchAll(/\\[^]|[^]/gu)) {
    if (mark === (very ? '(' : '\\(')) depth += 1;
    else if (mark === (very ? ')' : '\\)')) depth -= 1;
    if (depth < 0) return `E55: Unmatched ${very ? '' : '\\'})`;
  }
  return depth > 0 ? `E54: Unmatched ${very ? '' : '\\'}(` : undefined;
}

function compile(pattern: string, { ignoreCase, smartCase, acrossLines }: VimCase): RegExp | undefined {
  const asked = /(?:^|[^\\])(?:\\\\)*\\([cC])/.exec(pattern)?.[1];
  const folds = asked === undefined ? ignoreCase && !(smartCase && /(?:^|[^\\])[A-Z]/.test(pattern)) : asked === 'c';
  const node = new Parser(pattern).whole();
  if (node === undefined || looksAtGroups(node)) return undefined;
  try {
    return BoundedRegExp.of(node, `gu${acrossLines === true ? 'm' : ''}${folds ? 'i' : ''}`, 'first');
  } catch {
    // A range the wrong way round.
    return undefined;
  }
}

/** A look around is matched apart from the groups outside it. */
const looksAtGroups = (node: Node): boolean =>
  [...nodesOf(node)].some(
    (part) => part.type === 'look' && [...nodesOf(part.body)].some(({ type }) => type === 'back-reference'),
  );

/** A character, or `\x` for a letter or digit behind a backslash. */
interface Token {
  readonly text: string;
  /** Whether it means something else than itself. */
  readonly special: boolean;
  readonly length: number;
}

class Parser {
  readonly #source: string;
  #at = 0;
  #level: Level = 'm';
  #groups = 0;
  /** Groups that are closed: only these can be referred to. */
  readonly #closed = new Set<number>();
  #malformed = false;

  constructor(source: string) {
    this.#source = source;
  }

  whole(): Node | undefined {
    const node = this.#choice();
    return this.#malformed || this.#peek() !== undefined ? undefined : node;
  }

  #choice(): Node {
    const branches = [this.#sequence()];
    while (this.#takeSpecial('|')) branches.push(this.#sequence());
    return branches.length === 1 && branches[0] !== undefined ? branches[0] : { type: 'choice', branches };
  }

  #sequence(): Node {
    let items: Node[] = [];
    while (!this.#malformed && !this.#endsBranch()) {
      if (this.#takeSpecial('\\z')) {
        const part: Node = { type: 'sequence', items };
        if (this.#takeText(/^s/) !== undefined) items = [{ type: 'look', kind: '?<=', body: part }];
        else if (this.#takeText(/^e/) === undefined) return this.#fail();
        else return { type: 'sequence', items: [...items, { type: 'look', kind: '?=', body: this.#sequence() }] };
      } else items.push(this.#repeated(this.#item(items.length === 0)));
    }
    return items.length === 1 && items[0] !== undefined ? items[0] : { type: 'sequence', items };
  }

  #repeated(atom: Node): Node {
    if (atom.type === 'assertion') return atom;
    let body: Node = atom;
    while (!this.#malformed) {
      if (this.#takeSpecial('*')) body = { type: 'repeat', body, min: 0, max: Infinity };
      else if (this.#takeSpecial('+')) body = { type: 'repeat', body, min: 1, max: Infinity };
      else if (this.#takeSpecial('=') || this.#takeSpecial('?')) body = { type: 'repeat', body, min: 0, max: 1 };
      else if (this.#takeSpecial('{')) body = this.#interval(body);
      else if (this.#takeSpecial('@')) body = this.#look(body);
      else break;
    }
    return body;
  }

  /** {n,m} and, as few as possible, {-n,m}; a number that is left out does not bound. */
  #interval(body: Node): Node {
    const [whole, lazy, from = '', comma, to = ''] = this.#takeText(/^(-?)(\d*)(,?)(\d*)\\?\}/) ?? [];
    if (whole === undefined) return this.#fail();
    const exact = comma === '' && from !== '';
    const [low, high] = [Number(from), exact ? Number(from) : to === '' ? Infinity : Number(to)];
    // The numbers may stand the wrong way round.
    return { type: 'repeat', body, min: Math.min(low, high), max: Math.max(low, high), lazy: lazy === '-' };
  }

  #look(body: Node): Node {
    const [, behind, sign] = this.#takeText(/^(?:\d*(<))?([=!])/) ?? [];
    return sign === undefined ? this.#fail() : { type: 'look', kind: `?${behind ?? ''}${sign}`, body };
  }

  #item(first: boolean): Node {
    const token = this.#peek();
    if (token === undefined) return this.#fail();
    const { text, special } = token;
    if (special && text === '[') return this.#bracket();
    this.#at += token.length;
    if (!special) return literal(text);
    if (text.startsWith('\\')) return this.#letter(text.slice(1));
    switch (text) {
      case '^':
        return first ? { type: 'assertion', source: '^' } : literal(text);
      case '$':
        return this.#endsBranch() ? { type: 'assertion', source: '$' } : literal(text);
      case '<':
        return { type: 'assertion', source: WORD_START };
      case '>':
        return { type: 'assertion', source: WORD_END };
      case '.':
        return { type: 'character', source: '.' };
      case '(':
        this.#groups += 1;
        return this.#group(this.#groups);
      case '%':
        return this.#takeText(/^\(/) === undefined ? this.#fail() : this.#group(undefined);
      case '*':
      case '~':
      case '}':
        return literal(text);
      default:
        return this.#fail();
    }
  }

  #group(index: number | undefined): Node {
    const body = this.#choice();
    if (!this.#takeSpecial(')')) return this.#fail();
    if (index !== undefined) this.#closed.add(index);
    return { type: 'group', index, body };
  }

  #letter(letter: string): Node {
    if (/[1-9]/.test(letter))
      return this.#closed.has(Number(letter)) ? { type: 'back-reference', index: Number(letter) } : this.#fail();
    const source = CLASSES[letter];
    return source === undefined ? literal(letter) : { type: 'character', source };
  }

  /** Without its end a bracket stands for itself. */
  #bracket(): Node {
    const { length, source } = vimBracket(this.#source.slice(this.#source.indexOf('[', this.#at))) ?? {
      length: 1,
      source: '\\[',
    };
    this.#at = this.#source.indexOf('[', this.#at) + length;
    return { type: 'character', source };
  }

  #endsBranch(): boolean {
    const token = this.#peek();
    return token === undefined || (token.special && (token.text === '|' || token.text === ')'));
  }

  #takeSpecial(text: string): boolean {
    const token = this.#peek();
    if (token?.special !== true || token.text !== text) return false;
    this.#at += token.length;
    return true;
  }

  #takeText(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.#source.slice(this.#at));
    if (found === null) return undefined;
    this.#at += found[0].length;
    return found;
  }

  /** What comes next; what sets the level or the case is passed over. */
  #peek(): Token | undefined {
    for (;;) {
      const setting = /^\\([vmMVcC])/.exec(this.#source.slice(this.#at))?.[1];
      if (setting === undefined) break;
      if (isLevel(setting)) this.#level = setting;
      this.#at += 2;
    }
    const [text, escaped] = /^\\([^])|^[^]/u.exec(this.#source.slice(this.#at)) ?? [];
    if (text === undefined) return undefined;
    const bare = MAGIC[this.#level];
    if (escaped === undefined) return { text, special: bare.includes(text), length: text.length };
    if (/[a-zA-Z0-9]/.test(escaped)) return { text, special: true, length: text.length };
    const special = MAGIC.v.includes(escaped) && !bare.includes(escaped);
    return { text: escaped, special, length: text.length };
  }

  #fail(): Node {
    this.#malformed = true;
    return { type: 'sequence', items: [] };
  }
}

const literal = (char: string): Node => ({ type: 'character', source: escapeRegExp(char) });
