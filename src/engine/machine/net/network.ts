/** The network component: the lab with its sockets, HTTP servers and outside machine. */
import { formatIpv4, isIpv4, parseIpv4 } from '../../../formats/ip.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Simulation } from '../../sim/simulation.ts';
import { OutsideClient } from './http/outside-client.ts';
import { HttpServer } from './http/server.ts';
import { LabHostNetwork } from './host-network.ts';
import {
  NETWORK_TARGET,
  type Exchanges,
  type ExternalHttpClient,
  type HostNetwork,
  type HostSpec,
  type HttpService,
  type NetnsId,
  type Network,
  type PacketProbe,
  type PathCheck,
  type Walk,
} from './interface.ts';
import { addInternetSite, layOutside, OutsideNames } from './internet.ts';
import { GATEWAY, Lab } from './lab.ts';
import type { Packet } from './packet.ts';
import { errnoOf, Paths, walkOf, type KnownPath } from './paths.ts';
import { restoreLab, snapshotLab } from './snapshot.ts';
import { LabSockets } from './sockets/lab-sockets.ts';
import { OUTSIDE_TARGET } from './sockets/table.ts';

/** The network of a sandbox; registers itself with the loop. */
export function createNetwork(simulation: Simulation): Network {
  const network = new LabNetwork(simulation);
  simulation.loop.register(NETWORK_TARGET, network);
  return network;
}

class LabNetwork implements Network {
  readonly #lab: Lab;
  readonly #paths: Paths;
  readonly sockets: LabSockets;
  readonly #hosts = new Map<string, LabHostNetwork>();
  readonly #servers = new Map<string, HttpServer>();
  readonly #outside: OutsideClient;
  readonly #names: OutsideNames;
  #nextExchange = 1;
  /** Answers of `checkPath`; derived, so not part of a snapshot. */
  readonly #checked = new Map<
    string,
    { readonly path: KnownPath; readonly netns: NetnsId; readonly ip: number; readonly port: number }
  >();

  constructor(simulation: Simulation) {
    this.#lab = new Lab(simulation);
    this.#paths = new Paths(this.#lab);
    this.sockets = new LabSockets(this.#lab, this.#paths);
    layOutside(this.#lab);
    this.#names = new OutsideNames(this.#lab, this.sockets);
    this.#outside = new OutsideClient(
      this.sockets,
      () => this.#lab.hosts.get(GATEWAY)?.netns ?? 0,
      (name) => this.resolve(name),
    );
    this.sockets.attach(OUTSIDE_TARGET, this.#outside);
  }

  get outside(): ExternalHttpClient {
    return this.#outside;
  }

  get hosts(): readonly string[] {
    return [...this.#hosts.keys()];
  }

  addHost(spec: HostSpec): HostNetwork {
    const host = new LabHostNetwork(this.#lab, this.#lab.addHost(spec).name, this.sockets);
    this.#hosts.set(spec.name, host);
    return host;
  }

  host(name: string): HostNetwork | undefined {
    return this.#hosts.get(name);
  }

  setCable(name: string, plugged: boolean): void {
    const host = this.#lab.hosts.get(name);
    if (host === undefined || host.cable === plugged) return;
    host.cable = plugged;
    this.#lab.generation += 1;
    this.#lab.simulation.trace.record('network', plugged ? 'cable.plugged' : 'cable.unplugged', `host/${name}`);
  }

  powerOff(name: string): void {
    const host = this.#lab.hosts.get(name);
    if (host === undefined) return;
    host.powered = false;
    this.#lab.generation += 1;
    for (const [netns, owner] of this.#lab.hostOfNetns) if (owner === host) this.sockets.vanish(netns);
    const own = this.#hosts.get(name);
    for (const [netns, owner] of [...this.#lab.hostOfNetns]) if (owner === host) own?.deleteNamespace(netns);
    // What was configured by hand is gone with the memory; the host's own namespace is made anew on first use.
    for (const link of this.#lab.namespaces.get(host.netns)?.links.values() ?? []) this.#lab.links.delete(link.id);
    this.#lab.namespaces.delete(host.netns);
    host.names.clear();
  }

  powerOn(name: string): void {
    const host = this.#lab.hosts.get(name);
    if (host === undefined) return;
    host.powered = true;
    this.#lab.generation += 1;
  }

  addInternetSite(
    name: string,
    { target, service }: { readonly target: string; readonly service: HttpService },
  ): Exchanges {
    addInternetSite(this.#lab, this.sockets, this.#names, name, target);
    return this.http(target, service);
  }

  resolve(name: string): string | undefined {
    if (isIpv4(name)) return name;
    const host = this.#lab.hosts.get(name);
    return host === undefined ? this.#names.lookup(name) : formatIpv4(host.ip);
  }

  http(target: string, service: HttpService): Exchanges {
    const known = this.#servers.get(target);
    if (known !== undefined) {
      known.serve(service);
      return known;
    }
    const server = new HttpServer(this.sockets, { next: () => this.#takeExchange() }, service);
    this.#servers.set(target, server);
    this.sockets.attach(target, server);
    return server;
  }

  #takeExchange(): number {
    const id = this.#nextExchange;
    this.#nextExchange += 1;
    return id;
  }

  checkPath(from: NetnsId, to: { readonly ip: string; readonly port: number }): PathCheck {
    const key = `${String(from)}|${to.ip}|${String(to.port)}`;
    const known = this.#checked.get(key);
    if (known !== undefined && this.#paths.holds(known.path))
      return this.#listening(known.path.latencyUs, known.netns, known.ip, known.port, to);
    const namespace = this.#lab.namespace(from);
    const destination = parseIpv4(to.ip);
    if (namespace === undefined || destination === undefined)
      return { connected: false, errno: 'ENETUNREACH', reason: 'no such address' };
    const packet: Packet = {
      protocol: 'tcp',
      tcp: 'syn',
      source: 0,
      sourcePort: 65_535,
      destination,
      destinationPort: to.port,
      ttl: 64,
      bytes: 60,
      mark: 0,
    };
    const walked = this.#paths.explain(namespace, packet);
    const { arrival } = walked;
    if (arrival.type === 'dropped')
      return { connected: false, errno: 'ETIMEDOUT', reason: arrival.rule ?? arrival.reason };
    if (arrival.type === 'rejected')
      return { connected: false, errno: errnoOf(arrival.kind), reason: arrival.rule ?? arrival.kind };
    this.#checked.set(key, {
      path: walked.path,
      netns: arrival.namespace.id,
      ip: packet.destination,
      port: packet.destinationPort,
    });
    return this.#listening(walked.latencyUs, arrival.namespace.id, packet.destination, packet.destinationPort, to);
  }

  #listening(
    latencyUs: number,
    netns: NetnsId,
    ip: number,
    port: number,
    to: { readonly ip: string; readonly port: number },
  ): PathCheck {
    const namespace = this.#lab.namespace(netns);
    const listens =
      namespace !== undefined && this.sockets.table.boundAt(namespace, 'tcp', ip, port)?.state === 'LISTEN';
    return listens
      ? { connected: true, latencyUs }
      : { connected: false, errno: 'ECONNREFUSED', reason: `nobody listens on ${to.ip}:${String(to.port)}` };
  }

  explain(from: NetnsId, probe: PacketProbe): Walk {
    const namespace = this.#lab.namespace(from);
    const destination = parseIpv4(probe.destination);
    if (namespace === undefined || destination === undefined)
      return { hops: [], latencyUs: 0, outcome: { type: 'dropped', host: '', reason: 'no such namespace or address' } };
    const packet: Packet = {
      protocol: probe.protocol,
      source: probe.source === undefined ? 0 : (parseIpv4(probe.source) ?? 0),
      sourcePort: probe.sourcePort ?? 40_000,
      destination,
      destinationPort: probe.destinationPort ?? 0,
      ttl: 64,
      bytes: 60,
      mark: 0,
      ...(probe.protocol === 'tcp' ? { tcp: 'syn' as const } : {}),
      ...(probe.protocol === 'icmp' ? { icmp: 'echo-request' as const } : {}),
    };
    return walkOf(this.#paths.explain(namespace, packet));
  }

  traceEveryPacket(on: boolean): void {
    this.#lab.everyPacket = on;
  }

  handle(type: string, payload: Plain): void {
    this.sockets.handle(type, payload);
  }

  snapshot(): Plain {
    return {
      lab: snapshotLab(this.#lab),
      sockets: this.sockets.snapshot(),
      names: this.#names.snapshot(),
      outside: this.#outside.snapshot(),
      nextExchange: this.#nextExchange,
      servers: [...this.#servers].map(([target, server]) => [target, server.snapshot()]),
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      lab: Plain;
      sockets: Plain;
      names: Plain;
      outside: Plain;
      nextExchange: number;
      servers: [string, Plain][];
    };
    restoreLab(this.#lab, saved.lab);
    this.#paths.forgetTallies();
    for (const record of this.#lab.hosts.values()) {
      if (!this.#hosts.has(record.name) && record.name !== GATEWAY && record.name !== 'internet')
        this.#hosts.set(record.name, new LabHostNetwork(this.#lab, record.name, this.sockets));
    }
    this.sockets.restore(saved.sockets);
    this.#names.restore(saved.names);
    this.#nextExchange = saved.nextExchange;
    this.#checked.clear();
    for (const [target, servers] of saved.servers) {
      const server = this.#servers.get(target) ?? this.http(target, NOBODY);
      if (server instanceof HttpServer) server.restore(servers);
    }
    this.#outside.restore(saved.outside);
  }
}

/** Stands in until the component of a restored server has called `http` again. */
const NOBODY: HttpService = { open: ignore, body: ignore, finish: ignore, abort: ignore };
function ignore(): void {
  // Nothing to do before the component is there.
}
