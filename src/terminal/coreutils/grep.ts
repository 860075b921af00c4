/** grep, egrep and fgrep (GNU grep 3.11 by its options in daily use). Leaves out -P's lookaround checks: -P is JavaScript's. */
import { failed, strerror } from '../../protocol/errno.ts';
import type { Fd } from '../../protocol/program.ts';
import { fileText, LineReader, openInput } from '../io.ts';
import { perlRegExp, posixRegExp, type Whole } from '../posix-regex.ts';
import { matches } from '../shell/expand/pattern.ts';
import { bytesToText } from '../text.ts';
import type { Applet, Invocation } from './command.ts';
import { command } from './command.ts';
import { FileScan, type Search } from './grep-scan.ts';

const LONG = {
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'basic-regexp': 'G',
  'perl-regexp': 'P',
  regexp: 'e',
  file: 'f',
  'ignore-case': 'i',
  'invert-match': 'v',
  'word-regexp': 'w',
  'line-regexp': 'x',
  count: 'c',
  color: 'color::',
  colour: 'color::',
  'files-without-match': 'L',
  'files-with-matches': 'l',
  'max-count': 'm',
  'only-matching': 'o',
  quiet: 'q',
  silent: 'q',
  'no-messages': 's',
  'byte-offset': 'b',
  'with-filename': 'H',
  'no-filename': 'h',
  'line-number': 'n',
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
  recursive: 'r',
  'dereference-recursive': 'R',
  include: 'include:',
  exclude: 'exclude:',
  'exclude-dir': 'exclude-dir:',
  text: 'a',
  'line-buffered': 'line-buffered',
  null: 'Z',
  'null-data': 'z',
  'no-ignore-case': 'no-i',
};

function grepProgram(name: string, mode: 'G' | 'E' | 'F'): Applet {
  return command(
    {
      name,
      short: 'EFGPe:f:ivwxcLlm:oqsbHhnA:B:C:rRaZzTyI',
      long: LONG,
      numeric: 'C',
      usageStatus: 2,
      usage: '[OPTION]... PATTERNS [FILE]...',
    },
    (call) => run(call, mode),
  );
}
export const grep = grepProgram('grep', 'G');
export const egrep = grepProgram('egrep', 'E');
export const fgrep = grepProgram('fgrep', 'F');

async function run(call: Invocation, preset: 'G' | 'E' | 'F'): Promise<number> {
  const { options, io, process } = call;
  const patterns: string[] = [];
  for (const text of options.values('e')) patterns.push(...text.split('\n'));
  for (const path of options.values('f')) {
    const text = fileText(process, path);
    if (text === undefined) {
      await io.warn(`${path}: No such file or directory`);
      return 2;
    }
    patterns.push(...text.replace(/\n$/, '').split('\n'));
  }
  let operands = call.operands;
  if (!options.has('e') && !options.has('f')) {
    const [first, ...rest] = operands;
    if (first === undefined) {
      await io.raw("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
      return 2;
    }
    patterns.push(...first.split('\n'));
    operands = rest;
  }
  const mode =
    options.order.findLast(([letter]) => 'EFGP'.includes(letter))?.[0] ??
    (io.name === 'egrep' ? 'E' : io.name === 'fgrep' ? 'F' : preset);
  const regex = compile(patterns, mode, options.has('w'), options.has('x'), options.has('i') || options.has('y'));
  if (regex === undefined) {
    await io.warn(mode === 'E' || mode === 'G' ? faultOf(patterns.join('|')) : 'invalid pattern');
    return 2;
  }
  const recursive = options.has('r') || options.has('R');
  const context = options.value('C');
  const search: Search = {
    regex,
    invert: options.has('v'),
    limit: Number(options.value('m') ?? Infinity),
    before: Number(options.value('B') ?? context ?? '0'),
    after: Number(options.value('A') ?? context ?? '0'),
    names: !options.has('h') && (options.has('H') || operands.length > 1 || recursive),
  };
  return await searchAll(
    call,
    search,
    operands.length === 0 ? [recursive ? '.' : '-'] : operands,
    recursive,
    operands.length === 0,
  );
}

function faultOf(pattern: string): string {
  if (/\[[^\]]*$/.test(pattern)) return 'Unmatched [, [^, [:, [., or [=';
  if (/\\$/.test(pattern)) return 'Trailing backslash';
  const open = (pattern.match(/(?<!\\)\(/g) ?? []).length;
  const close = (pattern.match(/(?<!\\)\)/g) ?? []).length;
  return open > close
    ? 'Unmatched ( or \\('
    : close > open
      ? 'Unmatched ) or \\)'
      : 'Invalid preceding regular expression';
}

function compile(
  patterns: readonly string[],
  mode: string,
  word: boolean,
  line: boolean,
  ignoreCase: boolean,
): RegExp | undefined {
  const whole: Whole | undefined = line ? 'line' : word ? 'word' : undefined;
  const how = { ignoreCase, global: true, whole };
  if (mode === 'F') return posixRegExp(patterns.map(fixed), { ...how, extended: true });
  if (mode !== 'P') return posixRegExp(patterns, { ...how, extended: mode === 'E' });
  const any = patterns.map((pattern) => `(?:${pattern})`).join('|');
  const around = line ? `^(?:${any})$` : word ? `(?<!\\w)(?:${any})(?!\\w)` : any;
  return perlRegExp(around, ignoreCase ? 'giu' : 'gu');
}

/** A text as an extended expression that matches only it. */
const fixed = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

async function searchAll(
  call: Invocation,
  search: Search,
  names: readonly string[],
  recursive: boolean,
  implied: boolean,
): Promise<number> {
  const { options, io, process } = call;
  let found = false;
  let trouble = false;
  const visit = async (name: string, top: boolean): Promise<void> => {
    const stat = name === '-' ? undefined : process.stat(name);
    if (stat !== undefined && !failed(stat) && stat.type === 'directory') {
      if (!recursive) {
        if (!options.has('s')) await io.warn(`${name}: Is a directory`);
        return;
      }
      if (
        !top &&
        options.values('exclude-dir').some((pattern) => matches(pattern, name.slice(name.lastIndexOf('/') + 1)))
      )
        return;
      const entries = process.readdir(name);
      if (failed(entries)) return;
      for (const entry of entries) {
        const path = implied && name === '.' ? entry.name : `${name.replace(/\/$/, '')}/${entry.name}`;
        if (entry.type === 'symlink' && !options.has('R')) continue;
        if (entry.type !== 'directory') {
          if (options.has('include') && !options.values('include').some((pattern) => matches(pattern, entry.name)))
            continue;
          if (options.values('exclude').some((pattern) => matches(pattern, entry.name))) continue;
        }
        await visit(path, false);
      }
      return;
    }
    const fd = openInput(process, name);
    if (failed(fd)) {
      trouble = true;
      if (!options.has('s')) await io.warn(`${name}: ${strerror(fd)}`);
      return;
    }
    if (await searchOne(call, search, fd, name === '-' ? '(standard input)' : name)) found = true;
    if (fd !== 0) process.close(fd);
  };
  for (const name of names) {
    await visit(name, true);
    if (found && options.has('q')) return 0;
    if (io.broken) break;
  }
  return await io.end(trouble && !(options.has('q') && found) ? 2 : found ? 0 : 1);
}

async function searchOne(call: Invocation, search: Search, fd: Fd, name: string): Promise<boolean> {
  const { options, io } = call;
  const reader = new LineReader(call.process, fd, options.has('z') ? 0 : 10);
  const scan = new FileScan(call, search, name);
  for (;;) {
    let bytes = reader.ready();
    if (bytes === undefined) {
      if (!(await io.flush())) return scan.found;
      if (await reader.fill()) continue;
      bytes = reader.rest();
      if (bytes === undefined) break;
    }
    const next = scan.take(bytesToText(bytes), bytes.length);
    if (next === 'binary') return true;
    if (next === 'enough' || (options.has('line-buffered') && !(await io.flush()))) break;
  }
  return scan.finish();
}
