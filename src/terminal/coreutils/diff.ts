/**
 * diff of files and directories.
 * Models: normal, -u/-U, -c is refused; -r -N -q -s -i -w -b -B -a --label --color -x. Leaves out: -y -e -c -I -D: it says so.
 */
import { EMPTY_BYTES } from '../../protocol/bytes.ts';
import type { Result } from '../../protocol/errno.ts';
import { failed, strerror } from '../../protocol/errno.ts';
import type { FileStat } from '../../protocol/program.ts';
import { baseName, readOperand } from '../io.ts';
import { patternRegExp } from '../shell/expand/pattern.ts';
import { strftime } from '../strftime.ts';
import { bytesToText } from '../text.ts';
import type { Applet, Invocation } from './command.ts';
import { command, usageError } from './command.ts';
import type { Change } from './diff-lines.ts';
import { compareLines } from './diff-lines.ts';

const HINT = "diff: Try 'diff --help' for more information.";
const ABSENT: Readonly<Record<string, string>> = {
  c: '-c',
  C: '-C',
  y: '-y',
  e: '-e',
  n: '-n',
  D: '-D',
  I: '-I',
  p: '-p',
  F: '-F',
  W: '-W',
};

const base = command(
  {
    name: 'diff',
    short: 'uU:rNqsiwbBaZEcC:yenD:I:pF:W:L:x:dt',
    usageStatus: 2,
    hint: HINT,
    long: {
      unified: 'u::',
      recursive: 'r',
      'new-file': 'N',
      brief: 'q',
      'report-identical-files': 's',
      'ignore-case': 'i',
      'ignore-all-space': 'w',
      'ignore-space-change': 'b',
      'ignore-blank-lines': 'B',
      'ignore-trailing-space': 'Z',
      text: 'a',
      context: 'c::',
      'side-by-side': 'y',
      ed: 'e',
      label: 'L',
      exclude: 'x',
      color: 'color::',
      minimal: 'd',
      normal: 'normal',
      'strip-trailing-cr': 'cr',
      'show-c-function': 'p',
      'ignore-matching-lines': 'I',
    },
  },
  async (call) => {
    const { io, options, operands } = call;
    for (const [letter, shown] of Object.entries(ABSENT)) {
      if (!options.has(letter)) continue;
      await io.raw(`drydock: 'diff ${shown}' is not simulated\n`);
      return 2;
    }
    const [left, right, extra] = operands;
    if (left === undefined || right === undefined)
      return await usageError(call, `missing operand after '${left ?? 'diff'}'`, 2, HINT);
    if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`, 2, HINT);
    return await io.end(await compare(call, left, right, ''));
  },
);
/** `-U3` attached and `-3u` are both in use; the second form is rewritten. */
const applet: Applet['applet'] = (process, flavour, argv) =>
  base.applet(
    process,
    flavour,
    argv.map((arg) => arg.replace(/^-(\d+)$/, '-U$1')),
  );
export const diff: Applet = { ...base, run: (process) => applet(process, 'gnu', process.argv), applet };

const statOf = (call: Invocation, name: string): Result<FileStat> =>
  name === '-' ? call.process.fstat(0) : call.process.stat(name);

async function compare(call: Invocation, left: string, right: string, heading: string): Promise<number> {
  const { io, options } = call;
  const [a, b] = [statOf(call, left), statOf(call, right)];
  const missing = (stat: Result<FileStat>): boolean => failed(stat) && stat.errno === 'ENOENT' && options.has('N');
  let status = 0;
  for (const [stat, name, other] of [
    [a, left, b],
    [b, right, a],
  ] as const) {
    if (!failed(stat) || (missing(stat) && !failed(other))) continue;
    await io.warn(`${name}: ${strerror(stat)}`);
    status = 2;
  }
  if (status !== 0) return status;
  const isDirectory = (stat: Result<FileStat>): boolean => !failed(stat) && stat.type === 'directory';
  if (isDirectory(a) && isDirectory(b) && !failed(a) && !failed(b) && a.inode === b.inode && a.device === b.device)
    return 0;
  if ((isDirectory(a) || missing(a)) && (isDirectory(b) || missing(b)) && options.has('r'))
    return await compareDirectories(call, left, right);
  if (isDirectory(a) && isDirectory(b)) return await compareDirectories(call, left, right);
  if (isDirectory(a) !== isDirectory(b) && !failed(a) && !failed(b)) {
    if (heading === '')
      return isDirectory(a)
        ? await compare(call, `${left.replace(/\/$/, '')}/${baseName(right)}`, right, '')
        : await compare(call, left, `${right.replace(/\/$/, '')}/${baseName(left)}`, '');
    const kind = (stat: Result<FileStat>): string =>
      isDirectory(stat) ? 'directory' : !failed(stat) && stat.size === 0 ? 'regular empty file' : 'regular file';
    io.line(`File ${left} is a ${kind(a)} while file ${right} is a ${kind(b)}`);
    return 1;
  }
  return await compareFiles(call, [left, a], [right, b], heading);
}

async function compareDirectories(call: Invocation, left: string, right: string): Promise<number> {
  const { io, options, process } = call;
  const excludes = options.values('x').map((pattern) => patternRegExp(pattern));
  const names = (path: string): ReadonlySet<string> => {
    const entries = process.readdir(path);
    return new Set(
      failed(entries)
        ? []
        : entries.map(({ name }) => name).filter((name) => !excludes.some((pattern) => pattern.test(name))),
    );
  };
  const [ours, theirs] = [names(left), names(right)];
  const under = (directory: string, name: string): string => `${directory.replace(/(.)\/+$/, '$1')}/${name}`;
  let status = 0;
  for (const name of [...new Set([...ours, ...theirs])].sort()) {
    const [a, b] = [under(left, name), under(right, name)];
    const alone = !ours.has(name) ? right : !theirs.has(name) ? left : undefined;
    if (alone !== undefined && !(options.has('N') && (options.has('r') || !isDirectoryAt(call, under(alone, name))))) {
      io.line(`Only in ${alone.replace(/(.)\/+$/, '$1')}: ${name}`);
      status = Math.max(status, 1);
      continue;
    }
    if (alone === undefined && !options.has('r') && isDirectoryAt(call, a) && isDirectoryAt(call, b)) {
      io.line(`Common subdirectories: ${a} and ${b}`);
      continue;
    }
    const flags = optionText(call);
    status = Math.max(status, await compare(call, a, b, `diff${flags === '' ? '' : ` ${flags}`} ${a} ${b}\n`));
    if (io.full) await io.flush();
  }
  return status;
}

const isDirectoryAt = (call: Invocation, path: string): boolean => {
  const stat = call.process.stat(path);
  return !failed(stat) && stat.type === 'directory';
};

/** The options as they were given, for the line above each file's differences. */
function optionText({ process, operands }: Invocation): string {
  const given = process.argv.slice(1);
  const left = [...operands];
  return given
    .filter((arg) => {
      const at = left.indexOf(arg);
      if (at < 0) return true;
      left.splice(at, 1);
      return false;
    })
    .join(' ');
}

type Side = readonly [name: string, stat: Result<FileStat>];

async function compareFiles(call: Invocation, left: Side, right: Side, heading: string): Promise<number> {
  const { io, options, process } = call;
  const bytes: Uint8Array[] = [];
  for (const [name, stat] of [left, right]) {
    const read = failed(stat) ? EMPTY_BYTES : await readOperand(process, name);
    if (failed(read)) {
      await io.warn(`${name}: ${strerror(read)}`);
      return 2;
    }
    bytes.push(read);
  }
  const [a = EMPTY_BYTES, b = EMPTY_BYTES] = bytes;
  const same = a.length === b.length && a.every((byte, at) => byte === b[at]);
  if (!same && !options.has('a') && (a.subarray(0, 32_768).includes(0) || b.subarray(0, 32_768).includes(0))) {
    io.line(
      options.has('q') ? `Files ${left[0]} and ${right[0]} differ` : `Binary files ${left[0]} and ${right[0]} differ`,
    );
    return 1;
  }
  const [ours, theirs] = [linesOf(a), linesOf(b)];
  const key = lineKey(call);
  process.account((ours.length + theirs.length) * 2);
  const changes = same
    ? []
    : compareLines(ours.map(key), theirs.map(key)).filter((change) => !onlyBlank(call, change, ours, theirs));
  if (changes.length === 0) {
    if (options.has('s')) io.line(`Files ${left[0]} and ${right[0]} are identical`);
    return 0;
  }
  if (options.has('q')) {
    io.line(`Files ${left[0]} and ${right[0]} differ`);
    return 1;
  }
  const paint = painter(call);
  if (heading !== '') io.out(paint('1', heading.slice(0, -1)) + '\n');
  io.out(
    options.has('u') || options.has('U')
      ? unified(call, [left, right], ours, theirs, changes, paint)
      : normal(ours, theirs, changes, paint),
  );
  return 1;
}

type Paint = (code: string, text: string) => string;
function painter(call: Invocation): Paint {
  const given = call.options.has('color') ? call.options.value('color') || 'auto' : 'never';
  const on = given === 'always' || (given === 'auto' && call.process.isatty(1));
  return (code, text) => (on ? `\x1b[${code}m${text}\x1b[0m` : text);
}

/** Lines; the last carries a mark where it has no end of line. */
const NO_NEWLINE = '\n';
function linesOf(bytes: Uint8Array): readonly string[] {
  const text = bytesToText(bytes);
  if (text === '') return [];
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  return last === '' ? lines : [...lines, last + NO_NEWLINE];
}

function lineKey({ options }: Invocation): (line: string) => string {
  return (line) => {
    let key = line;
    if (options.has('cr')) key = key.replace(/\r$/, '');
    if (options.has('w')) key = key.replace(/[ \t\r\v\f]+/g, '').replace(NO_NEWLINE, '');
    else if (options.has('b'))
      key = key
        .replace(NO_NEWLINE, '')
        .replace(/[ \t\r\v\f]+/g, ' ')
        .replace(/ $/, '');
    else if (options.has('Z')) key = key.replace(/[ \t\r\v\f]+(\n?)$/, '$1');
    return options.has('i') ? key.toLowerCase() : key;
  };
}

function onlyBlank(
  { options }: Invocation,
  change: Change,
  ours: readonly string[],
  theirs: readonly string[],
): boolean {
  return (
    options.has('B') &&
    [...ours.slice(change.from, change.to), ...theirs.slice(change.other, change.otherTo)].every((line) => line === '')
  );
}

const shown = (sign: string, code: string, line: string, paint: Paint): string =>
  line.endsWith(NO_NEWLINE)
    ? `${paint(code, sign + line.slice(0, -1))}\n\\ No newline at end of file\n`
    : `${paint(code, sign + line)}\n`;

function normal(ours: readonly string[], theirs: readonly string[], changes: readonly Change[], paint: Paint): string {
  const range = (from: number, to: number): string =>
    to - from <= 1 ? String(to) : `${String(from + 1)},${String(to)}`;
  let out = '';
  for (const { from, to, other, otherTo } of changes) {
    const letter = from === to ? 'a' : other === otherTo ? 'd' : 'c';
    out += `${paint('36', `${range(from, to)}${letter}${range(other, otherTo)}`)}\n`;
    for (const line of ours.slice(from, to)) out += shown('< ', '31', line, paint);
    if (letter === 'c') out += '---\n';
    for (const line of theirs.slice(other, otherTo)) out += shown('> ', '32', line, paint);
  }
  return out;
}

function unified(
  call: Invocation,
  sides: readonly [Side, Side],
  ours: readonly string[],
  theirs: readonly string[],
  changes: readonly Change[],
  paint: Paint,
): string {
  const { options } = call;
  const labels = options.values('L');
  const context = Number((options.value('U') ?? options.value('u')) || '3');
  const head = sides.map(([name, stat], at) =>
    paint('1', `${at === 0 ? '---' : '+++'} ${labels[at] ?? `${name}\t${stamp(call, stat)}`}`),
  );
  let out = `${head.join('\n')}\n`;
  for (let first = 0; first < changes.length;) {
    let last = first;
    while (last + 1 < changes.length && (changes[last + 1]?.from ?? 0) - (changes[last]?.to ?? 0) <= 2 * context)
      last += 1;
    const hunk = changes.slice(first, last + 1);
    const [begin, end] = [hunk[0], hunk.at(-1)];
    if (begin === undefined || end === undefined) break;
    const from = Math.max(0, begin.from - context);
    const to = Math.min(ours.length, end.to + context);
    const other = Math.max(0, begin.other - (begin.from - from));
    const otherTo = end.otherTo + (to - end.to);
    const range = (start: number, stop: number): string =>
      stop - start === 1 ? String(stop) : `${String(stop === start ? start : start + 1)},${String(stop - start)}`;
    out += `${paint('36', `@@ -${range(from, to)} +${range(other, otherTo)} @@`)}\n`;
    let at = from;
    for (const change of hunk) {
      for (const line of ours.slice(at, change.from)) out += shown(' ', '0', line, (_, text) => text);
      for (const line of ours.slice(change.from, change.to)) out += shown('-', '31', line, paint);
      for (const line of theirs.slice(change.other, change.otherTo)) out += shown('+', '32', line, paint);
      at = change.to;
    }
    for (const line of ours.slice(at, to)) out += shown(' ', '0', line, (_, text) => text);
    first = last + 1;
  }
  return out;
}

function stamp({ process }: Invocation, stat: Result<FileStat>): string {
  const ms = failed(stat)
    ? 0
    : stat.type === 'fifo' || stat.type === 'char'
      ? process.time().realtimeUs / 1_000
      : stat.modifiedMs;
  return `${strftime('%Y-%m-%d %H:%M:%S', Math.floor(ms / 1_000) * 1e6)}.${String(Math.floor((ms % 1_000) * 1e6)).padStart(9, '0')} +0000`;
}
