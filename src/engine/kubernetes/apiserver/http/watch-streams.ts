/** Watches over HTTP: one JSON object per event, bookmarks, initial events, time limits. */
import type { RequestHead } from '../../../../protocol/http.ts';
import type { JsonObject, Plain } from '../../../../protocol/plain.ts';
import type { Simulation } from '../../../sim/simulation.ts';
import { type FailureStatus, expired, futureResourceVersion, isFailure } from '../../apimachinery/status.ts';
import type { UserInfo, WatchEventType } from '../../client/interface.ts';
import { type Listed, listObjects, revisionOf } from '../read.ts';
import type { ResourceInfo } from '../registry.ts';
import type { ApiServer } from '../server.ts';
import type { Exchanges } from './front.ts';
import { wantsTable } from './negotiate.ts';
import { listOptions } from './resource-answers.ts';
import { type ResourceRoute, type Target, first, isSet } from './routes.ts';
import { tableOf } from './table.ts';

export interface StreamsOptions {
  readonly simulation: Simulation;
  readonly target: string;
  readonly server: ApiServer;
  readonly exchanges: Exchanges;
}

/** Virtual time between a write and its line on the wire, beside the network's own. */
const LATENCY_US = 200;
const BOOKMARK_INTERVAL_US = 60_000_000;
/** --min-request-timeout: watches without a limit end after 30 to 60 minutes. */
const MIN_TIMEOUT_SECONDS = 1800;

interface Stream {
  readonly exchange: number;
  readonly watch: number;
  readonly resource: string;
  readonly table?: 'v1' | 'v1beta1';
  readonly includeObject: string;
  readonly bookmarks: boolean;
  readonly timeout: number;
  headersSent: boolean;
}

export class WatchStreams {
  readonly #byExchange = new Map<number, Stream>();
  readonly #byWatch = new Map<number, Stream>();
  constructor(private readonly options: StreamsOptions) {}

  /** Answers why there is no watch; undefined when the stream has begun. */
  open(
    exchange: number,
    head: RequestHead,
    target: Target,
    route: ResourceRoute,
    user: UserInfo,
  ): FailureStatus | undefined {
    const { server, exchanges } = this.options;
    const { info } = route;
    const base = listOptions(target, route);
    const options = route.name === '' ? base : { ...base, fieldSelector: `metadata.name=${route.name}` };
    const asked = revisionOf(options.resourceVersion ?? '');
    if (isFailure(asked)) return asked;
    const store = server.core.storage.store();
    if ('kind' in store) return store;
    if (asked > store.revision) return futureResourceVersion(asked, store.revision);
    const {
      resourceVersion: _version,
      resourceVersionMatch: _match,
      limit: _limit,
      continue: _continue,
      ...selectors
    } = options;
    const initial =
      asked === 0 || isSet(target, 'sendInitialEvents') ? listObjects(server.core, info, selectors) : undefined;
    if (initial !== undefined && isFailure(initial)) return initial;
    const opened = server.watch(user, {
      resource: info.groupResource,
      ...selectors,
      fromRevision: initial === undefined ? asked : Number(initial.metadata.resourceVersion),
      notify: { target: this.options.target, type: 'watch' },
      latencyUs: LATENCY_US,
    });
    if (isFailure(opened) && opened.reason !== 'Expired') return opened;
    exchanges.head(exchange, {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-cache, private',
        'transfer-encoding': 'chunked',
      },
    });
    if (isFailure(opened)) {
      const tooOld = expired(`too old resource version: ${String(asked)} (${String(store.compactedRevision)})`);
      exchanges.chunk(exchange, { object: { type: 'ERROR', object: tooOld } });
      exchanges.end(exchange);
    } else this.#begin(this.#streamOf(exchange, opened.id, head, target, info), info, target, initial);
    return undefined;
  }

  #streamOf(exchange: number, watch: number, head: RequestHead, target: Target, info: ResourceInfo): Stream {
    const { loop, random } = this.options.simulation;
    const table = wantsTable(head.headers);
    const seconds =
      Number(first(target, 'timeoutSeconds')) ||
      MIN_TIMEOUT_SECONDS * (1 + random.for('apiserver', 'watch-timeout').fraction());
    return {
      exchange,
      watch,
      resource: info.groupResource,
      ...(table === undefined ? {} : { table }),
      includeObject: first(target, 'includeObject'),
      bookmarks: isSet(target, 'allowWatchBookmarks'),
      timeout: loop.schedule(seconds * 1_000_000, this.options.target, 'watch-timeout', { exchange }),
      headersSent: false,
    };
  }

  /** Sends what is there already, where the client asked for it; the rest comes with `watch` events. */
  #begin(stream: Stream, info: ResourceInfo, target: Target, initial: Listed | undefined): void {
    const { exchange } = stream;
    this.#byExchange.set(exchange, stream);
    this.#byWatch.set(stream.watch, stream);
    for (const item of initial?.items ?? []) this.#send(stream, info, 'ADDED', item);
    if (initial !== undefined && isSet(target, 'sendInitialEvents'))
      this.#bookmark(stream, info, initial.metadata.resourceVersion, true);
    if (stream.bookmarks)
      this.options.simulation.loop.schedule(BOOKMARK_INTERVAL_US, this.options.target, 'bookmark', { exchange });
  }

  handle(type: string, payload: Plain): void {
    const { watch = 0, exchange = 0 } = payload as { watch?: number; exchange?: number };
    if (type === 'watch') this.#deliver(watch);
    else if (type === 'watch-timeout' && this.#byExchange.has(exchange)) {
      this.close(exchange);
      this.options.exchanges.end(exchange);
    } else if (type === 'bookmark') {
      const stream = this.#byExchange.get(exchange);
      const info = stream === undefined ? undefined : this.options.server.registry.find(stream.resource);
      const store = this.options.server.core.storage.store();
      if (stream === undefined || info === undefined || 'kind' in store) return;
      this.#deliver(stream.watch);
      this.#bookmark(stream, info, String(store.revision), false);
      this.options.simulation.loop.schedule(BOOKMARK_INTERVAL_US, this.options.target, 'bookmark', { exchange });
    }
  }

  drained(exchange: number): void {
    const stream = this.#byExchange.get(exchange);
    if (stream !== undefined) this.#deliver(stream.watch);
  }

  /** The client is gone, or the stream is over. */
  close(exchange: number): void {
    const stream = this.#byExchange.get(exchange);
    if (stream === undefined) return;
    this.#byExchange.delete(exchange);
    this.#byWatch.delete(stream.watch);
    this.options.simulation.loop.cancel(stream.timeout);
    this.options.server.cancel(stream.watch);
  }

  clear(): void {
    this.#byExchange.clear();
    this.#byWatch.clear();
  }

  snapshot(): Plain {
    return [...this.#byExchange.values()] as unknown as Plain;
  }

  restore(state: Plain): void {
    this.clear();
    for (const stream of state as unknown as Stream[]) {
      const own = { ...stream };
      this.#byExchange.set(own.exchange, own);
      this.#byWatch.set(own.watch, own);
    }
  }

  #deliver(watch: number): void {
    const stream = this.#byWatch.get(watch);
    if (stream === undefined) return;
    const { server, exchanges } = this.options;
    const info = server.registry.find(stream.resource);
    const events = server.take(watch);
    if (info === undefined || events === undefined || isFailure(events)) {
      if (isFailure(events)) exchanges.chunk(stream.exchange, { object: { type: 'ERROR', object: events } });
      this.close(stream.exchange);
      exchanges.end(stream.exchange);
      return;
    }
    for (const { type, object } of events) this.#send(stream, info, type, object);
  }

  #send(stream: Stream, info: ResourceInfo, type: WatchEventType, object: JsonObject): void {
    const shown = stream.table === undefined ? object : this.#table(stream, stream.table, info, object);
    this.options.exchanges.chunk(stream.exchange, { object: { type, object: shown } });
  }

  #table(stream: Stream, version: 'v1' | 'v1beta1', info: ResourceInfo, object: JsonObject): JsonObject {
    const headers = !stream.headersSent;
    stream.headersSent = true;
    const revision = (object['metadata'] as { resourceVersion?: string }).resourceVersion ?? '';
    const context = { nowMs: this.options.simulation.clock.unixMs };
    return tableOf(
      info,
      [object],
      { resourceVersion: revision },
      { version, includeObject: stream.includeObject, headers },
      context,
    );
  }

  #bookmark(stream: Stream, info: ResourceInfo, resourceVersion: string, initialEnd: boolean): void {
    if (!stream.bookmarks && !initialEnd) return;
    const annotations = initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
    const object: JsonObject = {
      kind: info.kind,
      apiVersion: info.apiVersion,
      metadata: { resourceVersion, creationTimestamp: null, ...annotations },
    };
    this.options.exchanges.chunk(stream.exchange, { object: { type: 'BOOKMARK', object } });
  }
}
