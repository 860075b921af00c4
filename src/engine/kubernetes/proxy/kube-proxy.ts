/**
 * kube-proxy in iptables mode for all nodes of a cluster: rules are computed once per change and shared by reference; each
 * node's process decides whether its node gets them.
 * Models: ClusterIP, NodePort, external and load balancer IPs, Local policies, ClientIP affinity, rejection without endpoints.
 * Leaves out: IPVS and nftables modes, topology hints, health check ports, source ranges.
 */
import type { Rule } from '../../../formats/iptables/rule.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { HostNetwork, RuleLayer } from '../../machine/net/interface.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { EndpointSlice, Service } from '../apimachinery/types.ts';
import type { Informer, InformerFactory } from '../client/interface.ts';
import { FIXED_CHAINS, JUMPS, localRules, NODE_PORTS_RULE, portRules, type PortRules } from './rules.ts';
import { proxyPorts, type ProxyPort } from './service-port.ts';

export const KUBE_PROXY_TARGET = 'kube-proxy';
const LAYER = 'kube-proxy';
const LOCAL_LAYER = 'kube-proxy-local';
/** iptables.minSyncPeriod: two syncs are at least so far apart. */
const MIN_SYNC_US = 1_000_000;
/** What iptables-restore takes. */
const SYNC_DELAY_US = 20_000;
const BY_SERVICE = 'service';

export interface KubeProxyOptions {
  readonly simulation: Simulation;
  /** Services and EndpointSlices; the factory is started by whoever made it. */
  readonly informers: InformerFactory;
  readonly clusterCidr: string;
  host(node: string): HostNetwork | undefined;
  /** Whether a node's process reaches the API server now. */
  connected?(node: string): boolean;
}

export class KubeProxy implements Component {
  readonly #services: Informer<Service>;
  readonly #slices: Informer<EndpointSlice>;
  /** Nodes whose process runs, with the revision they have. */
  readonly #nodes = new Map<string, number>();
  /** Rules per Service key, kept while neither it nor its slices change. */
  readonly #ports = new Map<string, readonly PortRules[]>();
  readonly #dirty = new Set<string>();
  /** UDP ports that have lost an endpoint in this sync: their tracked flows would go on to it. */
  #staleUdp: ProxyPort[] = [];
  #layer: RuleLayer | undefined;
  #revision = 0;
  #lastSyncUs = -MIN_SYNC_US;
  #scheduled = false;
  /** What does not change. Saved too: an unchanged rule has to stay the same object, for its counters hang on it. */
  #fixed = { chains: FIXED_CHAINS, nodePorts: NODE_PORTS_RULE, nothingLocal: { revision: 0, tables: {} } as RuleLayer };

  constructor(private readonly options: KubeProxyOptions) {
    this.#services = options.informers.informer('services');
    this.#slices = options.informers.informer('endpointslices.discovery.k8s.io');
    this.#slices.addIndex(BY_SERVICE, (slice) => {
      const name = slice.metadata.labels?.['kubernetes.io/service-name'];
      return name === undefined ? [] : [`${slice.metadata.namespace ?? ''}/${name}`];
    });
    this.#services.addHandler(({ key }) => {
      this.#changed(key);
    });
    this.#slices.addHandler((event) => {
      const before = event.type === 'updated' ? event.old.metadata.labels?.['kubernetes.io/service-name'] : undefined;
      const namespace = event.object.metadata.namespace ?? '';
      const name = event.object.metadata.labels?.['kubernetes.io/service-name'];
      for (const one of new Set([before, name])) if (one !== undefined) this.#changed(`${namespace}/${one}`);
    });
  }

  /** The node's kube-proxy process has started. */
  startNode(node: string): void {
    this.#nodes.set(node, -1);
    this.#schedule();
  }

  /** The process has died: its rules stay as they are, and nobody renews them. */
  stopNode(node: string): void {
    this.#nodes.delete(node);
  }

  handle(type: string): void {
    if (type !== 'sync') throw new Error(`kube-proxy has no event ${type}`);
    this.#scheduled = false;
    if (!this.#services.synced || !this.#slices.synced) {
      if (this.#nodes.size > 0) this.#schedule(100_000);
      return;
    }
    this.#sync();
  }

  #changed(key: string): void {
    this.#dirty.add(key);
    if (this.#nodes.size > 0) this.#schedule();
  }

  #schedule(atLeastUs = 0): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    const { loop, clock } = this.options.simulation;
    loop.schedule(
      Math.max(SYNC_DELAY_US, atLeastUs, this.#lastSyncUs + MIN_SYNC_US - clock.nowUs),
      KUBE_PROXY_TARGET,
      'sync',
    );
  }

  #sync(): void {
    const { simulation } = this.options;
    this.#lastSyncUs = simulation.clock.nowUs;
    if (this.#layer === undefined || this.#dirty.size > 0) this.#rebuild();
    const layer = this.#layer;
    if (layer === undefined) return;
    let waiting = false;
    let reached = 0;
    for (const [node, revision] of this.#nodes) {
      if (revision === this.#revision) continue;
      const host = this.options.host(node);
      if (host === undefined || this.options.connected?.(node) === false) {
        waiting = true;
        continue;
      }
      this.#install(host, node, layer, revision < 0);
      for (const port of this.#staleUdp) {
        host.deleteConntrack(host.netns, { protocol: 'udp', destination: port.clusterIp, port: port.port });
        if (port.nodePort !== undefined) host.deleteConntrack(host.netns, { protocol: 'udp', port: port.nodePort });
      }
      this.#nodes.set(node, this.#revision);
      reached += 1;
    }
    this.#staleUdp = [];
    if (reached > 0)
      simulation.trace.record(KUBE_PROXY_TARGET, 'service.synced', undefined, {
        revision: this.#revision,
        services: this.#ports.size,
        nodes: reached,
      });
    if (waiting) this.#schedule(MIN_SYNC_US);
  }

  /** Rules of changed Services anew, all others as they were. */
  #rebuild(): void {
    const keys =
      this.#layer === undefined
        ? this.#services.list().map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)
        : [...this.#dirty];
    for (const key of keys) {
      const service = this.#services.get(key);
      const ports =
        service === undefined
          ? []
          : proxyPorts(service, this.#slices.byIndex(BY_SERVICE, key)).map((port) =>
              portRules(port, this.options.clusterCidr),
            );
      for (const { port } of this.#ports.get(key) ?? []) {
        const now = ports.find((one) => one.port.name === port.name)?.port.endpoints ?? [];
        if (port.protocol === 'udp' && port.endpoints.some(({ ip }) => !now.some((one) => one.ip === ip)))
          this.#staleUdp.push(port);
      }
      if (ports.length === 0) this.#ports.delete(key);
      else this.#ports.set(key, ports);
    }
    this.#dirty.clear();
    const { chains: fixed, nodePorts: nodePortsRule } = this.#fixed;
    const nat: { [chain: string]: readonly Rule[] } = { ...fixed.nat };
    const all = [...this.#ports].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, ports]) => ports);
    for (const { chains } of all) Object.assign(nat, chains);
    nat['KUBE-SERVICES'] = [...all.flatMap(({ services }) => services), nodePortsRule];
    nat['KUBE-NODEPORTS'] = all.flatMap(({ nodePorts }) => nodePorts);
    this.#revision += 1;
    this.#layer = {
      revision: this.#revision,
      tables: {
        filter: {
          ...fixed.filter,
          'KUBE-SERVICES': all.flatMap(({ rejected }) => rejected),
          'KUBE-EXTERNAL-SERVICES': all.flatMap(({ rejectedExternal }) => rejectedExternal),
        },
        nat,
      },
    };
  }

  #install(host: HostNetwork, node: string, layer: RuleLayer, first: boolean): void {
    const { netns } = host;
    // The node's own layer comes first, so that what it has hides the shared chains.
    host.setLayer(netns, LOCAL_LAYER, this.#localLayer(node, layer));
    host.setLayer(netns, LAYER, layer);
    if (!first) return;
    host.setSysctl(netns, 'net.ipv4.conf.all.route_localnet', '1');
    for (const { table, chain, rule } of JUMPS) host.ensureRule(netns, table, chain, rule, 'first');
  }

  #localLayer(node: string, layer: RuleLayer): RuleLayer {
    const nat: { [chain: string]: readonly Rule[] } = {};
    const dropped: Rule[] = [];
    const droppedExternal: Rule[] = [];
    for (const ports of this.#ports.values()) {
      for (const { local, port } of ports) {
        if (local === undefined) continue;
        const own = localRules(port, node);
        nat[local.chain] = own.chain;
        dropped.push(...own.dropped);
        droppedExternal.push(...own.droppedExternal);
      }
    }
    if (Object.keys(nat).length === 0) return this.#fixed.nothingLocal;
    const shared = layer.tables.filter ?? {};
    const filter = {
      ...(dropped.length === 0 ? {} : { 'KUBE-SERVICES': [...(shared['KUBE-SERVICES'] ?? []), ...dropped] }),
      ...(droppedExternal.length === 0
        ? {}
        : { 'KUBE-EXTERNAL-SERVICES': [...(shared['KUBE-EXTERNAL-SERVICES'] ?? []), ...droppedExternal] }),
    };
    return { revision: this.#revision, tables: { filter, nat } };
  }

  snapshot(): Plain {
    return {
      nodes: [...this.#nodes],
      dirty: [...this.#dirty],
      layer: this.#layer as unknown as Plain,
      revision: this.#revision,
      lastSyncUs: this.#lastSyncUs,
      scheduled: this.#scheduled,
      ports: [...this.#ports] as unknown as Plain,
      fixed: this.#fixed as unknown as Plain,
    };
  }

  restore(state: Plain): void {
    const saved = state as unknown as SavedKubeProxy;
    this.#nodes.clear();
    for (const [node, revision] of saved.nodes) this.#nodes.set(node, revision);
    this.#dirty.clear();
    for (const key of saved.dirty) this.#dirty.add(key);
    this.#layer = saved.layer;
    this.#revision = saved.revision;
    this.#lastSyncUs = saved.lastSyncUs;
    this.#scheduled = saved.scheduled;
    this.#ports.clear();
    for (const [key, ports] of saved.ports) this.#ports.set(key, ports);
    this.#fixed = saved.fixed;
    this.#staleUdp = [];
  }
}

interface SavedKubeProxy {
  readonly nodes: readonly (readonly [string, number])[];
  readonly dirty: readonly string[];
  readonly layer?: RuleLayer;
  readonly revision: number;
  readonly lastSyncUs: number;
  readonly scheduled: boolean;
  readonly ports: readonly (readonly [string, readonly PortRules[]])[];
  readonly fixed: { readonly chains: typeof FIXED_CHAINS; readonly nodePorts: Rule; readonly nothingLocal: RuleLayer };
}
