/** Who owns whom: the garbage collector's graph, rebuilt from informers. */
import type { ApiObject, OwnerReference } from '../../apimachinery/types.ts';

export interface GraphNode {
  readonly uid: string;
  readonly resource: string;
  readonly key: string;
  readonly owners: readonly OwnerReference[];
  readonly deleting: boolean;
  readonly finalizers: readonly string[];
}

const NONE: ReadonlySet<string> = new Set();
const NO_OWNERS: readonly OwnerReference[] = [];
const NO_FINALIZERS: readonly string[] = [];

export class OwnerGraph {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #dependents = new Map<string, Set<string>>();

  get(uid: string): GraphNode | undefined {
    return this.#nodes.get(uid);
  }

  dependents(uid: string): ReadonlySet<string> {
    return this.#dependents.get(uid) ?? NONE;
  }

  put(resource: string, key: string, { metadata }: ApiObject): GraphNode {
    const before = this.#nodes.get(metadata.uid);
    const node: GraphNode = {
      uid: metadata.uid,
      resource,
      key,
      owners: metadata.ownerReferences ?? NO_OWNERS,
      deleting: metadata.deletionTimestamp !== undefined,
      finalizers: metadata.finalizers ?? NO_FINALIZERS,
    };
    this.#nodes.set(node.uid, node);
    if (before?.owners !== node.owners) {
      for (const owner of before?.owners ?? []) this.#unlink(owner.uid, node.uid);
      for (const owner of node.owners) this.#link(owner.uid, node.uid);
    }
    return node;
  }

  remove(uid: string): void {
    for (const owner of this.#nodes.get(uid)?.owners ?? []) this.#unlink(owner.uid, uid);
    this.#nodes.delete(uid);
  }

  clear(): void {
    this.#nodes.clear();
    this.#dependents.clear();
  }

  #link(owner: string, dependent: string): void {
    const set = this.#dependents.get(owner);
    if (set === undefined) this.#dependents.set(owner, new Set([dependent]));
    else set.add(dependent);
  }

  #unlink(owner: string, dependent: string): void {
    const set = this.#dependents.get(owner);
    set?.delete(dependent);
    if (set?.size === 0) this.#dependents.delete(owner);
  }
}
