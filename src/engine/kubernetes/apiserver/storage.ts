import type { JsonObject } from '../../../protocol/plain.ts';
import { type Answer, type FailureStatus, alreadyExists, conflict, failure, notFound } from '../apimachinery/status.ts';
import type { Entry, Store } from '../etcd/store.ts';
import { type ResourceInfo, keyFor } from './registry.ts';
import { withRevision } from './watch-hub.ts';

/** Where the store is: etcd is another process, which may be gone. */
export interface EtcdEndpoint {
  connect(): { readonly store: Store } | { readonly broken: string };
}

/** Objects of resources in the store. */
export class Storage {
  constructor(private readonly etcd: EtcdEndpoint) {}

  /** The store, or what clients see while it is unreachable. */
  store(): Answer<Store> {
    const connection = this.etcd.connect();
    return 'store' in connection ? connection.store : etcdGone();
  }

  entry(info: ResourceInfo, namespace: string, name: string): Answer<Entry> {
    const store = this.store();
    if ('kind' in store) return store;
    return store.get(keyFor(info, namespace, name)) ?? notFound(info.plural, name, info.group);
  }

  /** Stores a new object; its resourceVersion becomes the revision. */
  create(info: ResourceInfo, namespace: string, name: string, object: JsonObject, lease?: number): Answer<JsonObject> {
    const store = this.store();
    if ('kind' in store) return store;
    const entry = store.put(keyFor(info, namespace, name), (revision) => withRevision(object, revision), 0, lease);
    return entry === undefined ? alreadyExists(info.plural, name, info.group) : entry.value;
  }

  /** Replaces what was read. */
  replace(info: ResourceInfo, entry: Entry, object: JsonObject): Answer<JsonObject> {
    const store = this.store();
    if ('kind' in store) return store;
    const next = store.put(entry.key, (revision) => withRevision(object, revision), entry.modRevision, entry.lease);
    return next === undefined ? conflict(info.plural, nameIn(entry), info.group) : next.value;
  }

  /** Removes what was read; answers the last state with the deletion's revision. */
  remove(info: ResourceInfo, entry: Entry): Answer<JsonObject> {
    const store = this.store();
    if ('kind' in store) return store;
    const event = store.delete(entry.key, withRevision, entry.modRevision);
    return event?.removed ?? conflict(info.plural, nameIn(entry), info.group);
  }
}

const nameIn = (entry: Entry): string => entry.key.slice(entry.key.lastIndexOf('/') + 1);

const etcdGone = (): FailureStatus => failure('InternalError', 'etcdserver: request timed out', undefined, 500);
