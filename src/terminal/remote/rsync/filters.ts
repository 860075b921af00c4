/**
 * rsync's --exclude, --include and --filter: which names of the list take part.
 * Leaves out: rules that directories bring themselves (dir-merge, -F, -C) and the modifiers of a rule.
 */

export interface FilterRule {
  readonly include: boolean;
  readonly pattern: string;
  /** The end that minds the rule; both without it. */
  readonly side?: 'sender' | 'receiver';
}

/** A rule as an option's value or a line of a file writes it: `- x` and `+ x` say themselves what they do. */
export function filterRule(text: string, include: boolean): FilterRule {
  const own = /^([-+]) (.*)$/s.exec(text);
  return own === null ? { include, pattern: text } : { include: own[1] === '+', pattern: own[2] ?? '' };
}

/** Rules of a file of --exclude-from or --include-from. */
export const filterRules = (text: string, include: boolean): readonly FilterRule[] =>
  ruleLines(text).map((line) => filterRule(line, include));

/** The lines of a file of rules. */
export const ruleLines = (text: string): readonly string[] =>
  text.split('\n').filter((line) => line.trim() !== '' && !/^[;#]/.test(line));

const RULE_NAMES: Readonly<Record<string, Omit<FilterRule, 'pattern'>>> = {
  '-': { include: false },
  exclude: { include: false },
  '+': { include: true },
  include: { include: true },
  H: { include: false, side: 'sender' },
  hide: { include: false, side: 'sender' },
  S: { include: true, side: 'sender' },
  show: { include: true, side: 'sender' },
  P: { include: false, side: 'receiver' },
  protect: { include: false, side: 'receiver' },
  R: { include: true, side: 'receiver' },
  risk: { include: true, side: 'receiver' },
};

/** What one --filter asks for. */
export type FilterWord =
  | { readonly type: 'rule'; readonly rule: FilterRule }
  | { readonly type: 'merge'; readonly file: string }
  | { readonly type: 'absent'; readonly name: string }
  | { readonly type: 'unknown' };

export function parseFilter(text: string): FilterWord {
  const [, name = '', pattern = ''] = /^([-+.:HSPR]|[a-z-]+)[ _](.+)$/s.exec(text) ?? [];
  const known = RULE_NAMES[name];
  if (known !== undefined) return { type: 'rule', rule: { ...known, pattern } };
  if (name === '.' || name === 'merge') return { type: 'merge', file: pattern };
  if (name === ':' || name === 'dir-merge' || /^[-+.:HSPR!],?[!/sCrpx]/.test(text))
    return { type: 'absent', name: text };
  return { type: 'unknown' };
}

/** The first rule of an end that matches a name of the list. */
function decidingRule(
  rules: readonly FilterRule[],
  name: string,
  directory: boolean,
  end: 'sender' | 'receiver',
): FilterRule | undefined {
  return rules.find(({ pattern, side }) => (side ?? end) === end && matches(pattern, name, directory));
}

/** The pattern that hides a name from the sender. */
export function hidingPattern(rules: readonly FilterRule[], name: string, directory: boolean): string | undefined {
  const rule = decidingRule(rules, name, directory, 'sender');
  return rule === undefined || rule.include ? undefined : rule.pattern;
}

/** Whether the receiver keeps a name that the sender has not. */
export const isProtected = (rules: readonly FilterRule[], name: string, directory: boolean): boolean =>
  decidingRule(rules, name, directory, 'receiver')?.include === false;

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
