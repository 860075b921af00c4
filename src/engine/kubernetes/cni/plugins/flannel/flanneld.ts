/**
 * flanneld with the kube subnet manager and the vxlan backend, for all nodes of a cluster: each node's process makes its device and
 * rules; the table of peers is one and shared.
 * Models: annotations, flannel.1 (VNI 1, UDP 8472), subnet.env, masquerading, peers by node. Leaves out: other backends, IPv6, nftables.
 */
import type { Rule } from '../../../../../formats/iptables/rule.ts';
import { formatIpv4, nthAddress, parseCidr, parseIpv4 } from '../../../../../formats/ip.ts';
import { failed } from '../../../../../protocol/errno.ts';
import type { Plain } from '../../../../../protocol/plain.ts';
import type { FileView } from '../../../../machine/files/interface.ts';
import type { HostNetwork, TunnelPeer, TunnelPeers } from '../../../../machine/net/interface.ts';
import type { Component } from '../../../../sim/component.ts';
import type { Simulation } from '../../../../sim/simulation.ts';
import { isFailure } from '../../../apimachinery/status.ts';
import type { Node } from '../../../apimachinery/types.ts';
import type { Client, Informer, InformerFactory } from '../../../client/interface.ts';
import { SUBNET_FILE } from './flannel-plugin.ts';

export const FLANNEL_TARGET = 'flannel';
const DEVICE = 'flannel.1';
const VNI = 1;
const PORT = 8472;
const OVERHEAD = 50;
const ANNOTATION = 'flannel.alpha.coreos.com';
/** From exec to a subnet lease. */
const START_US = 60_000;
const RETRY_US = 1_000_000;
/** Changes of peers within this time are one update. */
const PEERS_US = 10_000;

export interface FlannelHost {
  readonly files: FileView;
  readonly net: HostNetwork;
}

export interface FlannelOptions {
  readonly simulation: Simulation;
  readonly informers: InformerFactory;
  readonly client: Client;
  /** `Network` of net-conf.json: `10.244.0.0/16`. */
  readonly podCidr: string;
  host(node: string): FlannelHost | undefined;
  /** Whether a node's process reaches the API server now. */
  connected?(node: string): boolean;
  /** What the process would write to its log. */
  log?(node: string, line: string): void;
}

export class Flannel implements Component {
  readonly #nodes: Informer<Node>;
  /** Nodes whose process runs; true once it has its lease. */
  readonly #running = new Map<string, boolean>();
  #table: TunnelPeers = { prefixLength: 24, peers: {} };
  #scheduled = false;

  constructor(private readonly options: FlannelOptions) {
    this.#nodes = options.informers.informer('nodes');
    this.#nodes.addHandler((event) => {
      const before = event.type === 'updated' ? peerText(event.old) : undefined;
      if (event.type === 'updated' && before === peerText(event.object)) return;
      this.#schedulePeers();
    });
  }

  /** The node's flanneld process has started. */
  startNode(node: string): void {
    this.#running.set(node, false);
    this.options.simulation.loop.schedule(START_US, FLANNEL_TARGET, 'lease', { node });
  }

  /** The process has died: device, rules and routes stay. */
  stopNode(node: string): void {
    this.#running.delete(node);
  }

  handle(type: string, payload: Plain): void {
    if (type === 'peers') {
      this.#scheduled = false;
      this.#updatePeers();
      return;
    }
    const { node } = payload as { readonly node: string };
    if (type !== 'lease') throw new Error(`flannel has no event ${type}`);
    if (this.#running.get(node) !== false) return;
    if (!this.#lease(node)) this.options.simulation.loop.schedule(RETRY_US, FLANNEL_TARGET, 'lease', { node });
  }

  #lease(node: string): boolean {
    const { options } = this;
    const host = options.host(node);
    const object = this.#nodes.get(node);
    if (host === undefined || object === undefined || options.connected?.(node) === false) return false;
    const { podCIDR } = object.spec;
    const subnet = podCIDR === undefined ? undefined : parseCidr(podCIDR);
    if (podCIDR === undefined || subnet === undefined) {
      options.log?.(node, `Error registering network: failed to acquire lease: node "${node}" pod cidr not assigned`);
      return false;
    }
    const { net } = host;
    const mac = makeDevice(net, formatIpv4(subnet.network));
    if (mac === undefined) return false;
    const annotations = {
      [`${ANNOTATION}/backend-data`]: JSON.stringify({ VNI, VtepMAC: mac }),
      [`${ANNOTATION}/backend-type`]: 'vxlan',
      [`${ANNOTATION}/kube-subnet-manager`]: 'true',
      [`${ANNOTATION}/public-ip`]: net.ip,
    };
    const patched = options.client.patch(
      'nodes',
      { name: node },
      'strategic',
      { metadata: { annotations } },
      { subresource: 'status' },
    );
    if (isFailure(patched)) {
      options.log?.(node, `Error registering network: failed to acquire lease: ${patched.message}`);
      return false;
    }
    for (const { table, chain, rules, jump } of masquerade(options.podCidr, podCIDR)) {
      net.setChain(net.netns, table, chain, rules);
      net.ensureRule(net.netns, table, jump.from, jump.rule);
    }
    const gateway = nthAddress(subnet, 1) ?? subnet.network;
    const mtu = (net.link(net.netns, 'eth0')?.mtu ?? 1500) - OVERHEAD;
    host.files.write(
      SUBNET_FILE,
      `FLANNEL_NETWORK=${options.podCidr}\nFLANNEL_SUBNET=${formatIpv4(gateway)}/${String(subnet.prefixLength)}\nFLANNEL_MTU=${String(mtu)}\nFLANNEL_IPMASQ=true\n`,
      { parents: true },
    );
    this.#running.set(node, true);
    options.simulation.trace.record(FLANNEL_TARGET, 'subnet.leased', `node/${node}`, { subnet: podCIDR });
    this.#schedulePeers();
    return true;
  }

  #schedulePeers(): void {
    if (this.#scheduled || this.#running.size === 0) return;
    this.#scheduled = true;
    this.options.simulation.loop.schedule(PEERS_US, FLANNEL_TARGET, 'peers');
  }

  #updatePeers(): void {
    const peers: { [network: string]: TunnelPeer } = {};
    let prefixLength = 24;
    for (const node of this.#nodes.list()) {
      const subnet = parseCidr(node.spec.podCIDR ?? '');
      const peer = peerIn(node);
      if (subnet === undefined || peer === undefined) continue;
      peers[String(subnet.network)] = peer;
      prefixLength = subnet.prefixLength;
    }
    if (JSON.stringify(peers) !== JSON.stringify(this.#table.peers)) this.#table = { prefixLength, peers };
    for (const [node, leased] of this.#running) {
      const podCidr = this.#nodes.get(node)?.spec.podCIDR;
      const host = leased ? this.options.host(node) : undefined;
      if (host === undefined || podCidr === undefined || this.options.connected?.(node) === false) continue;
      host.net.setTunnelPeers(host.net.netns, DEVICE, podCidr, this.#table);
    }
  }

  snapshot(): Plain {
    return { running: [...this.#running], table: this.#table as unknown as Plain, scheduled: this.#scheduled };
  }

  restore(state: Plain): void {
    const saved = state as unknown as { running: [string, boolean][]; table: TunnelPeers; scheduled: boolean };
    this.#running.clear();
    for (const [node, leased] of saved.running) this.#running.set(node, leased);
    this.#table = saved.table;
    this.#scheduled = saved.scheduled;
  }
}

/** The vxlan device with the subnet's own number as its address; answers its MAC. */
function makeDevice(net: HostNetwork, address: string): string | undefined {
  const { netns } = net;
  if (net.link(netns, DEVICE) === undefined) {
    const made = net.addLink(netns, {
      kind: 'vxlan',
      name: DEVICE,
      id: VNI,
      port: PORT,
      device: 'eth0',
      local: net.ip,
      learning: false,
    });
    if (failed(made)) return undefined;
  }
  net.changeLink(netns, DEVICE, { up: true });
  if (net.addresses(netns, DEVICE).length === 0) net.addAddress(netns, DEVICE, `${address}/32`);
  net.setSysctl(netns, 'net.ipv4.ip_forward', '1');
  // The host's preparation for Kubernetes (modules-load.d, sysctl.d) does this; flannel's pod demands it.
  net.setSysctl(netns, 'net.bridge.bridge-nf-call-iptables', '1');
  return net.link(netns, DEVICE)?.mac;
}

const peerText = (node: Node): string => `${node.spec.podCIDR ?? ''}|${JSON.stringify(peerIn(node) ?? null)}`;

function peerIn({ metadata }: Node): TunnelPeer | undefined {
  const data = metadata.annotations?.[`${ANNOTATION}/backend-data`];
  const remote = parseIpv4(metadata.annotations?.[`${ANNOTATION}/public-ip`] ?? '');
  const mac = /"VtepMAC":"([0-9a-f:]+)"/.exec(data ?? '')?.[1];
  return mac === undefined || remote === undefined ? undefined : { mac, remote };
}

interface OwnChain {
  readonly table: 'nat' | 'filter';
  readonly chain: string;
  readonly rules: readonly Rule[];
  readonly jump: { readonly from: string; readonly rule: Rule };
}

/** Rules of --ip-masq and of forwarding (flannel pkg/trafficmngr/iptables). */
function masquerade(network: string, subnet: string): readonly OwnChain[] {
  const comment = { type: 'comment', text: 'flanneld masq' } as const;
  const from = (cidr: string) => ({ type: 'source', cidr }) as const;
  const to = (cidr: string) => ({ type: 'destination', cidr }) as const;
  const not = { not: true } as const;
  const leave = { type: 'RETURN' } as const;
  const mask = { type: 'MASQUERADE', randomFully: true } as const;
  return [
    {
      table: 'nat',
      chain: 'FLANNEL-POSTRTG',
      rules: [
        { matches: [comment, { type: 'mark', value: 0x4000, mask: 0x4000 }], target: leave },
        { matches: [from(subnet), to(network), comment], target: leave },
        { matches: [from(network), to(subnet), comment], target: leave },
        { matches: [{ ...from(network), ...not }, to(subnet), comment], target: leave },
        { matches: [from(network), { ...to('224.0.0.0/4'), ...not }, comment], target: mask },
        { matches: [{ ...from(network), ...not }, to(network), comment], target: mask },
      ],
      jump: { from: 'POSTROUTING', rule: { matches: [comment], target: { type: 'jump', chain: 'FLANNEL-POSTRTG' } } },
    },
    {
      table: 'filter',
      chain: 'FLANNEL-FWD',
      rules: [
        { matches: [from(network), { type: 'comment', text: 'flanneld forward' }], target: { type: 'ACCEPT' } },
        { matches: [to(network), { type: 'comment', text: 'flanneld forward' }], target: { type: 'ACCEPT' } },
      ],
      jump: {
        from: 'FORWARD',
        rule: {
          matches: [{ type: 'comment', text: 'flanneld forward' }],
          target: { type: 'jump', chain: 'FLANNEL-FWD' },
        },
      },
    },
  ];
}
