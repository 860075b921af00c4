/** What ~/.nanorc (or ~/.config/nano/nanorc) sets; what is not modelled of it is passed over or said. */
import { failed } from '../../../protocol/errno.ts';
import type { Process } from '../../../protocol/program.ts';
import { accountOf } from '../../accounts.ts';
import { bytesToText } from '../../text.ts';
import { DEFAULT_OPTIONS, type NanoOptions } from './state.ts';

type SwitchName = { [Name in keyof NanoOptions]: NanoOptions[Name] extends boolean ? Name : never }[keyof NanoOptions];

const SWITCHES: Readonly<Record<string, SwitchName>> = {
  autoindent: 'autoindent',
  backup: 'backup',
  breaklonglines: 'hardWrap',
  constantshow: 'constantShow',
  cutfromcursor: 'cutToEnd',
  linenumbers: 'numbers',
  mouse: 'mouse',
  nohelp: 'noHelp',
  nonewlines: 'noNewlines',
  smarthome: 'smartHome',
  softwrap: 'softWrap',
  tabstospaces: 'tabsToSpaces',
  view: 'readonly',
};

/** Colours and looks, which change nothing that is seen here, and syntaxes. */
const QUIET =
  /^(?:(?:un)?set (?:titlecolor|statuscolor|errorcolor|keycolor|functioncolor|numbercolor|selectedcolor|stripecolor|scrollercolor|spotlightcolor|minicolor|promptcolor|boldtext|indicator|historylog|positionlog|morespace|suspendable|quickblank|whitespace)\b|include\b|extendsyntax\b|syntax\b|i?color\b|header\b|magic\b|comment\b)/;

export interface StartUp {
  readonly options: NanoOptions;
  /** The first of them is said when the editor opens. */
  readonly faults: readonly string[];
}

export function readStartUp(process: Process, named: string | undefined): StartUp {
  // Root's home folder is the one of the accounts, whatever $HOME says.
  const root = process.credentials().uid === 0;
  const home = root ? (accountOf(process, '0')?.home ?? '/root') : (process.env['HOME'] ?? '/');
  const paths = named === undefined ? ['/etc/nanorc', `${home}/.nanorc`, `${home}/.config/nano/nanorc`] : [named];
  let read: StartUp = { options: DEFAULT_OPTIONS, faults: [] };
  for (const path of paths) {
    const bytes = process.readFile(path);
    if (failed(bytes)) continue;
    for (const [at, line] of bytesToText(bytes).split('\n').entries()) read = readLine(read, line.trim(), path, at + 1);
    // Of the user's own files one is read.
    if (path.startsWith(home) && named === undefined) break;
  }
  return read;
}

function readLine({ options, faults }: StartUp, line: string, path: string, number: number): StartUp {
  if (line === '' || line.startsWith('#') || QUIET.test(line)) return { options, faults };
  const fault = (text: string): StartUp => ({
    options,
    faults: [...faults, `Mistakes in '${path}'`, `line ${String(number)}: ${text}`],
  });
  const [, verb = '', name = '', value = ''] = /^(set|unset)\s+(\S+)\s*(.*)$/.exec(line) ?? [];
  const option = SWITCHES[name];
  if (option !== undefined) return { options: { ...options, [option]: verb === 'set' }, faults };
  const count = Number(value);
  if (name === 'tabsize' && count > 0) return { options: { ...options, tabsize: count }, faults };
  if (name === 'fill' && value !== '' && !Number.isNaN(count)) return { options: { ...options, fill: count }, faults };
  return fault(
    verb === '' ? `Command "${line.split(' ')[0] ?? ''}" not understood` : `drydock: ${name} is not simulated`,
  );
}
