/** Hunks that did not fit, as a diff of the kind they came in. */
import { type Hunk, type HunkLine, newLines, oldLines } from './hunk.ts';
import type { FilePatch } from './parse-patch.ts';

export function rejectText(patch: FilePatch, hunks: readonly Hunk[], reverse: boolean): string {
  const [old = '/dev/null', made = '/dev/null'] = [patch.old?.text, patch.made?.text];
  const [from, to] = reverse ? [made, old] : [old, made];
  return patch.format === 'unified'
    ? `--- ${from}\n+++ ${to}\n${hunks.map(unified).join('')}`
    : `*** ${from}\n--- ${to}\n${hunks.map(context).join('')}`;
}

const row = (sign: string, { text, unterminated }: HunkLine): string =>
  `${sign}${text}\n${unterminated ? '\\ No newline at end of file\n' : ''}`;

function unified(hunk: Hunk): string {
  const span = (from: number, count: number): string =>
    count === 1 ? String(from) : `${String(from)},${String(count)}`;
  const place = `-${span(hunk.from, oldLines(hunk).length)} +${span(hunk.other, newLines(hunk).length)}`;
  return `@@ ${place} @@${hunk.heading}\n${hunk.lines.map((line) => row(line.sign, line)).join('')}`;
}

function context(hunk: Hunk): string {
  const half = (lines: readonly HunkLine[], from: number, sign: '-' | '+'): string => {
    const changes = lines.some((line) => line.sign !== ' ');
    return changes
      ? lines.map((line) => row(line.sign === ' ' ? '  ' : `${mark(hunk, line, sign)} `, line)).join('')
      : '';
  };
  const range = (from: number, count: number): string =>
    count <= 1 ? String(from) : `${String(from)},${String(from + count - 1)}`;
  const [old, made] = [oldLines(hunk), newLines(hunk)];
  return `***************${hunk.heading}\n*** ${range(hunk.from, old.length)} ****\n${half(old, hunk.from, '-')}--- ${range(hunk.other, made.length)} ----\n${half(made, hunk.other, '+')}`;
}

/** Lines that are replaced are marked on both sides alike. */
function mark({ lines }: Hunk, line: HunkLine, sign: '-' | '+'): string {
  let [first, last] = [lines.indexOf(line), lines.indexOf(line)];
  while (first > 0 && lines[first - 1]?.sign !== ' ') first -= 1;
  while (last < lines.length - 1 && lines[last + 1]?.sign !== ' ') last += 1;
  const signs = new Set(lines.slice(first, last + 1).map((each) => each.sign));
  return signs.size > 1 ? '!' : sign;
}
