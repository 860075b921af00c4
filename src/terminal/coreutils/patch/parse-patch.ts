/** Reads a patch: what unified, context and normal diffs say of each file. */
import { readContextHunk, readNormalHunk, readUnifiedHunk, type HunkReader } from './read-hunks.ts';
import type { Hunk } from './hunk.ts';
import { PatchLines } from './patch-lines.ts';

export type PatchFormat = 'unified' | 'context' | 'normal';

/** A file's name as a header gives it. */
export interface HeaderName {
  readonly name: string;
  /** What the header says behind its sign, times and all. */
  readonly text: string;
  /** `/dev/null`, or the time at which nothing was there yet. */
  readonly absent: boolean;
}

export interface FilePatch {
  readonly format: PatchFormat;
  readonly old: HeaderName | undefined;
  readonly made: HeaderName | undefined;
  readonly index: string | undefined;
  readonly hunks: readonly Hunk[];
  /** The lines before the first hunk, and the number of that hunk's line. */
  readonly leading: readonly string[];
  readonly line: number;
  readonly newMode: number | undefined;
  readonly renamedFrom: string | undefined;
  readonly renamedTo: string | undefined;
}

export type ParsedPatch =
  | { readonly type: 'files'; readonly files: readonly FilePatch[]; readonly strippedCr: boolean }
  | { readonly type: 'problem'; readonly files: readonly FilePatch[]; readonly problem: string };

const READERS: Readonly<Record<PatchFormat, HunkReader>> = {
  unified: readUnifiedHunk,
  context: readContextHunk,
  normal: readNormalHunk,
};

export function parsePatch(text: string): ParsedPatch {
  const strippedCr = /^(---|\+\+\+|\*\*\*) .*\r$/m.test(text);
  const lines = new PatchLines(strippedCr ? text.replaceAll('\r\n', '\n') : text);
  const files: FilePatch[] = [];
  for (let header = readHeader(lines); header !== undefined; header = readHeader(lines)) {
    const hunks: Hunk[] = [];
    for (;;) {
      const hunk = READERS[header.format](lines);
      if (hunk === undefined) break;
      if ('problem' in hunk) return { type: 'problem', files: [...files, { ...header, hunks }], problem: hunk.problem };
      hunks.push(hunk);
    }
    files.push({ ...header, hunks });
  }
  return { type: 'files', files, strippedCr };
}

type Header = Omit<FilePatch, 'hunks'>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Goes on to the next place where hunks begin; undefined at the end. */
function readHeader(lines: PatchLines): Header | undefined {
  const start = lines.at;
  const found: Mutable<Omit<Header, 'format' | 'leading' | 'line'>> = {
    old: undefined,
    made: undefined,
    index: undefined,
    newMode: undefined,
    renamedFrom: undefined,
    renamedTo: undefined,
  };
  let isGit = false;
  for (let line = lines.peek(); line !== undefined; line = lines.peek()) {
    const format = formatAt(lines, found.made !== undefined || found.old !== undefined);
    const isWhole = isGit && format === undefined && (line.startsWith('diff --git ') || lines.peek(1) === undefined);
    if (format !== undefined) {
      // A context diff names the old file with asterisks, the new one with dashes.
      const names = format === 'context' ? { old: found.made, made: found.old } : {};
      return { ...found, ...names, format, leading: lines.slice(start), line: lines.at + 1 };
    }
    if (isWhole && (found.renamedTo !== undefined || found.newMode !== undefined)) {
      if (lines.peek(1) === undefined) lines.next();
      return { ...found, format: 'unified', leading: lines.slice(start), line: lines.at + 1 };
    }
    isGit = readHeaderLine(line, found) || isGit;
    lines.next();
  }
  return undefined;
}

function formatAt(lines: PatchLines, isNamed: boolean): PatchFormat | undefined {
  const line = lines.peek() ?? '';
  if (isNamed && /^@@ -\d+(,\d+)? \+\d+(,\d+)? @@/.test(line)) return 'unified';
  if (line.startsWith('***************') && /^\*\*\* \d/.test(lines.peek(1) ?? '')) return 'context';
  if (/^\d+(,\d+)?[acd]\d+(,\d+)?$/.test(line) && /^[<>] /.test(lines.peek(1) ?? '')) return 'normal';
  return undefined;
}

/** Notes what a line of a header says; answers whether it is git's. */
function readHeaderLine(line: string, found: Mutable<Omit<Header, 'format' | 'leading' | 'line'>>): boolean {
  const [, word = '', rest = ''] =
    /^(---|\+\+\+|\*\*\*|Index:|diff --git|new file mode|new mode|rename from|rename to) (.*)$/.exec(line) ?? [];
  if (word === '---') found.old = headerName(rest);
  else if (word === '+++' || word === '***') found.made = headerName(rest);
  else if (word === 'Index:') found.index = rest.trim();
  else if (word === 'rename from') found.renamedFrom = rest;
  else if (word === 'rename to') found.renamedTo = rest;
  else if (word === 'new file mode' || word === 'new mode') found.newMode = Number.parseInt(rest, 8) & 0o777;
  return word === 'diff --git';
}

function headerName(rest: string): HeaderName {
  const [name = '', stamp = ''] = rest.split('\t');
  const plain = stamp === '' ? name.replace(/ +(Mon|Tue|Wed|Thu|Fri|Sat|Sun) .*$| +\d{4}-\d\d-\d\d .*$/, '') : name;
  const absent = plain === '/dev/null' || /^(1970-01-01 00:00:00|Thu Jan +1 00:00:00 1970)/.test(stamp);
  return { name: plain.trimEnd(), text: rest, absent };
}
