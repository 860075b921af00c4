/** What every namespace gets: the service account `default` and the ConfigMap with the cluster's authority. */
import { isFailure } from '../../apimachinery/status.ts';
import type { ConfigMap, Namespace, ServiceAccount } from '../../apimachinery/types.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import type { ControllerContext } from '../context.ts';

const ROOT_CA = 'kube-root-ca.crt';
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.';

export class ServiceAccountController implements Reconciler {
  readonly name = 'serviceaccount';
  readonly #namespaces: Informer<Namespace>;
  readonly #accounts: Informer<ServiceAccount>;
  readonly #maps: Informer<ConfigMap>;
  readonly #queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.#namespaces = context.informers.informer('namespaces');
    this.#accounts = context.informers.informer('serviceaccounts');
    this.#maps = context.informers.informer('configmaps');
    this.#queue = context.queue(this);
    this.#namespaces.addHandler((event) => {
      if (event.type !== 'deleted') this.#queue.add(event.key);
    });
    this.#accounts.addHandler((event) => {
      if (event.type === 'deleted' && event.object.metadata.name === 'default')
        this.#queue.add(event.object.metadata.namespace ?? '');
    });
    this.#maps.addHandler((event) => {
      if (event.type !== 'added' && event.object.metadata.name === ROOT_CA)
        this.#queue.add(event.object.metadata.namespace ?? '');
    });
  }

  reconcile(namespace: string): ReconcileResult {
    const found = this.#namespaces.get(namespace);
    if (found === undefined || found.metadata.deletionTimestamp !== undefined) return undefined;
    const { client } = this.context;
    if (this.#accounts.get(`${namespace}/default`) === undefined) {
      const answer = client.create('serviceaccounts', { metadata: { name: 'default', namespace } });
      if (isFailure(answer) && answer.reason !== 'AlreadyExists') return { error: answer.message };
    }
    const data = { 'ca.crt': this.context.rootCertificate() };
    const current = this.#maps.get(`${namespace}/${ROOT_CA}`);
    if (current === undefined) {
      const answer = client.create('configmaps', {
        metadata: { name: ROOT_CA, namespace, annotations: { 'kubernetes.io/description': DESCRIPTION } },
        data,
      });
      if (isFailure(answer) && answer.reason !== 'AlreadyExists') return { error: answer.message };
    } else if (current.data?.['ca.crt'] !== data['ca.crt']) {
      const answer = client.update('configmaps', { ...current, data });
      if (isFailure(answer)) return { error: answer.message };
    }
    return undefined;
  }
}
