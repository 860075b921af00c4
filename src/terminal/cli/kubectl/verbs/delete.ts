/**
 * kubectl delete.
 * Leaves out: --interactive, --raw.
 */
import type { JsonObject, Plain } from '../../../../protocol/plain.ts';
import { namesFiles, readArguments } from '../arguments.ts';
import { Faults, type Context } from '../context.ts';
import { kindName, resourcePath } from '../discovery.ts';
import { fatal } from '../fatal.ts';
import { textAt } from '../fields.ts';
import { listAll, selectTargets, type Target } from '../selection.ts';
import { refuse } from '../server-error.ts';
import { FILE_FLAGS, type Verb } from '../verb.ts';
import { follow, type FollowOptions, type FollowState, type SavedWait } from '../wait-loop.ts';

export const deleteVerb: Verb = {
  path: 'delete',
  short: 'Delete resources by file names, stdin, resources and names, or by resources and label selector',
  examples: [
    'kubectl delete pod,service baz foo',
    'kubectl delete pods,services -l name=myLabel',
    'kubectl delete -f ./pod.json',
  ],
  flags: [
    ...FILE_FLAGS,
    'all',
    'all-namespaces',
    'cascade',
    'dry-run',
    'field-selector',
    'force',
    'grace-period',
    'ignore-not-found',
    'now',
    'output',
    'selector',
    'timeout',
    'wait',
  ],
  run: async (context) => {
    const { flags } = context;
    checkFlags(context);
    const faults = new Faults();
    const targets = await find(context, faults);
    if (targets.length === 0 && faults.empty) {
      context.line('No resources found');
      return 0;
    }
    if (flags.bool('force') && flags.int('grace-period') <= 0 && context.dryRun() === 'none') {
      await context.error(
        'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.',
      );
    }
    if (flags.changed('namespace') && targets.some(({ type }) => !type.namespaced)) {
      await context.error('Warning: deleting cluster-scoped resources, not scoped to the provided namespace');
    }
    const gone: Going[] = [];
    for (const target of targets) {
      const uid = await faults.guard(() => deleteOne(context, target));
      if (uid !== undefined) gone.push({ type: target.type, namespace: target.namespace, name: target.name, uid });
    }
    await context.io.flush();
    if (flags.bool('wait') && context.dryRun() === 'none') return waitForAll(context, { gone, faults: faults.list() });
    faults.raise();
    return 0;
  },
  resume: (context, saved) => {
    const { wait: from, verb } = saved as unknown as FollowState<Remaining>;
    return waitForAll(context, verb, from);
  },
};

interface Going extends Pick<Target, 'type' | 'namespace' | 'name'> {
  readonly uid: string;
}

/** What is still to go, the object under way first. */
interface Remaining {
  readonly gone: readonly Going[];
  readonly faults: readonly string[];
}

async function waitForAll(context: Context, remaining: Remaining, from?: SavedWait): Promise<number> {
  const { gone } = remaining;
  const faults = new Faults(remaining.faults);
  for (const [index, going] of gone.entries()) {
    const saving = {
      state: (): Plain => ({ gone: gone.slice(index), faults: faults.list() }) as unknown as Plain,
      ...(index > 0 || from === undefined ? {} : { from }),
    };
    await faults.guard(() => waitGone(context, going, saving));
  }
  faults.raise();
  return 0;
}

function checkFlags(context: Context): void {
  const { flags } = context;
  const output = flags.string('output');
  if (output !== '' && output !== 'name')
    context.usage(`unexpected -o output mode: ${output}. We only support '-o name'`);
  if (flags.bool('all') && flags.string('selector') !== '')
    fatal("setting 'all' parameter but found a non empty selector. ");
  if (flags.bool('all') && flags.string('field-selector') !== '')
    fatal('cannot set --all and --field-selector at the same time');
  if (flags.bool('now') && flags.int('grace-period') !== -1)
    fatal('--now and --grace-period cannot be specified together');
  if (flags.bool('force') && flags.int('grace-period') > 0)
    fatal('--force and --grace-period greater than 0 cannot be specified together');
}

async function find(context: Context, faults: Faults): Promise<Target[]> {
  const { flags } = context;
  if (namesFiles(context)) return selectTargets(context, { files: true, local: true }, faults);
  if (flags.args.length === 0) return selectTargets(context, {}, faults);
  const out: Target[] = [];
  for (const { type, names } of await readArguments(context, flags.args)) {
    if (names.length > 0) {
      if (flags.string('selector') !== '') fatal('name cannot be provided when a selector is specified');
      if (flags.bool('all')) fatal('name cannot be provided when a selector is specified');
      out.push(
        ...names.map((name) => ({ type, name, namespace: type.namespaced ? context.namespace : '', object: {} })),
      );
      continue;
    }
    if (flags.string('selector') === '' && flags.string('field-selector') === '' && !flags.bool('all')) {
      fatal('resource(s) were provided, but no name was specified');
    }
    out.push(...((await faults.guard(() => listAll(context, type, flags.string('selector')))) ?? []));
  }
  return out;
}

/** Sends the request and says so; answers the uid of what is going, undefined if there is nothing to wait for. */
async function deleteOne(context: Context, target: Target): Promise<string | undefined> {
  const { flags, api } = context;
  const dryRun = context.dryRun();
  if (dryRun !== 'client') {
    const reply = await api.delete(resourcePath(target.type, target.namespace, target.name), deleteOptions(context));
    if (!reply.ok) {
      if (reply.failure.reason === 'NotFound' && flags.bool('ignore-not-found')) return undefined;
      return refuse(reply.failure, target.source === undefined ? undefined : { verb: 'deleting', file: target.source });
    }
    report(context, target);
    const uid = textAt(reply.object, 'details', 'uid');
    return uid === '' ? textAt(reply.object, 'metadata', 'uid') : uid;
  }
  report(context, target);
  return undefined;
}

function deleteOptions(context: Context): JsonObject {
  const { flags } = context;
  const cascade = flags.string('cascade');
  const policies: Readonly<Record<string, string>> = {
    background: 'Background',
    foreground: 'Foreground',
    orphan: 'Orphan',
    true: 'Background',
    false: 'Orphan',
  };
  const propagationPolicy = policies[cascade];
  if (propagationPolicy === undefined) {
    return fatal(`invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`);
  }
  const asked = flags.int('grace-period');
  let grace = flags.bool('now') ? 1 : asked;
  if (flags.bool('force') && asked < 0) grace = 0;
  // Without --force a grace period of none would hide a running process from the server, so kubectl asks for one second.
  if (grace === 0 && !flags.bool('force')) grace = 1;
  return {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    propagationPolicy,
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
    ...(context.dryRun() === 'server' ? { dryRun: ['All'] } : {}),
  };
}

function report(context: Context, target: Target): void {
  const { flags } = context;
  const kind = kindName(target.type);
  if (flags.string('output') === 'name') {
    context.line(`${kind}/${target.name}`);
    return;
  }
  const verb =
    flags.int('grace-period') === 0 && flags.bool('force')
      ? 'force deleted'
      : flags.bool('force')
        ? 'force deleted'
        : 'deleted';
  const where = target.namespace === '' ? '' : ` from ${target.namespace} namespace`;
  const dryRun = context.dryRun();
  const suffix = dryRun === 'client' ? ' (dry run)' : dryRun === 'server' ? ' (server dry run)' : '';
  context.line(`${kind} "${target.name}" ${verb}${where}${suffix}`);
}

async function waitGone(
  context: Context,
  { type, namespace, name, uid }: Going,
  saving: Pick<FollowOptions, 'state' | 'from'>,
): Promise<void> {
  const given = context.flags.durationMs('timeout');
  const timeoutMs = given > 0 ? given : 7 * 86_400_000;
  const done = await follow(context, { type, namespace, name, timeoutMs, ...saving }, (sight) =>
    sight === undefined || (uid !== '' && textAt(sight, 'metadata', 'uid') !== uid) ? true : undefined,
  );
  if (done === undefined) fatal(`timed out waiting for the condition on ${type.plural}/${name}`);
}
