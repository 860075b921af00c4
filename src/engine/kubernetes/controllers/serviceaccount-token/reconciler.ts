/** Fills Secrets of type kubernetes.io/service-account-token and removes them with their account (serviceaccount tokens_controller). */
import { isFailure } from '../../apimachinery/status.ts';
import type { Secret, ServiceAccount } from '../../apimachinery/types.ts';
import type { Informer, ReconcileResult, Reconciler, WorkQueue } from '../../client/interface.ts';
import type { ControllerContext } from '../context.ts';
import { accountOf, planToken } from './plan.ts';

export class ServiceAccountTokenController implements Reconciler {
  readonly name = 'serviceaccount-token';
  readonly #secrets: Informer<Secret>;
  readonly #accounts: Informer<ServiceAccount>;
  readonly #queue: WorkQueue;

  constructor(private readonly context: ControllerContext) {
    this.#secrets = context.informers.informer('secrets');
    this.#accounts = context.informers.informer('serviceaccounts');
    this.#queue = context.queue(this);
    this.#secrets.addHandler((event) => {
      if (event.type !== 'deleted' && accountOf(event.object) !== undefined) this.#queue.add(event.key);
    });
    this.#accounts.addHandler(({ object: { metadata } }) => {
      for (const secret of this.#secrets.list(metadata.namespace))
        if (accountOf(secret) === metadata.name)
          this.#queue.add(`${secret.metadata.namespace ?? ''}/${secret.metadata.name}`);
    });
  }

  reconcile(key: string): ReconcileResult {
    const secret = this.#secrets.get(key);
    const name = secret === undefined ? undefined : accountOf(secret);
    if (secret === undefined || name === undefined || secret.metadata.deletionTimestamp !== undefined) return undefined;
    const { namespace = '', uid } = secret.metadata;
    const action = planToken(
      secret,
      this.#accounts.get(`${namespace}/${name}`),
      this.context.rootCertificate(),
      (account) => this.context.secretToken(namespace, account.metadata, secret.metadata.name),
    );
    const { client } = this.context;
    if (action.type === 'none') return undefined;
    const answer =
      action.type === 'fill'
        ? client.update('secrets', action.secret)
        : client.delete('secrets', secret.metadata, { preconditions: { uid } });
    return isFailure(answer) && answer.reason !== 'NotFound' ? { error: answer.message } : undefined;
  }
}
