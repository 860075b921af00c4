/** What parameter expansion does with patterns: removes, replaces, changes the case of what matches. */
import { reversed, type Node } from '../../posix-regex/syntax.ts';
import type { Shell } from '../shell.ts';
import { characters, wholeText } from './characters.ts';
import { END, expressionOf, patternNode, patternRegExp, sequenceOf, START } from './pattern.ts';

const globbing = (shell: Shell): { readonly extglob: boolean } => ({
  extglob: shell.shopts.has('extglob') || shell.inTest,
});

/** `${v#pattern}`, `${v##pattern}`, `${v%pattern}`, `${v%%pattern}`. */
export function remover(shell: Shell, operator: string, pattern: string): (value: string) => string {
  const options = globbing(shell);
  const node = patternNode(pattern, options);
  const shortest = operator.length === 1;
  if (operator.startsWith('#')) {
    const prefix = expressionOf(sequenceOf(START, node), options, shortest);
    return (value) => value.slice(prefix.exec(value)?.[0].length ?? 0);
  }
  if (shortest) return shortestSuffix(node);
  const suffix = expressionOf(sequenceOf(node, END), options);
  return (value) => value.slice(0, suffix.exec(value)?.index ?? value.length);
}

/** The shortest end that matches is the shortest beginning of the text read backwards. */
function shortestSuffix(node: Node): (value: string) => string {
  const backwards = reversed(node);
  if (backwards === undefined) {
    const suffix = expressionOf(sequenceOf(START, node, END), {});
    return (value) => {
      let at = value.length;
      while (at >= 0 && !suffix.test(value.slice(at))) at -= 1;
      return at < 0 ? value : value.slice(0, at);
    };
  }
  const prefix = expressionOf(sequenceOf(START, backwards), {}, true);
  return (value) => {
    const found = prefix.exec([...value].reverse().join(''));
    return value.slice(0, value.length - (found?.[0].length ?? 0));
  };
}

/** `${v/pattern/text}` and its like. */
export function replacer(
  shell: Shell,
  operator: string,
  pattern: string,
  replacement: (matched: string) => string,
): (value: string) => string {
  if (pattern === '')
    return operator === '/#' || operator === '/%'
      ? (value) => (operator === '/#' ? replacement('') + value : value + replacement(''))
      : (value) => value;
  const options = { ...globbing(shell), ignoreCase: shell.shopts.has('nocasematch'), global: operator === '//' };
  const node = patternNode(pattern, options);
  if (operator === '/#' || operator === '/%') {
    const end = expressionOf(operator === '/#' ? sequenceOf(START, node) : sequenceOf(node, END), options);
    return (value) => value.replace(end, replacement);
  }
  if (options.extglob && pattern.includes('!('))
    return (value) => replaceLongest(value, wholeMatcher(node, options), operator === '//', replacement);
  const all = expressionOf(node, options);
  return (value) =>
    value.replace(all, (matched, ...rest) => {
      const at = rest.find((argument) => typeof argument === 'number') ?? 0;
      // bash looks for no match behind the last character.
      return matched === '' && value !== '' && at === value.length ? '' : replacement(matched);
    });
}

/** `${v^pattern}`, `${v,,pattern}` and their like. */
export function changeAll(
  shell: Shell,
  values: readonly string[],
  operator: string,
  pattern: string,
): readonly string[] {
  const matcher = patternRegExp(characters(shell, pattern), globbing(shell));
  return values.map((value) => wholeText(changeCase(characters(shell, value), operator, matcher)));
}

function changeCase(value: string, operator: string, pattern: RegExp): string {
  const change = (char: string): string => {
    if (!pattern.test(char)) return char;
    const upper = operator.startsWith('~') ? char === char.toLowerCase() : operator.startsWith('^');
    const changed = upper ? char.toUpperCase() : char.toLowerCase();
    // One character stays one, as towupper(3) has it.
    return changed.length === char.length ? changed : char;
  };
  const [first = '', ...rest] = value;
  return operator.length === 2 ? [...value].map(change).join('') : change(first) + rest.join('');
}

type Expression = Parameters<typeof expressionOf>[1];

const wholeMatcher = (node: Node, options: Expression): { test: (text: string) => boolean } =>
  expressionOf(sequenceOf(START, node, END), { ...options, global: false });

/** What `!(…)` matches depends on where the match ends: each end is tried, the farthest first. */
function replaceLongest(
  value: string,
  whole: { test: (text: string) => boolean },
  everywhere: boolean,
  replacement: (matched: string) => string,
): string {
  let out = '';
  let at = 0;
  while (at < value.length || value === '') {
    let end = value.length;
    while (end >= at && !whole.test(value.slice(at, end))) end -= 1;
    if (end >= at) {
      out += replacement(value.slice(at, end));
      if (!everywhere || value === '') return out + value.slice(end);
      if (end > at) {
        at = end;
        continue;
      }
    } else if (value === '') return out;
    out += value.charAt(at);
    at += 1;
  }
  return out;
}
