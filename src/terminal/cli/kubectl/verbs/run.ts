/**
 * kubectl run.
 * Leaves out: --override-type other than merge, --leave-stdin-open.
 */
import { applyMergePatch } from '../../../../engine/kubernetes/apimachinery/json-merge-patch.ts';
import { isEnvVarName } from '../../../../engine/kubernetes/apimachinery/names.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { JsonObject } from '../../../../protocol/plain.ts';
import { isJsonObject } from '../../../../formats/json.ts';
import { parseYaml } from '../../../../formats/yaml.ts';
import { chunkBytes } from '../../../http-client.ts';
import { resumeSession } from '../channels.ts';
import type { Context } from '../context.ts';
import { withLastApplied, writeQuery } from '../create-object.ts';
import { Fatal, fatal } from '../fatal.ts';
import { nameOf, objectAt, objectsAt, textAt } from '../fields.ts';
import { isReady, podPath, POD_TYPE } from '../pods.ts';
import { objectPrinter, reportObject } from '../print.ts';
import { pairsOf } from '../selector-text.ts';
import { refuse } from '../server-error.ts';
import { PRINT_FLAGS, type Verb } from '../verb.ts';
import { follow, type Sight } from '../wait-loop.ts';
import { attachTo } from './attach.ts';

export const run: Verb = {
  path: 'run',
  short: 'Create and run a particular image in a pod',
  examples: [
    'kubectl run nginx --image=nginx',
    'kubectl run -i -t busybox --image=busybox --restart=Never',
    'kubectl run nginx --image=nginx --dry-run=client',
  ],
  flags: [
    ...PRINT_FLAGS,
    'annotations',
    'attach',
    'command',
    'dry-run',
    'env',
    'expose',
    'field-manager',
    'force',
    'grace-period',
    'image',
    'image-pull-policy',
    'labels',
    'override-type',
    'overrides',
    'pod-running-timeout',
    'port',
    'privileged',
    'quiet',
    'restart',
    'rm',
    'save-config',
    'stdin',
    'tty',
  ],
  required: ['image'],
  run: async (context) => {
    const { flags } = context;
    const name = podName(context);
    const interactive = flags.bool('stdin');
    const tty = flags.bool('tty');
    const attaching = flags.changed('attach') ? flags.bool('attach') : interactive;
    const dryRun = context.dryRun();
    if (tty && !interactive) context.usage('-i/--stdin is required for containers with -t/--tty=true');
    if (flags.bool('rm') && !attaching) context.usage('--rm should only be used for attached containers');
    if (attaching && dryRun !== 'none')
      context.usage(
        "--dry-run=[server|client] can't be used with attached containers options (--attach, --stdin, or --tty)",
      );
    const printer = objectPrinter(context);
    const pod = overridden(context, buildPod(context, name));
    const sent = flags.bool('save-config') ? withLastApplied(pod) : pod;
    const created = dryRun === 'client' ? sent : await send(context, 'pods', sent);
    let service: JsonObject | undefined;
    if (flags.bool('expose')) service = await createService(context, name, created);
    await context.flushWarnings();
    if (attaching) return removing(context, created, () => runAttached(context, created, { stdin: interactive, tty }));
    if (printer === undefined) {
      if (service !== undefined) reportObject(context, service, 'created', undefined);
      reportObject(context, created, 'created', undefined);
    } else {
      if (service !== undefined) context.io.out(`${printer(service)}---\n`);
      context.io.out(printer(created));
    }
    return 0;
  },
  resume: (context, state) => {
    // Only the session with the container is ever saved; what follows needs no more than the command line says.
    const pod = buildPod(context, podName(context));
    const placed = { ...pod, metadata: { ...objectAt(pod, 'metadata'), namespace: context.namespace } };
    return removing(context, placed, async () => {
      await quietly(() => resumeSession(context, state));
      return afterSession(context, placed);
    });
  },
};

function podName(context: Context): string {
  const { args, dashAt } = context.flags;
  const [name] = args;
  if (name === undefined || dashAt === 0) context.usage('NAME is required for run');
  const image = context.flags.string('image');
  if (
    !/^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\.[a-z0-9-]+)*(?::\d+)?(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z0-9:]+)?$/.test(
      image,
    )
  ) {
    fatal(`Invalid image name ${JSON.stringify(image)}: invalid reference format`);
  }
  return name;
}

function buildPod(context: Context, name: string): JsonObject {
  const { flags } = context;
  const command = flags.args.slice(1);
  const restart = flags.string('restart') === '' ? 'Always' : flags.string('restart');
  if (!['Always', 'OnFailure', 'Never'].includes(restart)) context.usage(`invalid restart policy: ${restart}`);
  const pull = flags.string('image-pull-policy');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pull)) context.usage(`invalid image pull policy: ${pull}`);
  const labels = flags.string('labels') === '' ? { run: name } : pairsOf(flags.string('labels'));
  if (labels === undefined) return fatal(`unexpected label spec: ${flags.string('labels')}`);
  const port = flags.string('port');
  if (port !== '' && !/^\d+$/.test(port)) fatal(`strconv.Atoi: parsing ${JSON.stringify(port)}: invalid syntax`);
  const env = flags.list('env').map((pair) => {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at);
    if (at <= 0 || isEnvVarName(key).length > 0) fatal(`invalid env: ${pair}`);
    return { name: key, value: pair.slice(at + 1) };
  });
  const annotations = Object.fromEntries(
    flags.list('annotations').map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)]),
  );
  const container: JsonObject = {
    name,
    image: flags.string('image'),
    ...(pull === '' ? {} : { imagePullPolicy: pull }),
    ...(command.length === 0 ? {} : flags.bool('command') ? { command } : { args: command }),
    ...(env.length === 0 ? {} : { env }),
    ...(port === '' ? {} : { ports: [{ containerPort: Number(port) }] }),
    ...(flags.bool('stdin') ? { stdin: true, stdinOnce: true } : {}),
    ...(flags.bool('tty') ? { tty: true } : {}),
    ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
    resources: {},
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(context.connection.namespaceGiven ? { namespace: context.namespace } : {}),
      labels,
      ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
    },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: restart },
    status: {},
  };
}

function overridden(context: Context, pod: JsonObject): JsonObject {
  const text = context.flags.string('overrides');
  if (text === '') return pod;
  if (context.flags.string('override-type') !== 'merge')
    context.notSimulated(`kubectl run --override-type=${context.flags.string('override-type')}`);
  const parsed = parseYaml(text);
  if (!parsed.ok || !isJsonObject(parsed.value))
    return fatal(`Invalid JSON/YAML in --overrides: ${parsed.ok ? 'not an object' : parsed.error.message}`);
  return applyMergePatch(pod, parsed.value) as JsonObject;
}

async function send(context: Context, resource: string, object: JsonObject): Promise<JsonObject> {
  const namespace =
    textAt(object, 'metadata', 'namespace') === '' ? context.namespace : textAt(object, 'metadata', 'namespace');
  const reply = await context.api.create(
    `/api/v1/namespaces/${namespace}/${resource}`,
    object,
    writeQuery(context, 'kubectl-run'),
  );
  return context.api.must(reply);
}

async function createService(context: Context, name: string, pod: JsonObject): Promise<JsonObject> {
  const port = context.flags.string('port');
  if (port === '') context.usage('--port must be set when exposing a service');
  const labels = (pod['metadata'] as JsonObject)['labels'];
  const service: JsonObject = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...(context.connection.namespaceGiven ? { namespace: context.namespace } : {}) },
    spec: { ports: [{ port: Number(port), protocol: 'TCP', targetPort: Number(port) }], selector: labels },
    status: { loadBalancer: {} },
  };
  return context.dryRun() === 'client' ? service : send(context, 'services', service);
}

/** Does something with the pod and, with --rm, deletes it afterwards. */
async function removing(context: Context, pod: JsonObject, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } finally {
    if (context.flags.bool('rm')) await remove(context, pod);
  }
}

async function runAttached(
  context: Context,
  pod: JsonObject,
  wanted: { readonly stdin: boolean; readonly tty: boolean },
): Promise<number> {
  const { flags } = context;
  const namespace = textAt(pod, 'metadata', 'namespace');
  const target = { type: POD_TYPE, namespace, name: nameOf(pod) };
  const timeoutMs = flags.durationMs('pod-running-timeout');
  const seen = await follow<JsonObject>(context, { ...target, timeoutMs }, (sight: Sight) => {
    if (sight === undefined) return undefined;
    const phase = textAt(sight, 'status', 'phase');
    if (phase === 'Succeeded' || phase === 'Failed') return sight;
    return phase === 'Running' && isReady(sight) ? sight : undefined;
  });
  if (seen === undefined) fatal('timed out waiting for the condition');
  const phase = textAt(seen, 'status', 'phase');
  if (phase === 'Succeeded' || phase === 'Failed') await printLogs(context, target.namespace, target.name);
  else await attachOrLogs(context, seen, wanted);
  return afterSession(context, pod);
}

/** Waits for the end of a pod that is not started again, and answers its exit code. */
async function afterSession(context: Context, pod: JsonObject): Promise<number> {
  const namespace = textAt(pod, 'metadata', 'namespace');
  const target = { type: POD_TYPE, namespace, name: nameOf(pod) };
  const restart = textAt(pod, 'spec', 'restartPolicy');
  if (restart !== 'Never' && restart !== 'OnFailure') {
    await context.error(
      `Session ended, resume using '${context.path[0] ?? 'kubectl'} attach ${target.name} -c ${target.name} -i -t' command when the pod is running`,
    );
    return 0;
  }
  const ended = await follow<JsonObject>(context, { ...target, timeoutMs: Infinity }, (sight: Sight) => {
    if (sight === undefined) return pod;
    const last = textAt(sight, 'status', 'phase');
    return last === 'Succeeded' || (last === 'Failed' && restart === 'Never') ? sight : undefined;
  });
  return exitOf(namespace, ended ?? pod);
}

/** The exit code of a session counts for nothing here: the pod's own is asked for afterwards. */
async function quietly(work: () => Promise<number>): Promise<void> {
  try {
    await work();
  } catch (problem) {
    if (!(problem instanceof Fatal)) throw problem;
  }
}

async function attachOrLogs(
  context: Context,
  pod: JsonObject,
  wanted: { readonly stdin: boolean; readonly tty: boolean },
): Promise<void> {
  try {
    await attachTo(context, pod, { ...wanted, quiet: context.flags.bool('quiet') });
  } catch (problem) {
    if (!(problem instanceof Fatal) || problem.text.startsWith('command terminated')) return;
    const text = problem.text.replace(/^error: /, '');
    await context.error(`warning: couldn't attach to pod/${nameOf(pod)}, falling back to streaming logs: ${text}`);
    await printLogs(context, textAt(pod, 'metadata', 'namespace'), nameOf(pod));
  }
}

async function printLogs(context: Context, namespace: string, name: string): Promise<void> {
  const stream = await context.api.stream({
    path: podPath(namespace, name, 'log'),
    query: { container: name },
    accept: '*/*',
  });
  if ('failure' in stream) return refuse(stream.failure);
  for (;;) {
    const chunk = await stream.response.next();
    if (chunk === undefined || failed(chunk)) break;
    await context.process.write(1, chunkBytes(chunk));
  }
  stream.connection.close();
}

function exitOf(namespace: string, pod: JsonObject): number {
  if (textAt(pod, 'status', 'phase') !== 'Failed') return 0;
  const terminated = objectsAt(pod, 'status', 'containerStatuses')[0];
  const code = Number(textAt(terminated, 'state', 'terminated', 'exitCode'));
  if (code === 0) fatal(`pod ${namespace}/${nameOf(pod)} failed with unknown exit code`);
  const reason = textAt(terminated, 'state', 'terminated', 'reason');
  const message = textAt(terminated, 'state', 'terminated', 'message');
  throw new Fatal(`pod ${namespace}/${nameOf(pod)} terminated (${reason})\n${message}`, code);
}

async function remove(context: Context, pod: JsonObject): Promise<void> {
  const namespace = textAt(pod, 'metadata', 'namespace');
  const grace = context.flags.int('grace-period');
  const reply = await context.api.delete(podPath(namespace, nameOf(pod)), {
    kind: 'DeleteOptions',
    apiVersion: 'v1',
    propagationPolicy: 'Background',
    ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
  });
  if (reply.ok && !context.flags.bool('quiet'))
    context.line(`pod ${JSON.stringify(nameOf(pod))} deleted from ${namespace} namespace`);
}
