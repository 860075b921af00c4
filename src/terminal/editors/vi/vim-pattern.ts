/** vim's regular expressions (magic, \v, \V, \c) as JavaScript's. Leaves out \@ look-around, \%[], composing characters. */
import { escapeRegExp } from '../../shell/expand/pattern.ts';

const CLASSES: Readonly<Record<string, string>> = {
  s: '[ \\t]',
  S: '[^ \\t]',
  d: '[0-9]',
  D: '[^0-9]',
  w: '[0-9A-Za-z_]',
  W: '[^0-9A-Za-z_]',
  a: '[A-Za-z]',
  A: '[^A-Za-z]',
  l: '[a-z]',
  L: '[^a-z]',
  u: '[A-Z]',
  U: '[^A-Z]',
  h: '[A-Za-z_]',
  H: '[^A-Za-z_]',
  x: '[0-9A-Fa-f]',
  X: '[^0-9A-Fa-f]',
  o: '[0-7]',
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

/** Characters that mean something without a backslash. */
const MAGIC = { v: '.*[~^$(){}|+?=@<>%&', m: '.*[~^$', M: '^$', V: '' } as const;
type Level = keyof typeof MAGIC;

interface Part {
  readonly char: string;
  /** Whether it stands for itself. */
  readonly plain: boolean;
}

const cache = new Map<string, RegExp | undefined>();

/** The expression, matching everywhere in a line; undefined where it is malformed. */
export function vimRegExp(
  pattern: string,
  options: { readonly ignoreCase: boolean; readonly smartCase: boolean },
): RegExp | undefined {
  const key = `${String(options.ignoreCase)}${String(options.smartCase)}${pattern}`;
  if (!cache.has(key)) {
    if (cache.size > 200) cache.clear();
    cache.set(key, compile(pattern, options));
  }
  const found = cache.get(key);
  if (found !== undefined) found.lastIndex = 0;
  return found;
}

function compile(
  pattern: string,
  { ignoreCase, smartCase }: { readonly ignoreCase: boolean; readonly smartCase: boolean },
): RegExp | undefined {
  const asked = /(?:^|[^\\])(?:\\\\)*\\([cC])/.exec(pattern)?.[1];
  const folds = asked === undefined ? ignoreCase && !(smartCase && /(?:^|[^\\])[A-Z]/.test(pattern)) : asked === 'c';
  try {
    return new RegExp(source(pattern), `gu${folds ? 'i' : ''}`);
  } catch {
    return undefined;
  }
}

/** Each character with whether it stands for itself, by the level that \v \m \M \V have set. */
function partsOf(pattern: string): readonly Part[] {
  const parts: Part[] = [];
  let level: Level = 'm';
  const chars = [...pattern];
  for (let at = 0; at < chars.length; at += 1) {
    const char = chars[at] ?? '';
    if (char !== '\\') {
      parts.push({ char, plain: !MAGIC[level].includes(char) });
      continue;
    }
    at += 1;
    const escaped = chars[at] ?? '\\';
    if (escaped === 'v' || escaped === 'm' || escaped === 'M' || escaped === 'V') level = escaped;
    else if (/[cC]/.test(escaped)) continue;
    else if (/[a-zA-Z0-9]/.test(escaped)) parts.push({ char: `\\${escaped}`, plain: false });
    // A backslash turns the meaning of a sign round.
    else parts.push({ char: escaped, plain: MAGIC[level].includes(escaped) || escaped === '\\' || escaped === '/' });
  }
  return parts;
}

function source(pattern: string): string {
  const parts = partsOf(pattern);
  let out = '';
  let prefix = '';
  for (let at = 0; at < parts.length; at += 1) {
    const { char, plain } = parts[at] ?? { char: '', plain: true };
    if (plain) {
      out += escapeRegExp(char);
      continue;
    }
    if (char === '[') {
      const rest = parts
        .slice(at)
        .map((part) => part.char)
        .join('');
      const length = bracketLength(rest);
      out += length === 0 ? '\\[' : bracket(rest.slice(1, length - 1));
      let taken = 0;
      if (length === 0) continue;
      while (taken < length) {
        taken += parts[at]?.char.length ?? 1;
        at += 1;
      }
      at -= 1;
    } else if (char === '{') {
      const rest = parts
        .slice(at + 1)
        .map((part) => part.char)
        .join('');
      const [whole = '', lazy = '', low = '', comma, high = ''] = /^(-?)(\d*)(,?)(\d*)\\?\}/.exec(rest) ?? [];
      out +=
        (low === '' && high === '' ? '*' : `{${low === '' ? '0' : low}${comma === ',' ? `,${high}` : ''}}`) +
        (lazy === '' ? '' : '?');
      let left = whole.length;
      while (left > 0) {
        at += 1;
        left -= parts[at]?.char.length ?? 1;
      }
    } else if (char === '\\z') {
      at += 1;
      const which = parts[at]?.char;
      if (which === 's') {
        prefix = `(?<=${out})`;
        out = '';
      } else out += which === 'e' ? '(?=' : '';
      if (which === 'e') return `${prefix}${out}${source(pattern.slice(pattern.indexOf('\\ze') + 3))})`;
    } else
      out += meaning(
        char,
        out === '' || /(?:^|[^\\])(?:\(|\|)$/.test(out),
        at === parts.length - 1 || ['|', ')'].includes(parts[at + 1]?.char ?? ''),
      );
  }
  return prefix + out;
}

function bracketLength(text: string): number {
  const end = /^\[\^?\]?(?:\[:\w+:\]|\\[\]\\^-]|[^\]])*\]/.exec(text);
  return end?.[0].length ?? 0;
}

const NAMED: Readonly<Record<string, string>> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: '0-9A-Za-z',
  lower: 'a-z',
  upper: 'A-Z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
};

/** What is between brackets. */
function bracket(text: string): string {
  const negated = text.startsWith('^');
  const body = (negated ? text.slice(1) : text).replace(
    /\[:(\w+):\]|\\([etrbn\]\\^-])|([[\]\\^])/g,
    (whole, name: string | undefined, escaped: string | undefined, sign: string | undefined) =>
      name !== undefined
        ? (NAMED[name] ?? '')
        : escaped !== undefined
          ? /[etrbn]/.test(escaped)
            ? (CLASSES[escaped] ?? '')
            : `\\${escaped}`
          : sign !== undefined
            ? `\\${sign}`
            : whole,
  );
  return `[${negated ? '^' : ''}${body}]`;
}

function meaning(char: string, first: boolean, last: boolean): string {
  if (char.startsWith('\\')) {
    const letter = char.slice(1);
    return /\d/.test(letter) ? `\\${letter}` : (CLASSES[letter] ?? escapeRegExp(letter));
  }
  switch (char) {
    case '^':
      return first ? '^' : '\\^';
    case '$':
      return last ? '$' : '\\$';
    case '*':
      return first ? '\\*' : '*';
    case '<':
      return `(?<!${WORD})(?=${WORD})`;
    case '>':
      return `(?<=${WORD})(?!${WORD})`;
    case '=':
      return '?';
    case '(':
    case ')':
    case '|':
    case '+':
    case '?':
    case '.':
      return char;
    default:
      return escapeRegExp(char);
  }
}
