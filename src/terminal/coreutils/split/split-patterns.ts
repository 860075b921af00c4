/** The patterns of csplit: where a file is cut, and how often. */
import { posixRegExp } from '../../posix-regex.ts';

export type SplitPattern = { readonly repeat: number } & (
  | { readonly type: 'line'; readonly line: number }
  | {
      readonly type: 'match';
      readonly regex: RegExp;
      readonly offset: number;
      /** What comes before it is not written. */
      readonly isSkipped: boolean;
      readonly text: string;
    }
);

type Patterns =
  | { readonly type: 'patterns'; readonly patterns: readonly SplitPattern[]; readonly warnings: readonly string[] }
  | { readonly type: 'problem'; readonly problem: string };

const problem = (text: string): { readonly type: 'problem'; readonly problem: string } => ({
  type: 'problem',
  problem: text,
});
const quoted = (text: string): string => `\u2018${text}\u2019`;

export function parsePatterns(given: readonly string[]): Patterns {
  const patterns: SplitPattern[] = [];
  const warnings: string[] = [];
  let last = 0;
  for (let at = 0; at < given.length; at += 1) {
    const text = given[at] ?? '';
    const parsed = /^[/%]/.test(text) ? matchOf(text) : lineOf(text);
    if (parsed.type === 'problem') return parsed;
    const following = given[at + 1];
    const repeat = following?.startsWith('{') === true ? repeatOf(following) : 0;
    if (typeof repeat === 'string') return problem(repeat);
    if (following?.startsWith('{') === true) at += 1;
    if (parsed.type === 'line') {
      if (parsed.line < last) return problem(smaller(text, last));
      if (parsed.line === last) warnings.push(`line number ${quoted(text)} is the same as preceding line number`);
      last = parsed.line;
    }
    patterns.push({ ...parsed, repeat });
  }
  return { type: 'patterns', patterns, warnings };
}

const smaller = (text: string, last: number): string =>
  `line number ${quoted(text)} is smaller than preceding line number, ${String(last)}`;

type Parsed = SplitPattern | { readonly type: 'problem'; readonly problem: string };

function lineOf(text: string): Parsed {
  if (!/^\d+$/.test(text)) return problem(`${quoted(text)}: invalid pattern`);
  const line = Number(text);
  return line === 0 ? problem(`${text}: line number must be greater than zero`) : { type: 'line', line, repeat: 0 };
}

function matchOf(text: string): Parsed {
  const delimiter = text.charAt(0);
  const end = text.lastIndexOf(delimiter);
  if (end === 0) return problem(`${text}: closing delimiter '${delimiter}' missing`);
  const offset = text.slice(end + 1);
  if (offset !== '' && !/^[-+]?\d+$/.test(offset)) return problem(`${quoted(text)}: integer expected after delimiter`);
  const regex = posixRegExp(text.slice(1, end), { extended: false });
  if (regex === undefined) return problem(`${quoted(text)}: invalid regular expression: Invalid regular expression`);
  return { type: 'match', regex, offset: Number(offset), isSkipped: delimiter === '%', text, repeat: 0 };
}

/** How often a pattern is used once more, or what is wrong with the text. */
function repeatOf(text: string): number | string {
  if (!text.endsWith('}')) return `${quoted(text)}: '}' is required in repeat count`;
  const count = text.slice(1, -1);
  if (count === '*') return Infinity;
  return /^\d+$/.test(count) ? Number(count) : `${quoted(text.slice(0, -1))}}: integer required between '{' and '}'`;
}
