/** kubectl wait. */
import type { JsonObject, JsonValue, Plain } from '../../../../protocol/plain.ts';
import { compileJsonPath, relaxJsonPath, type JsonPath } from '../../../../formats/jsonpath.ts';
import { namesFiles, readArguments } from '../arguments.ts';
import { Faults, type Context } from '../context.ts';
import { resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { numberAt, objectsAt, textAt } from '../fields.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { listAll, selectTargets, type Target } from '../selection.ts';
import { refuse } from '../server-error.ts';
import { FILE_FLAGS, PRINT_FLAGS, type Verb } from '../verb.ts';
import { follow, type FollowOptions, type FollowState, type SavedWait, type Sight } from '../wait-loop.ts';

type Condition =
  | { readonly type: 'delete' }
  | { readonly type: 'create' }
  | { readonly type: 'condition'; readonly name: string; readonly value: string }
  | { readonly type: 'jsonpath'; readonly path: JsonPath; readonly value: string | undefined };

export const wait: Verb = {
  path: 'wait',
  short: 'Experimental: Wait for a specific condition on one or many resources',
  examples: [
    'kubectl wait --for=condition=Ready pod/busybox1',
    "kubectl wait --for=jsonpath='{.status.phase}'=Running pod/busybox1",
    'kubectl wait --for=delete pod/busybox1 --timeout=60s',
  ],
  flags: [
    ...PRINT_FLAGS,
    ...FILE_FLAGS,
    'all',
    'all-namespaces',
    'field-selector',
    'for',
    'local',
    'selector',
    'timeout',
  ],
  run: async (context) => {
    const { flags } = context;
    const condition = parseCondition(flags.string('for'));
    if (condition.type === 'create' && (flags.string('selector') !== '' || flags.args.length === 0)) {
      if (flags.string('selector') === '') fatal('no matching resources found');
    }
    const given = flags.durationMs('timeout');
    const deadlineMs = context.nowMs + (given < 0 ? 7 * 86_400_000 : given);
    const faults = new Faults();
    const targets = await findWaited(context, condition, faults);
    if (targets.length === 0 && faults.empty && condition.type !== 'delete') fatal('no matching resources found');
    return waitForAll(context, condition, { targets, deadlineMs, faults: faults.list() });
  },
  resume: (context, saved) => {
    const { wait: from, verb } = saved as unknown as FollowState<Remaining>;
    return waitForAll(context, parseCondition(context.flags.string('for')), verb, from);
  },
};

/** What is still to be waited for, the object under way first. */
interface Remaining {
  readonly targets: readonly Target[];
  readonly deadlineMs: number;
  readonly faults: readonly string[];
}

async function waitForAll(
  context: Context,
  condition: Condition,
  remaining: Remaining,
  from?: SavedWait,
): Promise<number> {
  const { targets, deadlineMs } = remaining;
  const faults = new Faults(remaining.faults);
  const printer = objectPrinter(context);
  for (const [index, target] of targets.entries()) {
    const saving = {
      state: (): Plain => ({ targets: targets.slice(index), deadlineMs, faults: faults.list() }) as unknown as Plain,
      ...(index > 0 || from === undefined ? {} : { from }),
    };
    await faults.guard(async () => {
      const object = await await1(context, target, condition, Math.max(0, deadlineMs - context.nowMs), saving);
      reportObject(context, object, 'condition met', printer);
      await context.io.flush();
    });
  }
  faults.raise();
  return 0;
}

function parseCondition(text: string): Condition {
  const low = text.toLowerCase();
  if (low === 'delete') return { type: 'delete' };
  if (low === 'create') return { type: 'create' };
  if (low.startsWith('condition=')) {
    const [name = '', value = 'true'] = text.slice('condition='.length).split('=');
    return { type: 'condition', name, value };
  }
  if (low.startsWith('jsonpath=')) {
    const rest = text.slice('jsonpath='.length);
    const close = rest.lastIndexOf('}');
    const body = close < 0 ? (rest.split('=')[0] ?? '') : rest.slice(0, close + 1);
    const after = rest.slice(body.length);
    if (after !== '' && !after.startsWith('='))
      fatal(
        `jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'`,
      );
    const value = after === '' ? undefined : after.slice(1).trim();
    if (value === '')
      fatal("jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3");
    const relaxed = relaxJsonPath(body.trim());
    if (!relaxed.ok) return fatal(relaxed.message);
    const compiled = compileJsonPath(relaxed.value, { allowMissingKeys: true });
    return compiled.ok ? { type: 'jsonpath', path: compiled.value, value } : fatal(compiled.message);
  }
  return fatal(`unrecognized condition: ${JSON.stringify(text)}`);
}

/** The objects to wait for; for creation and deletion they need not be there. */
async function findWaited(context: Context, condition: Condition, faults: Faults): Promise<Target[]> {
  const { flags } = context;
  if (condition.type !== 'delete' && condition.type !== 'create') {
    return selectTargets(context, { files: true, fetch: true, needNames: true }, faults);
  }
  if (namesFiles(context)) return selectTargets(context, { files: true, local: true }, faults);
  const out: Target[] = [];
  for (const { type, names } of await readArguments(context, flags.args)) {
    const namespace = type.namespaced ? context.namespace : '';
    if (
      names.length === 0 &&
      flags.string('selector') === '' &&
      !flags.bool('all') &&
      flags.string('field-selector') === ''
    )
      fatal('resource(s) were provided, but no name was specified');
    if (names.length === 0) out.push(...(await listAll(context, type, flags.string('selector'))));
    for (const name of names) {
      if (condition.type === 'create') {
        out.push({ type, name, namespace, object: {} });
        continue;
      }
      const reply = await context.api.ask({ path: resourcePath(type, namespace, name) });
      if (reply.ok) out.push({ type, name, namespace, object: reply.object });
      // What is not there has been deleted.
      else if (reply.failure.reason !== 'NotFound') refuse(reply.failure);
    }
  }
  return out;
}

async function await1(
  context: Context,
  target: Target,
  condition: Condition,
  timeoutMs: number,
  saving: Pick<FollowOptions, 'state' | 'from'>,
): Promise<JsonObject> {
  const { type, namespace, name } = target;
  const uid = textAt(target.object, 'metadata', 'uid');
  let problem: string | undefined;
  const found = await follow<JsonObject>(context, { type, namespace, name, timeoutMs, ...saving }, (sight) => {
    if (condition.type === 'delete')
      return sight === undefined || textAt(sight, 'metadata', 'uid') !== uid ? target.object : undefined;
    if (sight === undefined) {
      // An object that is gone can never meet a condition.
      if (condition.type !== 'create')
        problem = `${type.plural}${type.group === '' ? '' : `.${type.group}`} ${JSON.stringify(name)} not found`;
      return problem === undefined ? undefined : {};
    }
    return holds(condition, sight) ? sight : undefined;
  });
  if (problem !== undefined) fatal(problem);
  return found ?? fatal(`timed out waiting for the condition on ${type.plural}/${name}`);
}

function holds(condition: Exclude<Condition, { type: 'delete' }>, sight: NonNullable<Sight>): boolean {
  switch (condition.type) {
    case 'create':
      return true;
    case 'condition': {
      const found = objectsAt(sight, 'status', 'conditions').find(
        (item) => textAt(item, 'type').toLowerCase() === condition.name.toLowerCase(),
      );
      if (found === undefined) return false;
      const generation = numberAt(sight, 'metadata', 'generation');
      const observed = found['observedGeneration'] ?? (sight['status'] as JsonObject)['observedGeneration'];
      if (typeof observed === 'number' && observed < generation) return false;
      return textAt(found, 'status').toLowerCase() === condition.value.toLowerCase();
    }
    case 'jsonpath': {
      const found = condition.path.find(sight);
      if (!found.ok) return false;
      const values = found.value.flat();
      if (values.length === 0) return false;
      if (values.length > 1) fatal('given jsonpath expression matches more than one value');
      const value = values[0] as JsonValue;
      if (condition.value === undefined) return true;
      if (typeof value === 'object') fatal(`jsonpath leads to a nested object or list which is not supported`);
      return String(value).trim() === condition.value;
    }
  }
}
