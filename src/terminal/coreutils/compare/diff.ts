/**
 * diff of files and directories (GNU diffutils 3.10).
 * Models: normal, -u -c -e -n -y -D and their widths, -p -F -t -T; -r -N -q -s -i -w -b -B -Z -I -a --label --color -x
 * --from-file --to-file. Leaves out: -l, group and line formats.
 */
import { EMPTY_BYTES } from '../../../protocol/bytes.ts';
import type { Result } from '../../../protocol/errno.ts';
import { failed, strerror } from '../../../protocol/errno.ts';
import type { FileStat } from '../../../protocol/program.ts';
import { baseName, readOperand } from '../../io.ts';
import { posixRegExp } from '../../posix-regex.ts';
import { patternRegExp } from '../../shell/expand/pattern.ts';
import { strftime } from '../../strftime.ts';
import { bytesToText } from '../../text.ts';
import type { Applet, Invocation, Options } from '../command.ts';
import { command, usageError } from '../command.ts';
import type { Change } from './diff-lines.ts';
import { compareLines } from './diff-lines.ts';
import {
  type Comparison,
  contextFormat,
  edFormat,
  type HunkStyle,
  ifdefFormat,
  type LineStyle,
  NO_NEWLINE,
  normalFormat,
  type Paint,
  rcsFormat,
  unifiedFormat,
} from './diff-formats.ts';
import { sideBySide, type SideStyle } from './side-by-side.ts';

const hint = (name: string): string => `${name}: Try '${name} --help' for more information.`;
const base = command(
  {
    name: 'diff',
    absent: ['l', 'X', 'S'],
    absentLong:
      'paginate no-dereference unidirectional-new-file ignore-file-name-case no-ignore-file-name-case exclude-from= starting-file= old-group-format= new-group-format= unchanged-group-format= changed-group-format= old-line-format= new-line-format= unchanged-line-format= line-format= horizon-lines= palette=',
    short: 'uU:rNqsiwbBaZEcC:yenD:I:pF:W:L:x:dtTlX:S:',
    usage: '[OPTION]... FILES',
    usageStatus: 2,
    hint,
    numeric: 'lines',
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
      'speed-large-files': 'speed',
      normal: 'normal',
      'strip-trailing-cr': 'cr',
      'show-c-function': 'p',
      'ignore-matching-lines': 'I',
      'show-function-line': 'F',
      'from-file': 'from:',
      'to-file': 'to:',
      ifdef: 'D',
      rcs: 'n',
      width: 'W',
      'expand-tabs': 't',
      'left-column': 'left',
      'suppress-common-lines': 'changes',
      'ignore-tab-expansion': 'E',
      'initial-tab': 'T',
      tabsize: 'tabsize:',

      'suppress-blank-empty': 'blank-empty',
    },
  },
  async (call) => {
    const { io, options, operands, process } = call;
    const problem = optionProblem(options);
    if (problem !== undefined) return await usageError(call, problem, 2, hint(call.io.name));
    const [from, to] = [options.value('from'), options.value('to')];
    if (from !== undefined || to !== undefined) {
      let status = 0;
      for (const name of operands)
        status = Math.max(status, await compare(call, from ?? name, from === undefined ? (to ?? '') : name, ''));
      return await io.end(status);
    }
    const [left, right, extra] = operands;
    if (left === undefined || right === undefined)
      return await usageError(call, `missing operand after '${process.argv.at(-1) ?? 'diff'}'`, 2, hint(call.io.name));
    if (extra !== undefined) return await usageError(call, `extra operand '${extra}'`, 2, hint(call.io.name));
    return await io.end(await compare(call, left, right, ''));
  },
);

function optionProblem(options: Options): string | undefined {
  for (const [letter, what] of [
    ['U', 'context length'],
    ['C', 'context length'],
    ['W', 'width'],
    ['tabsize', 'tabsize'],
  ] as const) {
    const value = options.value(letter);
    if (value !== undefined && !(letter === 'tabsize' ? /^0*[1-9]\d*$/ : /^\d+$/).test(value))
      return `invalid ${what} '${value}'`;
  }
  const styles = new Set(options.order.flatMap(([letter]) => STYLE_OF[letter] ?? []));
  return styles.size > 1 ? 'conflicting output style options' : undefined;
}
const STYLE_OF: Readonly<Record<string, string>> = { u: 'u', U: 'u', c: 'c', C: 'c', e: 'e', n: 'n', y: 'y', D: 'D' };
/** `-3u` and `-u3` are older than -U. */
const applet: Applet['applet'] = (process, flavour, argv) =>
  base.applet(
    process,
    flavour,
    argv.flatMap((arg) => {
      const [, first, second] = /^-(\d+(?=[uc]$)|[uc](?=\d+$))(.+)$/.exec(arg) ?? [];
      return first === undefined || second === undefined ? [arg] : [`-${first}`, `-${second}`];
    }),
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
    await io.warn(
      call.flavour === 'busybox' ? `can't stat '${name}': ${strerror(stat)}` : `${name}: ${strerror(stat)}`,
    );
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

/** What --label calls a file, or its name. */
const labelOf = ({ options }: Invocation, [name]: Side, at: number): string => options.values('L')[at] ?? name;

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
      options.has('q')
        ? `Files ${left[0]} and ${right[0]} differ`
        : `Binary files ${labelOf(call, left, 0)} and ${labelOf(call, right, 1)} differ`,
    );
    return 1;
  }
  const [ours, theirs] = [linesOf(a), linesOf(b)];
  process.account((ours.length + theirs.length) * 2);
  const changes = same
    ? []
    : compareLines(ours, theirs, {
        key: lineKey(call),
        horizon: contextOf(call),
        minimal: options.has('d'),
      }).filter((change) => !isIgnored(call, change, ours, theirs));
  if (changes.length === 0) {
    if (options.has('y') && !options.has('q')) io.out(sideBySide({ ours, theirs, changes }, sideStyle(call)));
    if (options.has('D') && !options.has('q'))
      io.out(show(call, [left, right], { ours, theirs, changes }, (_, text) => text));
    if (options.has('s')) io.line(`Files ${left[0]} and ${right[0]} are identical`);
    return 0;
  }
  if (options.has('q')) {
    io.line(`Files ${left[0]} and ${right[0]} differ`);
    return 1;
  }
  const paint = painter(call);
  if (heading !== '') io.out(paint('1', heading.slice(0, -1)) + '\n');
  io.out(show(call, [left, right], { ours, theirs, changes }, paint));
  return 1;
}

/** The changes in the form that was asked for. */
function show(call: Invocation, [left, right]: readonly [Side, Side], comparison: Comparison, paint: Paint): string {
  const { options, process } = call;
  const labels = options.values('L');
  const titles = [
    labels[0] ?? `${left[0]}\t${stamp(call, left[1])}`,
    labels[1] ?? `${right[0]}\t${stamp(call, right[1])}`,
  ] as const;
  const pattern = options.value('F');
  const heading = options.has('p')
    ? /^[A-Za-z$_]/
    : pattern === undefined
      ? undefined
      : posixRegExp(pattern, { extended: false });
  const lines = lineStyle(call, paint);
  const style: HunkStyle = { context: contextOf(call), titles, heading, lines };
  if (options.has('u') || options.has('U')) return unifiedFormat(comparison, style);
  if (options.has('c') || options.has('C')) return contextFormat(comparison, style);
  if (options.has('e')) return edFormat(comparison);
  if (options.has('n')) return rcsFormat(comparison);
  const macro = options.value('D');
  if (macro !== undefined) return ifdefFormat(comparison, macro);
  if (!options.has('y')) return options.has('p') ? contextFormat(comparison, style) : normalFormat(comparison, lines);
  process.account(comparison.ours.length);
  return sideBySide(comparison, sideStyle(call));
}

/** Lines around a hunk; the other forms show none. */
function contextOf({ options }: Invocation): number {
  const given = options.order.filter(([letter]) => letter !== '' && 'UCuc'.includes(letter)).map(([, value]) => value);
  if (given.length === 0 && !options.has('p')) return 0;
  const context = given.length === 0 ? 3 : Math.max(...given.map((value) => Number(value || '3')));
  const old = options.value('lines');
  const isExplicit = given.some((value) => value !== '');
  return old === undefined || (isExplicit && Number(old) < context) ? context : Number(old);
}

const lineStyle = ({ options }: Invocation, paint: Paint): LineStyle => ({
  paint,
  initialTab: options.has('T'),
  expandTabs: options.has('t') ? tabSize(options) : undefined,
  suppressBlankEmpty: options.has('blank-empty'),
});
const tabSize = (options: Options): number => Number(options.value('tabsize') ?? '8');

const sideStyle = ({ options }: Invocation): SideStyle => ({
  width: Number(options.value('W') ?? '130'),
  expandTabs: options.has('t'),
  tabSize: tabSize(options),
  leftColumn: options.has('left'),
  onlyChanges: options.has('changes'),
});

function painter(call: Invocation): Paint {
  const given = call.options.has('color') ? call.options.value('color') || 'auto' : 'never';
  const on = given === 'always' || (given === 'auto' && call.process.isatty(1));
  return (code, text) => (on ? `\x1b[${code}m${text}\x1b[0m` : text);
}

/** Lines; the last carries a mark where it has no end of line. */
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

/** Whether -B or -I asks to pass over a change. */
function isIgnored(
  { options }: Invocation,
  change: Change,
  ours: readonly string[],
  theirs: readonly string[],
): boolean {
  if (!options.has('B') && !options.has('I')) return false;
  const ignored = options.values('I').flatMap((text) => posixRegExp(text, { extended: false }) ?? []);
  return [...ours.slice(change.from, change.to), ...theirs.slice(change.other, change.otherTo)].every(
    (line) => (options.has('B') && line === '') || ignored.some((regex) => regex.test(line)),
  );
}

function stamp({ process }: Invocation, stat: Result<FileStat>): string {
  const ms = failed(stat)
    ? 0
    : stat.type === 'fifo' || stat.type === 'char'
      ? process.time().realtimeUs / 1_000
      : stat.modifiedMs;
  return `${strftime('%Y-%m-%d %H:%M:%S', Math.floor(ms / 1_000) * 1e6)}.${String(Math.floor((ms % 1_000) * 1e6)).padStart(9, '0')} +0000`;
}
