/** The scheduler's picture of the cluster, kept up to date by informers and by its own assumptions. */
import { labelSetMatcher, matcherOf } from '../apimachinery/label-selector.ts';
import { controllerOf } from '../apimachinery/meta.ts';
import type { Namespace, Node, Pod, ReplicaSet, Service } from '../apimachinery/types.ts';
import type { Lister } from '../client/interface.ts';
import type { ClusterView } from './framework.ts';
import { NodeInfo } from './node-info.ts';
import { podInfoOf, podKey } from './pod-info.ts';
import { SpreadCounts } from './spread-counts.ts';

/** What default spreading reads of the cluster. */
export interface WorkloadListers {
  readonly services: Lister<Service>;
  readonly replicaSets: Lister<ReplicaSet>;
  readonly namespaces: Lister<Namespace>;
}

const NO_LABELS: Readonly<Record<string, string>> = {};

export class SchedulerCache implements ClusterView {
  readonly #nodes = new Map<string, NodeInfo>();
  #list: NodeInfo[] | undefined;
  /** Where each placed pod is. */
  readonly #placed = new Map<string, string>();
  /** Bound by this scheduler, not yet seen through the informer. */
  readonly assumed = new Map<string, string>();
  readonly nodesWithAffinity = new Set<NodeInfo>();
  readonly spread = new SpreadCounts();
  readonly #servicesByNamespace = new Map<string, readonly Service[]>();

  constructor(private readonly listers: WorkloadListers) {}

  get nodes(): readonly NodeInfo[] {
    this.#list ??= [...this.#nodes.values()].filter((info) => info.node !== undefined);
    return this.#list;
  }

  node(name: string): NodeInfo | undefined {
    return this.#nodes.get(name);
  }

  namespaceLabels(namespace: string): Readonly<Record<string, string>> {
    return this.listers.namespaces.get(namespace)?.metadata.labels ?? NO_LABELS;
  }

  setNode(node: Node): void {
    const { name } = node.metadata;
    const info = this.#nodes.get(name);
    if (info === undefined) {
      this.#nodes.set(name, new NodeInfo(name, node));
      this.#list = undefined;
      return;
    }
    if (info.node === undefined) this.#list = undefined;
    info.setNode(node);
  }

  removeNode(name: string): void {
    const info = this.#nodes.get(name);
    if (info === undefined) return;
    this.#list = undefined;
    info.node = undefined;
    if (info.pods.size === 0) this.#nodes.delete(name);
  }

  place(pod: Pod, nodeName: string): void {
    const key = podKey(pod);
    this.take(key);
    let info = this.#nodes.get(nodeName);
    if (info === undefined) {
      // Pods may be seen before their node.
      info = new NodeInfo(nodeName, undefined);
      this.#nodes.set(nodeName, info);
    }
    const podInfo = podInfoOf(pod);
    info.add(podInfo);
    this.#placed.set(key, nodeName);
    this.spread.placed(nodeName, podInfo);
    if (podInfo.hasAffinity) this.nodesWithAffinity.add(info);
  }

  /** Takes a pod off its node. */
  take(key: string): void {
    const nodeName = this.#placed.get(key);
    const info = nodeName === undefined ? undefined : this.#nodes.get(nodeName);
    const podInfo = info?.pods.get(key);
    if (nodeName === undefined || info === undefined || podInfo === undefined) return;
    this.#placed.delete(key);
    info.remove(key);
    this.spread.left(nodeName, podInfo);
    if (info.withAffinity.size === 0) this.nodesWithAffinity.delete(info);
    if (info.node === undefined && info.pods.size === 0) this.#nodes.delete(nodeName);
  }

  placedOn(key: string): string | undefined {
    return this.#placed.get(key);
  }

  /** Services or replica sets have changed. */
  workloadsChanged(): void {
    this.spread.clear();
    this.#servicesByNamespace.clear();
  }

  defaultSelector(pod: Pod): ((labels: Readonly<Record<string, string>>) => boolean) | undefined {
    const namespace = pod.metadata.namespace ?? '';
    const labels = pod.metadata.labels ?? NO_LABELS;
    const matchers = this.#services(namespace)
      .filter(
        ({ spec }) =>
          spec.selector !== undefined &&
          Object.keys(spec.selector).length > 0 &&
          labelSetMatcher(spec.selector).matches(labels),
      )
      .map(({ spec }) => labelSetMatcher(spec.selector ?? {}));
    const owner = controllerOf(pod);
    if (owner?.kind === 'ReplicaSet') {
      const set = this.listers.replicaSets.get(`${namespace}/${owner.name}`);
      if (set !== undefined) matchers.push(matcherOf(set.spec.selector));
    }
    if (matchers.length === 0) return undefined;
    return (other) => matchers.every((matcher) => matcher.matches(other));
  }

  workloadKey(pod: Pod): string {
    const owner = controllerOf(pod);
    const namespace = pod.metadata.namespace ?? '';
    return owner === undefined
      ? `${namespace}=${JSON.stringify(pod.metadata.labels ?? {})}`
      : `${namespace}=${owner.uid}`;
  }

  clear(): void {
    this.#nodes.clear();
    this.#list = undefined;
    this.#placed.clear();
    this.assumed.clear();
    this.nodesWithAffinity.clear();
    this.workloadsChanged();
  }

  #services(namespace: string): readonly Service[] {
    const known = this.#servicesByNamespace.get(namespace);
    if (known !== undefined) return known;
    const services = this.listers.services.list(namespace);
    this.#servicesByNamespace.set(namespace, services);
    return services;
  }
}
