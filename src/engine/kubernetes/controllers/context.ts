/** What every controller is made with, and what their process looks like from outside. */
import type { Simulation } from '../../sim/simulation.ts';
import { controllerOf } from '../apimachinery/meta.ts';
import type { ApiObject, Pod } from '../apimachinery/types.ts';
import type { Client, EventRecorder, Informer, InformerFactory, Reconciler, WorkQueue } from '../client/interface.ts';

export interface ControllerContext {
  readonly simulation: Simulation;
  readonly client: Client;
  readonly informers: InformerFactory;
  /** A recorder that speaks as `component` (`replicaset-controller`). */
  recorder(component: string): EventRecorder;
  /** The work queue that calls the reconciler. */
  queue(reconciler: Reconciler): WorkQueue;
  /** Ranges of the cluster, from the controller manager's flags. */
  readonly podCidr: string;
  readonly nodeCidrMaskSize: number;
  /** Every resource whose objects live in namespaces (`pods`, `deployments.apps`), from discovery. */
  namespacedResources(): readonly string[];
  /** The resource of a kind as owner references name it. */
  resourceOf(apiVersion: string, kind: string): { readonly resource: string; readonly namespaced: boolean } | undefined;
  /** PEM of the cluster's authority, published in every namespace. */
  rootCertificate(): string;
  /** A token of a service account that lives as long as the Secret that holds it, signed with the cluster's key. */
  secretToken(namespace: string, account: { readonly name: string; readonly uid: string }, secret: string): string;
}

const BY_CONTROLLER = 'controller';
const ORPHANS = 'orphans';
const indexed = new WeakSet<object>();

/** The shared pod informer with the indexes that workload controllers use. */
export function podsByController(informers: InformerFactory): Informer<Pod> {
  const pods = informers.informer('pods');
  ownerIndexes(pods);
  return pods;
}

/** Adds indexes by managing owner and for those without one, once. */
export function ownerIndexes<T extends ApiObject>(informer: Informer<T>): Informer<T> {
  if (indexed.has(informer)) return informer;
  indexed.add(informer);
  informer.addIndex(BY_CONTROLLER, (object) => {
    const owner = controllerOf(object);
    return owner === undefined ? [] : [owner.uid];
  });
  informer.addIndex(ORPHANS, (object) => (controllerOf(object) === undefined ? [object.metadata.namespace ?? ''] : []));
  return informer;
}

export const ownedBy = <T>(informer: Informer<T>, uid: string): readonly T[] => informer.byIndex(BY_CONTROLLER, uid);
export const orphansIn = <T>(informer: Informer<T>, namespace: string): readonly T[] =>
  informer.byIndex(ORPHANS, namespace);
