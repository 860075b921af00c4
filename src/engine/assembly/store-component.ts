import type { Plain } from '../../protocol/plain.ts';
import type { Store } from '../kubernetes/etcd/store.ts';
import type { Component } from '../sim/component.ts';

/** etcd's data as a part of snapshots; the store handles no events of its own. */
export class StoreComponent implements Component {
  constructor(private readonly store: Store) {}
  handle(type: string): void {
    throw new Error(`etcd has no event ${type}`);
  }
  snapshot(): Plain {
    return this.store.snapshot();
  }
  restore(state: Plain): void {
    this.store.restore(state);
  }
}
