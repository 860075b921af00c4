/** Links (network devices) as records; who is connected to whom is by lab-wide link id. */
import type { VlanMembership } from './bridge-vlans.ts';
import type { LinkCounts, LinkFlags, LinkInfo, Netem, NetnsId } from '../interface.ts';

export type LinkId = number;

/** What an address has beside its number where somebody set it by hand. */
export interface AddressMarks {
  /** Without a broadcast address, as `ip address add` leaves it. */
  readonly plain?: true;
  /** A name of its own, as `eth0:1`. */
  readonly label?: string;
  /** Another broadcast address than the network's last one. */
  readonly broadcast?: number;
}

export interface LinkAddress extends AddressMarks {
  readonly ip: number;
  readonly prefixLength: number;
}

/** How a macvlan or an ipvlan shares its lower link. */
export type StackedMode = 'private' | 'vepa' | 'bridge' | 'passthru' | 'l2' | 'l3' | 'l3s';

export type LinkCounters = { -readonly [name in keyof LinkCounts]: number };

export interface VxlanOptions {
  readonly id: number;
  readonly port: number;
  readonly device: string;
  readonly local: number;
  readonly learning: boolean;
}

/** Where a forwarding entry leads: a port of a bridge, or a remote tunnel end of a vxlan. */
export type Forwarding =
  { readonly port: LinkId; readonly atUs: number; readonly permanent?: true } | { readonly remote: number };

export interface Link {
  readonly id: LinkId;
  index: number;
  name: string;
  readonly kind: LinkInfo['kind'];
  mac: string;
  mtu: number;
  up: boolean;
  netns: NetnsId;
  addresses: readonly LinkAddress[];
  peer?: LinkId;
  master?: LinkId;
  hairpin?: boolean;
  vxlan?: VxlanOptions;
  /** The link that this one stands on, and those that stand on this one. */
  lower?: LinkId;
  uppers?: readonly LinkId[];
  /** Of a VLAN. */
  vlanId?: number;
  /** Of a macvlan or an ipvlan. */
  mode?: StackedMode;
  /** Of a bridge. */
  vlanFiltering?: boolean;
  /** Of a bridge and its ports: the VLANs that they are in, where these are others than at first. */
  vlans?: readonly VlanMembership[];
  /** Ports of a bridge, in the order of joining. */
  readonly ports: Set<LinkId>;
  readonly forwarding: Map<string, Forwarding>;
  counters: LinkCounters;
  /** What somebody set otherwise than links of its kind have it. */
  flags?: LinkFlags;
  queueLength?: number;
  /** What its queue does to packets (tc), where somebody has set one. */
  netem?: Netem;
}

/** Whether something is at the other end: of a cable, of a pair, of a bridge's ports. */
export function hasCarrier(links: ReadonlyMap<LinkId, Link>, link: Link): boolean {
  switch (link.kind) {
    case 'bridge':
      for (const id of link.ports) if (links.get(id)?.up === true) return true;
      return false;
    case 'veth':
      return link.peer !== undefined && links.get(link.peer)?.up === true;
    case 'vlan':
    case 'macvlan':
    case 'ipvlan': {
      const lower = link.lower === undefined ? undefined : links.get(link.lower);
      return lower?.up === true && hasCarrier(links, lower);
    }
    default:
      return true;
  }
}

export const noCounters = (): LinkCounters => ({
  rxPackets: 0,
  rxBytes: 0,
  rxDropped: 0,
  txPackets: 0,
  txBytes: 0,
  txDropped: 0,
});

export interface Neighbour {
  readonly ip: number;
  readonly link: LinkId;
  /** Empty where nobody answers. */
  readonly mac: string;
  readonly permanent: boolean;
  /** When it was last confirmed or asked for. */
  readonly atUs: number;
}
