/** Links of the caller's network namespace as rtnetlink tells of them. */
import { formatNetwork, parseCidr } from '../../../formats/ip.ts';
import type { Process } from '../../../protocol/program.ts';
import { recordsOf, type KernelRecord } from '../../system/kernel/kernel-data.ts';
import { namedNamespaces } from './named-namespaces.ts';

export interface AddressFacts {
  readonly ip: string;
  readonly prefixLength: number;
  readonly scope: string;
  readonly broadcast: string | undefined;
  /** The link's name, or the one that the address was given. */
  readonly label: string;
  /** Another address of the same network came before. */
  readonly secondary: boolean;
}

export interface LinkFacts {
  readonly index: number;
  readonly name: string;
  readonly kind: string;
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  readonly carrier: boolean;
  /** Other end of a veth, or what the link stands on. `name` where it is in the same namespace. */
  readonly peer:
    | { readonly index: number; readonly netns: number; readonly name: string | undefined; readonly up: boolean }
    | undefined;
  readonly master: string | undefined;
  readonly hairpin: boolean;
  readonly vxlan: KernelRecord | undefined;
  /** Of a VLAN. */
  readonly vlanId: number;
  /** Of a macvlan or an ipvlan. */
  readonly mode: string;
  /** Of a bridge. */
  readonly vlanFiltering: boolean;
  /** The VLANs that a bridge or a port of one is in. */
  readonly vlans: readonly KernelRecord[];
  readonly addresses: readonly AddressFacts[];
  readonly counters: KernelRecord | undefined;
  readonly queueLength: number;
  /** The queue that somebody has set (tc). */
  readonly netem: KernelRecord | undefined;
  readonly arp: boolean;
  readonly promiscuous: boolean;
  readonly allMulticast: boolean;
  readonly multicast: boolean;
}

/** All links by index. */
export function readLinks(process: Process): readonly LinkFacts[] {
  const records = recordsOf(process.kernel({ subsystem: 'link', op: 'list' }));
  const own = ownNamespace(process);
  return records.map((record) => linkOf(record, records, own)).sort((a, b) => a.index - b.index);
}

/** Number of the caller's network namespace. */
export function ownNamespace(process: Process): number {
  const id = process.kernel({ subsystem: 'netns', op: 'self' });
  return typeof id === 'number' ? id : 0;
}

function linkOf(record: KernelRecord, all: readonly KernelRecord[], own: number): LinkFacts {
  const peer = record.record('peer') ?? record.record('lower');
  const near = peer !== undefined && peer.number('netns') === own;
  return {
    index: record.number('index'),
    name: record.text('name'),
    kind: record.text('kind'),
    mac: record.text('mac'),
    mtu: record.number('mtu'),
    up: record.flag('up'),
    carrier: record.flag('carrier'),
    peer:
      peer === undefined
        ? undefined
        : {
            index: peer.number('index'),
            netns: peer.number('netns'),
            name: near ? peer.text('name') : undefined,
            up: !near || (all.find((each) => each.number('index') === peer.number('index'))?.flag('up') ?? true),
          },
    master: record.optionalText('master'),
    hairpin: record.flag('hairpin'),
    vxlan: record.record('vxlan'),
    vlanId: record.number('vlanId'),
    mode: record.text('mode'),
    vlanFiltering: record.flag('vlanFiltering'),
    vlans: record.records('vlans'),
    addresses: addressesOf(record),
    counters: record.record('counters'),
    queueLength: record.optionalNumber('queueLength') ?? 1_000,
    netem: record.record('netem'),
    arp: record.flag('arp'),
    promiscuous: record.flag('promiscuous'),
    allMulticast: record.flag('allMulticast'),
    multicast: record.flag('multicast'),
  };
}

/** As the kernel keeps them: the first of each network, then the others. */
function addressesOf(link: KernelRecord): readonly AddressFacts[] {
  const networks = new Set<string>();
  const facts = link.records('addresses').map((address): AddressFacts => {
    const [ip, prefixLength] = [address.text('ip'), address.number('prefixLength')];
    const cidr = parseCidr(`${ip}/${String(prefixLength)}`);
    const network = cidr === undefined ? '' : formatNetwork(cidr);
    const secondary = networks.has(network);
    networks.add(network);
    return {
      ip,
      prefixLength,
      scope: address.text('scope'),
      broadcast: address.optionalText('broadcast'),
      label: address.optionalText('label') ?? link.text('name'),
      secondary,
    };
  });
  return [...facts.filter(({ secondary }) => !secondary), ...facts.filter(({ secondary }) => secondary)];
}

/** `veth0@if2`: the name with what it is tied to. */
export function fullName({ name, peer }: LinkFacts): string {
  return peer === undefined ? name : `${name}@${peer.name ?? `if${String(peer.index)}`}`;
}

/** Flags in the order in which ip prints them. */
export function flagsOf(link: LinkFacts): readonly string[] {
  return [
    ...(link.up && !link.carrier ? ['NO-CARRIER'] : []),
    link.kind === 'loopback' ? 'LOOPBACK' : 'BROADCAST',
    ...(link.multicast ? ['MULTICAST'] : []),
    ...(link.arp ? [] : ['NOARP']),
    ...(link.allMulticast ? ['ALLMULTI'] : []),
    ...(link.promiscuous ? ['PROMISC'] : []),
    ...(link.up ? ['UP'] : []),
    ...(link.up && link.carrier ? ['LOWER_UP'] : []),
    ...(link.peer?.name !== undefined && !link.peer.up ? ['M-DOWN'] : []),
  ];
}

/** Kinds that are down where what they stand on is. */
const LAYERED: readonly string[] = ['veth', 'vlan', 'macvlan', 'ipvlan'];

/** RFC 2863 state: software devices without a carrier of their own stay UNKNOWN. */
export function stateOf({ up, carrier, kind }: LinkFacts): string {
  if (!up) return 'DOWN';
  if (kind === 'loopback' || kind === 'vxlan' || kind === 'dummy') return 'UNKNOWN';
  return carrier ? 'UP' : LAYERED.includes(kind) ? 'LOWERLAYERDOWN' : 'DOWN';
}

export const queueDiscipline = ({ up, kind, netem }: LinkFacts): string =>
  netem !== undefined ? 'netem' : !up ? 'noop' : kind === 'ethernet' ? 'fq_codel' : 'noqueue';

/** Local numbers of the namespaces that links lead to, in the order in which links were made. */
export function namespaceNumbers(links: readonly LinkFacts[]): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  for (const { peer } of links)
    if (peer !== undefined && peer.name === undefined && !numbers.has(peer.netns))
      numbers.set(peer.netns, numbers.size);
  return numbers;
}

/** Names bound under /run/netns by namespace. */
export const namespaceNames = (process: Process): ReadonlyMap<number, string> =>
  new Map(namedNamespaces(process).map(({ name, netns }) => [netns, name]));
