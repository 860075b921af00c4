/**
 * The HTTP side of the API server: authentication, routing, content negotiation, watches, passing on to kubelets. Exchanges
 * are numbers; all state is data.
 */
import type { BodyChunk, ChannelFrame, RequestHead, ResponseHead } from '../../../../protocol/http.ts';
import type { JsonValue, Plain } from '../../../../protocol/plain.ts';
import type { Component } from '../../../sim/component.ts';
import type { Simulation } from '../../../sim/simulation.ts';
import {
  type FailureStatus,
  badRequest,
  isFailure,
  notFound,
  pathNotFound,
  unauthorized,
} from '../../apimachinery/status.ts';
import type { UserInfo } from '../../client/interface.ts';
import type { HttpPeer } from '../auth/authenticator.ts';
import { accessDenied, pathDenied } from '../auth/authorizer.ts';
import { impersonated } from '../auth/impersonation.ts';
import type { ApiServer } from '../server.ts';
import { asPod } from '../subresources.ts';
import { MAX_BODY_BYTES, readBody } from './body.ts';
import { contentType } from './negotiate.ts';
import { NODE_ACTIONS, type NodeRequest, nodeRequest } from './node-routes.ts';
import { type Described, loadDescribed, pathAnswer } from './path-answers.ts';
import { bodyFor } from './pretty.ts';
import { type ResourceRoute, type Target, isSet, first, parseTarget, routeOf } from './routes.ts';
import { resourceAnswer } from './resource-answers.ts';
import { WatchStreams } from './watch-streams.ts';

/** How answers leave; the network's server has functions of these shapes. */
export interface Exchanges {
  head(exchange: number, head: ResponseHead): boolean;
  chunk(exchange: number, chunk: BodyChunk): boolean;
  end(exchange: number, aborted?: string): boolean;
  respond(exchange: number, status: number, body?: BodyChunk, headers?: { readonly [name: string]: string }): boolean;
}

/** Carries requests to kubelets and their answers back to the same exchange. */
export interface NodeProxy {
  open(exchange: number, request: NodeRequest, head: RequestHead): void;
  body(exchange: number, chunk: BodyChunk): void;
  frame(exchange: number, frame: ChannelFrame): void;
  finish(exchange: number): void;
  abort(exchange: number): void;
}

export interface FrontOptions {
  readonly simulation: Simulation;
  /** Target of this component's events: `kube-apiserver/control-plane/http`. */
  readonly target: string;
  readonly server: ApiServer;
  readonly exchanges: Exchanges;
  readonly nodes: NodeProxy;
}

interface Waiting {
  readonly head: RequestHead;
  readonly peer: HttpPeer;
  readonly chunks: readonly BodyChunk[];
  readonly bytes: number;
}

export class HttpFront implements Component {
  /** Requests whose body is still coming. */
  readonly #waiting = new Map<number, Waiting>();
  /** Exchanges that a kubelet answers. */
  readonly #passed = new Set<number>();
  readonly #streams: WatchStreams;
  #described: Described | undefined;

  constructor(private readonly options: FrontOptions) {
    this.#streams = new WatchStreams(options);
  }

  open(exchange: number, head: RequestHead, peer: HttpPeer): void {
    this.#waiting.set(exchange, { head, peer, chunks: [], bytes: 0 });
  }

  body(exchange: number, chunk: BodyChunk): void {
    if (this.#passed.has(exchange)) {
      this.options.nodes.body(exchange, chunk);
      return;
    }
    const waiting = this.#waiting.get(exchange);
    if (waiting === undefined) return;
    const bytes = waiting.bytes + ('bytes' in chunk ? chunk.bytes.length : 0);
    if (bytes <= MAX_BODY_BYTES) {
      this.#waiting.set(exchange, { ...waiting, chunks: [...waiting.chunks, chunk], bytes });
      return;
    }
    this.#waiting.delete(exchange);
    this.#fail(exchange, {
      ...badRequest('limit is 3145728'),
      reason: 'RequestEntityTooLarge',
      message: 'Request entity too large: limit is 3145728',
      code: 413,
    });
  }

  finish(exchange: number): void {
    if (this.#passed.has(exchange)) {
      this.options.nodes.finish(exchange);
      return;
    }
    const waiting = this.#waiting.get(exchange);
    if (waiting === undefined) return;
    this.#waiting.delete(exchange);
    this.#answer(exchange, waiting);
  }

  frame(exchange: number, frame: ChannelFrame): void {
    if (this.#passed.has(exchange)) this.options.nodes.frame(exchange, frame);
  }

  drained(exchange: number): void {
    this.#streams.drained(exchange);
  }

  abort(exchange: number): void {
    this.#waiting.delete(exchange);
    this.#streams.close(exchange);
    if (this.#passed.delete(exchange)) this.options.nodes.abort(exchange);
  }

  /** The process has died: the network closes its connections. */
  stop(): void {
    this.#waiting.clear();
    this.#passed.clear();
    this.#streams.clear();
  }

  handle(type: string, payload: Plain): void {
    if (type === 'describe') {
      const { exchange, path } = payload as { exchange: number; path: string };
      this.#describe(exchange, path);
    } else this.#streams.handle(type, payload);
  }

  snapshot(): Plain {
    return {
      waiting: [...this.#waiting].map(([exchange, request]) => ({ exchange, request })) as unknown as Plain,
      passed: [...this.#passed],
      streams: this.#streams.snapshot(),
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      waiting: { exchange: number; request: Waiting }[];
      passed: number[];
      streams: Plain;
    };
    this.#waiting.clear();
    this.#passed.clear();
    for (const { exchange, request } of saved.waiting) this.#waiting.set(exchange, request);
    for (const exchange of saved.passed) this.#passed.add(exchange);
    this.#streams.restore(saved.streams);
  }

  #answer(exchange: number, { head, peer, chunks }: Waiting): void {
    const { server, exchanges } = this.options;
    const caller = server.authenticator.identify(head.headers, peer);
    if (caller === undefined) {
      this.#fail(exchange, unauthorized(), head);
      return;
    }
    const user = impersonated(caller, head.headers, server.authorizer);
    if (isFailure(user)) {
      this.#fail(exchange, user, head);
      return;
    }
    const target = parseTarget(head.target);
    const route = routeOf(server.registry, target.path);
    if (route === undefined) {
      this.#answerPath(exchange, head, target, user);
      return;
    }
    if (route.name !== '' && NODE_ACTIONS.has(route.subresource) && route.info.groupResource === 'pods') {
      this.#pass(exchange, head, target, route, user);
      return;
    }
    if (
      head.method === 'GET' &&
      (isSet(target, 'watch') || first(target, 'watch') === '') &&
      target.query.has('watch') &&
      route.subresource === ''
    ) {
      const failed = this.#streams.open(exchange, head, target, route, user);
      if (failed !== undefined) this.#fail(exchange, failed, head);
      return;
    }
    const body = readBody(chunks, contentType(head.headers));
    if (isFailure(body)) {
      this.#fail(exchange, body, head);
      return;
    }
    const answer = resourceAnswer(server, this.options.simulation, user, head, target, route, body.value);
    if (isFailure(answer)) {
      this.#fail(exchange, answer, head);
      return;
    }
    exchanges.respond(exchange, answer.code, bodyFor(head, answer.object), {
      ...COMMON_HEADERS,
      ...warningHeader(answer.warnings ?? []),
    });
  }

  #answerPath(exchange: number, head: RequestHead, target: Target, user: UserInfo): void {
    const { server, exchanges } = this.options;
    if (!server.authorizer.allowsPath(user, head.method.toLowerCase(), target.path)) {
      this.#fail(exchange, pathDenied(user, head.method.toLowerCase(), target.path), head);
      return;
    }
    if (head.method === 'GET' && target.path.startsWith('/openapi/v3/')) {
      this.#describe(exchange, target.path.slice('/openapi/v3/'.length));
      return;
    }
    const answer = pathAnswer(server, head, target);
    if (answer === undefined) this.#fail(exchange, pathNotFound(), head);
    else if ('text' in answer)
      exchanges.respond(exchange, answer.code ?? 200, { bytes: answer.text }, { 'content-type': answer.type });
    else
      exchanges.respond(exchange, 200, bodyFor(head, answer.object), {
        ...COMMON_HEADERS,
        'content-type': answer.type ?? 'application/json',
      });
  }

  /** OpenAPI documents carry the reference texts, which load once; virtual time waits for them. */
  #describe(exchange: number, path: string): void {
    const { simulation, target, server, exchanges } = this.options;
    if (this.#described === undefined) {
      void simulation.hop.hold(
        loadDescribed().then((described) => {
          this.#described = described;
        }),
      );
      simulation.loop.schedule(0, target, 'describe', { exchange, path });
      return;
    }
    const document = this.#described(server.registry, path);
    if (document === undefined) this.#fail(exchange, pathNotFound());
    else exchanges.respond(exchange, 200, { object: document }, COMMON_HEADERS);
  }

  #pass(exchange: number, head: RequestHead, target: Target, route: ResourceRoute, user: UserInfo): void {
    const { server, nodes } = this.options;
    const action = route.subresource;
    const verb = action === 'log' || head.method === 'GET' ? 'get' : 'create';
    const attributes = { verb, group: '', resource: `pods/${action}`, namespace: route.namespace, name: route.name };
    if (
      !server.authorizer.allows(user, attributes) &&
      !server.authorizer.allows(user, { ...attributes, verb: 'create' })
    ) {
      this.#fail(exchange, accessDenied(user, attributes), head);
      return;
    }
    const pod = server.core.storage.entry(route.info, route.namespace, route.name);
    if (isFailure(pod)) {
      this.#fail(exchange, pod, head);
      return;
    }
    const request =
      action === 'log' || action === 'exec' || action === 'attach' || action === 'portforward'
        ? nodeRequest(asPod(pod.value), action, target)
        : notFound('pods', route.name);
    if (isFailure(request)) {
      this.#fail(exchange, request, head);
      return;
    }
    this.#passed.add(exchange);
    nodes.open(exchange, request, head);
  }

  #fail(exchange: number, failure: FailureStatus, head?: RequestHead): void {
    const retry = failure.details?.retryAfterSeconds;
    this.options.exchanges.respond(
      exchange,
      failure.code,
      head === undefined ? { object: failure } : bodyFor(head, { ...failure }),
      {
        ...COMMON_HEADERS,
        ...(failure.code === 401 ? { 'www-authenticate': 'Basic realm="kubernetes-master"' } : {}),
        ...(retry === undefined ? {} : { 'retry-after': String(retry) }),
      },
    );
  }
}

const COMMON_HEADERS = { 'cache-control': 'no-cache, private', 'content-type': 'application/json' };

/** One header; clients split it at the commas between warnings. */
function warningHeader(warnings: readonly string[]): { readonly warning?: string } {
  if (warnings.length === 0) return {};
  return {
    warning: warnings.map((text) => `299 - "${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(', '),
  };
}

export type { JsonValue };
