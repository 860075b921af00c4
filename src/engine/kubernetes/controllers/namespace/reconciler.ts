/** The namespace controller: empties a namespace that is being deleted, then lets it go. */
import type { Namespace } from '../../apimachinery/types.ts';
import { isFailure } from '../../apimachinery/status.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import { podsByController, type ControllerContext } from '../context.ts';

/** How soon to look again while something is left. */
const RETRY_US = 5_000_000;
const FINALIZER = 'kubernetes';
/** Not content: written about others, or without a list. */
const SKIPPED = new Set(['bindings', 'localsubjectaccessreviews.authorization.k8s.io']);

export class NamespaceController implements Reconciler {
  readonly name = 'namespace';
  readonly #namespaces: Informer<Namespace>;
  readonly #queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.#namespaces = context.informers.informer('namespaces');
    this.#queue = context.queue(this);
    this.#namespaces.addHandler((event) => {
      if (event.object.metadata.deletionTimestamp !== undefined) this.#queue.add(event.key);
    });
    podsByController(context.informers).addHandler((event) => {
      const name = event.object.metadata.namespace ?? '';
      if (event.type === 'deleted' && this.#namespaces.get(name)?.metadata.deletionTimestamp !== undefined)
        this.#queue.add(name);
    });
  }

  reconcile(key: string): ReconcileResult {
    const namespace = this.#namespaces.get(key);
    if (namespace?.metadata.deletionTimestamp === undefined) return undefined;
    const finalizers = namespace.spec?.finalizers ?? [];
    if (!finalizers.includes(FINALIZER)) return undefined;
    const left = this.#empty(key);
    if (left.length > 0) {
      this.#report(namespace, left);
      return { requeueAfterUs: RETRY_US };
    }
    const spec = { ...namespace.spec, finalizers: finalizers.filter((finalizer) => finalizer !== FINALIZER) };
    const answer = this.context.client.update('namespaces', { ...namespace, spec }, { subresource: 'finalize' });
    return isFailure(answer) && answer.reason !== 'NotFound' ? { error: answer.message } : undefined;
  }

  /** Deletes everything; answers what is still there. */
  #empty(
    namespace: string,
  ): readonly { readonly resource: string; readonly count: number; readonly finalizers: readonly string[] }[] {
    const { client } = this.context;
    const left: { resource: string; count: number; finalizers: readonly string[] }[] = [];
    for (const resource of this.context.namespacedResources()) {
      if (SKIPPED.has(resource)) continue;
      const before = client.list(resource, { namespace, limit: 1 });
      if (isFailure(before) || before.items.length === 0) continue;
      client.deleteCollection(resource, { namespace, propagationPolicy: 'Background' });
      const after = client.list(resource, { namespace });
      if (isFailure(after) || after.items.length === 0) continue;
      left.push({
        resource,
        count: after.items.length,
        finalizers: after.items.flatMap((item) => item.metadata.finalizers ?? []),
      });
    }
    return left;
  }

  #report(
    namespace: Namespace,
    left: readonly { readonly resource: string; readonly count: number; readonly finalizers: readonly string[] }[],
  ): void {
    const texts = left.map(
      ({ resource, count }) =>
        `${resource.includes('.') ? resource : `${resource}.`} has ${String(count)} resource instances`,
    );
    const message = `Some resources are remaining: ${texts.join(', ')}`;
    const finalizers = new Map<string, number>();
    for (const item of left)
      for (const finalizer of item.finalizers) finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
    const known = (namespace.status?.conditions ?? []).find(
      (condition) => condition.type === 'NamespaceContentRemaining',
    );
    if (known?.message === message) return;
    const at = { lastTransitionTime: namespace.metadata.deletionTimestamp ?? '' };
    const held = [...finalizers].map(([name, count]) => `${name} in ${String(count)} resource instances`).join(', ');
    const conditions = [
      {
        type: 'NamespaceDeletionDiscoveryFailure',
        status: 'False',
        reason: 'ResourcesDiscovered',
        message: 'All resources successfully discovered',
        ...at,
      },
      {
        type: 'NamespaceDeletionGroupVersionParsingFailure',
        status: 'False',
        reason: 'ParsedGroupVersions',
        message: 'All legacy kube types successfully parsed',
        ...at,
      },
      {
        type: 'NamespaceDeletionContentFailure',
        status: 'False',
        reason: 'ContentDeleted',
        message: 'All content successfully deleted, may be waiting on finalization',
        ...at,
      },
      { type: 'NamespaceContentRemaining', status: 'True', reason: 'SomeResourcesRemain', message, ...at },
      finalizers.size === 0
        ? {
            type: 'NamespaceFinalizersRemaining',
            status: 'False',
            reason: 'ContentHasNoFinalizers',
            message: 'All content-preserving finalizers finished',
            ...at,
          }
        : {
            type: 'NamespaceFinalizersRemaining',
            status: 'True',
            reason: 'SomeFinalizersRemain',
            message: `Some content in the namespace has finalizers remaining: ${held}`,
            ...at,
          },
    ];
    this.context.client.patchStatus('namespaces', { name: namespace.metadata.name }, { status: { conditions } });
  }
}
