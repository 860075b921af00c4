/** Carries out what comes from outside: the inputs of protocol/simulation.ts. */
import { fail, failed, type Result, type SysFailure } from '../../protocol/errno.ts';
import type { Exchange, HttpRequest } from '../../protocol/http.ts';
import type { Plain } from '../../protocol/plain.ts';
import { assertNever } from '../../protocol/plain.ts';
import { decodeUtf8 } from '../../protocol/bytes.ts';
import type { Fault, HostView, Input, Output } from '../../protocol/simulation.ts';
import type { BindAddress } from '../machine/net/interface.ts';
import type { Network } from '../machine/net/interface.ts';
import type { Cluster } from './cluster/cluster.ts';
import type { DockerEngine } from '../docker/engine.ts';
import type { ServerName } from '../../protocol/simulation.ts';
import type { LabHost } from './lab-hosts.ts';
import type { ScriptRunner } from './script-runner.ts';
import type { Terminals } from './terminals.ts';

const DOCKER_SOCKET = '/var/run/docker.sock';
/** What a check may print. */
const MAX_CHECK_BYTES = 256 * 1024;

/** What inputs act on: the sandbox. */
export interface InputWorld {
  readonly network: Network;
  readonly hosts: ReadonlyMap<string, LabHost>;
  readonly cluster: Cluster | undefined;
  readonly docker: ReadonlyMap<string, DockerEngine>;
  readonly scripts: ScriptRunner;
  readonly terminals: Terminals;
  handle(server: ServerName, request: HttpRequest): Exchange;
  writeFile(host: string, path: string, text: string): void;
}

export class Inputs {
  readonly #exchanges = new Map<string, Exchange>();

  constructor(
    private readonly sandbox: InputWorld,
    private readonly send: (output: Output) => void,
  ) {}

  apply(input: Input): void {
    switch (input.type) {
      case 'terminal.open':
      case 'terminal.type':
      case 'terminal.resize':
      case 'terminal.close':
        this.sandbox.terminals.apply(input);
        return;
      case 'request':
        this.#request(input);
        return;
      case 'request.abort':
        this.#exchanges.get(input.exchange)?.abort();
        this.#exchanges.delete(input.exchange);
        return;
      case 'file.write':
        this.sandbox.writeFile(input.host, input.path, input.text);
        return;
      case 'check':
        this.#check(input);
        return;
      case 'fault':
        this.#fault(input.fault);
        return;
      case 'lesson.step':
        return;
      default:
        assertNever(input);
    }
  }

  /** The Docker Engine of a host through its socket. */
  docker(name: string, request: HttpRequest, options: { readonly streamingBody?: boolean }): Exchange {
    const host = this.sandbox.hosts.get(name);
    const address = unixOnly(host?.kernel.unixAddress(DOCKER_SOCKET));
    return this.sandbox.network.outside.handle({ netns: host?.net.netns ?? 0, address }, request, options);
  }

  /** Containers of hosts with a Docker Engine, for the picture. */
  hostViews(): readonly HostView[] {
    return [...this.sandbox.hosts.values()].slice(0, MAX_DRAWN_HOSTS).map(({ name, spec }) => ({
      name,
      role: spec.role,
      ip: spec.ip,
      containers: this.sandbox.docker.get(name)?.containerViews() ?? [],
    }));
  }

  #request({ exchange: id, server, request }: Extract<Input, { type: 'request' }>): void {
    const exchange = this.sandbox.handle(server, request);
    this.#exchanges.set(id, exchange);
    this.#listen(id, exchange);
  }

  #listen(id: string, exchange: Exchange): void {
    exchange.listen((event) => {
      if (event.type === 'end') this.#exchanges.delete(id);
      this.send({ type: 'exchange', exchange: id, event });
    });
  }

  /** Requests under way; their connections are the network's. */
  snapshot(): Plain {
    return [...this.#exchanges].map(([id, exchange]) => [id, exchange.id]);
  }

  /** After the network. */
  restore(state: Plain): void {
    this.#exchanges.clear();
    for (const [id, number] of state as [string, number][]) {
      const exchange = this.sandbox.network.outside.exchange(number);
      if (exchange === undefined) continue;
      this.#exchanges.set(id, exchange);
      this.#listen(id, exchange);
    }
  }

  #check({ check, host, argv }: Extract<Input, { type: 'check' }>): void {
    const parts = { stdout: '', stderr: '' };
    const started = this.sandbox.scripts.start(`check/${check}`, host, argv, {
      output: (channel, bytes) => {
        if (parts[channel].length < MAX_CHECK_BYTES) parts[channel] += decodeUtf8(bytes);
      },
      ended: (code) => {
        this.send({ type: 'check.done', check, code, ...parts });
      },
    });
    if ('error' in started) this.send({ type: 'check.done', check, code: 127, stdout: '', stderr: started.error });
    else started.closeInput();
  }

  #fault(fault: Fault): void {
    switch (fault.kind) {
      case 'taint': {
        const { node, key, value, effect } = fault;
        const client = this.sandbox.cluster?.admin();
        client?.patch('nodes', { name: node }, 'strategic', {
          spec: { taints: [{ key, effect, ...(value === undefined ? {} : { value }) }] },
        });
        return;
      }
      case 'link':
        this.sandbox.network.setCable(fault.host, fault.up);
        return;
      case 'power':
        if (fault.on) this.sandbox.hosts.get(fault.host)?.power.turnOn();
        else this.sandbox.hosts.get(fault.host)?.power.cut();
        return;
      default:
        assertNever(fault);
    }
  }
}

function unixOnly(address: Result<BindAddress> | undefined): Extract<BindAddress, { family: 'unix' }> | SysFailure {
  if (address === undefined) return fail('EHOSTUNREACH');
  if (failed(address)) return address;
  return address.family === 'unix' ? address : fail('EINVAL');
}

/** Hosts that a picture shows one by one. */
const MAX_DRAWN_HOSTS = 64;
