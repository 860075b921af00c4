/** The lab as data and back. */
import type { Plain } from '../../../protocol/plain.ts';
import { LateMap, LateSet } from '../../sim/late-map.ts';
import type { Conntrack, ConntrackEntry } from './conntrack.ts';
import type { Lab, HostRecord } from './lab.ts';
import type { Forwarding, Link, Neighbour } from './links/link.ts';
import { Namespace } from './namespace.ts';
import type { Route } from './routing/routes.ts';

interface SavedNamespace {
  readonly id: number;
  readonly host: string;
  readonly generation: number;
  readonly ports: number;
  readonly nextIndex: number;
  readonly nextPort: number;
  /** Ids in the order in which they are listed. */
  readonly links: readonly number[];
  readonly routes: readonly Route[];
  readonly peers?: Namespace['peers'];
  readonly tables: readonly (readonly [number, readonly Route[]])[];
  readonly policy?: Namespace['policy'];
  readonly neighbours: readonly (readonly [string, Neighbour])[];
  readonly sysctls: readonly (readonly [string, string])[];
  readonly rules: Plain;
  readonly conntrack: readonly ConntrackEntry[];
  readonly conntrackCounts: Conntrack['counts'];
  readonly bound: readonly (readonly [string, readonly number[]])[];
  readonly connections: readonly (readonly [string, number])[];
  readonly recent: readonly (readonly [string, readonly (readonly [number, number])[]])[];
}

interface SavedLab {
  readonly hosts: readonly (Omit<HostRecord, 'names'> & { readonly names: readonly (readonly [string, number])[] })[];
  readonly generation: number;
  readonly everyPacket: boolean;
  readonly nextNetns: number;
  readonly nextLink: number;
  readonly nextMac: number;
  readonly namespaces: readonly SavedNamespace[];
  readonly owners: readonly (readonly [number, string])[];
  readonly macs: readonly (readonly [string, string])[];
  readonly links: readonly (Omit<Link, 'ports' | 'forwarding'> & {
    readonly ports: readonly number[];
    readonly forwarding: readonly (readonly [string, Forwarding])[];
  })[];
}

export function snapshotLab(lab: Lab): Plain {
  const saved: SavedLab = {
    hosts: [...lab.hosts.values()].map((host) => ({ ...host, names: [...host.names] })),
    generation: lab.generation,
    everyPacket: lab.everyPacket,
    nextNetns: lab.nextNetns,
    nextLink: lab.nextLink,
    nextMac: lab.nextMac,
    namespaces: [...lab.namespaces.values()].map((namespace) => saveNamespace(namespace, lab.nowUs)),
    owners: [...lab.hostOfNetns].map(([netns, host]) => [netns, host.name] as const),
    macs: [...lab.hostByMac].map(([mac, host]) => [mac, host.name] as const),
    links: [...lab.links.values()].map((link) => ({
      ...link,
      counters: { ...link.counters },
      ports: [...link.ports],
      forwarding: [...link.forwarding],
    })),
  };
  return saved as unknown as Plain;
}

function saveNamespace(namespace: Namespace, nowUs: number): SavedNamespace {
  return {
    id: namespace.id,
    host: namespace.host,
    generation: namespace.generation,
    ports: namespace.ports,
    nextIndex: namespace.nextIndex,
    nextPort: namespace.nextPort,
    links: [...namespace.links.values()].map(({ id }) => id),
    routes: namespace.routes,
    peers: namespace.peers,
    tables: [...namespace.tables],
    policy: namespace.policy,
    neighbours: [...namespace.neighbours],
    sysctls: [...namespace.sysctls],
    rules: namespace.rules.snapshot(),
    conntrackCounts: namespace.conntrack.counts,
    conntrack: namespace.conntrack.list(nowUs).map((entry) => ({
      ...entry,
      packets: [...entry.packets] as [number, number],
      bytes: [...entry.bytes] as [number, number],
    })),
    bound: [...namespace.bound].map(([key, ids]) => [key, [...ids]] as const),
    connections: [...namespace.connections],
    recent: [...namespace.recent].map(([name, list]) => [name, [...list]] as const),
  };
}

export function restoreLab(lab: Lab, state: Plain): void {
  const saved = state as unknown as SavedLab;
  for (const map of [lab.hosts, lab.hostByIp, lab.hostByMac, lab.namespaces, lab.hostOfNetns, lab.links]) map.clear();
  lab.generation = saved.generation;
  lab.everyPacket = saved.everyPacket;
  lab.nextNetns = saved.nextNetns;
  lab.nextLink = saved.nextLink;
  lab.nextMac = saved.nextMac;
  for (const host of saved.hosts) {
    const record: HostRecord = { ...host, names: new Map(host.names) };
    lab.hosts.set(record.name, record);
    lab.hostByIp.set(record.ip, record);
  }
  const byName = (name: string): HostRecord => {
    const host = lab.hosts.get(name);
    if (host === undefined) throw new Error(`a snapshot names an unknown host ${name}`);
    return host;
  };
  for (const [netns, name] of saved.owners) lab.hostOfNetns.set(netns, byName(name));
  for (const [mac, name] of saved.macs) lab.hostByMac.set(mac, byName(name));
  for (const link of saved.links) {
    const restored: Link = {
      ...link,
      counters: { ...link.counters },
      ports: new LateSet(link.ports),
      forwarding: new LateMap(link.forwarding),
    };
    lab.links.set(link.id, restored);
  }
  for (const one of saved.namespaces) {
    const namespace = restoreNamespace(one);
    lab.namespaces.set(one.id, namespace);
    for (const id of one.links) {
      const link = lab.links.get(id);
      if (link !== undefined) namespace.links.set(link.index, link);
    }
  }
}

function restoreNamespace(saved: SavedNamespace): Namespace {
  const namespace = new Namespace(saved.id, saved.host);
  namespace.generation = saved.generation;
  namespace.ports = saved.ports;
  namespace.nextIndex = saved.nextIndex;
  namespace.nextPort = saved.nextPort;
  namespace.routes = saved.routes;
  namespace.peers = saved.peers;
  for (const [table, routes] of saved.tables) namespace.tables.set(table, routes);
  namespace.policy = saved.policy;
  for (const [key, neighbour] of saved.neighbours) namespace.neighbours.set(key, neighbour);
  namespace.linkSysctls.forget();
  for (const [key, value] of saved.sysctls) namespace.sysctls.set(key, value);
  namespace.rules.restore(saved.rules);
  namespace.conntrack.restore(saved.conntrack, saved.conntrackCounts);
  for (const [key, ids] of saved.bound) namespace.bound.set(key, [...ids]);
  for (const [key, id] of saved.connections) namespace.connections.set(key, id);
  for (const [name, list] of saved.recent) namespace.recent.set(name, new Map(list));
  return namespace;
}
