import { configMaps } from './configmap/index.ts';
import { cronJobs } from './cronjob/index.ts';
import { customResourceDefinitions } from './customresourcedefinition/index.ts';
import { daemonSets } from './daemonset/index.ts';
import { deployments } from './deployment/index.ts';
import { endpoints } from './endpoints/index.ts';
import { endpointSlices } from './endpointslice/index.ts';
import { events } from './event/index.ts';
import { horizontalPodAutoscalers } from './horizontalpodautoscaler/index.ts';
import { ingresses } from './ingress/index.ts';
import { jobs } from './job/index.ts';
import { leases } from './lease/index.ts';
import { namespaces } from './namespace/index.ts';
import { networkPolicies } from './networkpolicy/index.ts';
import { nodes } from './node/index.ts';
import { others } from './others/index.ts';
import { persistentVolumes } from './persistentvolume/index.ts';
import { persistentVolumeClaims } from './persistentvolumeclaim/index.ts';
import { pods } from './pod/strategy.ts';
import { podDisruptionBudgets } from './poddisruptionbudget/index.ts';
import { priorityClasses } from './priorityclass/index.ts';
import { rbac } from './rbac/index.ts';
import { replicaSets } from './replicaset/index.ts';
import { replicationControllers } from './replicationcontroller/index.ts';
import { resourceQuotas } from './resourcequota/index.ts';
import { secrets } from './secret/index.ts';
import { services } from './service/index.ts';
import { serviceAccounts } from './serviceaccount/index.ts';
import { statefulSets } from './statefulset/index.ts';
import { storageClasses } from './storageclass/index.ts';
import type { ResourceEntry, Strategy } from './strategy.ts';

export type { Cell, Column, RowContext, Strategy } from './strategy.ts';

/** One line per kind that has more than the common behaviour. */
const ENTRIES: readonly ResourceEntry[] = [
  configMaps,
  cronJobs,
  customResourceDefinitions,
  daemonSets,
  deployments,
  endpoints,
  endpointSlices,
  events,
  horizontalPodAutoscalers,
  ingresses,
  jobs,
  leases,
  namespaces,
  networkPolicies,
  nodes,
  persistentVolumes,
  persistentVolumeClaims,
  pods,
  podDisruptionBudgets,
  priorityClasses,
  replicaSets,
  replicationControllers,
  resourceQuotas,
  secrets,
  services,
  serviceAccounts,
  statefulSets,
  storageClasses,
  ...rbac,
  ...others,
];

const BY_RESOURCE: ReadonlyMap<string, Strategy> = new Map(
  ENTRIES.map(({ resource, strategy }) => [resource, strategy]),
);
const PLAIN: Strategy = {};

/** What a kind adds to the common path; nothing for kinds without a folder. */
export const strategyOf = (resource: string): Strategy => BY_RESOURCE.get(resource) ?? PLAIN;
