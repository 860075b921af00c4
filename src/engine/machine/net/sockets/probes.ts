/**
 * Packets that ask about the way rather than carry data: ping's echo requests and traceroute's probes.
 * Models: ICMP echo, UDP to a port that nobody listens on, TCP SYN; time to live; errors from whoever sends them.
 * Leaves out: IP options, limits on the rate of ICMP errors.
 */
import { formatIpv4, parseIpv4 } from '../../../../formats/ip.ts';
import { fail, type Result } from '../../../../protocol/errno.ts';
import type { ProbeAnswer, ProbeError, WayProbe } from '../../../../protocol/program.ts';
import type { Namespace } from '../namespace.ts';
import { reversed, tupleOf, type IcmpKind, type Packet } from '../packet.ts';
import { errnoOf, type Paths, type Walked } from '../paths.ts';
import type { Socket } from './socket.ts';
import type { SocketTable } from './table.ts';

/** Source ports that probes of UDP and TCP take in turn. */
const FIRST_PROBE_PORT = 33_000;
const PROBE_PORTS = 16_384;

type Answer = Omit<ProbeAnswer, 'sequence'>;

export class Probes {
  constructor(
    private readonly table: SocketTable,
    private readonly paths: Paths,
  ) {}

  /** Sends a probe; what comes back arrives at the socket when it is due. */
  send(socket: Socket, ip: string, probe: WayProbe): Result<void> {
    const namespace = this.table.namespaceOf(socket);
    const destination = parseIpv4(ip);
    const source = probe.source === undefined ? 0 : parseIpv4(probe.source);
    if (namespace === undefined) return fail('ENETDOWN');
    if (destination === undefined || source === undefined) return fail('EINVAL');
    if (source !== 0 && namespace.localLink(source) === undefined) return fail('EADDRNOTAVAIL');
    const answer = this.#send(namespace, this.#packetOf(socket, probe, source, destination));
    if (answer === undefined) return undefined;
    if ('errno' in answer) return answer;
    // A link of the sender itself is too narrow: the call fails and nothing is sent.
    if (answer.error === 'too-long' && namespace.localLink(parseIpv4(answer.from) ?? 0) !== undefined)
      return fail('EMSGSIZE');
    this.table.schedule(answer.roundTripUs, 'icmp.answer', {
      to: socket.id,
      value: { sequence: probe.sequence, ...answer },
    });
    return undefined;
  }

  #packetOf(socket: Socket, probe: WayProbe, source: number, destination: number): Packet {
    const { protocol, port = 0 } = probe;
    const common = {
      protocol,
      source,
      destination,
      ttl: probe.ttl ?? 64,
      bytes: probe.bytes,
      mark: 0,
      ...(probe.dontFragment === true ? { dontFragment: true as const } : {}),
    };
    // The identifier of an echo request tells the sockets of a host apart.
    const identifier = socket.id & 0xffff;
    if (protocol === 'icmp')
      return {
        ...common,
        icmp: 'echo-request',
        sourcePort: identifier,
        destinationPort: identifier,
        sequence: probe.sequence,
      };
    const sourcePort = FIRST_PROBE_PORT + ((socket.id + probe.sequence) % PROBE_PORTS);
    return { ...common, sourcePort, destinationPort: port, ...(protocol === 'tcp' ? { tcp: 'syn' as const } : {}) };
  }

  /** One packet there and what it brings back; undefined for silence. */
  #send(namespace: Namespace, packet: Packet): Result<Answer | undefined> {
    const there = this.paths.send(namespace, packet, true);
    const { arrival } = there;
    if (arrival.type === 'dropped') return undefined;
    if (arrival.type === 'rejected') {
      // A route that is missing here is an error of the call itself; a neighbour that is missing, an answer of this host.
      if (arrival.from === 0) return fail(errnoOf(arrival.kind));
      return {
        from: formatIpv4(arrival.from),
        ttl: 64,
        roundTripUs: there.latencyUs,
        ...(arrival.kind === 'tcp-reset' ? {} : { error: ERRORS[arrival.kind] ?? 'unreachable-host' }),
        ...(arrival.mtu === undefined ? {} : { mtu: arrival.mtu }),
      };
    }
    return this.#answerOf(namespace, arrival.namespace, packet, there);
  }

  /** What the destination says to a packet that reached it. */
  #answerOf(home: Namespace, at: Namespace, packet: Packet, there: Walked): Answer | undefined {
    if (packet.protocol !== 'icmp') {
      const bound = this.table.boundAt(at, packet.protocol, packet.destination, packet.destinationPort);
      if (bound !== undefined) return packet.protocol === 'udp' ? undefined : this.#reply(home, at, packet, there);
      const kind = packet.protocol === 'udp' ? 'port-unreachable' : 'tcp-reset';
      const refused = this.paths.refuse(at, { ...packet }, kind, there.latencyUs);
      if (refused.arrival.type !== 'rejected') return undefined;
      return {
        from: formatIpv4(kind === 'tcp-reset' ? packet.destination : refused.arrival.from),
        ttl: 64,
        roundTripUs: refused.latencyUs,
        ...(kind === 'tcp-reset' ? {} : { error: 'unreachable-port' }),
      };
    }
    return at.sysctl('net.ipv4.icmp_echo_ignore_all') === '1' ? undefined : this.#reply(home, at, packet, there);
  }

  /** An echo reply, or the second step of a handshake. */
  #reply(home: Namespace, at: Namespace, request: Packet, there: Walked): Answer | undefined {
    const reply: Packet = {
      ...request,
      ...reversed(tupleOf(request)),
      ...(request.protocol === 'tcp' ? { tcp: 'syn-ack' as const } : { icmp: 'echo-reply' as const }),
      ttl: 64,
      mark: 0,
    };
    const back = this.paths.send(at, reply, false, there.latencyUs);
    if (back.arrival.type !== 'delivered' || back.arrival.namespace !== home) return undefined;
    return { from: formatIpv4(reply.source), ttl: reply.ttl, roundTripUs: there.latencyUs + back.latencyUs };
  }
}

const ERRORS: { readonly [kind in IcmpKind]?: ProbeError } = {
  'port-unreachable': 'unreachable-port',
  'host-unreachable': 'unreachable-host',
  'admin-prohibited': 'prohibited',
  'net-unreachable': 'unreachable-net',
  'ttl-exceeded': 'ttl-exceeded',
  'fragmentation-needed': 'too-long',
};
