/** The tree of kubectl's commands: the real tool's table with the verbs that are modelled. */
import type { Command } from '../framework/command.ts';
import { readFlagTable } from '../framework/flag-table.ts';
import type { FlagSpec } from '../framework/flags.ts';
import { KUBECTL_FLAGS } from './flags.generated.ts';
import type { Verb } from './verb.ts';
import { VERBS } from './verbs/index.ts';

const FACTS = readFlagTable(KUBECTL_FLAGS);
export const KUBECTL_GLOBALS: readonly FlagSpec[] = FACTS.get('')?.flags ?? [];

/** The tree of commands, for dispatch, help and completion. */
export const KUBECTL: Command<Verb> = build('kubectl');

function build(path: string): Command<Verb> {
  const facts = FACTS.get(path);
  const verb = VERBS.find((item) => `kubectl ${item.path}` === path);
  const children = [...FACTS.keys()].filter((other) => other.startsWith(`${path} `) && !other.slice(path.length + 1).includes(' '));
  const aliases = [...new Set([...(facts?.aliases ?? []), ...(verb?.aliases ?? [])])];
  return {
    name: path.split(' ').at(-1) ?? path,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(facts === undefined ? {} : { use: facts.use, flags: facts.flags }),
    ...(verb === undefined ? {} : { short: verb.short, run: verb }),
    ...(verb?.examples === undefined ? {} : { examples: verb.examples }),
    ...(children.length === 0 ? {} : { commands: children.map(build).sort((a, b) => (a.name < b.name ? -1 : 1)) }),
  };
}
