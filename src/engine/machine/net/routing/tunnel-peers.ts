/**
 * The other ends of an overlay, shared by all nodes: one table instead of a route, a neighbour and a forwarding entry per pair of
 * nodes. What is changed by hand on one host is first written out as its own entries.
 */
import { maskOf } from '../../../../formats/ip.ts';
import type { LinkId } from '../links/link.ts';
import type { TunnelPeer, TunnelPeers } from '../interface.ts';
import type { Route } from './routes.ts';

export interface PeersOfNamespace {
  readonly link: LinkId;
  /** Network number of this host's own subnet: no peer. */
  readonly own: number;
  readonly table: TunnelPeers;
  /** The entries stand in the namespace's own tables. */
  readonly writtenOut?: true;
}

const macIndex = new WeakMap<TunnelPeers, Map<string, number>>();

export const peerOf = ({ table, own }: PeersOfNamespace, network: number): TunnelPeer | undefined =>
  network === own ? undefined : table.peers[String(network)];

/** The route to the subnet that holds an address. */
export function peerRoute(peers: PeersOfNamespace, destination: number): Route | undefined {
  const network = (destination & maskOf(peers.table.prefixLength)) >>> 0;
  return peerOf(peers, network) === undefined ? undefined : routeTo(peers, network);
}

/** flannel routes each subnet through the address of the peer's device, which is the subnet's own number. */
export const routeTo = ({ link, table: { prefixLength } }: PeersOfNamespace, network: number): Route => ({
  destination: { address: network, prefixLength, network, mask: maskOf(prefixLength) },
  type: 'unicast',
  via: network,
  link,
  metric: 0,
  scope: 'global',
  protocol: 'boot',
  onlink: true,
});

/** The tunnel end behind a MAC. */
export function remoteOfMac(peers: PeersOfNamespace, mac: string): number | undefined {
  let index = macIndex.get(peers.table);
  if (index === undefined) {
    index = new Map(Object.values(peers.table.peers).map((peer) => [peer.mac, peer.remote]));
    macIndex.set(peers.table, index);
  }
  return index.get(mac);
}

export const networksOf = (peers: PeersOfNamespace): readonly number[] =>
  Object.keys(peers.table.peers)
    .map(Number)
    .filter((network) => network !== peers.own);
