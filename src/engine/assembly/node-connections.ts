/**
 * What the API server passes on to kubelets: logs, exec, attach, port-forward. The server's side of the connection is here, the kubelet
 * and the runtime of the node do the work; everything is data by exchange number.
 */
import { percentDecoded } from '../../formats/percent.ts';
import type { BodyChunk, ChannelFrame, RequestHead } from '../../protocol/http.ts';
import type { JsonObject, Plain } from '../../protocol/plain.ts';
import type { WindowSize } from '../../protocol/program.ts';
import type { NodeProxy } from '../kubernetes/apiserver/http/front.ts';
import type { NodeRequest } from '../kubernetes/apiserver/http/node-routes.ts';
import type { KubeletApi, LogOptions } from '../kubernetes/kubelet/interface.ts';
import { isFailure } from '../machine/container/interface.ts';
import type { StreamNotify } from '../machine/container/interface.ts';
import type { Exchanges, Network } from '../machine/net/interface.ts';
import type { Component } from '../sim/component.ts';
import type { Notify } from '../sim/notify.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { LabHost } from './lab-hosts.ts';
import { PortForwarding } from './port-forward.ts';

export interface NodeConnectionsOptions {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly target: string;
  kubelet(node: string): KubeletApi | undefined;
  hosts(): ReadonlyMap<string, LabHost>;
  isRunning(node: string): boolean;
}

type Passed =
  | { readonly type: 'log'; readonly node: string; readonly follow: number }
  | { readonly type: 'session'; readonly node: string; readonly session: string; readonly tty: boolean }
  | { readonly type: 'forward'; readonly node: string };

export class NodeConnections implements NodeProxy, Component {
  #exchanges: Exchanges | undefined;
  readonly #passed = new Map<number, Passed>();

  readonly #forwarding: PortForwarding;

  constructor(private readonly options: NodeConnectionsOptions) {
    this.#forwarding = new PortForwarding(options.network, `${options.target}/port-forward`, () => this.#exchanges);
  }

  answerThrough(exchanges: Exchanges): void {
    this.#exchanges = exchanges;
  }

  open(exchange: number, request: NodeRequest, head: RequestHead): void {
    const { node } = request;
    const kubelet = this.options.kubelet(node);
    if (kubelet === undefined || !this.options.isRunning(node)) {
      const ip = this.options.hosts().get(node)?.spec.ip ?? node;
      this.#fail(
        exchange,
        500,
        `Get "https://${ip}:10250${request.target}": dial tcp ${ip}:10250: connect: connection refused`,
        'InternalError',
      );
      return;
    }
    const query = queryOf(request.target);
    if (request.action === 'log') this.#log(exchange, request, kubelet, query);
    else if (request.action === 'portforward') this.#forward(exchange, request, kubelet, head);
    else this.#session(exchange, request, kubelet, query, head);
  }

  body(exchange: number, chunk: BodyChunk): void {
    if ('bytes' in chunk) this.frame(exchange, { channel: 'stdin', bytes: chunk.bytes });
  }

  frame(exchange: number, frame: ChannelFrame): void {
    const passed = this.#passed.get(exchange);
    if (passed?.type === 'forward') this.#forwarding.frame(exchange, frame);
    if (passed?.type !== 'session') return;
    const runtime = this.options.hosts().get(passed.node)?.runtime;
    if (frame.channel === 'resize' && frame.object !== undefined)
      runtime?.resize(passed.session, sizeOf(frame.object as JsonObject));
    else if (frame.channel === 'stdin') {
      if (frame.bytes !== undefined && frame.bytes.length > 0) runtime?.input(passed.session, frame.bytes);
      if (frame.close === true) runtime?.closeInput(passed.session);
    }
  }

  /** The client's side has ended: no more standard input. */
  finish(exchange: number): void {
    const passed = this.#passed.get(exchange);
    if (passed?.type === 'forward') this.#forwarding.finish(exchange);
    if (passed?.type === 'session') this.options.hosts().get(passed.node)?.runtime.closeInput(passed.session);
  }

  abort(exchange: number): void {
    const passed = this.#passed.get(exchange);
    this.#passed.delete(exchange);
    if (passed === undefined) return;
    if (passed.type === 'log') this.options.kubelet(passed.node)?.stopFollowing(passed.follow);
    else if (passed.type === 'forward') this.#forwarding.abort(exchange);
    else this.options.hosts().get(passed.node)?.runtime.detach(passed.session);
  }

  handle(type: string, payload: Plain): void {
    const data = payload as {
      exchange: number;
      bytes?: Uint8Array;
      end?: boolean;
      channel?: 'stdout' | 'stderr';
      exitCode?: number;
      error?: string;
    };
    const { exchange } = data;
    if (!this.#passed.has(exchange)) return;
    if (type === 'log') {
      if (data.bytes !== undefined && data.bytes.length > 0) this.#exchanges?.chunk(exchange, { bytes: data.bytes });
      if (data.end === true) this.#end(exchange);
    } else if (type === 'output' && data.bytes !== undefined) {
      this.#exchanges?.frame(exchange, { channel: data.channel ?? 'stdout', bytes: data.bytes });
    } else if (type === 'ended') {
      this.#exchanges?.frame(exchange, { channel: 'error', object: outcome(data.exitCode ?? 0, data.error) });
      this.#end(exchange);
    }
  }

  snapshot(): Plain {
    return {
      passed: [...this.#passed].map(([exchange, passed]) => ({ exchange, passed })),
      forwarding: this.#forwarding.snapshot(),
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as { passed: { exchange: number; passed: Passed }[]; forwarding: Plain };
    this.#passed.clear();
    for (const { exchange, passed } of saved.passed) this.#passed.set(exchange, passed);
    this.#forwarding.restore(saved.forwarding);
  }

  #log(
    exchange: number,
    { namespace, pod, container, node }: NodeRequest,
    kubelet: KubeletApi,
    query: ReadonlyMap<string, readonly string[]>,
  ): void {
    const options = logOptions(query);
    if (options.follow === true) {
      const following = kubelet.followLog(namespace, pod, container, options, this.#notify('log', exchange));
      if ('code' in following) {
        this.#fail(exchange, following.code, following.message, 'BadRequest');
        return;
      }
      this.#passed.set(exchange, { type: 'log', node, follow: following.follow });
      this.#exchanges?.head(exchange, TEXT);
      if (following.bytes.length > 0) this.#exchanges?.chunk(exchange, { bytes: following.bytes });
      return;
    }
    const log = kubelet.containerLog(namespace, pod, container, options);
    if ('code' in log) {
      this.#fail(exchange, log.code, log.message, 'BadRequest');
      return;
    }
    this.#exchanges?.head(exchange, TEXT);
    if (log.bytes.length > 0) this.#exchanges?.chunk(exchange, { bytes: log.bytes });
    this.#exchanges?.end(exchange);
  }

  #session(
    exchange: number,
    request: NodeRequest,
    kubelet: KubeletApi,
    query: ReadonlyMap<string, readonly string[]>,
    head: RequestHead,
  ): void {
    const runtime = this.options.hosts().get(request.node)?.runtime;
    if (head.headers['upgrade'] === undefined) {
      this.#fail(exchange, 400, 'Upgrade request required', 'BadRequest');
      return;
    }
    const container = kubelet.runningContainer(request.namespace, request.pod, request.container);
    if ('code' in container || runtime === undefined) {
      this.#fail(
        exchange,
        'code' in container ? container.code : 500,
        'code' in container ? container.message : 'no container runtime',
        'InternalError',
      );
      return;
    }
    const on = (key: string): boolean => ['1', 'true'].includes(query.get(key)?.[0] ?? '');
    const notify: StreamNotify = { output: this.#notify('output', exchange), ended: this.#notify('ended', exchange) };
    const tty = on('tty');
    const session =
      request.action === 'exec'
        ? runtime.exec(container.id, { argv: query.get('command') ?? [], tty, stdin: on('input') }, notify)
        : runtime.attach(container.id, { stdin: on('input'), stdout: on('output'), stderr: on('error') }, notify);
    if (isFailure(session)) {
      this.#fail(exchange, 500, session.message, 'InternalError');
      return;
    }
    this.#passed.set(exchange, { type: 'session', node: request.node, session: session.sessionId, tty });
    this.#exchanges?.head(exchange, {
      status: 101,
      headers: { upgrade: head.headers['upgrade'], connection: 'Upgrade' },
    });
  }

  #forward(exchange: number, request: NodeRequest, kubelet: KubeletApi, head: RequestHead): void {
    if (head.headers['upgrade'] === undefined) {
      this.#fail(exchange, 400, 'Upgrade request required', 'BadRequest');
      return;
    }
    const pod = kubelet.podNetns(request.namespace, request.pod);
    if ('code' in pod) {
      this.#fail(exchange, pod.code, pod.message, 'InternalError');
      return;
    }
    this.#passed.set(exchange, { type: 'forward', node: request.node });
    this.#forwarding.open(exchange, { node: request.node, ...pod });
    this.#exchanges?.head(exchange, {
      status: 101,
      headers: { upgrade: head.headers['upgrade'], connection: 'Upgrade' },
    });
  }

  #notify(type: string, exchange: number): Notify {
    return { target: this.options.target, type, payload: { exchange } };
  }

  #end(exchange: number): void {
    this.#passed.delete(exchange);
    this.#exchanges?.end(exchange);
  }

  #fail(exchange: number, code: number, message: string, reason: string): void {
    this.#exchanges?.respond(
      exchange,
      code,
      { object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code } },
      { 'content-type': 'application/json' },
    );
  }
}

const TEXT = { status: 200, headers: { 'content-type': 'text/plain' } } as const;

/** The Status on the error channel, as remotecommand reads it. */
function outcome(exitCode: number, error: string | undefined): JsonObject {
  const base = { kind: 'Status', apiVersion: 'v1', metadata: {} };
  if (error !== undefined) {
    // As the kubelet's streaming server wraps what the runtime said (staging/src/k8s.io/kubelet/pkg/cri/streaming/remotecommand).
    const cause = `error executing command in container: ${error}`;
    const message = `Internal error occurred: ${cause}`;
    return {
      ...base,
      status: 'Failure',
      reason: 'InternalError',
      code: 500,
      message,
      details: { causes: [{ message: cause }] },
    };
  }
  if (exitCode === 0) return { ...base, status: 'Success' };
  return {
    ...base,
    status: 'Failure',
    reason: 'NonZeroExitCode',
    message: `command terminated with non-zero exit code: exit status ${String(exitCode)}`,
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  };
}

function queryOf(target: string): ReadonlyMap<string, readonly string[]> {
  const query = new Map<string, readonly string[]>();
  for (const pair of (target.split('?')[1] ?? '').split('&')) {
    const [key = '', value = ''] = pair.split('=');
    const text = percentDecoded(value.replaceAll('+', ' '));
    if (key !== '' && text !== undefined) query.set(key, [...(query.get(key) ?? []), text]);
  }
  return query;
}

function logOptions(query: ReadonlyMap<string, readonly string[]>): LogOptions {
  const text = (key: string): string | undefined => query.get(key)?.[0];
  const number = (key: string): number | undefined => (text(key) === undefined ? undefined : Number(text(key)));
  const given = {
    previous: text('previous') === 'true' ? true : undefined,
    follow: text('follow') === 'true' ? true : undefined,
    timestamps: text('timestamps') === 'true' ? true : undefined,
    sinceSeconds: number('sinceSeconds'),
    sinceTime: text('sinceTime'),
    tailLines: number('tailLines'),
    limitBytes: number('limitBytes'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

const sizeOf = (object: JsonObject): WindowSize => ({
  columns: Number(object['width'] ?? object['Width'] ?? 80),
  rows: Number(object['height'] ?? object['Height'] ?? 24),
});
