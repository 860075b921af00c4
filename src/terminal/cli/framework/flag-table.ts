/**
 * Flags and commands of a real tool as a compact text, written by `tools/generate-flags.ts`.
 * One line per command: path, aliases, usage, then one field per flag (`name|short|type|default|alone`), tabs between.
 */
import type { FlagSpec, FlagType } from './flags.ts';

export interface CommandFacts {
  /** Names from the root: `kubectl create deployment`. */
  readonly path: string;
  readonly aliases: readonly string[];
  readonly use: string;
  readonly flags: readonly FlagSpec[];
}

const TYPES: Readonly<Record<string, FlagType>> = {
  s: 'string',
  b: 'bool',
  i: 'int',
  d: 'duration',
  l: 'list',
  a: 'array',
};

/** Every command of a table, by path. */
export function readFlagTable(table: string): ReadonlyMap<string, CommandFacts> {
  const facts = table
    .split('\n')
    .filter((line) => line !== '')
    .map(readLine);
  return new Map(facts.map((fact) => [fact.path, fact]));
}

function readLine(line: string): CommandFacts {
  const [path = '', aliases = '', use = '', ...flags] = line.split('\t');
  return { path, aliases: aliases === '' ? [] : aliases.split(','), use, flags: flags.map(readFlag) };
}

function readFlag(text: string): FlagSpec {
  const [name = '', short = '', type = 's', initial = '', alone] = text.split('|');
  return {
    name,
    type: TYPES[type] ?? 'string',
    default: initial,
    ...(short === '' ? {} : { short }),
    ...(alone === undefined ? {} : { alone }),
  };
}
