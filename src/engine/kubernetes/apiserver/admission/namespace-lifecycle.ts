import { type FailureStatus, failure, forbidden, notFound } from '../../apimachinery/status.ts';
import type { AdmissionPlugin, AdmissionRequest } from '../core.ts';
import { keyFor } from '../registry.ts';
import type { Registry } from '../registry.ts';
import { asApiObject } from '../selection.ts';
import type { Storage } from '../storage.ts';

const IMMORTAL: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** Admission plugin NamespaceLifecycle: nothing is made in a namespace that is missing or on its way out. */
export class NamespaceLifecycle implements AdmissionPlugin {
  readonly name = 'NamespaceLifecycle';
  constructor(
    private readonly registry: Registry,
    private readonly storage: Storage,
  ) {}

  admit(request: AdmissionRequest): AdmissionRequest['object'] | FailureStatus {
    const { info, operation, namespace, name } = request;
    if (operation !== 'CREATE' || !info.namespaced) return request.object;
    const namespaces = this.registry.find('namespaces');
    const store = this.storage.store();
    if (namespaces === undefined) return request.object;
    if ('kind' in store) return store;
    const entry = store.get(keyFor(namespaces, '', namespace));
    if (entry === undefined) return notFound('namespaces', namespace);
    const view = asApiObject(entry.value);
    if (view.metadata.deletionTimestamp === undefined) return request.object;
    const refused = forbidden(
      info.plural,
      name,
      info.group,
      `unable to create new content in namespace ${namespace} because it is being terminated`,
    );
    return failure('Forbidden', refused.message, {
      ...refused.details,
      causes: [
        {
          reason: 'NamespaceTerminating',
          message: `namespace ${namespace} is being terminated`,
          field: 'metadata.namespace',
        },
      ],
    });
  }

  validate({ operation, info, name }: AdmissionRequest): FailureStatus | undefined {
    if (operation === 'DELETE' && info.groupResource === 'namespaces' && IMMORTAL.has(name))
      return forbidden('namespaces', name, '', 'this namespace may not be deleted');
    return undefined;
  }
}
