/** Patterns of fnmatch(3) and of Go's path.Match: `*`, `?`, `[a-z]`, `[!a]`, backslash. */

/** A pattern that has no end, as `[a` or a backslash at the end, gives undefined: path.Match refuses it, fnmatch takes it literally. */
export function globRegExp(pattern: string, options: { readonly pathname?: true } = {}): RegExp | undefined {
  const any = options.pathname === true ? '[^/]' : '.';
  let source = '';
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern.charAt(i);
    if (char === '*') source += `${any}*`;
    else if (char === '?') source += any;
    else if (char === '[') {
      const end = pattern.indexOf(']', i + (/^\[[!^]?\]/.exec(pattern.slice(i))?.[0].length ?? 1));
      const set = end < 0 ? undefined : bracketOf(pattern.slice(i + 1, end));
      if (set === undefined) return undefined;
      source += set;
      i = end;
    } else if (char === '\\') {
      i += 1;
      if (i === pattern.length) return undefined;
      source += literal(pattern.charAt(i));
    } else source += literal(char);
  }
  return new RegExp(`^${source}$`, 's');
}

/** As fnmatch(3): what has no end stands for itself. */
export const fnmatchRegExp = (pattern: string): RegExp =>
  globRegExp(pattern) ?? new RegExp(`^${[...pattern].map(literal).join('')}$`, 's');

const literal = (char: string): string => char.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&');

/** A range that goes backwards is malformed. */
function bracketOf(content: string): string | undefined {
  const isNegated = /^[!^]/.test(content);
  const members = [...(isNegated ? content.slice(1) : content)];
  let source = '';
  for (let i = 0; i < members.length; i += 1) {
    const [low = '', dash, high] = members.slice(i, i + 3);
    if (dash !== '-' || high === undefined) source += literal(low);
    else if (low > high) return undefined;
    else {
      source += `${literal(low)}-${literal(high)}`;
      i += 2;
    }
  }
  return `[${isNegated ? '^' : ''}${source}]`;
}
