import type * as core from './types-core.ts';
import type { ApiObject } from './types-meta.ts';
import type { Pod } from './types-pod.ts';
import type * as workloads from './types-workloads.ts';

export type * from './types-core.ts';
export type * from './types-meta.ts';
export type * from './types-pod.ts';
export type * from './types-workloads.ts';

/** Typed views by group resource: the plural name, and `.group` unless the group is core. */
export interface ResourceTypes {
  readonly pods: Pod;
  readonly nodes: core.Node;
  readonly namespaces: core.Namespace;
  readonly services: core.Service;
  readonly endpoints: core.Endpoints;
  readonly configmaps: core.ConfigMap;
  readonly secrets: core.Secret;
  readonly serviceaccounts: core.ServiceAccount;
  readonly events: core.CoreEvent;
  readonly persistentvolumes: core.PersistentVolume;
  readonly persistentvolumeclaims: core.PersistentVolumeClaim;
  readonly replicationcontrollers: workloads.ReplicationController;
  readonly 'deployments.apps': workloads.Deployment;
  readonly 'replicasets.apps': workloads.ReplicaSet;
  readonly 'daemonsets.apps': workloads.DaemonSet;
  readonly 'statefulsets.apps': workloads.StatefulSet;
  readonly 'controllerrevisions.apps': workloads.ControllerRevision;
  readonly 'jobs.batch': workloads.Job;
  readonly 'cronjobs.batch': workloads.CronJob;
  readonly 'endpointslices.discovery.k8s.io': core.EndpointSlice;
  readonly 'leases.coordination.k8s.io': core.Lease;
  readonly 'priorityclasses.scheduling.k8s.io': core.PriorityClass;
}

/** A group resource: `pods`, `deployments.apps`, or any other by the same spelling. */
export type GroupResource = keyof ResourceTypes | (string & {});

/** The view of a resource's objects. */
export type ObjectOf<R extends GroupResource> = R extends keyof ResourceTypes ? ResourceTypes[R] : ApiObject;
