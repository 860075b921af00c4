/** rsync's --exclude and --include: which names of the list take part. */

export interface FilterRule {
  readonly include: boolean;
  readonly pattern: string;
}

/** A rule as an option's value or a line of a file writes it: `- x` and `+ x` say themselves what they do. */
export function filterRule(text: string, include: boolean): FilterRule {
  const own = /^([-+]) (.*)$/s.exec(text);
  return own === null ? { include, pattern: text } : { include: own[1] === '+', pattern: own[2] ?? '' };
}

/** Rules of a file of --exclude-from or --include-from. */
export const filterRules = (text: string, include: boolean): readonly FilterRule[] =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^[;#]/.test(line))
    .map((line) => filterRule(line, include));

/** Whether the first rule that matches a name of the list excludes it. */
export function isExcluded(rules: readonly FilterRule[], name: string, directory: boolean): boolean {
  const rule = rules.find(({ pattern }) => matches(pattern, name, directory));
  return rule !== undefined && !rule.include;
}

/** A leading slash ties a pattern to the top of the transfer, one at the end asks for a directory. */
function matches(pattern: string, name: string, directory: boolean): boolean {
  if (pattern.endsWith('/') && !directory) return false;
  const bare = pattern.replace(/\/+$/, '');
  const anchored = bare.startsWith('/');
  const text = anchored ? bare.slice(1) : bare;
  const subject = !anchored && !text.includes('/') && !text.includes('**') ? name.replace(/^.*\//s, '') : name;
  return new RegExp(`${anchored ? '^' : '(?:^|/)'}${expressionOf(text)}$`, 's').test(subject);
}

/** `*` stops at a slash, `**` does not, and a final `/***` also means the directory itself. */
function expressionOf(pattern: string): string {
  if (pattern.endsWith('/***')) return `${expressionOf(pattern.slice(0, -4))}(?:/.*)?`;
  return pattern.replace(
    /\\(.)|(\*\*+)|(\*)|(\?)|\[(!|\^)?((?:\]|[^\]])[^\]]*)\]|([.+^${}()|[\]\\])/gs,
    (
      whole: string,
      escaped?: string,
      far?: string,
      near?: string,
      one?: string,
      not?: string,
      set?: string,
      special?: string,
    ) => {
      if (escaped !== undefined) return `\\${escaped}`.replace(/^\\(\w)$/, '$1');
      if (far !== undefined) return '.*';
      if (near !== undefined) return '[^/]*';
      if (one !== undefined) return '[^/]';
      if (set !== undefined) return `[${not === undefined ? '' : '^'}${set.replace(/[\\[\]]/g, '\\$&')}]`;
      return special === undefined ? whole : `\\${special}`;
    },
  );
}
