/** :sort with ! i n u x and a pattern whose match is passed over (or, with r, sorted by). */
import { firstText, replaceRows } from '../state/buffer.ts';
import { countMessage } from '../operators/count-message.ts';

import type { ViState } from '../state/state.ts';
import { fail } from '../state/state.ts';
import { remember } from '../state/undo.ts';
import { vimRegExp } from '../search/vim-pattern.ts';
import type { ExCall } from './command.ts';

export function sortRows(state: ViState, { range, bang, args }: ExCall): ViState {
  const [, before = '', pattern, after = ''] = /^([a-z]*)\s*(?:\/((?:\\.|[^/])*)\/)?\s*([a-z]*)$/.exec(args) ?? [];
  const flags = before + after;
  if (/[^inurxbof]/.test(flags)) return fail(state, `E475: Invalid argument: ${args}`);
  const { from, to } = range.given ? range : { from: 0, to: state.lines.length - 1 };
  const rows = state.lines.slice(from, to + 1);
  const key = keyOf(state, flags, pattern);
  const compare = comparison(flags);
  const sorted = rows
    .map((line, at) => ({ line, at, key: key(line) }))
    .sort((a, b) => (compare(a.key, b.key) || 0) * (bang ? -1 : 1) || a.at - b.at);
  const kept = sorted.filter(
    (each, at) => !flags.includes('u') || at === 0 || compare(each.key, sorted[at - 1]?.key ?? '') !== 0,
  );
  const made = replaceRows(
    remember(state),
    from,
    to + 1,
    kept.map(({ line }) => line),
  );
  const gone = rows.length - kept.length;
  return { ...made, row: from, column: firstText(made, from), message: countMessage(gone, 'fewer lines') };
}

function keyOf(state: ViState, flags: string, pattern: string | undefined): (line: string) => string {
  const regex =
    pattern === undefined
      ? undefined
      : vimRegExp(pattern === '' ? state.search.pattern : pattern, { ignoreCase: false, smartCase: false });
  return (line) => {
    const hit = regex === undefined ? undefined : [...line.matchAll(regex)][0];
    const text =
      hit === undefined
        ? regex === undefined
          ? line
          : ''
        : flags.includes('r')
          ? hit[0]
          : line.slice(hit.index + hit[0].length);
    const cased = flags.includes('i') ? text.toLowerCase() : text;
    if (flags.includes('n')) return /-?\d+/.exec(cased)?.[0] ?? '';
    return flags.includes('x') ? (/-?(?:0[xX])?[0-9a-fA-F]+/.exec(cased)?.[0] ?? '') : cased;
  };
}

function comparison(flags: string): (a: string, b: string) => number {
  if (!/[nx]/.test(flags)) return (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const value = (text: string): number =>
    text === '' ? Number.NEGATIVE_INFINITY : Number.parseInt(text, flags.includes('x') ? 16 : 10);
  return (a, b) => (value(a) === value(b) ? 0 : value(a) - value(b));
}
