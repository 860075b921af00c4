/** kubectl label and annotate. */
import { isLabelValue } from '../../../../engine/kubernetes/apimachinery/names.ts';
import { createMergePatch } from '../../../../engine/kubernetes/apimachinery/json-merge-patch.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { namesFiles } from '../arguments.ts';
import { Faults, type Context } from '../context.ts';
import { localObjects } from '../local-objects.ts';
import { resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { mapAt, objectAt, sortedEntries } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { selectTargets, type Target } from '../selection.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';

interface Changes {
  readonly set: ReadonlyMap<string, string>;
  readonly remove: readonly string[];
}

/** Splits arguments into resources and changes: a change has `=` or ends with `-`. */
export function splitChanges(args: readonly string[], word: string): { resources: string[]; pairs: string[] } {
  const isPair = (arg: string): boolean =>
    (arg.includes('=') && !arg.startsWith('=')) || (arg.endsWith('-') && arg.length > 1);
  const first = args.findIndex(isPair);
  if (first < 0) return { resources: [...args], pairs: [] };
  const pairs = args.slice(first);
  const bad = pairs.find((pair) => !isPair(pair));
  if (bad !== undefined) fatal(`all resources must be specified before ${word} changes: ${bad}`);
  return { resources: args.slice(0, first), pairs };
}

function parseChanges(pairs: readonly string[], word: 'label' | 'annotation'): Changes {
  const set = new Map<string, string>();
  const remove: string[] = [];
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    if (at < 0) {
      remove.push(pair.slice(0, -1));
      continue;
    }
    const key = pair.slice(0, at);
    const value = pair.slice(at + 1);
    if (word === 'label' && value.includes('=')) fatal(`invalid label spec: ${pair}`);
    const problems = word === 'label' ? isLabelValue(value) : [];
    if (problems.length > 0) fatal(`invalid label value: ${JSON.stringify(pair)}: ${problems.join(';')}`);
    set.set(key, value);
  }
  if (remove.some((key) => set.has(key)))
    fatal(`can not both modify and remove ${word === 'label' ? 'a label' : 'an annotation'} in the same command`);
  return { set, remove };
}

function verb(word: 'label' | 'annotation'): Verb {
  const name = word === 'label' ? 'label' : 'annotate';
  const member = word === 'label' ? 'labels' : 'annotations';
  return {
    path: name,
    short: word === 'label' ? 'Update the labels on a resource' : 'Update the annotations on a resource',
    examples: [
      `kubectl ${name} pods foo key=value`,
      `kubectl ${name} --overwrite pods foo key=value`,
      `kubectl ${name} pods foo key-`,
    ],
    flags: [
      ...PRINT_FLAGS,
      ...FILE_FLAGS,
      'all',
      'all-namespaces',
      'dry-run',
      'field-manager',
      'field-selector',
      'list',
      'local',
      'overwrite',
      'resource-version',
      'selector',
    ],
    run: async (context) => {
      const { flags } = context;
      const { resources, pairs } = splitChanges(flags.args, word);
      const hasFiles = namesFiles(context);
      if (resources.length === 0 && !hasFiles)
        fatal('one or more resources must be specified as <resource> <name> or <resource>/<name>');
      if (pairs.length === 0 && !flags.bool('list')) fatal(`at least one ${word} update is required`);
      if (flags.bool('all') && flags.string('field-selector') !== '')
        fatal('cannot set --all and --field-selector at the same time');
      const changes = parseChanges(pairs, word);
      const printer = objectPrinter(context);
      const faults = new Faults();
      const say = (object: JsonObject, done: string): void => {
        reportObject(context, object, word === 'label' ? done : 'annotated', printer);
      };
      if (flags.bool('local')) {
        for (const object of await localObjects(context)) {
          const { next, done } = changed(context, object, changes, member);
          say(next, done);
        }
        return 0;
      }
      for (const target of await selectTargets(
        context,
        { args: resources, files: true, fetch: true, needNames: true },
        faults,
      )) {
        await faults.guard(async () => {
          if (flags.bool('list')) {
            list(context, target, member, resources.length !== 2);
            return;
          }
          const result = await change(context, target, changes, member);
          say(result.object, result.done);
        });
      }
      faults.raise();
      return 0;
    },
  };
}

export const label = verb('label');
export const annotate = verb('annotation');

function list(context: Context, target: Target, member: string, several: boolean): void {
  if (several && member === 'labels')
    context.line(
      `Listing labels for ${target.type.kind}.${target.type.version}${target.type.group === '' ? '' : `.${target.type.group}`}/${target.name}:`,
    );
  for (const [key, value] of sortedEntries(mapAt(target.object, 'metadata', member)))
    context.line(`${several && member === 'labels' ? ' ' : ''}${key}=${value}`);
}

async function change(
  context: Context,
  target: Target,
  changes: Changes,
  member: 'labels' | 'annotations',
): Promise<{ object: JsonObject; done: string }> {
  const { flags } = context;
  const { next, done } = changed(context, target.object, changes, member);
  const patch = createMergePatch(target.object, next);
  const dryRun = context.dryRun();
  if (patch === undefined || dryRun === 'client') return { object: next, done };
  const reply = await context.api.patch(resourcePath(target.type, target.namespace, target.name), 'merge', patch, {
    fieldManager:
      flags.string('field-manager') === ''
        ? `kubectl-${member === 'labels' ? 'label' : 'annotate'}`
        : flags.string('field-manager'),
    ...(dryRun === 'server' ? { dryRun: 'All' } : {}),
  });
  await context.flushWarnings();
  return { object: context.api.must(reply), done };
}

/** The object with the changes made, and what to say of it. */
function changed(
  context: Context,
  object: JsonObject,
  changes: Changes,
  member: 'labels' | 'annotations',
): { readonly next: JsonObject; readonly done: string } {
  const { flags } = context;
  const before = mapAt(object, 'metadata', member);
  const after: Record<string, string> = { ...before };
  if (!flags.bool('overwrite')) {
    const clashes = [...changes.set].filter(([key, value]) => before[key] !== undefined && before[key] !== value);
    if (clashes.length > 0) {
      fatal(
        clashes
          .map(([key]) =>
            member === 'labels'
              ? `'${key}' already has a value (${before[key] ?? ''}), and --overwrite is false`
              : `--overwrite is false but found the following declared annotation(s): '${key}' already has a value (${before[key] ?? ''})`,
          )
          .join('\n'),
      );
    }
  }
  for (const [key, value] of changes.set) after[key] = value;
  let removed = false;
  for (const key of changes.remove) {
    if (after[key] === undefined && member === 'labels') context.line(`label "${key}" not found.`);
    if (after[key] !== undefined) removed = true;
    delete after[key];
  }
  const version = flags.string('resource-version');
  const metadata = {
    ...objectAt(object, 'metadata'),
    [member]: after,
    ...(version === '' ? {} : { resourceVersion: version }),
  };
  const isChanged = [...changes.set].some(([key, value]) => before[key] !== value);
  return { next: { ...object, metadata }, done: removed ? 'unlabeled' : isChanged ? 'labeled' : 'not labeled' };
}
