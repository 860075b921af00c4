/**
 * Connection tracking with NAT (nf_conntrack, nf_nat).
 * Models: tuples of both directions, states, per-state timeouts, source and destination translation, related ICMP errors.
 * Leaves out: helpers, zones, expectations, window tracking.
 */
import { reversed, tupleKey, type Packet, type Protocol, type Tuple, tupleOf } from './packet.ts';
import { LateMap } from '../../sim/late-map.ts';

export type TcpTrackState = 'SYN_SENT' | 'SYN_RECV' | 'ESTABLISHED' | 'FIN_WAIT' | 'TIME_WAIT' | 'CLOSE';

export interface ConntrackEntry {
  readonly id: number;
  readonly protocol: Protocol;
  /** As the first packet arrived. */
  readonly original: Tuple;
  /** As answers arrive: with the translated addresses. */
  reply: Tuple;
  tcp?: TcpTrackState;
  seenReply: boolean;
  assured: boolean;
  mark: number;
  expiresUs: number;
  /** The nat table has been asked on the way to the destination and to the source. */
  destinationDone: boolean;
  sourceDone: boolean;
  confirmed: boolean;
  packets: [number, number];
  bytes: [number, number];
}

export interface Tracked {
  readonly entry: ConntrackEntry;
  readonly direction: 'original' | 'reply';
  readonly related: boolean;
}

const SECOND = 1_000_000;
const TCP_TIMEOUT_US: { readonly [state in TcpTrackState]: number } = {
  SYN_SENT: 120 * SECOND,
  SYN_RECV: 60 * SECOND,
  ESTABLISHED: 432_000 * SECOND,
  FIN_WAIT: 120 * SECOND,
  TIME_WAIT: 120 * SECOND,
  CLOSE: 10 * SECOND,
};
const UDP_TIMEOUT_US = 30 * SECOND;
const UDP_STREAM_TIMEOUT_US = 120 * SECOND;
const ICMP_TIMEOUT_US = 30 * SECOND;
/** net.netfilter.nf_conntrack_max of a host with some memory. */
export const CONNTRACK_MAX = 262_144;
const SWEEP_EVERY = 512;

export class Conntrack {
  readonly #byTuple = new LateMap<
    string,
    { readonly entry: ConntrackEntry; readonly direction: 'original' | 'reply' }
  >();
  #nextId = 1;
  #sinceSweep = 0;

  get size(): number {
    return this.#byTuple.size / 2;
  }

  /** The entry of a packet; ICMP errors belong to the flow of the packet they are about. */
  find(packet: Packet, nowUs: number): Tracked | undefined {
    const { inner } = packet;
    if (inner !== undefined) {
      // The error travels against the packet it quotes.
      const found = this.#lookup(tupleKey(inner.protocol, reversed(tupleOf(inner))), nowUs);
      return found === undefined ? undefined : { ...found, related: true };
    }
    const found = this.#lookup(tupleKey(packet.protocol, tupleOf(packet)), nowUs);
    return found === undefined ? undefined : { ...found, related: false };
  }

  /** A fresh, unconfirmed entry; it counts once `confirm` is called at the end of the packet's way. */
  begin(packet: Packet, nowUs: number): ConntrackEntry {
    const original = tupleOf(packet);
    return {
      id: 0,
      protocol: packet.protocol,
      original,
      reply: reversed(original),
      ...(packet.protocol === 'tcp'
        ? { tcp: packet.tcp === 'syn' ? ('SYN_SENT' as const) : ('ESTABLISHED' as const) }
        : {}),
      seenReply: false,
      assured: false,
      mark: 0,
      expiresUs: nowUs + timeoutOf(packet.protocol, packet.tcp === 'syn' ? 'SYN_SENT' : 'ESTABLISHED', false),
      destinationDone: false,
      sourceDone: false,
      confirmed: false,
      packets: [0, 0],
      bytes: [0, 0],
    };
  }

  /** Whether a reply tuple belongs to another flow already. */
  taken(protocol: Protocol, reply: Tuple): boolean {
    return this.#byTuple.has(tupleKey(protocol, reply));
  }

  confirm(entry: ConntrackEntry, nowUs: number): ConntrackEntry | undefined {
    if (entry.confirmed) return entry;
    this.#sinceSweep += 1;
    if (this.#sinceSweep >= SWEEP_EVERY) this.sweep(nowUs);
    if (this.size >= CONNTRACK_MAX) return undefined;
    const kept = Object.assign(entry, { id: this.#nextId, confirmed: true });
    this.#nextId += 1;
    this.#byTuple.set(tupleKey(entry.protocol, entry.original), { entry: kept, direction: 'original' });
    this.#byTuple.set(tupleKey(entry.protocol, entry.reply), { entry: kept, direction: 'reply' });
    return kept;
  }

  /** Accounts a packet to its entry and moves the entry's state. */
  account({ entry, direction, related }: Tracked, packet: Packet, nowUs: number, bytes = packet.bytes): void {
    const at = direction === 'original' ? 0 : 1;
    entry.packets[at] += 1;
    entry.bytes[at] += bytes;
    if (related) return;
    if (direction === 'reply') entry.seenReply = true;
    if (entry.protocol === 'tcp') entry.tcp = nextTcpState(entry.tcp ?? 'SYN_SENT', packet.tcp ?? 'ack', direction);
    if (entry.tcp === 'ESTABLISHED' || (entry.protocol === 'udp' && entry.seenReply && entry.packets[0] > 1))
      entry.assured = true;
    entry.expiresUs = nowUs + timeoutOf(entry.protocol, entry.tcp ?? 'ESTABLISHED', entry.assured);
  }

  delete(entry: ConntrackEntry): void {
    this.#byTuple.delete(tupleKey(entry.protocol, entry.original));
    this.#byTuple.delete(tupleKey(entry.protocol, entry.reply));
    entry.confirmed = false;
  }

  sweep(nowUs: number): void {
    this.#sinceSweep = 0;
    for (const { entry, direction } of this.#byTuple.values())
      if (direction === 'original' && entry.expiresUs <= nowUs) this.delete(entry);
  }

  /** Live entries, oldest first. */
  list(nowUs: number): readonly ConntrackEntry[] {
    const live: ConntrackEntry[] = [];
    for (const { entry, direction } of this.#byTuple.values())
      if (direction === 'original' && entry.expiresUs > nowUs) live.push(entry);
    return live;
  }

  /** What a snapshot holds beside the entries. */
  get counts(): { readonly nextId: number; readonly sinceSweep: number } {
    return { nextId: this.#nextId, sinceSweep: this.#sinceSweep };
  }

  restore(entries: readonly ConntrackEntry[], { nextId, sinceSweep }: Conntrack['counts']): void {
    this.#byTuple.clear();
    this.#nextId = nextId;
    this.#sinceSweep = sinceSweep;
    for (const saved of entries) {
      const entry: ConntrackEntry = { ...saved, packets: [...saved.packets], bytes: [...saved.bytes] };
      this.#byTuple.set(tupleKey(entry.protocol, entry.original), { entry, direction: 'original' });
      this.#byTuple.set(tupleKey(entry.protocol, entry.reply), { entry, direction: 'reply' });
    }
  }

  #lookup(
    key: string,
    nowUs: number,
  ): { readonly entry: ConntrackEntry; readonly direction: 'original' | 'reply' } | undefined {
    const found = this.#byTuple.get(key);
    if (found === undefined || found.entry.expiresUs > nowUs) return found;
    this.delete(found.entry);
    return undefined;
  }
}

function timeoutOf(protocol: Protocol, tcp: TcpTrackState, assured: boolean): number {
  if (protocol === 'tcp') return TCP_TIMEOUT_US[tcp];
  if (protocol === 'udp') return assured ? UDP_STREAM_TIMEOUT_US : UDP_TIMEOUT_US;
  return ICMP_TIMEOUT_US;
}

function nextTcpState(
  state: TcpTrackState,
  flag: NonNullable<Packet['tcp']>,
  direction: 'original' | 'reply',
): TcpTrackState {
  if (flag === 'rst') return 'CLOSE';
  if (flag === 'syn') return state === 'ESTABLISHED' ? state : 'SYN_SENT';
  if (flag === 'syn-ack') return direction === 'reply' ? 'SYN_RECV' : state;
  if (flag === 'fin') return state === 'FIN_WAIT' ? 'TIME_WAIT' : state === 'TIME_WAIT' ? state : 'FIN_WAIT';
  return state === 'SYN_RECV' ? 'ESTABLISHED' : state;
}
