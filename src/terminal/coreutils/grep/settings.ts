/** What the options of grep ask for, apart from the patterns. */
import { fileText } from '../../io.ts';
import { matches } from '../../shell/expand/pattern.ts';
import type { Invocation } from '../command.ts';
import { Palette } from './palette.ts';

export interface Settings {
  readonly invert: boolean;
  /** Lines that are selected before the file is left. */
  readonly limit: number;
  /** Lines of context, undefined where none are asked for: then groups are not parted either. */
  readonly before: number | undefined;
  readonly after: number | undefined;
  readonly separator: string | undefined;
  readonly names: 'always' | 'never' | 'many';
  readonly stdinName: string;
  readonly binary: 'binary' | 'text' | 'without-match';
  readonly directories: 'read' | 'skip' | 'recurse';
  readonly skipDevices: boolean;
  readonly followAll: boolean;
  readonly palette: Palette;
  /** The byte that ends a line. */
  readonly end: '\n' | '\0';
  /** Whether a file or directory is passed over: `name` is whole where it was given as an operand. */
  excludes(name: string, isDirectory: boolean, isOperand: boolean): boolean;
}

interface Complaint {
  readonly message: string;
  /** As busybox words it. */
  readonly busybox: string;
  readonly status: number;
  readonly hint?: boolean;
}

const BINARY = ['binary', 'text', 'without-match'] as const;
const DIRECTORIES = ['read', 'recurse', 'skip'] as const;

export function readSettings(call: Invocation): Settings | Complaint {
  const { options, process } = call;
  const wrong = (message: string, busybox = message): Complaint => ({ message, busybox, status: 2 });
  for (const [letter, value] of options.order) {
    if ('ABC'.includes(letter) && !/^\s*\+?\d+$/.test(value))
      return wrong(`${value}: invalid context length argument`, `invalid number '${value}'`);
    if (letter === 'm' && !/^\s*[-+]?\d+$/.test(value)) return wrong('invalid max count', `invalid number '${value}'`);
    if (letter === 'D' && value !== 'read' && value !== 'skip') return wrong('unknown devices method');
    if (letter === 'binary-files' && !BINARY.some((type) => type === value)) return wrong('unknown binary-files type');
    if (letter === 'd' && !DIRECTORIES.some((action) => action === value)) return unknownDirectories(value);
  }
  const excluded = exclusions(call);
  if ('message' in excluded) return excluded;
  const last = (letters: string): readonly [string, string] | undefined =>
    options.order.findLast(([letter]) => letter.length === 1 && letters.includes(letter));
  const limit = Number(options.value('m') ?? Infinity);
  const context = (letter: 'A' | 'B'): number | undefined => {
    const given = options.value(letter) ?? options.value('C');
    return given === undefined ? undefined : Number(given);
  };
  const separators = options.order.findLast(([letter]) => letter.endsWith('separator'));
  const names = last('hH')?.[0];
  const [directoryLetter, directoryAction] = last('drR') ?? [];
  return {
    invert: options.has('v'),
    limit: limit < 0 ? Infinity : limit,
    before: context('B'),
    after: context('A'),
    separator: separators === undefined ? '--' : separators[0] === 'separator' ? separators[1] : undefined,
    names: names === undefined ? 'many' : names === 'H' ? 'always' : 'never',
    stdinName: options.value('label') ?? '(standard input)',
    binary: binaryFiles(call),
    directories:
      directoryLetter === undefined
        ? 'read'
        : directoryLetter === 'd'
          ? (DIRECTORIES.find((action) => action === directoryAction) ?? 'read')
          : 'recurse',
    skipDevices: options.value('D') === 'skip',
    followAll: last('drR')?.[0] === 'R',
    palette: new Palette(isColored(call), colorsOf(process.env), options.has('v')),
    end: options.has('z') ? '\0' : '\n',
    excludes: excluded.excludes,
  };
}

function unknownDirectories(value: string): Complaint {
  const valid = DIRECTORIES.map((action) => `\n  - \u2018${action}\u2019`).join('');
  const message = `invalid argument \u2018${value}\u2019 for \u2018--directories\u2019\nValid arguments are:${valid}`;
  return { message, busybox: message, status: 1, hint: true };
}

function binaryFiles({ options }: Invocation): Settings['binary'] {
  const [letter, value] = options.order.findLast(([name]) => ['a', 'I', 'binary-files'].includes(name)) ?? [];
  if (letter === 'a') return 'text';
  if (letter === 'I') return 'without-match';
  return BINARY.find((type) => type === value) ?? 'binary';
}

function isColored({ options, process }: Invocation): boolean {
  const when = options.value('color');
  if (when === undefined || /^(?:never|no|none)$/.test(when)) return false;
  if (/^(?:always|yes|force)$/.test(when)) return true;
  const { TERM = '' } = process.env;
  return process.isatty(1) && TERM !== '' && TERM !== 'dumb';
}

/** $GREP_COLORS, after the older variable that it replaces. */
const colorsOf = ({ GREP_COLOR: old, GREP_COLORS: colors = '' }: Readonly<Record<string, string>>): string =>
  old === undefined || old === '' ? colors : `mt=${old}:${colors}`;

/** --include, --exclude, --exclude-from and --exclude-dir. */
function exclusions({ options, process }: Invocation): Pick<Settings, 'excludes'> | Complaint {
  const includes = options.values('include');
  const excludes = [...options.values('exclude')];
  for (const path of options.values('exclude-from')) {
    const text = fileText(process, path);
    if (text === undefined) {
      const message = `${path}: No such file or directory`;
      return { message, busybox: message, status: 2 };
    }
    excludes.push(...text.split('\n').filter((line) => line !== ''));
  }
  const directories = options.values('exclude-dir').map((pattern) => pattern.replace(/(?<=.)\/+$/, ''));
  const isAmong = (patterns: readonly string[], name: string, isOperand: boolean): boolean =>
    patterns.some((pattern) => (isOperand ? tails(name) : [name]).some((tail) => matches(pattern, tail)));
  return {
    excludes: (name, isDirectory, isOperand) =>
      isDirectory
        ? isAmong(directories, name.replace(/(?<=.)\/+$/, ''), isOperand)
        : isAmong(excludes, name, isOperand) || (includes.length > 0 && !isAmong(includes, name, isOperand)),
  };
}

/** A path, and what follows each of its slashes. */
const tails = (path: string): readonly string[] => path.split('/').map((_, at, all) => all.slice(at).join('/'));
