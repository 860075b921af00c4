/** A request to the Engine API, its answers, and how a path leads to the function that carries it out. */
import type { Headers } from '../../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { ExchangeId } from '../../machine/net/interface.ts';
import type { Lifecycle } from '../lifecycle.ts';
import { apiError, findContainer, isApiError, type ApiError, type DockerContainer, type Engine } from '../model.ts';
import type { PortProxy } from '../port-proxy.ts';
import type { Query } from '../streams/open-streams.ts';
import type { Streams } from '../streams/streams.ts';

export interface Call {
  readonly exchange: ExchangeId;
  readonly engine: Engine;
  readonly lifecycle: Lifecycle;
  readonly streams: Streams;
  readonly proxy: PortProxy;
  readonly method: string;
  readonly headers: Headers;
  readonly params: readonly string[];
  /** The last of each name. */
  readonly query: Query;
  /** Every value of a name that is repeated. */
  readonly valuesOf: (name: string) => readonly string[];
  readonly body: JsonObject;
  readonly bytes: Uint8Array;
}
export interface Done {
  readonly code?: number;
  readonly json?: JsonValue;
  readonly bytes?: Uint8Array;
  readonly headers?: Headers;
}
/** `later`: the exchange is answered by an event. */
export type Answer = Done | ApiError | 'later';

export interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly run: (call: Call) => Answer;
}
export const route = (method: string, path: string, run: Route['run']): Route => ({
  method,
  pattern: new RegExp(`^${path.replace('{image}', '(.+?)').replace(/\{\w+\}/g, '([^/]+)')}$`),
  run,
});

export const OK: Done = {};
export const json = (value: unknown, code = 200): Done => ({ code, json: value as JsonValue });
export const yes = (query: Query, name: string): boolean => ['1', 'true', 'True'].includes(query.get(name) ?? '');
export const settle = (problem: ApiError | undefined): Answer => problem ?? OK;

/** Runs with the container that the path names. */
export const withContainer =
  (run: (call: Call, container: DockerContainer) => Answer) =>
  (call: Call): Answer => {
    const container = findContainer(call.engine, call.params[0] ?? '');
    return isApiError(container) ? container : run(call, container);
  };

/** By name: what is wanted, any of it. */
export type Filters = Readonly<Record<string, readonly string[]>>;

/** `filters`: a map of lists, or of maps of true. */
function filtersOf(query: Query): Filters | ApiError {
  const given = query.get('filters') ?? '';
  if (given === '') return {};
  try {
    const parsed = JSON.parse(given) as Record<string, readonly string[] | Record<string, boolean>>;
    return Object.fromEntries(
      Object.entries(parsed).map(([name, value]) => [
        name,
        Array.isArray(value) ? (value as readonly string[]) : Object.keys(value),
      ]),
    );
  } catch {
    return apiError(400, `invalid filter`);
  }
}

export const withFilters =
  (run: (call: Call, filters: Filters) => Answer) =>
  (call: Call): Answer => {
    const filters = filtersOf(call.query);
    return isApiError(filters) ? filters : run(call, filters);
  };

export const labelsFit = (
  wanted: readonly string[] | undefined,
  labels: Readonly<Record<string, JsonValue>>,
): boolean =>
  wanted === undefined ||
  wanted.every((item) => {
    const cut = item.indexOf('=');
    return cut < 0 ? labels[item] !== undefined : labels[item.slice(0, cut)] === item.slice(cut + 1);
  });
