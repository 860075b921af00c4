/** kubectl, docker, the programs and the shell: which commands and flags exist, are compared, or are refused by name. */
import { findCommand, readFlags, type Command } from '../../src/terminal/cli/framework/command.ts';
import { Flags, type FlagSpec } from '../../src/terminal/cli/framework/flags.ts';
import { applets } from '../../src/terminal/applets.ts';
import { type CommandSpec, parseOptions } from '../../src/terminal/coreutils/command.ts';
import { optionalApplets } from '../../src/terminal/optional-applets.ts';
import { builtinsOf } from '../../src/terminal/shell/builtins/index.ts';
import { programs } from '../../src/terminal/program-table.ts';
import type { Evidence } from './evidence.ts';

export interface CommandRow {
  readonly command: string;
  readonly state: 'same' | 'unverified' | 'absent';
  readonly same: readonly string[];
  readonly unverified: readonly string[];
  readonly absent: readonly string[];
}

interface HonouredFlags {
  readonly flags: readonly string[];
}

/** One row per command of a real tool's table that does something. */
export function toolRows(root: Command<HonouredFlags>, globals: readonly FlagSpec[], evidence: Evidence): CommandRow[] {
  // One command may have several names (`docker container stop`, `docker stop`): what compares one compares all.
  const seen = new Map<HonouredFlags, Set<string>>();
  for (const words of evidence.commands.get(root.name) ?? []) {
    const found = findCommand(root, words.slice(1), globals);
    const flags = readFlags(found, globals);
    const { run } = found.command;
    if (run === undefined || !(flags instanceof Flags)) continue;
    seen.set(run, new Set([...(seen.get(run) ?? []), ...flags.given()]));
  }
  const rows: CommandRow[] = [];
  const visit = (command: Command<HonouredFlags>, path: string): void => {
    const known = (command.flags ?? []).map(({ name }) => name).toSorted();
    const compared = command.run === undefined ? undefined : seen.get(command.run);
    if (command.run !== undefined) {
      const honoured = command.run.flags.toSorted();
      const same = honoured.filter((flag) => compared?.has(flag) === true);
      rows.push({
        command: path,
        state: compared === undefined ? 'unverified' : 'same',
        same,
        unverified: honoured.filter((flag) => !same.includes(flag)),
        absent: known.filter((flag) => !honoured.includes(flag)),
      });
    } else if (command.commands === undefined)
      rows.push({ command: path, state: 'absent', same: [], unverified: [], absent: [] });
    for (const child of command.commands ?? []) visit(child, `${path} ${child.name}`);
  };
  visit(root, root.name);
  return rows;
}

async function appletSpecs(): Promise<ReadonlyMap<string, CommandSpec | undefined>> {
  const loaded = await Promise.all([...optionalApplets].map(async ([name, load]) => [name, await load()] as const));
  return new Map([...applets, ...loaded].map(([name, { spec }]) => [name, spec]));
}

/** One row per program of the program table; options of those that read them by getopt. */
export async function programRows(evidence: Evidence): Promise<CommandRow[]> {
  const specs = await appletSpecs();
  return [...programs.keys()].toSorted().map((name): CommandRow => {
    const calls = evidence.commands.get(name) ?? [];
    const spec = specs.get(name);
    if (spec === undefined)
      return { command: name, state: calls.length > 0 ? 'same' : 'unverified', same: [], unverified: [], absent: [] };
    const letters = [
      ...new Set([
        ...spec.short.replaceAll(':', ''),
        ...Object.values(spec.long ?? {}).map((letter) => letter.replace(/:+$/, '')),
      ]),
    ].toSorted();
    const used = new Set(
      calls.flatMap((words) => {
        const options = parseOptions(words.slice(1), spec);
        return 'problem' in options ? [] : options.order.map(([letter]) => letter);
      }),
    );
    const absent = new Set(spec.absent);
    const shown = (wanted: boolean): string[] =>
      letters.filter((letter) => !absent.has(letter) && used.has(letter) === wanted).map(optionName);
    return {
      command: name,
      state: calls.length > 0 ? 'same' : 'unverified',
      same: shown(true),
      unverified: shown(false),
      absent: [...absent].toSorted().map(optionName),
    };
  });
}

const optionName = (letter: string): string => (letter.length === 1 ? `-${letter}` : `--${letter}`);

/** bash's builtins. */
export function builtinRows(evidence: Evidence): CommandRow[] {
  return [...builtinsOf('bash').keys()].toSorted().map((name) => ({
    command: name,
    state: (evidence.commands.get(name) ?? []).length > 0 ? 'same' : 'unverified',
    same: [],
    unverified: [],
    absent: [],
  }));
}
