/**
 * grep, egrep and fgrep (GNU grep 3.8 to 3.11, and busybox'). Of Perl's expressions (-P) it leaves out what
 * posix-regex/perl.ts names.
 */
import { baseName } from '../../io.ts';
import type { Process } from '../../../protocol/program.ts';
import type { Applet, Flavour, Invocation } from '../command.ts';
import { command, usageError } from '../command.ts';
import { compilePatterns, givenPatterns } from './patterns.ts';
import { readSettings } from './settings.ts';
import { searchFiles } from './walk.ts';

const LONG = {
  'extended-regexp': 'E',
  'fixed-strings': 'F',
  'basic-regexp': 'G',
  'perl-regexp': 'P',
  regexp: 'e',
  file: 'f',
  'ignore-case': 'i',
  'no-ignore-case': 'no-i',
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
  label: 'label:',
  'line-number': 'n',
  'initial-tab': 'T',
  'after-context': 'A',
  'before-context': 'B',
  context: 'C',
  'group-separator': 'separator:',
  'no-group-separator': 'no-separator',
  directories: 'd',
  devices: 'D',
  recursive: 'r',
  'dereference-recursive': 'R',
  include: 'include:',
  exclude: 'exclude:',
  'exclude-from': 'exclude-from:',
  'exclude-dir': 'exclude-dir:',
  text: 'a',
  'binary-files': 'binary-files:',
  binary: 'U',
  'unix-byte-offsets': 'u',
  'line-buffered': 'line-buffered',
  null: 'Z',
  'null-data': 'z',
};
function hint(invoked: string): string {
  const name = baseName(invoked);
  return `Usage: ${name} [OPTION]... PATTERNS [FILE]...\nTry '${name} --help' for more information.`;
}

export const grep = command(
  {
    name: 'grep',
    short: 'EFGPe:f:iyvwxcLlm:oqsbuHhnTUA:B:C:d:D:rRaZzI',
    long: LONG,
    busybox: 'HhnlLcoqvsrRiwxFEzmABCefaI color',
    numeric: 'C',
    usageStatus: 2,
    usage: '[OPTION]... PATTERNS [FILE]...',
    hint,
  },
  run,
);
export const egrep = asScript('egrep', '-E');
export const fgrep = asScript('fgrep', '-F');

/** Debian's egrep and fgrep are scripts that call grep; busybox' keep their names. */
function asScript(name: string, option: string): Applet {
  const applet = async (process: Process, flavour: Flavour, argv: readonly string[]): Promise<number> =>
    await grep.applet(process, flavour, [flavour === 'gnu' ? 'grep' : name, option, ...argv.slice(1)]);
  return { ...grep, name, applet, run: (process) => applet(process, 'gnu', process.argv) };
}

async function run(call: Invocation): Promise<number> {
  const { io } = call;
  const settings = readSettings(call);
  if ('message' in settings) {
    await io.warn(call.flavour === 'busybox' ? settings.busybox : settings.message);
    if (settings.hint === true) await io.raw(`${hint(io.name)}\n`);
    return settings.status;
  }
  if (call.options.has('u')) await io.warn('warning: --unix-byte-offsets (-u) is obsolete');
  const { GREP_COLOR: color } = call.process.env;
  if (settings.palette.active && color !== undefined && color !== '')
    await io.warn(`warning: GREP_COLOR='${color}' is deprecated; use GREP_COLORS='mt=${color}'`);
  const given = await givenPatterns(call);
  if (given === undefined) {
    if (call.flavour === 'busybox') return await usageError(call, '', 2);
    await io.raw(`${hint(io.name)}\n`);
    return 2;
  }
  if ('message' in given) {
    await io.warn(given.message);
    return 2;
  }
  const compiled = compilePatterns(call, given.patterns);
  for (const warning of compiled.warnings) await io.warn(`warning: ${warning}`);
  if (compiled.message !== undefined) {
    if (compiled.message.startsWith('drydock:')) await io.raw(`${compiled.message}\n`);
    else await io.warn(compiled.message);
    return 2;
  }
  if (settings.limit === 0) return 1;
  return await searchFiles(call, settings, compiled.regex, given.files);
}
