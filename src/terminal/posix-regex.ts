/**
 * Regular expressions of POSIX with GNU's extensions. A match is the leftmost and of those the longest, and no search takes
 * longer than its bound (docs/adr/0008-regular-expressions-have-an-end.md).
 */
import { BoundedRegExp } from './posix-regex/bounded.ts';
import { parsePerl } from './posix-regex/perl.ts';
import { parsePosix, wholly, type Whole } from './posix-regex/parse.ts';
import type { Node } from './posix-regex/syntax.ts';

export { regexFault } from './posix-regex/fault.ts';
export type { Whole } from './posix-regex/parse.ts';
export { RegexBound } from './posix-regex/steps.ts';

export interface RegexOptions {
  readonly extended: boolean;
  readonly ignoreCase?: boolean;
  readonly global?: boolean;
  /** `^` and `$` match at lines inside the text. */
  readonly multiline?: boolean;
  /** Only whole words or whole lines match. */
  readonly whole?: Whole | undefined;
  /** The first alternative that matches is taken, as in vim, not the longest. */
  readonly firstAlternative?: boolean;
}

const cache = new Map<string, RegExp | undefined>();
const CACHE_LIMIT = 500;

/** A compiled expression, or several of which one has to match; undefined where one is malformed. */
export function posixRegExp(sources: string | readonly string[], options: RegexOptions): RegExp | undefined {
  const flags = `u${options.ignoreCase === true ? 'i' : ''}${options.global === true ? 'g' : ''}${options.multiline === true ? 'm' : 's'}`;
  const kind = `${options.extended ? 'e' : 'b'}${options.whole ?? ''}${options.firstAlternative === true ? '1' : ''}`;
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
    const node = parsePosix(source, options.extended);
    if (node === undefined) return undefined;
    branches.push(node);
  }
  const any: Node = branches.length === 1 && branches[0] !== undefined ? branches[0] : { type: 'choice', branches };
  const node = options.whole === undefined ? any : wholly(any, options.whole);
  return BoundedRegExp.of(node, flags, options.firstAlternative === true ? 'first' : 'longest');
}

/** As `posixRegExp`, for expressions as Perl writes them. Flags are those of RegExp. */
export function perlRegExp(source: string, flags: string): RegExp | undefined {
  const node = parsePerl(source);
  return node === undefined ? undefined : BoundedRegExp.of(node, flags, 'first');
}
