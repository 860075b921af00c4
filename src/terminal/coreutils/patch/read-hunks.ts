/** Reads one hunk of each kind of diff. */
import type { Hunk, HunkLine } from './hunk.ts';
import type { PatchLines } from './patch-lines.ts';

interface BadHunk {
  readonly problem: string;
}
/** The hunk that begins here; undefined where none does. */
export type HunkReader = (lines: PatchLines) => Hunk | BadHunk | undefined;

const NO_END = /^\\ /;
const malformed = (lines: PatchLines): BadHunk => ({
  problem:
    lines.peek() === undefined
      ? 'unexpected end of file in patch'
      : `malformed patch at line ${String(lines.at + 1)}: ${lines.peek() ?? ''}\n`,
});

/** A line, with what is said of its end on the line behind it. */
function taken(lines: PatchLines, sign: HunkLine['sign'], text: string): HunkLine {
  lines.next();
  const unterminated = NO_END.test(lines.peek() ?? '');
  if (unterminated) lines.next();
  return { sign, text, unterminated };
}

/** So many may be missing, less one. */
const LOST_LINES = 3;

export const readUnifiedHunk: HunkReader = (lines) => {
  const [, from, fromCount, other, otherCount, heading = ''] =
    /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/.exec(lines.peek() ?? '') ?? [];
  if (from === undefined) return undefined;
  lines.next();
  let [left, right] = [Number(fromCount ?? '1'), Number(otherCount ?? '1')];
  const out: HunkLine[] = [];
  while (left > 0 || right > 0) {
    // Empty lines at the end of a patch get lost.
    const line = lines.peek() ?? (left === right && left < LOST_LINES ? '' : undefined);
    const sign = line === '' ? ' ' : line?.charAt(0);
    if (line === undefined || (sign !== ' ' && sign !== '-' && sign !== '+' && sign !== '\t')) return malformed(lines);
    // An empty line of context may have lost its blank.
    const kind = sign === '\t' ? ' ' : sign;
    if (kind !== '+') left -= 1;
    if (kind !== '-') right -= 1;
    if (left < 0 || right < 0) return malformed(lines);
    out.push(taken(lines, kind, sign === '\t' ? line : line.slice(1)));
  }
  return { from: Number(from), other: Number(other), lines: out, heading };
};

export const readNormalHunk: HunkReader = (lines) => {
  const [, first, last, letter, other, otherLast] =
    /^(\d+)(?:,(\d+))?([acd])(\d+)(?:,(\d+))?$/.exec(lines.peek() ?? '') ?? [];
  if (first === undefined || letter === undefined || other === undefined) return undefined;
  lines.next();
  const out: HunkLine[] = [];
  const read = (mark: string, sign: '-' | '+', count: number): boolean => {
    for (let left = count; left > 0; left -= 1) {
      const line = lines.peek() ?? '';
      if (!line.startsWith(mark)) return false;
      out.push(taken(lines, sign, line.slice(2)));
    }
    return true;
  };
  const gone = letter === 'a' ? 0 : Number(last ?? first) - Number(first) + 1;
  const come = letter === 'd' ? 0 : Number(otherLast ?? other) - Number(other) + 1;
  if (!read('< ', '-', gone)) return malformed(lines);
  if (letter === 'c' && lines.next() !== '---') return malformed(lines);
  if (!read('> ', '+', come)) return malformed(lines);
  return { from: Number(first), other: Number(other), lines: out, heading: '' };
};

export const readContextHunk: HunkReader = (lines) => {
  if (lines.peek()?.startsWith('***************') !== true) return undefined;
  const heading = lines.next()?.slice(15) ?? '';
  const [, from, to] = /^\*\*\* (\d+)(?:,(\d+))? \*\*\*\*$/.exec(lines.next() ?? '') ?? [];
  if (from === undefined) return malformed(lines);
  const old = readHalf(lines, /^[ !-] /, Number(to ?? from) - Number(from) + 1);
  const [, other, otherTo] = /^--- (\d+)(?:,(\d+))? ----$/.exec(lines.next() ?? '') ?? [];
  if (other === undefined) return malformed(lines);
  const made = readHalf(lines, /^[ !+] /, Number(otherTo ?? other) - Number(other) + 1);
  return { from: Number(from), other: Number(other), lines: merged(old, made), heading };
};

interface HalfLine {
  readonly sign: string;
  readonly line: HunkLine;
}

/** One half of a context hunk; it may be left out where nothing of it changes. */
function readHalf(lines: PatchLines, kind: RegExp, count: number): readonly HalfLine[] {
  const out: HalfLine[] = [];
  while (out.length < count) {
    const line = lines.peek() ?? '';
    if (!kind.test(line) || /^--- \d+(,\d+)? ----$/.test(line)) break;
    out.push({ sign: line.charAt(0), line: taken(lines, ' ', line.slice(2)) });
  }
  return out;
}

function merged(old: readonly HalfLine[], made: readonly HalfLine[]): readonly HunkLine[] {
  if (old.length === 0) return made.map(({ sign, line }) => ({ ...line, sign: sign === ' ' ? ' ' : '+' }));
  const out: HunkLine[] = [];
  let at = 0;
  const comes = (): void => {
    for (; at < made.length && made[at]?.sign !== ' '; at += 1) {
      const line = made[at]?.line;
      if (line !== undefined) out.push({ ...line, sign: '+' });
    }
  };
  for (const { sign, line } of old) {
    if (sign === ' ') {
      comes();
      at += 1;
      out.push(line);
    } else out.push({ ...line, sign: '-' });
  }
  comes();
  return out;
}
