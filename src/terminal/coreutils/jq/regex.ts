/** Regular expressions of jq (Oniguruma's, as far as Perl's are the same). */
import { perlRegExp } from '../../posix-regex.ts';
import { named } from './arithmetic.ts';
import type { Json } from './json.ts';
import { fail } from './paths.ts';

function compile(
  regex: Json,
  flags: Json,
): { readonly expression: RegExp; readonly all: boolean; readonly notEmpty: boolean } {
  if (typeof regex !== 'string') return fail(`${named(regex)} cannot be matched, as it is not a string`);
  if (flags !== null && typeof flags !== 'string') return fail(`${named(flags)} is not a string`);
  const letters = flags ?? '';
  const unknown = /[^gimnpslx]/.exec(letters);
  if (unknown !== null) return fail(`${letters} is not a valid modifier string`);
  const source = letters.includes('x')
    ? regex.replace(/\\.|\s+|#.*/g, (part) => (part.startsWith('\\') ? part : ''))
    : regex;
  const own = `gdu${letters.includes('i') ? 'i' : ''}${/[sp]/.test(letters) ? 's' : ''}`;
  const expression = perlRegExp(source, own);
  if (expression === undefined) return fail(`${regex} (at offset 0) is not a valid regex`);
  return { expression, all: letters.includes('g'), notEmpty: letters.includes('n') };
}

/** The matches of a text as `match` gives them: offset and length in code points. */
export function matchAll(value: Json, pattern: Json, flags: Json): readonly Json[] {
  const [regex, modifiers] = Array.isArray(pattern)
    ? [pattern[0] as Json, (pattern[1] ?? flags) as Json]
    : [pattern, flags];
  if (typeof value !== 'string') return fail(`${named(value)} cannot be matched, as it is not a string`);
  const { expression, all, notEmpty } = compile(regex, modifiers);
  const found: Json[] = [];
  for (const match of value.matchAll(expression)) {
    if (notEmpty && match[0] === '') continue;
    found.push(describeMatch(value, match));
    if (!all) break;
  }
  return found;
}

function describeMatch(text: string, match: RegExpExecArray): Json {
  const points = (units: number): number => [...text.slice(0, units)].length;
  const names = Object.keys(match.groups ?? {});
  const named = namesByGroup(match, names);
  const captures = match.slice(1).map((group: string | undefined, at): Json => {
    const start = match.indices?.[at + 1]?.[0];
    return new Map<string, Json>([
      ['offset', group === undefined || start === undefined ? -1 : points(start)],
      ['length', group === undefined ? 0 : [...group].length],
      ['string', group ?? null],
      ['name', named[at] ?? null],
    ]);
  });
  return new Map<string, Json>([
    ['offset', points(match.index)],
    ['length', [...match[0]].length],
    ['string', match[0]],
    ['captures', captures],
  ]);
}

/** The name of each group, by where the groups were found. */
function namesByGroup(match: RegExpExecArray, names: readonly string[]): readonly (string | undefined)[] {
  const left = [...names];
  return match.slice(1).map((group: string | undefined, at) => {
    const place = match.indices?.[at + 1];
    const index = left.findIndex((name) => {
      const own = match.indices?.groups?.[name];
      return match.groups?.[name] === group && own?.[0] === place?.[0] && own?.[1] === place?.[1];
    });
    return index < 0 ? undefined : left.splice(index, 1)[0];
  });
}

export function splitBy(value: Json, regex: Json, flags: Json): Json {
  if (typeof value !== 'string') return fail(`${named(value)} cannot be matched, as it is not a string`);
  const { expression } = compile(regex, flags);
  const parts: string[] = [];
  let from = 0;
  for (const match of value.matchAll(expression)) {
    parts.push(value.slice(from, match.index));
    from = match.index + match[0].length;
  }
  return [...parts, value.slice(from)];
}
