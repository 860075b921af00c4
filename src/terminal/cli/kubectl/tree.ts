/** The tree of kubectl's commands: the real tool's table with verbs that are modelled. */
import type { Command } from '../framework/command.ts';
import { readFlagTable, type CommandFacts } from '../framework/flag-table.ts';
import type { FlagSpec } from '../framework/flags.ts';
import type { Verb } from './verb.ts';

/** What the commands that only group others are for. */
const GROUPS: Readonly<Record<string, string>> = {
  kubectl: 'kubectl controls the Kubernetes cluster manager',
  'kubectl auth': 'Inspect authorization',
  'kubectl certificate': 'Modify certificate resources',
  'kubectl config': 'Modify kubeconfig files',
  'kubectl create secret': 'Create a secret using a specified subcommand',
  'kubectl create service': 'Create a service using a specified subcommand',
  'kubectl rollout': 'Manage the rollout of a resource',
  'kubectl set': 'Set specific features on objects',
  'kubectl top': 'Display resource (CPU/memory) usage',
};

/** The commands of a table, for dispatch, help and completion, and the flags that all of them have. */
export interface CommandTree {
  readonly root: Command<Verb>;
  readonly globals: readonly FlagSpec[];
}

export function commandTree(table: string, verbs: readonly Verb[]): CommandTree {
  const facts = readFlagTable(table);
  return { root: build('kubectl', facts, verbs), globals: facts.get('')?.flags ?? [] };
}

function build(path: string, table: ReadonlyMap<string, CommandFacts>, verbs: readonly Verb[]): Command<Verb> {
  const facts = table.get(path);
  const verb = verbs.find((item) => `kubectl ${item.path}` === path);
  const children = [...table.keys()]
    .filter((other) => other.startsWith(`${path} `) && !other.slice(path.length + 1).includes(' '))
    .map((child) => build(child, table, verbs));
  const aliases = [...new Set([...(facts?.aliases ?? []), ...(verb?.aliases ?? [])])];
  return {
    name: path.split(' ').at(-1) ?? path,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(facts === undefined ? {} : { use: facts.use, flags: facts.flags }),
    ...(verb === undefined ? { short: GROUPS[path] ?? 'Not simulated' } : { short: verb.short, run: verb }),
    ...(verb?.examples === undefined ? {} : { examples: verb.examples }),
    ...(children.length === 0 ? {} : { commands: children.sort((a, b) => (a.name < b.name ? -1 : 1)) }),
  };
}
