import type { RequestHead } from '../../../../protocol/http.ts';
import { LateMap, LateSet } from '../../../sim/late-map.ts';
import type { ParseState } from '../../net/http/text.ts';
import type { ReactiveConnection, ReactiveState } from './reactive.ts';

export interface OpenConnection extends ReactiveConnection {
  readonly listener: number | undefined;
  /** Bytes that are not yet a whole message. */
  parser: ParseState | undefined;
  /** A request whose body is still coming. */
  head: RequestHead | undefined;
  body: Uint8Array[];
  /** Requests that were not answered yet: answers are sent in order. */
  waiting: number;
  closeAfter: boolean;
}

/** A reactive program's state beside its process record: all data. */
export interface ReactiveInstance {
  state: ReactiveState;
  /** Events of timers by name. */
  timers: Map<string, number>;
  listeners: Map<number, number>;
  datagrams: Set<number>;
  connections: Map<number, OpenConnection>;
  connecting: Map<number, { readonly tag: string; readonly ip: string; readonly port: number }>;
  /** Output that a slow reader leaves. */
  outbox: { readonly fd: number; readonly bytes: Uint8Array }[];
  outboxBytes: number;
  reading: boolean;
  children: Set<number>;
  burns: string[];
}

export const freshInstance = (): ReactiveInstance => ({
  state: {},
  timers: new LateMap(),
  listeners: new LateMap(),
  datagrams: new LateSet(),
  connections: new LateMap(),
  connecting: new LateMap(),
  outbox: [],
  outboxBytes: 0,
  reading: false,
  children: new LateSet(),
  burns: [],
});

/** Maps and sets as data. */
export interface SavedInstance extends Omit<
  ReactiveInstance,
  'timers' | 'listeners' | 'datagrams' | 'connections' | 'connecting' | 'children'
> {
  readonly timers: readonly (readonly [string, number])[];
  readonly listeners: readonly (readonly [number, number])[];
  readonly datagrams: readonly number[];
  readonly connections: readonly OpenConnection[];
  readonly connecting: readonly (readonly [
    number,
    { readonly tag: string; readonly ip: string; readonly port: number },
  ])[];
  readonly children: readonly number[];
}

export const saveInstance = (instance: ReactiveInstance): SavedInstance => ({
  ...instance,
  outbox: [...instance.outbox],
  burns: [...instance.burns],
  timers: [...instance.timers],
  listeners: [...instance.listeners],
  datagrams: [...instance.datagrams],
  connections: [...instance.connections.values()].map((each) => ({
    ...each,
    body: [...each.body],
    parser: each.parser === undefined ? undefined : { ...each.parser },
  })),
  connecting: [...instance.connecting],
  children: [...instance.children],
});

export const loadInstance = (saved: SavedInstance): ReactiveInstance => ({
  ...saved,
  outbox: [...saved.outbox],
  burns: [...saved.burns],
  timers: new LateMap(saved.timers),
  listeners: new LateMap(saved.listeners),
  datagrams: new LateSet(saved.datagrams),
  connections: new LateMap(
    saved.connections.map((each) => [
      each.id,
      { ...each, body: [...each.body], parser: each.parser === undefined ? undefined : { ...each.parser } },
    ]),
  ),
  connecting: new LateMap(saved.connecting),
  children: new LateSet(saved.children),
});
