/** kubectl describe. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import { namesFiles, readArguments } from '../arguments.ts';
import { Faults, type Context } from '../context.ts';
import { fatal } from '../fatal.ts';
import { nameOf, objectsAt } from '../fields.ts';
import { describeRole, describeRoleBinding } from '../describe/access.ts';
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
  describeDisruptionBudget,
  describeLimitRange,
  describePriorityClass,
  describeQuota,
  describeStorageClass,
} from '../describe/policies.ts';
import {
  describeCronJob,
  describeDaemonSet,
  describeDeployment,
  describeJob,
  describeReplicaSet,
  describeStatefulSet,
} from '../describe/workloads.ts';
import { resourcePath, type ResourceType } from '../discovery.ts';
import { listAll, selectTargets, type Target } from '../selection.ts';
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
  ResourceQuota: describeQuota,
  LimitRange: describeLimitRange,
  'PodDisruptionBudget.policy': describeDisruptionBudget,
  'PriorityClass.scheduling.k8s.io': describePriorityClass,
  'StorageClass.storage.k8s.io': describeStorageClass,
  'Role.rbac.authorization.k8s.io': describeRole,
  'ClusterRole.rbac.authorization.k8s.io': describeRole,
  'RoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
  'ClusterRoleBinding.rbac.authorization.k8s.io': describeRoleBinding,
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
    if (flags.args.length === 0 && !namesFiles(context)) {
      fatal(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      );
    }
    const faults = new Faults();
    const { targets, byPrefix } = namesFiles(context)
      ? { targets: await selectTargets(context, { files: true, fetch: true }, faults), byPrefix: false }
      : await find(context, faults);
    const texts: string[] = [];
    for (const target of targets) {
      const text = await faults.guard(() => describeOne(context, target));
      if (text !== undefined) texts.push(text);
    }
    context.io.out(byPrefix ? texts.map((text) => `${text}\n`).join('') : texts.join('\n\n'));
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

interface Found {
  readonly targets: readonly Target[];
  /** The one name that was given is the beginning of theirs. */
  readonly byPrefix: boolean;
}

async function find(context: Context, faults: Faults): Promise<Found> {
  const { args } = context.flags;
  const asked = await readArguments(context, args);
  const targets: Target[] = [];
  for (const { type, names } of asked) {
    if (names.length > 0 && context.flags.string('selector') !== '')
      fatal('selectors and the all flag cannot be used when passing resource/name arguments');
    if (names.length === 0)
      targets.push(...((await faults.guard(() => listAll(context, type, context.flags.string('selector')))) ?? []));
    for (const name of names) {
      const namespace = type.namespaced ? context.namespace : '';
      const reply = await context.api.ask({ path: resourcePath(type, namespace, name) });
      if (reply.ok) {
        targets.push({ type, name, namespace, object: reply.object });
        continue;
      }
      const alike =
        args.length === 2 && reply.failure.reason === 'NotFound' ? await beginWith(context, type, name) : [];
      if (alike.length > 0) return { targets: alike, byPrefix: true };
      await faults.guard(() => refuse(reply.failure));
    }
  }
  return { targets, byPrefix: false };
}

/** A single name that is not there may be the beginning of others. */
async function beginWith(context: Context, type: ResourceType, prefix: string): Promise<Target[]> {
  const namespace = type.namespaced ? context.namespace : '';
  const list = await context.api.ask({ path: resourcePath(type, namespace), query: { limit: 500 } });
  return (list.ok ? objectsAt(list.object, 'items') : [])
    .filter((item) => nameOf(item).startsWith(prefix))
    .map((object) => ({ type, name: nameOf(object), namespace, object }));
}
