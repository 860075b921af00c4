/** kubectl describe. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { Faults, type Context } from '../context.ts';
import { fatal } from '../fatal.ts';
import { nameOf, objectsAt } from '../fields.ts';
import {
  describeConfigMap,
  describeClaim,
  describeNamespace,
  describeSecret,
  describeServiceAccount,
  describeVolume,
} from '../describe/configuration.ts';
import { describeGeneric } from '../describe/generic.ts';
import { describeEndpoints, describeEndpointSlice, describeIngress, describeService } from '../describe/network.ts';
import { describeNode } from '../describe/node.ts';
import { describePod } from '../describe/pod.ts';
import {
  describeCronJob,
  describeDaemonSet,
  describeDeployment,
  describeJob,
  describeReplicaSet,
  describeStatefulSet,
} from '../describe/workloads.ts';
import { resourcePath, type ResourceType } from '../discovery.ts';
import { listAll, readArguments, selectTargets, type Target } from '../selection.ts';
import { refuse } from '../server-error.ts';
import { FILE_FLAGS, type Verb } from '../verb.ts';

type Describer = (context: Context, object: JsonObject) => Promise<string>;

const DESCRIBERS: Readonly<Record<string, Describer>> = {
  Pod: describePod,
  Node: describeNode,
  Namespace: describeNamespace,
  ConfigMap: describeConfigMap,
  Secret: describeSecret,
  ServiceAccount: describeServiceAccount,
  Service: describeService,
  Endpoints: describeEndpoints,
  PersistentVolume: describeVolume,
  PersistentVolumeClaim: describeClaim,
  'Deployment.apps': describeDeployment,
  'ReplicaSet.apps': describeReplicaSet,
  'DaemonSet.apps': describeDaemonSet,
  'StatefulSet.apps': describeStatefulSet,
  'Job.batch': describeJob,
  'CronJob.batch': describeCronJob,
  'EndpointSlice.discovery.k8s.io': describeEndpointSlice,
  'Ingress.networking.k8s.io': describeIngress,
};

export const describe: Verb = {
  path: 'describe',
  short: 'Show details of a specific resource or group of resources',
  examples: [
    'kubectl describe nodes kubernetes-node-emt8.c.myproject.internal',
    'kubectl describe pods/nginx',
    'kubectl describe pods -l name=myLabel',
  ],
  flags: [...FILE_FLAGS, 'all-namespaces', 'chunk-size', 'selector', 'show-events'],
  run: async (context) => {
    const { flags } = context;
    if (flags.args.length === 0 && flags.list('filename').length === 0) {
      fatal(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    }
    const faults = new Faults();
    const targets =
      flags.list('filename').length > 0
        ? await selectTargets(context, { files: true, fetch: true }, faults)
        : await find(context, faults);
    const texts: string[] = [];
    for (const target of targets) {
      const text = await faults.guard(() => describeOne(context, target));
      if (text !== undefined) texts.push(text);
    }
    context.io.out(texts.join('\n\n'));
    if (targets.length === 0 && faults.empty) {
      await context.error(
        flags.bool('all-namespaces') ? 'No resources found' : `No resources found in ${context.namespace} namespace.`,
      );
    }
    faults.raise();
    return 0;
  },
};

function describeOne(context: Context, target: Target): Promise<string> {
  const { type } = target;
  const describer = DESCRIBERS[type.group === '' ? type.kind : `${type.kind}.${type.group}`] ?? describeGeneric;
  const apiVersion = type.group === '' ? type.version : `${type.group}/${type.version}`;
  return describer(context, { ...target.object, kind: type.kind, apiVersion });
}

async function find(context: Context, faults: Faults): Promise<Target[]> {
  const out: Target[] = [];
  for (const { type, names } of await readArguments(context, context.flags.args)) {
    if (names.length === 0)
      out.push(...((await faults.guard(() => listAll(context, type, context.flags.string('selector')))) ?? []));
    for (const name of names) out.push(...((await faults.guard(() => byNameOrPrefix(context, type, name))) ?? []));
  }
  return out;
}

/** A name that is not there may be the beginning of others. */
async function byNameOrPrefix(context: Context, type: ResourceType, name: string): Promise<Target[]> {
  const namespace = type.namespaced ? context.namespace : '';
  const reply = await context.api.ask({ path: resourcePath(type, namespace, name) });
  if (reply.ok) return [{ type, name, namespace, object: reply.object }];
  if (reply.failure.reason !== 'NotFound') refuse(reply.failure);
  const list = await context.api.ask({ path: resourcePath(type, namespace), query: { limit: 500 } });
  const found = (list.ok ? objectsAt(list.object, 'items') : []).filter((item) => nameOf(item).startsWith(name));
  if (found.length === 0) refuse(reply.failure);
  return found.map((object) => ({ type, name: nameOf(object), namespace, object }));
}
