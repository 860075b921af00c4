/** The Engine API's requests: collects bodies, finds the route, answers. */
import { percentDecoded } from '../../formats/percent.ts';
import { concatBytes, decodeUtf8 } from '../../protocol/bytes.ts';
import type { BodyChunk, Headers, RequestHead } from '../../protocol/http.ts';
import type { JsonObject, JsonValue, Plain } from '../../protocol/plain.ts';
import { DOCKER_API_VERSION, DOCKER_VERSION } from '../versions.ts';
import type { ExchangeId } from '../machine/net/interface.ts';
import { EMPTY, isObject } from './json-fields.ts';
import type { Lifecycle } from './lifecycle.ts';
import { apiError, isApiError, type ApiError, type Engine } from './model.ts';
import type { PortProxy } from './port-proxy.ts';
import { LatePart } from '../sim/late-part.ts';
import type { Answer, Call, Route } from './routes/route.ts';
import type { Streams } from './streams/streams.ts';

interface Pending {
  readonly head: RequestHead;
  readonly chunks: readonly BodyChunk[];
}

/** Features of the daemon that answer only that they are missing. */
const NOT_SIMULATED: readonly (readonly [RegExp, string])[] = [
  [/^\/(build|session|grpc)/, 'docker build'],
  [/^\/plugins/, 'docker plugin'],
  [/^\/images\/.+\/push$/, 'docker push'],
  [/^\/containers\/[^/]+\/checkpoints/, 'docker checkpoint'],
  [/^\/distribution\//, 'docker manifest'],
];

export class Api {
  readonly #pending = new Map<ExchangeId, Pending>();
  /** A host may well never be asked anything. */
  readonly #routes = new LatePart(async () => (await import('./routes/all-routes.ts')).ROUTES);

  constructor(
    private readonly engine: Engine,
    private readonly lifecycle: Lifecycle,
    private readonly streams: Streams,
    private readonly proxy: PortProxy,
  ) {}

  open(exchange: ExchangeId, head: RequestHead): void {
    this.#pending.set(exchange, { head, chunks: [] });
  }

  body(exchange: ExchangeId, chunk: BodyChunk): void {
    const pending = this.#pending.get(exchange);
    if (pending !== undefined) this.#pending.set(exchange, { ...pending, chunks: [...pending.chunks, chunk] });
  }

  /** The request is whole: an event of its own answers it. */
  finish(exchange: ExchangeId): void {
    const { sim, target } = this.engine;
    if (this.#pending.has(exchange)) sim.loop.schedule(0, target, 'request.whole', { exchange });
    else this.streams.open.finishInput(exchange);
  }

  answer(exchange: ExchangeId): void {
    const pending = this.#pending.get(exchange);
    if (pending === undefined) return;
    this.#pending.delete(exchange);
    this.#routes.use(this.engine.sim.hop, (routes) => {
      try {
        this.#dispatch(routes, exchange, pending);
      } catch (error) {
        // A mistake of ours in one request is its own answer; the world goes on.
        this.#refuse(exchange, apiError(500, `drydock: dockerd failed: ${String(error)}`));
      }
    });
  }

  abort(exchange: ExchangeId): void {
    this.#pending.delete(exchange);
    this.streams.open.abort(exchange);
    const { waiters } = this.engine;
    const at = waiters.findIndex((waiter) => waiter.exchange === exchange);
    if (at >= 0) waiters.splice(at, 1);
  }

  /** The daemon has gone: what was open is closed by its sockets. */
  reset(): void {
    this.#pending.clear();
    this.engine.waiters.splice(0);
  }

  #dispatch(routes: readonly Route[], exchange: ExchangeId, { head, chunks }: Pending): void {
    const [rawPath = '/', rawQuery = ''] = head.target.split('?', 2);
    const version = /^\/v(\d+\.\d+)(\/.*)$/.exec(rawPath);
    const path = version?.[2] ?? rawPath;
    if (version !== null && Number((version[1] ?? '').split('.')[1]) > Number(DOCKER_API_VERSION.split('.')[1])) {
      this.#refuse(
        exchange,
        apiError(
          400,
          `client version ${version[1] ?? ''} is too new. Maximum supported API version is ${DOCKER_API_VERSION}`,
        ),
      );
      return;
    }
    const body = bodyOf(chunks, head.headers);
    if (isApiError(body)) {
      this.#refuse(exchange, body);
      return;
    }
    const query = queryOf(rawQuery);
    for (const { method, pattern, run } of routes) {
      const match =
        method === head.method || (head.method === 'HEAD' && method === 'GET' && path === '/_ping')
          ? pattern.exec(path)
          : null;
      if (match === null) continue;
      const call: Call = {
        exchange,
        engine: this.engine,
        lifecycle: this.lifecycle,
        streams: this.streams,
        proxy: this.proxy,
        method: head.method,
        headers: head.headers,
        params: match.slice(1).map((part) => percentDecoded(part ?? '') ?? ''),
        query: new Map(query),
        valuesOf: (name) => query.flatMap(([key, value]) => (key === name ? [value] : [])),
        body: body.json,
        bytes: body.bytes,
      };
      this.#answer(exchange, run(call));
      return;
    }
    const absent = NOT_SIMULATED.find(([pattern]) => pattern.test(path));
    this.#refuse(
      exchange,
      absent === undefined
        ? apiError(404, 'page not found')
        : apiError(501, `drydock: '${absent[1]}' is not simulated`),
    );
  }

  #answer(exchange: ExchangeId, answer: Answer): void {
    if (answer === 'later') return;
    if (isApiError(answer)) {
      this.#refuse(exchange, answer);
      return;
    }
    const { exchanges } = this.engine;
    const headers = {
      'api-version': DOCKER_API_VERSION,
      ostype: 'linux',
      server: `Docker/${DOCKER_VERSION} (linux)`,
      ...answer.headers,
    };
    if (answer.json !== undefined)
      exchanges.respond(
        exchange,
        answer.code ?? 200,
        { object: answer.json },
        { 'content-type': 'application/json', ...headers },
      );
    else if (answer.bytes !== undefined)
      exchanges.respond(exchange, answer.code ?? 200, { bytes: answer.bytes }, headers);
    else exchanges.respond(exchange, answer.code ?? 204, undefined, headers);
  }

  #refuse(exchange: ExchangeId, { status, message }: ApiError): void {
    this.engine.exchanges.respond(
      exchange,
      status,
      { object: { message } },
      { 'content-type': 'application/json', 'api-version': DOCKER_API_VERSION },
    );
  }

  snapshot(): Plain {
    return [...this.#pending] as unknown as Plain;
  }
  restore(state: Plain): void {
    this.#pending.clear();
    for (const [exchange, pending] of state as unknown as [ExchangeId, Pending][]) this.#pending.set(exchange, pending);
  }
}

function bodyOf(
  chunks: readonly BodyChunk[],
  headers: Headers,
): { readonly json: JsonObject; readonly bytes: Uint8Array } | ApiError {
  const [only] = chunks;
  if (only !== undefined && chunks.length === 1 && 'object' in only)
    return { json: isObject(only.object) ? only.object : EMPTY, bytes: NOTHING };
  const bytes = concatBytes(chunks.map((chunk) => ('bytes' in chunk ? chunk.bytes : NOTHING)));
  const isTar = (headers['content-type'] ?? '').includes('tar');
  const text = isTar || bytes.length === 0 || bytes[0] !== 123 ? '' : decodeUtf8(bytes);
  if (text === '') return { json: EMPTY, bytes };
  try {
    const value = JSON.parse(text) as JsonValue;
    return { json: isObject(value) ? value : EMPTY, bytes };
  } catch {
    return apiError(400, 'invalid JSON: unexpected end of JSON input');
  }
}

function queryOf(text: string): readonly (readonly [string, string])[] {
  const decode = (part: string): string => percentDecoded(part.replaceAll('+', ' ')) ?? part;
  return text
    .split('&')
    .filter((part) => part !== '')
    .map((part) => {
      const cut = part.indexOf('=');
      return cut < 0 ? [decode(part), ''] : [decode(part.slice(0, cut)), decode(part.slice(cut + 1))];
    });
}

const NOTHING = new Uint8Array(0);
