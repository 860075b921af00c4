/** The tree of kubectl's commands: the real tool's table with the verbs that are modelled. */
import type { Command } from '../framework/command.ts';
import { readFlagTable } from '../framework/flag-table.ts';
import type { FlagSpec } from '../framework/flags.ts';
import { KUBECTL_FLAGS } from './flags.generated.ts';
import type { Verb } from './verb.ts';
import { VERBS } from './verbs/index.ts';

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

const FACTS = readFlagTable(KUBECTL_FLAGS);
export const KUBECTL_GLOBALS: readonly FlagSpec[] = FACTS.get('')?.flags ?? [];

/** The tree of commands, for dispatch, help and completion. */
export const KUBECTL: Command<Verb> = build('kubectl');

function build(path: string): Command<Verb> {
  const facts = FACTS.get(path);
  const verb = VERBS.find((item) => `kubectl ${item.path}` === path);
  const children = [...FACTS.keys()].filter(
    (other) => other.startsWith(`${path} `) && !other.slice(path.length + 1).includes(' '),
  );
  const aliases = [...new Set([...(facts?.aliases ?? []), ...(verb?.aliases ?? [])])];
  return {
    name: path.split(' ').at(-1) ?? path,
    ...(aliases.length === 0 ? {} : { aliases }),
    ...(facts === undefined ? {} : { use: facts.use, flags: facts.flags }),
    ...(verb === undefined ? { short: GROUPS[path] ?? 'Not simulated' } : { short: verb.short, run: verb }),
    ...(verb?.examples === undefined ? {} : { examples: verb.examples }),
    ...(children.length === 0 ? {} : { commands: children.map(build).sort((a, b) => (a.name < b.name ? -1 : 1)) }),
  };
}
