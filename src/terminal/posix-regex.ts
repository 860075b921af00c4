/**
 * Regular expressions of POSIX with GNU's extensions. A match is the leftmost and of those the longest, and no search takes
 * longer than its bound (docs/adr/0008-regular-expressions-have-an-end.md).
 */
import { charsetOf, localeName } from './locale-name.ts';
import { BoundedRegExp } from './posix-regex/bounded.ts';
import { parsePerl } from './posix-regex/perl.ts';
import { parsePosix, wholly, type Syntax, type Whole } from './posix-regex/parse.ts';
import type { Node } from './posix-regex/syntax.ts';

export { CLASS_SYNTAX } from './posix-regex/bracket.ts';
export { strayQuantifiers, type Syntax, type Whole } from './posix-regex/parse.ts';
export { RegexBound } from './posix-regex/steps.ts';

export interface RegexOptions extends Syntax {
  readonly ignoreCase?: boolean;
  readonly global?: boolean;
  /** `^` and `$` match at lines inside the text. */
  readonly multiline?: boolean;
  /** Only whole words or whole lines match. */
  readonly whole?: Whole | undefined;
  /** The first alternative that matches is taken, as in vim, not the longest. */
  readonly firstAlternative?: boolean;
}

/** The locale that a program's environment names; undefined for C, where bytes are in order. */
export const localeOf = (env: Readonly<Record<string, string | undefined>>): Syntax['locale'] =>
  charsetOf(localeName(env, 'LC_COLLATE')) === 'utf-8' ? 'C.UTF-8' : undefined;

/** Why none was made of these, in the C library's words. */
export function regexFault(sources: string | readonly string[], options: RegexOptions): string {
  for (const source of typeof sources === 'string' ? [sources] : sources) {
    const parsed = parsePosix(source, options);
    if (parsed.type === 'malformed') return parsed.fault;
  }
  return 'Regular expression too big';
}

const cache = new Map<string, RegExp | undefined>();
const CACHE_LIMIT = 500;

/** A compiled expression, or several of which one has to match; undefined where one is malformed. */
export function posixRegExp(sources: string | readonly string[], options: RegexOptions): RegExp | undefined {
  const flags = `u${options.ignoreCase === true ? 'i' : ''}${options.global === true ? 'g' : ''}${options.multiline === true ? 'm' : 's'}`;
  const kind = `${options.extended ? 'e' : 'b'}${options.dialect ?? ''}${options.locale ?? ''}${options.whole ?? ''}${options.firstAlternative === true ? '1' : ''}`;
  const key = `${kind}${flags}:${typeof sources === 'string' ? sources : sources.join('\n')}`;
  if (!cache.has(key)) {
    if (cache.size > CACHE_LIMIT) cache.clear();
    cache.set(key, compile(typeof sources === 'string' ? [sources] : sources, options, flags));
  }
  const known = cache.get(key);
  if (known !== undefined) known.lastIndex = 0;
  return known;
}

function compile(sources: readonly string[], options: RegexOptions, flags: string): RegExp | undefined {
  const branches: Node[] = [];
  for (const source of sources) {
    const node = parsePosix(source, options);
    if (node.type === 'malformed') return undefined;
    branches.push(node);
  }
  const any: Node = branches.length === 1 && branches[0] !== undefined ? branches[0] : { type: 'choice', branches };
  const node = options.whole === undefined ? any : wholly(any, options.whole);
  return BoundedRegExp.of(node, flags, options.firstAlternative === true ? 'first' : 'longest');
}

/** As `posixRegExp`, for expressions as Perl writes them. Flags are those of RegExp. */
export function perlRegExp(source: string, flags: string): RegExp | undefined {
  const node = parsePerl(source);
  return node.type === 'malformed' || node.type === 'absent' ? undefined : BoundedRegExp.of(node, flags, 'first');
}

/** Why there is none: PCRE's words, or the part that is not simulated. */
export function perlFault(source: string): { readonly fault: string } | { readonly absent: string } {
  const parsed = parsePerl(source);
  if (parsed.type === 'absent') return { absent: parsed.part };
  return { fault: parsed.type === 'malformed' ? parsed.fault : 'regular expression is too large' };
}
