/** kubectl set image, env, resources, serviceaccount and selector. */
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { formatQuantity, parseQuantity } from '../../../../formats/quantity.ts';
import { namesFiles } from '../arguments.ts';
import { Faults } from '../context.ts';
import { fatal } from '../fatal.ts';
import { mapAt, objectAt, objectsAt, sortedEntries, textAt, withField } from '../fields.ts';
import { selectTargets } from '../selection.ts';
import { isFailureText, selectorObject } from '../selector-text.ts';
import type { Verb } from '../verb.ts';
import { podSpec, withPodSpec } from '../workload.ts';
import { changeAll, SET_FLAGS } from './set-change.ts';
import { subject } from './set-subject.ts';
import { changeEnv, listEnv, parseEnv } from './set-env.ts';

/** Splits resources from `name=value` pairs. */
function split(args: readonly string[]): { resources: string[]; pairs: string[] } {
  const first = args.findIndex((arg) => arg.includes('=') || (arg.endsWith('-') && arg.length > 1));
  return first < 0
    ? { resources: [...args], pairs: [] }
    : { resources: args.slice(0, first), pairs: args.slice(first) };
}

/** Changes some containers of a pod template; a pattern that fits none ends the command. */
function changeContainers(
  object: JsonObject,
  change: (container: JsonObject) => JsonObject | undefined,
): { object: JsonObject; hits: number } {
  const spec = podSpec(object);
  if (spec === undefined) return { object, hits: 0 };
  let hits = 0;
  const next: Record<string, JsonValue> = { ...spec };
  for (const member of ['initContainers', 'containers']) {
    if (!Array.isArray(spec[member])) continue;
    next[member] = objectsAt(spec, member).map((container) => {
      const changed = change(container);
      if (changed === undefined) return container;
      hits += 1;
      return changed;
    });
  }
  return { object: withPodSpec(object, next), hits };
}

const fits = (container: JsonObject, pattern: string): boolean => {
  const expression = new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  return expression.test(textAt(container, 'name'));
};

const image: Verb = {
  path: 'set image',
  short: 'Update the image of a pod template',
  examples: ['kubectl set image deployment/nginx busybox=busybox nginx=nginx:1.9.1'],
  flags: [...SET_FLAGS, 'local'],
  run: (context) => {
    const { resources, pairs } = split(context.flags.args);
    if (resources.length > 0 || namesFiles(context)) {
      if (pairs.length === 0) fatal('at least one image update is required');
    }
    const images = pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const);
    if (images.some(([name]) => name === '*') && images.length > 1)
      fatal('all containers are already specified by *, but saw more than one container_name=container_image pairs');
    return changeAll(context, resources, 'kubectl-set', 'image updated', (object) => {
      let current = object;
      for (const [name, value] of images) {
        const result = changeContainers(current, (container) =>
          name === '*' || textAt(container, 'name') === name ? { ...container, image: value } : undefined,
        );
        if (result.hits === 0) fatal(`unable to find container named ${JSON.stringify(name)}`);
        current = result.object;
      }
      return current;
    });
  },
};

const env: Verb = {
  path: 'set env',
  short: 'Update environment variables on a pod template',
  flags: [...SET_FLAGS, 'containers', 'env', 'from', 'keys', 'list', 'local', 'overwrite', 'prefix', 'resolve'],
  run: async (context) => {
    const { flags } = context;
    const { resources, pairs } = split(flags.args);
    const changes = await parseEnv(context, [...pairs, ...flags.list('env')]);
    const pattern = flags.string('containers') === '' ? '*' : flags.string('containers');
    if (flags.bool('list')) {
      const faults = new Faults();
      for (const target of await selectTargets(
        context,
        { args: resources, files: true, fetch: true, needNames: true },
        faults,
      )) {
        for (const container of objectsAt(podSpec(target.object), 'containers').filter((item) => fits(item, pattern))) {
          context.io.out(listEnv(`${target.type.kind} ${target.name}`, container));
        }
      }
      faults.raise();
      return 0;
    }
    if (changes.set.length === 0 && changes.remove.length === 0) {
      if (resources.length === 0 && !namesFiles(context))
        fatal('one or more resources must be specified as <resource> <name> or <resource>/<name>');
      fatal('at least one environment variable must be provided');
    }
    return changeAll(context, resources, 'kubectl-set', 'env updated', (object) => {
      const { object: next } = changeContainers(object, (container) =>
        fits(container, pattern) ? changeEnv(container, changes, flags.bool('overwrite')) : undefined,
      );
      return next;
    });
  },
};

function amounts(text: string): Record<string, string> {
  const out: Record<string, string> = {};
  for (const pair of text.split(',').filter((part) => part !== '')) {
    const [key = '', value] = pair.split('=');
    if (value === undefined) fatal(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
    const parsed = parseQuantity(value);
    if (!parsed.ok) fatal(parsed.message);
    out[key] = formatQuantity(parsed.quantity);
  }
  return out;
}

const resources: Verb = {
  path: 'set resources',
  short: 'Update resource requests/limits on objects with pod templates',
  flags: [...SET_FLAGS, 'containers', 'limits', 'local', 'requests'],
  run: (context) => {
    const { flags } = context;
    if (flags.string('limits') === '' && flags.string('requests') === '')
      fatal('you must specify an update to requests or limits (in the form of --requests/--limits)');
    const limits = amounts(flags.string('limits'));
    const requests = amounts(flags.string('requests'));
    const pattern = flags.string('containers') === '' ? '*' : flags.string('containers');
    return changeAll(context, flags.args, 'kubectl-set', 'resource requirements updated', (object) => {
      const result = changeContainers(object, (container) => {
        if (!fits(container, pattern)) return undefined;
        const old = objectAt(container, 'resources');
        const merge = (member: string, added: Record<string, string>): JsonObject => {
          // An amount of zero takes the entry away.
          const all = Object.fromEntries(
            Object.entries({ ...mapAt(old, member), ...added }).filter(([, value]) => value !== '0'),
          );
          return Object.keys(all).length === 0 ? {} : { [member]: all };
        };
        const rest = Object.fromEntries(Object.entries(old).filter(([key]) => key !== 'limits' && key !== 'requests'));
        return { ...container, resources: { ...rest, ...merge('limits', limits), ...merge('requests', requests) } };
      });
      return result.hits === 0 ? fatal(`unable to find container named ${pattern}`) : result.object;
    });
  },
};

const serviceAccount: Verb = {
  path: 'set serviceaccount',
  short: 'Update the service account of a resource',
  aliases: ['sa'],
  flags: [...SET_FLAGS, 'local'],
  run: (context) => {
    const { args } = context.flags;
    const name = args.at(-1);
    if (name === undefined) fatal('serviceaccount is required');
    return changeAll(context, args.slice(0, -1), 'kubectl-set', 'serviceaccount updated', (object) => {
      const spec = podSpec(object);
      return spec === undefined
        ? undefined
        : withPodSpec(object, { ...spec, serviceAccountName: name, serviceAccount: name });
    });
  },
};

const selector: Verb = {
  path: 'set selector',
  short: 'Set the selector on a resource',
  flags: [...SET_FLAGS, 'local', 'resource-version'],
  run: (context) => {
    const { args } = context.flags;
    const text = args.at(-1) ?? '';
    const parsed = selectorObject(text);
    if (isFailureText(parsed)) return fatal(parsed);
    return changeAll(context, args.slice(0, -1), 'kubectl-set', 'selector updated', (object) => {
      if (textAt(object, 'kind') !== 'Service') fatal('setting a selector is only supported for Services');
      if (objectsAt(parsed, 'matchExpressions').length > 0)
        fatal(`match expression ${JSON.stringify(parsed['matchExpressions'])} not supported on this object`);
      return withField(object, ['spec', 'selector'], Object.fromEntries(sortedEntries(mapAt(parsed, 'matchLabels'))));
    });
  },
};

export const SETS: readonly Verb[] = [image, env, resources, serviceAccount, selector, subject];
