/** What one walk carries along. */
import { formatIpv4 } from '../../../../formats/ip.ts';
import type { Rule } from '../../../../formats/iptables/rule.ts';
import type { ConntrackEntry, Tracked } from '../conntrack.ts';
import type { Hop } from '../interface.ts';
import type { Namespace } from '../namespace.ts';
import type { LinkCounters } from '../links/link.ts';
import { describePacket, type IcmpKind, type Packet } from '../packet.ts';
import { countPacket, type Tally } from './tally.ts';

export interface Frame {
  readonly source: string;
  readonly destination: string;
  readonly packet: Packet;
  /** The tag of 802.1Q. */
  readonly vlan?: number;
}

export type Arrival =
  | { readonly type: 'delivered'; readonly namespace: Namespace; readonly packet: Packet }
  | { readonly type: 'dropped'; readonly host: string; readonly reason: string; readonly rule?: string }
  /** An error came back to the sender's side: `from` answered with `kind`. */
  | {
      readonly type: 'rejected';
      readonly host: string;
      readonly kind: IcmpKind | 'tcp-reset';
      readonly from: number;
      readonly rule?: string;
      /** Of the link that the packet was too long for. */
      readonly mtu?: number;
    };

/** Steps after which a walk is a loop. */
const MAX_STEPS = 256;

export class WalkState {
  latencyUs = 0;
  /** When the packet sets out, from now: answers are walked at the instant of the question. */
  startUs = 0;
  steps = 0;
  /** Source address with which the packet set out, before any translation. */
  source: number | undefined;
  /** Namespaces on the way with the generation at which they were seen. */
  readonly seen = new Map<Namespace, number>();
  /** Those where it crossed a veth or a bridge, with what `ports` was then. */
  ports: Map<Namespace, number> | undefined;
  readonly entries = new Set<ConntrackEntry>();
  readonly hops: Hop[] | undefined;
  /** The way in short: `node-0/eth0 node-0/veth1 dnat(10.244.1.2:80) …`; undefined where nobody wants it. */
  path: string | undefined;
  /** Errors are not answered with errors. */
  depth = 0;
  /** Notes what counts the packet, where further ones of its flow are to be counted without walking. */
  tally: Tally | undefined;

  constructor(
    readonly commit: boolean,
    record: 'nothing' | 'path' | 'hops',
  ) {
    this.hops = record === 'hops' ? [] : undefined;
    this.path = record === 'path' ? '' : undefined;
  }

  /** When it is where it is now, from now. */
  get afterUs(): number {
    return this.startUs + this.latencyUs;
  }

  visit(namespace: Namespace): void {
    if (!this.seen.has(namespace)) this.seen.set(namespace, namespace.generation);
  }

  visitPorts(namespace: Namespace): void {
    this.ports ??= new Map();
    if (!this.ports.has(namespace)) this.ports.set(namespace, namespace.ports);
  }

  /** A link sends or receives `bytes`. */
  count(counters: LinkCounters, sends: boolean, bytes: number): void {
    if (this.commit) countPacket(counters, sends, bytes);
    this.tally?.link(counters, sends, bytes);
  }

  /** False where the walk has become a loop. */
  step(): boolean {
    this.steps += 1;
    return this.steps <= MAX_STEPS;
  }

  hop(namespace: Namespace, link: string, step: Hop['step'], packet: Packet, because?: string): void {
    if (this.path !== undefined) {
      if (step === 'dnat') this.path += ` dnat(${formatIpv4(packet.destination)}:${String(packet.destinationPort)})`;
      else if (step === 'snat') this.path += ` snat(${formatIpv4(packet.source)}:${String(packet.sourcePort)})`;
      else if (step !== 'deliver') this.path += `${this.path === '' ? '' : ' '}${namespace.host}/${link}`;
    }
    this.hops?.push({
      host: namespace.host,
      netns: namespace.id,
      link,
      step,
      packet: describePacket(packet),
      ...(because === undefined ? {} : { because }),
    });
  }

  get stillValid(): boolean {
    for (const [namespace, generation] of this.seen) if (namespace.generation !== generation) return false;
    for (const [namespace, ports] of this.ports ?? []) if (namespace.ports !== ports) return false;
    return true;
  }
}

export interface HookInput {
  readonly namespace: Namespace;
  readonly packet: Packet;
  readonly inLink: string;
  readonly outLink: string;
  readonly physicalIn?: string;
  readonly physicalOut?: string;
}

export type HookResult =
  | { readonly type: 'pass'; readonly tracked: Tracked | undefined }
  | { readonly type: 'drop'; readonly chain: string; readonly table: string; readonly rule?: Rule }
  | { readonly type: 'reject'; readonly kind: IcmpKind | 'tcp-reset'; readonly chain: string; readonly rule: Rule };
