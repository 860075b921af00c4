/** kubectl cordon, uncordon and taint. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { readArguments } from '../arguments.ts';
import { Faults, type Context } from '../context.ts';
import { resourcePath } from '../discovery.ts';
import { qualifiedNameFaults } from '../qualified-name.ts';
import { fatal } from '../fatal.ts';
import { fieldAt, nameOf, objectsAt, textAt } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { listAll, type Target } from '../selection.ts';
import { PRINT_FLAGS, type Verb } from '../verb.ts';

/** The nodes that arguments and -l name. */
export async function selectNodes(context: Context, word: string): Promise<Target[]> {
  const { flags } = context;
  const type = await context.discovery.find('nodes');
  const names = flags.args.map((arg) => arg.replace(/^(?:no|nodes?)\//, ''));
  if (names.length === 0 && flags.string('selector') === '') context.usage(`USAGE: ${word} NODE [flags]`);
  if (names.length > 0 && flags.string('selector') !== '')
    fatal(`error: cannot specify both a node name and a --selector option`);
  if (names.length === 0) return listAll(context, type, flags.string('selector'));
  const out: Target[] = [];
  for (const name of names)
    out.push({ type, name, namespace: '', object: await context.api.get(resourcePath(type, '', name)) });
  return out;
}

/** Marks a node and says so. */
export async function setSchedulable(context: Context, target: Target, unschedulable: boolean): Promise<void> {
  const word = unschedulable ? 'cordoned' : 'uncordoned';
  const isSet = fieldAt(target.object, 'spec', 'unschedulable') === true;
  if (isSet === unschedulable) {
    reportObject(context, target.object, `already ${word}`, undefined);
    return;
  }
  const dryRun = context.dryRun();
  if (dryRun !== 'client') {
    const body = { spec: { unschedulable: unschedulable ? true : null } };
    context.api.must(
      await context.api.patch(
        resourcePath(target.type, '', target.name),
        'strategic',
        body,
        dryRun === 'server' ? { dryRun: 'All' } : {},
      ),
    );
  }
  reportObject(context, target.object, word, undefined);
}

const marking = (path: 'cordon' | 'uncordon'): Verb => ({
  path,
  short: path === 'cordon' ? 'Mark node as unschedulable' : 'Mark node as schedulable',
  examples: [`kubectl ${path} foo`],
  flags: ['dry-run', 'selector'],
  run: async (context) => {
    const faults = new Faults();
    for (const target of await selectNodes(context, path))
      await faults.guard(() => setSchedulable(context, target, path === 'cordon'));
    faults.raise();
    return 0;
  },
});

export const cordon = marking('cordon');
export const uncordon = marking('uncordon');

interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: string;
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];

interface TaintChanges {
  readonly add: readonly Taint[];
  readonly remove: readonly Taint[];
}

function parseTaints(context: Context, words: readonly string[]): TaintChanges {
  const add: Taint[] = [];
  const remove: Taint[] = [];
  for (const word of words) {
    const isRemoval = word.endsWith('-');
    const body = isRemoval ? word.slice(0, -1) : word;
    const [pair = '', effect = '', more] = body.split(':');
    const [key = '', value, extra] = pair.split('=');
    if (more !== undefined || extra !== undefined) context.usage(`invalid taint spec: ${word}`);
    // Without an effect all of it is taken for a key.
    const faults = qualifiedNameFaults(effect === '' && !isRemoval ? pair : key);
    if (faults.length > 0) context.usage(`invalid taint spec: ${word}, ${faults.join('; ')}`);
    if (effect !== '' && !EFFECTS.includes(effect))
      context.usage(`invalid taint effect: ${effect}, unsupported taint effect`);
    if (isRemoval) {
      remove.push({ key, effect });
      continue;
    }
    if (effect === '') context.usage(`invalid taint spec: ${word}`);
    if (add.some((other) => other.key === key && other.effect === effect))
      context.usage(`duplicated taints with the same key and effect: {${key} ${value ?? ''} ${effect} <nil>}`);
    add.push({ key, effect, ...(value === undefined || value === '' ? {} : { value }) });
  }
  const both = add.filter((item) => remove.some(({ key, effect }) => key === item.key && effect === item.effect));
  if (both.length > 0)
    fatal(
      `can not both modify and remove the following taint(s) in the same command: ${both.map(({ key, effect }) => `${key}=${effect}`).join(', ')}`,
    );
  return { add, remove };
}

export const taint: Verb = {
  path: 'taint',
  short: 'Update the taints on one or more nodes',
  examples: [
    'kubectl taint nodes foo dedicated=special-user:NoSchedule',
    'kubectl taint nodes foo dedicated:NoSchedule-',
  ],
  flags: [...PRINT_FLAGS, 'all', 'dry-run', 'field-manager', 'overwrite', 'selector', 'validate'],
  run: async (context) => {
    const { flags } = context;
    const isSpec = (word: string): boolean => word.includes('=') || word.endsWith('-') || word.includes(':');
    const first = flags.args.findIndex(isSpec);
    const resources = first < 0 ? flags.args : flags.args.slice(0, first);
    const specs = first < 0 ? [] : flags.args.slice(first);
    if (resources.length < 1) fatal('one or more resources must be specified as <resource> <name>');
    if (specs.length === 0) fatal('at least one taint update is required');
    const changes = parseTaints(context, specs);
    const printer = objectPrinter(context);
    const faults = new Faults();
    for (const target of await nodesOf(context, resources)) {
      await faults.guard(async () => {
        const { taints, done } = change(target, changes, flags.bool('overwrite'));
        const body = { spec: { taints: taints.length === 0 ? null : taints } };
        const dryRun = context.dryRun();
        const object =
          dryRun === 'client'
            ? target.object
            : context.api.must(
                await context.api.patch(resourcePath(target.type, '', target.name), 'merge', body, {
                  fieldManager: 'kubectl-taint',
                  ...(dryRun === 'server' ? { dryRun: 'All' } : {}),
                }),
              );
        if (printer === undefined) context.line(`node/${target.name} ${done}`);
        else reportObject(context, object, done, printer);
      });
    }
    faults.raise();
    return 0;
  },
};

async function nodesOf(context: Context, resources: readonly string[]): Promise<Target[]> {
  const out: Target[] = [];
  for (const { type, names } of await readArguments(context, resources)) {
    if (type.kind !== 'Node') fatal(`invalid resource type ${type.plural}, only node types are supported`);
    if (names.length === 0 || context.flags.bool('all')) {
      if (!context.flags.bool('all') && context.flags.string('selector') === '')
        fatal("at least one resource name must be specified since 'all' parameter is not set");
      out.push(...(await listAll(context, type, context.flags.string('selector'))));
      continue;
    }
    for (const name of names)
      out.push({ type, name, namespace: '', object: await context.api.get(resourcePath(type, '', name)) });
  }
  return out;
}

function change(target: Target, changes: TaintChanges, overwrite: boolean): { taints: JsonObject[]; done: string } {
  let taints: JsonObject[] = [...objectsAt(target.object, 'spec', 'taints')];
  const same = (a: JsonObject, b: Taint): boolean =>
    textAt(a, 'key') === b.key && (b.effect === '' || textAt(a, 'effect') === b.effect);
  const clashes = changes.add.filter((item) => taints.some((old) => same(old, item)));
  if (!overwrite && clashes.length > 0) {
    fatal(
      `node ${nameOf(target.object)} already has ${clashes.map(({ key }) => key).join(',')} taint(s) with same effect(s) and --overwrite is false`,
    );
  }
  for (const gone of changes.remove) {
    if (!taints.some((old) => same(old, gone)))
      fatal(`taint ${JSON.stringify(gone.effect === '' ? gone.key : `${gone.key}:${gone.effect}`)} not found`);
    taints = taints.filter((old) => !same(old, gone));
  }
  taints = [
    ...taints.filter((old) => !changes.add.some((item) => same(old, item))),
    ...changes.add.map((item) => ({ ...item })),
  ];
  const done =
    changes.add.length > 0 && changes.remove.length > 0
      ? 'modified'
      : changes.remove.length > 0
        ? 'untainted'
        : 'tainted';
  return { taints, done };
}
