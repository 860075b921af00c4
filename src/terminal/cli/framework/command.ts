/**
 * A tree of commands as Cobra walks it: aliases, flags anywhere, suggestions, generated help, completion candidates.
 * It decides which command a line means and reads its flags; what the command does is the program's affair.
 */
import { formatTable, type TabOptions } from '../../../formats/table.ts';
import { parseFlags, type Flags, type FlagError, type FlagSpec } from './flags.ts';
import { suggestNames } from './suggest.ts';

export interface Command<Run> {
  readonly name: string;
  readonly aliases?: readonly string[];
  /** The line after `Usage:`, without the path: `get [TYPE] [flags]`. */
  readonly use?: string;
  readonly short?: string;
  readonly examples?: readonly string[];
  readonly flags?: readonly FlagSpec[];
  readonly commands?: readonly Command<Run>[];
  /** Absent for a command that only groups others. */
  readonly run?: Run;
  readonly hidden?: boolean;
  /** False ends flag parsing at the first argument. */
  readonly interspersed?: boolean;
}

export interface Found<Run> {
  readonly command: Command<Run>;
  /** Names from the root to the command. */
  readonly path: readonly string[];
  /** Words that are left once the names are taken out. */
  readonly rest: readonly string[];
}

/** Follows the words of a line down the tree; flags and their values are stepped over. */
export function findCommand<Run>(
  root: Command<Run>,
  words: readonly string[],
  globals: readonly FlagSpec[],
): Found<Run> {
  let command = root;
  const path = [root.name];
  const rest = [...words];
  for (;;) {
    const at = firstArgument(rest, [...globals, ...(command.flags ?? [])]);
    const word = at === undefined ? undefined : rest[at];
    const next = word === undefined ? undefined : childOf(command, word);
    if (at === undefined || next === undefined) return { command, path, rest };
    rest.splice(at, 1);
    command = next;
    path.push(next.name);
  }
}

/** The child that answers to a name or an alias. */
export function childOf<Run>(command: Command<Run>, name: string): Command<Run> | undefined {
  return command.commands?.find((child) => child.name === name || child.aliases?.includes(name) === true);
}

/** Index of the first word that is neither a flag nor the value of one. */
function firstArgument(words: readonly string[], specs: readonly FlagSpec[]): number | undefined {
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === '--') return undefined;
    if (!word.startsWith('-') || word === '-') return index;
    if (word.includes('=')) continue;
    const spec = word.startsWith('--')
      ? specs.find((item) => item.name === word.slice(2))
      : word.length === 2
        ? specs.find((item) => item.short === word.charAt(1))
        : undefined;
    if (spec !== undefined && spec.type !== 'bool' && spec.alone === undefined) index += 1;
  }
  return undefined;
}

/** Reads the flags of a found command. */
export function readFlags<Run>(
  found: Found<Run>,
  globals: readonly FlagSpec[],
): Flags | FlagError | { readonly type: 'help' } {
  const specs = [...(found.command.flags ?? []), ...globals];
  return parseFlags(specs, found.rest, { interspersed: found.command.interspersed ?? true });
}

/** Cobra's message for a word that names no command of `parent`. */
export function unknownCommand<Run>(parent: Command<Run>, path: readonly string[], word: string): string {
  const names = (parent.commands ?? []).filter((child) => child.hidden !== true).map((child) => child.name);
  const near = suggestNames(word, names);
  const hint = near.length === 0 ? '' : `\n\nDid you mean this?\n${near.map((name) => `\t${name}\n`).join('')}`;
  return `unknown command "${word}" for "${path.join(' ')}"${hint}`;
}

const HELP_TABLE: TabOptions = { minWidth: 14, padding: 2 };

/** The help of a command: what it is, its commands, its flags, its usage. */
export function helpText<Run>(found: Omit<Found<Run>, 'rest'>): string {
  const { command, path } = found;
  const name = path.join(' ');
  const parts = [`${command.short ?? name}.`.replace(/\.\.$/, '.')];
  if (command.aliases !== undefined && command.aliases.length > 0) {
    parts.push(`Aliases:\n${[command.name, ...command.aliases].join(', ')}`);
  }
  if (command.examples !== undefined)
    parts.push(`Examples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`);
  const children = (command.commands ?? []).filter((child) => child.hidden !== true);
  if (children.length > 0) {
    const rows = children.map((child) => [`  ${child.name}`, child.short ?? '']);
    parts.push(`Available Commands:\n${formatTable(rows, HELP_TABLE).trimEnd()}`);
  }
  if (command.flags !== undefined && command.flags.length > 0) {
    const options = command.flags.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(flagHelp);
    parts.push(`Options:\n${options.join('\n\n')}`);
  }
  const usage = command.use === undefined ? '[flags]' : command.use;
  parts.push(`Usage:\n  ${name}${usage === '' ? '' : ` ${usage}`}`);
  if (children.length > 0) parts.push(`Use "${name} <command> --help" for more information about a given command.`);
  return `${parts.join('\n\n')}\n`;
}

function flagHelp(flag: FlagSpec): string {
  const short = flag.short === undefined ? '    ' : `-${flag.short}, `;
  const initial =
    flag.type === 'string'
      ? `'${flag.default}'`
      : flag.type === 'list' || flag.type === 'array'
        ? `[${flag.default}]`
        : flag.default;
  const head = `    ${short}--${flag.name}=${initial}:`;
  return flag.usage === undefined ? head : `${head}\n\t${flag.usage}`;
}

/**
 * Candidates for the last word of a line: commands, flags, or undefined where the program has to say
 * (arguments and values of flags).
 */
export function completeCommand<Run>(
  root: Command<Run>,
  words: readonly string[],
  globals: readonly FlagSpec[],
): string[] | undefined {
  const last = words.at(-1) ?? '';
  const found = findCommand(root, words.slice(0, -1), globals);
  if (last.startsWith('-')) {
    const specs = [...(found.command.flags ?? []), ...globals];
    return specs
      .map((spec) => `--${spec.name}${spec.type === 'bool' || spec.alone !== undefined ? '' : '='}`)
      .filter((name) => name.startsWith(last))
      .sort();
  }
  if (found.command.commands === undefined || found.command.commands.length === 0) return undefined;
  return found.command.commands
    .filter((child) => child.hidden !== true && child.name.startsWith(last))
    .map((child) => child.name);
}
