/** Walks on behalf of sockets: one packet there, its trace, and whether the way is still the same later. */
import type { JsonValue } from '../../../protocol/plain.ts';
import type { ErrnoName } from '../../../protocol/errno.ts';
import type { NetnsId, Walk } from './interface.ts';
import type { Lab } from './lab.ts';
import type { Namespace } from './namespace.ts';
import { describePacket, type IcmpKind, type Packet } from './packet.ts';
import { formatIpv4 } from '../../../formats/ip.ts';
import { WalkState, type Arrival } from './walk/state.ts';
import { Tally } from './walk/tally.ts';
import { Walker } from './walk/walker.ts';

/** A way that was walked, as data: it holds while none of its namespaces has changed. */
export interface KnownPath {
  readonly latencyUs: number;
  readonly labGeneration: number;
  readonly seen: readonly (readonly [NetnsId, number])[];
  /** Namespaces whose veth ends or bridges it crossed. */
  readonly ports?: readonly (readonly [NetnsId, number])[];
}

export interface Walked {
  readonly arrival: Arrival;
  readonly latencyUs: number;
  readonly path: KnownPath;
  readonly state: WalkState;
}

export class Paths {
  readonly walker: Walker;
  /** By what the packets of known ways are counted. */
  #tallies = new WeakMap<KnownPath, Tally>();

  constructor(readonly lab: Lab) {
    this.walker = new Walker(lab);
  }

  /** Sends one packet. The first of a flow is traced with its way (every packet's hops while a picture wants them); a drop always is. */
  send(from: Namespace, packet: Packet, first: boolean, startUs = 0): Walked {
    const { everyPacket } = this.lab;
    const state = new WalkState(true, everyPacket ? 'hops' : first ? 'path' : 'nothing');
    state.startUs = startUs;
    if (packet.tcp === 'ack' || packet.tcp === 'syn-ack') state.tally = new Tally(packet.bytes);
    const { destination, destinationPort, sourcePort, protocol } = packet;
    const arrival = this.walker.output(from, packet, state);
    if (arrival.type === 'dropped') {
      this.#record('packet.dropped', from, {
        packet: describePacket(packet),
        host: arrival.host,
        reason: arrival.reason,
        ...(arrival.rule === undefined ? {} : { rule: arrival.rule }),
        ...(state.hops === undefined ? {} : { hops: state.hops as unknown as JsonValue }),
      });
    } else if (first || everyPacket) {
      const flow = `${protocol} ${formatIpv4(state.source ?? 0)}:${String(sourcePort)} > ${formatIpv4(destination)}:${String(destinationPort)}`;
      this.#record('packet.walked', from, {
        flow,
        outcome: arrival.type,
        latencyUs: state.latencyUs,
        ...(state.path === undefined ? {} : { path: state.path }),
        ...(state.hops === undefined ? {} : { hops: state.hops as unknown as JsonValue }),
        ...(arrival.type === 'rejected' && arrival.rule !== undefined ? { rule: arrival.rule } : {}),
      });
    }
    return this.#walked(arrival, state);
  }

  /** The same without a trace and without any effect. */
  explain(from: Namespace, packet: Packet): Walked {
    const state = new WalkState(false, 'hops');
    return this.#walked(this.walker.output(from, packet, state), state);
  }

  /**
   * Sends one more packet along a way that holds. Nobody sees it go, so it is counted without walking; false where it has
   * to walk after all.
   */
  repeat(from: Namespace, path: KnownPath, packet: Packet): boolean {
    const { nowUs, everyPacket } = this.lab;
    const tally = everyPacket ? undefined : (this.#tallies.get(path) ?? this.#tallyAgain(from, path, packet));
    if (tally?.holds(nowUs) !== true) return false;
    tally.repeat(packet, nowUs);
    return true;
  }

  /** The links and rules that were counted on are others now. */
  forgetTallies(): void {
    this.#tallies = new WeakMap();
  }

  /** After a restore: by a walk without any effect. */
  #tallyAgain(from: Namespace, path: KnownPath, packet: Packet): Tally | undefined {
    const state = new WalkState(false, 'nothing');
    state.tally = new Tally(packet.bytes);
    if (this.walker.output(from, { ...packet }, state).type !== 'delivered') return undefined;
    this.#tallies.set(path, state.tally);
    return state.tally;
  }

  /** Answers a delivered packet with an ICMP error or a reset. */
  refuse(at: Namespace, packet: Packet, kind: IcmpKind | 'tcp-reset', latencyUs: number): Walked {
    const state = new WalkState(true, 'nothing');
    state.latencyUs = latencyUs;
    return this.#walked(this.walker.refuse(at, packet, kind, state), state);
  }

  holds(path: KnownPath): boolean {
    if (path.labGeneration !== this.lab.generation) return false;
    for (const [netns, generation] of path.seen)
      if (this.lab.namespaces.get(netns)?.generation !== generation) return false;
    for (const [netns, ports] of path.ports ?? []) if (this.lab.namespaces.get(netns)?.ports !== ports) return false;
    return true;
  }

  #walked(arrival: Arrival, state: WalkState): Walked {
    const seen = byId(state.seen);
    const ports = state.ports === undefined ? {} : { ports: byId(state.ports) };
    const path = { latencyUs: state.latencyUs, labGeneration: this.lab.generation, seen, ...ports };
    if (state.tally !== undefined) this.#tallies.set(path, state.tally);
    return { arrival, latencyUs: state.latencyUs, state, path };
  }

  #record(type: string, from: Namespace, data: { readonly [key: string]: JsonValue }): void {
    this.lab.simulation.trace.record(`network/${from.host}`, type, `netns/${String(from.id)}`, data);
  }
}

const byId = (counts: ReadonlyMap<Namespace, number>): readonly (readonly [NetnsId, number])[] =>
  [...counts].map(([{ id }, count]) => [id, count] as const);

/** What a refused sender reads from errno. */
export function errnoOf(kind: IcmpKind | 'tcp-reset'): ErrnoName {
  switch (kind) {
    case 'tcp-reset':
    case 'port-unreachable':
      return 'ECONNREFUSED';
    case 'net-unreachable':
      return 'ENETUNREACH';
    default:
      return 'EHOSTUNREACH';
  }
}

/** A walk for a picture. */
export function walkOf({ arrival, state }: Walked): Walk {
  const hops = state.hops ?? [];
  switch (arrival.type) {
    case 'delivered':
      return {
        hops,
        latencyUs: state.latencyUs,
        outcome: {
          type: 'delivered',
          netns: arrival.namespace.id,
          ip: formatIpv4(arrival.packet.destination),
          port: arrival.packet.destinationPort,
        },
      };
    case 'dropped':
      return {
        hops,
        latencyUs: state.latencyUs,
        outcome: {
          type: 'dropped',
          host: arrival.host,
          reason: arrival.reason,
          ...(arrival.rule === undefined ? {} : { rule: arrival.rule }),
        },
      };
    case 'rejected':
      return {
        hops,
        latencyUs: state.latencyUs,
        outcome: {
          type: 'rejected',
          host: arrival.host,
          errno: errnoOf(arrival.kind),
          from: arrival.from === 0 ? '' : formatIpv4(arrival.from),
          ...(arrival.rule === undefined ? {} : { rule: arrival.rule }),
        },
      };
  }
}
