/**
 * The garbage collector.
 * Models: background, foreground and orphan propagation over owner references, dangling references.
 * Leaves out: custom resources created after it started; objects of kinds outside `COLLECTED`.
 */
import { splitKey } from '../../apimachinery/meta.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { ApiObject, OwnerReference } from '../../apimachinery/types.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import type { ControllerContext } from '../context.ts';
import { OwnerGraph, type GraphNode } from './graph.ts';
import { planDependent, type OwnerState } from './plan.ts';

/** Resources that own or are owned. */
const COLLECTED = [
  'pods',
  'replicasets.apps',
  'deployments.apps',
  'daemonsets.apps',
  'statefulsets.apps',
  'controllerrevisions.apps',
  'jobs.batch',
  'cronjobs.batch',
  'services',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'nodes',
  'leases.coordination.k8s.io',
  'ingresses.networking.k8s.io',
  'networkpolicies.networking.k8s.io',
  'poddisruptionbudgets.policy',
  'horizontalpodautoscalers.autoscaling',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
] as const;
const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

export class GarbageCollector implements Reconciler {
  readonly name = 'garbagecollector';
  readonly #queue: WorkQueue;
  readonly #graph = new OwnerGraph();
  readonly #informers: readonly (readonly [string, Informer<ApiObject>])[];
  #stale = false;

  constructor(private readonly context: ControllerContext) {
    this.#queue = context.queue(this);
    this.#informers = COLLECTED.map((resource) => [resource, context.informers.informer<string>(resource)] as const);
    for (const [resource, informer] of this.#informers) {
      informer.addHandler((event) => {
        this.#refresh();
        if (event.type === 'deleted') this.#onDeleted(event.object);
        else if (event.type === 'added' || changed(event.old, event.object))
          this.#onPut(resource, event.key, event.object);
      });
    }
  }

  #onPut(resource: string, key: string, object: ApiObject): void {
    const node = this.#graph.put(resource, key, object);
    if (node.deleting) {
      if (node.finalizers.includes(FOREGROUND) || node.finalizers.includes(ORPHAN)) this.#queue.add(node.uid);
      return;
    }
    for (const owner of node.owners) {
      const known = this.#graph.get(owner.uid);
      if (known === undefined || (known.deleting && known.finalizers.includes(FOREGROUND))) {
        this.#queue.add(node.uid);
        break;
      }
    }
  }

  #onDeleted({ metadata }: ApiObject): void {
    const node = this.#graph.get(metadata.uid);
    for (const dependent of this.#graph.dependents(metadata.uid)) this.#queue.add(dependent);
    this.#graph.remove(metadata.uid);
    for (const owner of node?.owners ?? []) {
      const holder = this.#graph.get(owner.uid);
      if (holder?.deleting === true && holder.finalizers.includes(FOREGROUND)) this.#queue.add(holder.uid);
    }
  }

  reconcile(uid: string): ReconcileResult {
    this.#refresh();
    const node = this.#graph.get(uid);
    if (node === undefined) return undefined;
    if (node.deleting && node.finalizers.includes(ORPHAN)) return this.#orphanDependents(node);
    if (node.deleting && node.finalizers.includes(FOREGROUND)) return this.#deleteDependentsFirst(node);
    return node.deleting ? undefined : this.#attemptToDelete(node);
  }

  #attemptToDelete(node: GraphNode): ReconcileResult {
    const { client, simulation } = this.context;
    const at = this.#at(node);
    const live = client.get<string>(node.resource, at.name, at.namespace);
    if (isFailure(live)) return live.reason === 'NotFound' ? undefined : { error: live.message };
    if (live.metadata.uid !== node.uid || live.metadata.deletionTimestamp !== undefined) return undefined;
    const owners = live.metadata.ownerReferences ?? [];
    const action = planDependent(
      owners,
      (owner) => this.#ownerState(owner, at.namespace),
      live.metadata.finalizers ?? [],
      this.#graph.dependents(node.uid).size > 0,
    );
    if (action.type === 'keep') return undefined;
    if (action.type === 'drop-references') return this.#dropReferences(node, owners, action.uids);
    simulation.trace.record('controller/garbagecollector', 'object.collected', `${node.resource}/${node.key}`, {
      because: action.because,
    });
    const answer = client.delete(node.resource, at, {
      propagationPolicy: action.propagation,
      preconditions: { uid: node.uid },
    });
    return isFailure(answer) && answer.reason !== 'NotFound' && answer.reason !== 'Conflict'
      ? { error: answer.message }
      : undefined;
  }

  #ownerState(owner: OwnerReference, namespace: string | undefined): OwnerState {
    const known = this.#graph.get(owner.uid);
    if (known !== undefined) return known.deleting && known.finalizers.includes(FOREGROUND) ? 'waiting' : 'solid';
    const kind = this.context.resourceOf(owner.apiVersion, owner.kind);
    // A kind that the server does not know cannot be judged, so nothing is deleted on its account.
    if (kind === undefined) return 'solid';
    const live = this.context.client.get<string>(kind.resource, owner.name, kind.namespaced ? namespace : undefined);
    if (isFailure(live)) return live.reason === 'NotFound' ? 'dangling' : 'solid';
    if (live.metadata.uid !== owner.uid) return 'dangling';
    return live.metadata.deletionTimestamp !== undefined && (live.metadata.finalizers ?? []).includes(FOREGROUND)
      ? 'waiting'
      : 'solid';
  }

  #deleteDependentsFirst(node: GraphNode): ReconcileResult {
    let blocking = 0;
    for (const uid of this.#graph.dependents(node.uid)) {
      const dependent = this.#graph.get(uid);
      const reference = dependent?.owners.find((owner) => owner.uid === node.uid);
      if (dependent === undefined || reference === undefined) continue;
      if (reference.blockOwnerDeletion === true) blocking += 1;
      if (!dependent.deleting) this.#queue.add(uid);
    }
    return blocking > 0 ? undefined : this.#removeFinalizer(node, FOREGROUND);
  }

  #orphanDependents(node: GraphNode): ReconcileResult {
    for (const uid of [...this.#graph.dependents(node.uid)]) {
      const dependent = this.#graph.get(uid);
      if (dependent === undefined) continue;
      const result = this.#dropReferences(dependent, dependent.owners, [node.uid]);
      if (result !== undefined) return result;
    }
    return this.#removeFinalizer(node, ORPHAN);
  }

  #dropReferences(node: GraphNode, owners: readonly OwnerReference[], uids: readonly string[]): ReconcileResult {
    const kept = owners.filter((owner) => !uids.includes(owner.uid));
    const answer = this.context.client.patch<string>(node.resource, this.#at(node), 'merge', {
      metadata: { uid: node.uid, ownerReferences: kept.length === 0 ? null : kept },
    });
    return isFailure(answer) && answer.reason !== 'NotFound' ? { error: answer.message } : undefined;
  }

  #removeFinalizer(node: GraphNode, finalizer: string): ReconcileResult {
    const at = this.#at(node);
    const live = this.context.client.get<string>(node.resource, at.name, at.namespace);
    if (isFailure(live)) return live.reason === 'NotFound' ? undefined : { error: live.message };
    const finalizers = (live.metadata.finalizers ?? []).filter((item) => item !== finalizer);
    const answer = this.context.client.patch<string>(node.resource, at, 'merge', {
      metadata: { uid: node.uid, finalizers: finalizers.length === 0 ? null : finalizers },
    });
    return isFailure(answer) && answer.reason !== 'NotFound' ? { error: answer.message } : undefined;
  }

  #at(node: GraphNode): { readonly name: string; readonly namespace?: string } {
    const { namespace, name } = splitKey(node.key);
    return namespace === '' ? { name } : { name, namespace };
  }

  #refresh(): void {
    if (!this.#stale) return;
    this.#stale = false;
    this.#graph.clear();
    for (const [resource, informer] of this.#informers) {
      for (const object of informer.list()) {
        const { namespace, name } = object.metadata;
        this.#graph.put(resource, namespace === undefined ? name : `${namespace}/${name}`, object);
      }
    }
  }

  snapshot(): null {
    return null;
  }

  restore(): void {
    this.#stale = true;
  }
}

const changed = (a: ApiObject, b: ApiObject): boolean =>
  a.metadata.ownerReferences !== b.metadata.ownerReferences ||
  a.metadata.deletionTimestamp !== b.metadata.deletionTimestamp ||
  a.metadata.finalizers !== b.metadata.finalizers;
