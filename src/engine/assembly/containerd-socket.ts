/**
 * containerd's services on /run/containerd/containerd.sock, for crictl and ctr: calls and answers as `message` segments.
 * Models: version, the lists (of namespace `moby` too), pull, stop, kill, remove, exec with streams, statistics. Leaves out:
 * what only the kubelet calls (it uses the runtime directly), events.
 * A call is `{ method, … }`; answers are `{ type: 'ok', … }`, `{ type: 'error', code, message }`, and for exec `{ type:
 * 'output', channel, bytes }` followed by `{ type: 'exit', code }`. Bytes from the client are the command's input.
 */
import { failed } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import {
  isFailure,
  type ContainerRecord,
  type ImageRecord,
  type PullOutcome,
  type RuntimeNamespace,
  type SandboxRecord,
} from '../machine/container/interface.ts';
import { parseSignal } from '../machine/container/process-setup.ts';
import { containerdPullError } from '../machine/container/pull-error.ts';
import type { Sockets } from '../machine/net/interface.ts';
import type { Component } from '../sim/component.ts';
import type { Notify } from '../sim/notify.ts';
import type { Simulation } from '../sim/simulation.ts';
import { CONTAINERD_VERSION } from '../versions.ts';
import type { LabHost } from './lab-hosts.ts';

export const CONTAINERD_SOCKET = '/run/containerd/containerd.sock';

export interface ContainerdSocketOptions {
  readonly simulation: Simulation;
  readonly host: LabHost;
  readonly sockets: Sockets;
}

type Call = { readonly [key: string]: Plain };
const text = (value: Plain): string => (typeof value === 'string' ? value : '');

export class ContainerdSocket implements Component {
  readonly #target: string;
  #listener = 0;
  /** Exec sessions by the socket that asked for them. */
  #sessions = new Map<number, string>();
  /** Answers that wait for room in a socket's window. */
  #waiting = new Map<number, Plain[]>();

  constructor(private readonly options: ContainerdSocketOptions) {
    this.#target = `cri/${options.host.name}`;
    options.simulation.loop.register(this.#target, this);
    options.sockets.attach(this.#target, {
      accepted: () => undefined,
      segment: (socket, segment) => {
        if (segment.type === 'message') this.#call(socket, segment.value);
        else if (segment.type === 'bytes') this.#input(socket, segment.bytes);
        else if (segment.type === 'end') this.#input(socket, undefined);
      },
      closed: (socket, how) => {
        if (how === 'end' && this.#sessions.has(socket)) this.#input(socket, undefined);
        else this.#forget(socket);
      },
      writable: (socket) => {
        const answers = this.#waiting.get(socket) ?? [];
        this.#waiting.delete(socket);
        for (const answer of answers) this.#answer(socket, answer);
      },
    });
  }

  /** containerd runs: its socket is there. */
  listen(pid: number): void {
    const { host, sockets } = this.options;
    host.files.root.mkdirp('/run/containerd');
    host.files.root.remove(CONTAINERD_SOCKET);
    const address = host.kernel.unixAddress(CONTAINERD_SOCKET, { create: { mode: 0o660 } });
    const listener = failed(address)
      ? address
      : sockets.listen(host.net.netns, address, { component: this.#target, host: host.name, pid });
    this.#listener = failed(listener) ? 0 : listener;
  }

  close(): void {
    if (this.#listener !== 0) this.options.sockets.close(this.#listener);
    this.#listener = 0;
  }

  handle(type: string, payload: Plain): void {
    const data = payload as Call & { readonly socket: number };
    if (type === 'exec.output')
      this.#answer(data.socket, { type: 'output', channel: data['channel'], bytes: data['bytes'] });
    else if (type === 'exec.ended') {
      this.#sessions.delete(data.socket);
      const error = text(data['error']);
      this.#answer(
        data.socket,
        error === '' ? { type: 'exit', code: data['exitCode'] } : { type: 'error', code: 'Unknown', message: error },
      );
    } else if (type === 'done') this.#answer(data.socket, { type: 'ok' });
    else if (type === 'pulled') {
      const result = data['result'] as unknown as PullOutcome;
      if (result.ok) this.#answer(data.socket, { type: 'ok', imageId: result.imageId });
      else this.#answer(data.socket, { type: 'error', ...containerdPullError(result.failure) });
    }
  }

  snapshot(): Plain {
    return { listener: this.#listener, sessions: [...this.#sessions], waiting: [...this.#waiting] };
  }

  restore(state: Plain): void {
    const saved = state as { listener: number; sessions: [number, string][]; waiting: [number, Plain[]][] };
    this.#listener = saved.listener;
    this.#sessions = new Map(saved.sessions);
    this.#waiting = new Map(saved.waiting.map(([socket, answers]) => [socket, [...answers]]));
  }

  #notify(type: string, socket: number): Notify {
    return { target: this.#target, type, payload: { socket } };
  }

  #answer(socket: number, value: Plain): void {
    const queue = this.#waiting.get(socket);
    if (queue !== undefined) {
      queue.push(value);
      return;
    }
    const sent = this.options.sockets.send(socket, { type: 'message', value });
    if (failed(sent) && sent.errno === 'EAGAIN') this.#waiting.set(socket, [value]);
  }

  #input(socket: number, bytes: Uint8Array | undefined): void {
    const session = this.#sessions.get(socket);
    if (session === undefined) return;
    if (bytes === undefined) this.options.host.runtime.closeInput(session);
    else this.options.host.runtime.input(session, bytes);
  }

  #forget(socket: number): void {
    const session = this.#sessions.get(socket);
    if (session !== undefined) this.options.host.runtime.detach(session);
    this.#sessions.delete(socket);
    this.#waiting.delete(socket);
    this.options.sockets.close(socket);
  }

  #call(socket: number, value: Plain): void {
    const call = (typeof value === 'object' && value !== null ? value : {}) as Call;
    const { runtime } = this.options.host;
    const id = text(call['id']);
    switch (call['method']) {
      case 'version':
        return this.#answer(socket, { type: 'ok', version: CONTAINERD_VERSION });
      case 'containers':
        return this.#answer(socket, {
          type: 'ok',
          containers: runtime.containers(namespaceOf(call)).map(containerFacts),
        });
      case 'namespaces':
        return this.#answer(socket, { type: 'ok', namespaces: this.#namespaces() });
      case 'stats':
        return this.#answer(socket, {
          type: 'ok',
          stats: runtime.containers('k8s.io').flatMap((each) => this.#stats(each)),
        });
      case 'sandboxes':
        return this.#answer(socket, { type: 'ok', sandboxes: runtime.sandboxes().map(sandboxFacts) });
      case 'images':
        return this.#answer(socket, { type: 'ok', images: runtime.images('k8s.io').list().map(imageFacts) });
      case 'pull':
        runtime.images('k8s.io').pull({ reference: text(call['reference']) }, this.#notify('pulled', socket));
        return;
      case 'kill':
        return this.#outcome(socket, runtime.kill(id, parseSignal(text(call['signal'])) ?? 'SIGTERM'));
      case 'remove-image':
        return this.#outcome(socket, runtime.images('k8s.io').remove(id));
      case 'stop': {
        const failure = runtime.stop(
          id,
          typeof call['timeoutSeconds'] === 'number' ? call['timeoutSeconds'] : 0,
          this.#notify('done', socket),
        );
        return failure === undefined ? undefined : this.#outcome(socket, failure);
      }
      case 'remove':
        return this.#outcome(socket, runtime.remove(id, { force: call['force'] === true }));
      case 'stop-sandbox': {
        const failure = runtime.stopSandbox(id, this.#notify('done', socket));
        return failure === undefined ? undefined : this.#outcome(socket, failure);
      }
      case 'remove-sandbox':
        return this.#outcome(socket, runtime.removeSandbox(id));
      case 'exec':
        return this.#exec(socket, call, id);
      default:
        return this.#answer(socket, {
          type: 'error',
          code: 'Unimplemented',
          message: `unknown method ${text(call['method'])} for service runtime.v1.RuntimeService`,
        });
    }
  }

  /** Those that something has used. */
  #namespaces(): readonly string[] {
    const { runtime, kernel } = this.options.host;
    const hasDocker = kernel.processes().some(({ name }) => name === 'dockerd');
    return [
      ...(runtime.images('k8s.io').list().length > 0 ? ['k8s.io'] : []),
      ...(hasDocker || runtime.containers('moby').length > 0 ? ['moby'] : []),
    ];
  }

  #stats({ id, state, upperDirectory }: ContainerRecord): readonly Plain[] {
    const { runtime, files } = this.options.host;
    const stats = state === 'running' ? runtime.stats(id) : undefined;
    if (stats === undefined || isFailure(stats)) return [];
    const layer = files.root.usage(upperDirectory);
    return [
      {
        id,
        cpuUsageUs: stats.cpuUsageUs,
        memoryBytes: stats.memoryBytes,
        diskBytes: layer.bytes,
        inodes: layer.inodes,
      },
    ];
  }

  #outcome(socket: number, result: unknown): void {
    this.#answer(
      socket,
      isFailure(result)
        ? { type: 'error', code: result.failure === 'not-found' ? 'NotFound' : 'Unknown', message: result.message }
        : { type: 'ok' },
    );
  }

  #exec(socket: number, call: Call, id: string): void {
    const argv = Array.isArray(call['argv']) ? call['argv'].filter((each) => typeof each === 'string') : [];
    const started = this.options.host.runtime.exec(
      id,
      { argv, tty: call['tty'] === true, stdin: call['stdin'] === true },
      { output: this.#notify('exec.output', socket), ended: this.#notify('exec.ended', socket) },
    );
    if (isFailure(started)) this.#outcome(socket, started);
    else this.#sessions.set(socket, started.sessionId);
  }
}

const namespaceOf = (call: Call): RuntimeNamespace => (call['namespace'] === 'moby' ? 'moby' : 'k8s.io');

function containerFacts(record: ContainerRecord): Plain {
  const { spec } = record;
  return {
    id: record.id,
    name: spec.labels['io.kubernetes.container.name'] ?? spec.name,
    image: spec.image,
    imageId: record.imageId,
    state: record.state,
    attempt: spec.attempt ?? 0,
    sandboxId: spec.sandboxId ?? '',
    createdUnixUs: record.createdUnixUs,
    startedUnixUs: record.startedUnixUs,
    finishedUnixUs: record.finishedUnixUs,
    pid: record.pid,
    exitCode: record.exitCode,
    oomKilled: record.oomKilled,
    labels: spec.labels,
    annotations: spec.annotations ?? {},
    logPath: spec.log.driver === 'none' ? '' : spec.log.path,
    argv: record.argv,
    env: record.env,
    mounts: spec.mounts.map(({ source, target, readonly }) => ({ source, target, readonly: readonly === true })),
  };
}

function sandboxFacts(record: SandboxRecord): Plain {
  return {
    id: record.id,
    ...record.spec.metadata,
    state: record.state,
    createdUnixUs: record.createdUnixUs,
    labels: record.spec.labels,
    annotations: record.spec.annotations,
    ips: record.ips,
    pid: record.pid,
  };
}

function imageFacts(record: ImageRecord): Plain {
  return {
    id: record.id,
    repoTags: record.repoTags,
    repoDigests: record.repoDigests,
    sizeBytes: record.contentBytes,
    pinned: record.pinned === true,
    user: record.config.User ?? '',
  };
}
