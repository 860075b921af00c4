/**
 * CoreDNS behind its processes: one component answers for all replicas, each on its own socket.
 * Models: plugins kubernetes, forward, health, ready, loadbalance; questions over UDP and TCP. Leaves out: cache, metrics, reload of the Corefile.
 */
import { answerDns, decodeDns, encodeDns, type DnsMessage, type DnsRecord } from '../../../formats/dns.ts';
import { dnsMessagesOf, dnsSegment } from '../../../formats/dns-stream.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { Datagram } from '../../../protocol/program.ts';
import type { Exchanges, NetnsId, Network, SocketId } from '../../machine/net/interface.ts';
import type { Component } from '../../sim/component.ts';
import type { Simulation } from '../../sim/simulation.ts';
import type { EndpointSlice, Service } from '../apimachinery/types.ts';
import type { Informer, InformerFactory } from '../client/interface.ts';
import { lookup, soaOf, type ClusterNames } from './records.ts';

export const CORE_DNS_TARGET = 'coredns';
const HTTP_TARGET = 'coredns/http';
const BY_SERVICE = 'service';
const BY_IP = 'ip';
const BY_ADDRESS = 'address';
/** Work per query. */
const ANSWER_US = 80;
/** forward's read timeout, and how often it tries. */
const FORWARD_TIMEOUT_US = 2_000_000;
const FORWARD_TRIES = 2;
/** Questions under way to the upstream resolvers. */
const PENDING_MAX = 1000;
const HEALTH_PORT = 8080;
const READY_PORT = 8181;

export interface CoreDnsInstance {
  readonly host: string;
  readonly pid: number;
  readonly netns: NetnsId;
  /** `nameserver` lines of the /etc/resolv.conf that the process sees (dnsPolicy Default: the node's). */
  readonly upstreams: readonly string[];
}

export interface CoreDnsOptions {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly informers: InformerFactory;
  /** `cluster.local`. */
  readonly clusterDomain: string;
}

interface Running extends CoreDnsInstance {
  /** Where questions come in, and from where they are sent on. */
  readonly socket: SocketId;
  readonly upstreamSocket: SocketId;
  /** The listener for questions over TCP. */
  readonly connections: SocketId;
  readonly listeners: readonly SocketId[];
}

/** Whom an answer goes to: who sent the datagram, or the connection. */
type Client = Datagram['from'] | { readonly connection: SocketId };

interface Pending {
  readonly id: number;
  readonly process: string;
  readonly client: Client;
  readonly query: DnsMessage;
  readonly prefix: readonly DnsRecord[];
  tries: number;
}

export class CoreDns implements Component {
  readonly #services: Informer<Service>;
  readonly #slices: Informer<EndpointSlice>;
  readonly #names: ClusterNames;
  readonly #running = new Map<string, Running>();
  readonly #bySocket = new Map<SocketId, string>();
  readonly #pending = new Map<number, Pending>();
  #nextId = 1;
  readonly #http: Exchanges;

  constructor(private readonly options: CoreDnsOptions) {
    const { informers, network } = options;
    this.#services = informers.informer('services');
    this.#services.addIndex(BY_IP, ({ spec }) =>
      spec.clusterIP === undefined || spec.clusterIP === 'None' ? [] : [spec.clusterIP],
    );
    this.#slices = informers.informer('endpointslices.discovery.k8s.io');
    this.#slices.addIndex(BY_SERVICE, serviceOfSlice);
    this.#slices.addIndex(BY_ADDRESS, (slice) => (slice.endpoints ?? []).flatMap(({ addresses }) => addresses));
    const namespaces = informers.informer('namespaces');
    this.#names = {
      zone: options.clusterDomain,
      service: (namespace, name) => this.#services.get(`${namespace}/${name}`),
      slices: (namespace, name) => this.#slices.byIndex(BY_SERVICE, `${namespace}/${name}`),
      hasNamespace: (name) => namespaces.get(name) !== undefined,
      serviceByIp: (ip) => this.#services.byIndex(BY_IP, ip)[0],
      endpointByIp: (ip) => this.#endpoint(ip),
    };
    network.sockets.attach(CORE_DNS_TARGET, {
      accepted: (socket, listener) => {
        const key = this.#bySocket.get(listener);
        if (key !== undefined) this.#bySocket.set(socket, key);
      },
      segment: (socket, segment) => {
        const messages = dnsMessagesOf(segment);
        if (messages === undefined) network.sockets.close(socket);
        for (const bytes of messages ?? []) this.#receivedBy(socket, bytes);
      },
      closed: (socket) => {
        this.#bySocket.delete(socket);
        network.sockets.close(socket);
      },
      datagram: (socket, datagram) => {
        this.#received(socket, datagram);
      },
    });
    this.#http = network.http(HTTP_TARGET, {
      open: (exchange, { target }) => {
        this.#probed(exchange, target);
      },
      body: () => undefined,
      finish: () => undefined,
      abort: () => undefined,
    });
  }

  /** The process has started; EADDRINUSE where its ports are taken, as the real one's log says before it exits. */
  start(instance: CoreDnsInstance): Result<void> {
    const { sockets } = this.options.network;
    const { host, pid, netns } = instance;
    const owner = { component: CORE_DNS_TARGET, host, pid };
    const socket = sockets.udp(netns, owner, 53);
    if (failed(socket)) return socket;
    const upstreamSocket = sockets.udp(netns, owner);
    const connections = sockets.listen(netns, { family: 'inet', ip: '0.0.0.0', port: 53 }, owner);
    const listeners = [HEALTH_PORT, READY_PORT].map((port) =>
      sockets.listen(netns, { family: 'inet', ip: '0.0.0.0', port }, { component: HTTP_TARGET, host, pid }),
    );
    const bad = [upstreamSocket, connections, ...listeners].find((one) => failed(one));
    if (failed(upstreamSocket) || failed(connections) || failed(bad)) {
      for (const one of [socket, upstreamSocket, connections, ...listeners]) if (!failed(one)) sockets.close(one);
      return failed(bad) ? bad : undefined;
    }
    const key = `${host}/${String(pid)}`;
    this.#running.set(key, {
      ...instance,
      socket,
      upstreamSocket,
      connections,
      listeners: listeners.flatMap((one) => (failed(one) ? [] : [one])),
    });
    this.#bySocket.set(connections, key);
    this.#bySocket.set(socket, key);
    this.#bySocket.set(upstreamSocket, key);
    return undefined;
  }

  /** The process has died; the kernel may have closed its sockets already. */
  stop(host: string, pid: number): void {
    const key = `${host}/${String(pid)}`;
    const running = this.#running.get(key);
    if (running === undefined) return;
    this.#running.delete(key);
    for (const socket of [running.socket, running.upstreamSocket, running.connections, ...running.listeners]) {
      this.#bySocket.delete(socket);
      this.options.network.sockets.close(socket);
    }
    for (const [id, { process }] of this.#pending) if (process === key) this.#pending.delete(id);
  }

  get #ready(): boolean {
    return this.#services.synced && this.#slices.synced;
  }

  #probed(exchange: number, target: string): void {
    const ready = target !== '/ready' || this.#ready;
    const known = target === '/health' || target === '/ready';
    const text = !known ? '404 page not found\n' : ready ? 'OK' : 'kubernetes';
    this.#http.respond(
      exchange,
      !known ? 404 : ready ? 200 : 503,
      { bytes: encodeUtf8(text) },
      { 'content-type': 'text/plain; charset=utf-8' },
    );
  }

  #received(socket: SocketId, { from, bytes }: Datagram): void {
    const key = this.#bySocket.get(socket);
    const running = key === undefined ? undefined : this.#running.get(key);
    const message = decodeDns(bytes);
    if (key === undefined || running === undefined || message === undefined) return;
    if (socket === running.upstreamSocket) this.#answered(running, message);
    else if (!message.response) this.#asked(key, running, from, message);
  }

  #receivedBy(connection: SocketId, bytes: Uint8Array): void {
    const key = this.#bySocket.get(connection);
    const running = key === undefined ? undefined : this.#running.get(key);
    const message = decodeDns(bytes);
    if (key !== undefined && running !== undefined && message?.response === false)
      this.#asked(key, running, { connection }, message);
  }

  #asked(process: string, running: Running, client: Client, query: DnsMessage): void {
    const [question] = query.questions;
    if (question === undefined) {
      this.#reply(running, client, answerDns(query, { code: 'FORMERR' }));
      return;
    }
    const found = lookup(this.#names, question.name, question.type);
    switch (found.type) {
      case 'known':
        this.#reply(running, client, this.#authoritative(query, found.records, found.additionals ?? []));
        return;
      case 'unknown':
        this.#reply(
          running,
          client,
          answerDns(query, { code: 'NXDOMAIN', authoritative: true, authorities: [this.#soa()] }),
        );
        return;
      case 'alias':
        this.#forward(process, running, client, query, [found.record], { name: found.target, type: question.type });
        return;
      case 'elsewhere':
        this.#forward(process, running, client, query, [], question);
    }
  }

  #authoritative(query: DnsMessage, records: readonly DnsRecord[], additionals: readonly DnsRecord[]): DnsMessage {
    if (records.length === 0) return answerDns(query, { authoritative: true, authorities: [this.#soa()] });
    // The loadbalance plugin turns the order from answer to answer.
    const turn = query.id % records.length;
    return answerDns(query, {
      authoritative: true,
      answers: [...records.slice(turn), ...records.slice(0, turn)],
      additionals,
    });
  }

  #soa(): DnsRecord {
    return soaOf(this.options.clusterDomain, Math.floor(this.options.simulation.clock.unixMs / 1000));
  }

  #forward(
    process: string,
    running: Running,
    client: Client,
    query: DnsMessage,
    prefix: readonly DnsRecord[],
    question: DnsMessage['questions'][number],
  ): void {
    if (running.upstreams.length === 0 || this.#pending.size >= PENDING_MAX) {
      this.#reply(running, client, answerDns(query, { code: 'SERVFAIL', recursionAvailable: true }));
      return;
    }
    const id = this.#nextId;
    this.#nextId = id >= 65_535 ? 1 : id + 1;
    const pending: Pending = {
      id,
      process,
      client,
      query: { ...query, questions: [question, ...query.questions] },
      prefix,
      tries: 0,
    };
    this.#pending.set(id, pending);
    this.#sendOn(pending);
  }

  #sendOn(pending: Pending): void {
    const running = this.#running.get(pending.process);
    const upstream = running?.upstreams[pending.tries % running.upstreams.length];
    const [question] = pending.query.questions;
    if (running === undefined || upstream === undefined || question === undefined) return;
    pending.tries += 1;
    this.options.network.sockets.sendTo(
      running.upstreamSocket,
      { ip: upstream, port: 53 },
      encodeDns({ ...pending.query, id: pending.id, questions: [question] }),
    );
    this.options.simulation.loop.schedule(FORWARD_TIMEOUT_US, CORE_DNS_TARGET, 'forward.timeout', {
      id: pending.id,
      tries: pending.tries,
    });
  }

  #answered(running: Running, message: DnsMessage): void {
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    this.#pending.delete(message.id);
    const query = original(pending);
    // An alias whose target has no address is still an alias.
    const code = pending.prefix.length > 0 && message.code === 'NXDOMAIN' ? 'NOERROR' : message.code;
    this.#reply(
      running,
      pending.client,
      answerDns(query, {
        code,
        answers: [...pending.prefix, ...message.answers],
        authorities: message.authorities,
        recursionAvailable: true,
        // The size is the client's, the options are those that the upstream resolver answered with.
        edns: query.edns && { ...query.edns, options: (message.edns ?? query.edns).options },
      }),
    );
  }

  #reply(running: Running, to: Client, message: DnsMessage): void {
    this.options.simulation.loop.schedule(ANSWER_US, CORE_DNS_TARGET, 'reply', {
      socket: running.socket,
      to,
      bytes: encodeDns(message),
    });
  }

  handle(type: string, payload: Plain): void {
    if (type === 'reply') {
      const { socket, to, bytes } = payload as unknown as { socket: SocketId; to: Client; bytes: Uint8Array };
      const { sockets } = this.options.network;
      if ('connection' in to) sockets.send(to.connection, dnsSegment(bytes));
      else sockets.sendTo(socket, to, bytes);
      return;
    }
    if (type !== 'forward.timeout') throw new Error(`coredns has no event ${type}`);
    const { id, tries } = payload as unknown as { id: number; tries: number };
    const pending = this.#pending.get(id);
    if (pending?.tries !== tries) return;
    if (tries < FORWARD_TRIES) {
      this.#sendOn(pending);
      return;
    }
    this.#pending.delete(id);
    const running = this.#running.get(pending.process);
    if (running !== undefined)
      this.#reply(
        running,
        pending.client,
        answerDns(original(pending), { code: 'SERVFAIL', recursionAvailable: true }),
      );
  }

  #endpoint(ip: string): { readonly slice: EndpointSlice; readonly hostname: string } | undefined {
    for (const slice of this.#slices.byIndex(BY_ADDRESS, ip)) {
      const [name] = serviceOfSlice(slice);
      const service = name === undefined ? undefined : this.#services.get(name);
      const endpoint = slice.endpoints?.find(({ addresses }) => addresses.includes(ip));
      if (service?.spec.clusterIP === 'None' && endpoint !== undefined)
        return { slice, hostname: endpoint.hostname ?? ip.replace(/\./g, '-') };
    }
    return undefined;
  }

  snapshot(): Plain {
    return {
      nextId: this.#nextId,
      running: [...this.#running].map(([key, one]) => [key, { ...one }]),
      bySocket: [...this.#bySocket],
      pending: [...this.#pending.values()].map((one) => ({ ...one })),
    } as unknown as Plain;
  }

  restore(state: Plain): void {
    const saved = state as unknown as {
      nextId: number;
      running: [string, Running][];
      bySocket: [SocketId, string][];
      pending: Pending[];
    };
    this.#nextId = saved.nextId;
    for (const map of [this.#running, this.#bySocket, this.#pending]) map.clear();
    for (const [key, running] of saved.running) this.#running.set(key, running);
    for (const [socket, key] of saved.bySocket) this.#bySocket.set(socket, key);
    for (const pending of saved.pending) this.#pending.set(pending.id, { ...pending });
  }
}

const serviceOfSlice = ({ metadata }: EndpointSlice): readonly string[] => {
  const name = metadata.labels?.['kubernetes.io/service-name'];
  return name === undefined ? [] : [`${metadata.namespace ?? ''}/${name}`];
};

/** The client's own question comes after the one that was sent on. */
const original = ({ query }: Pending): DnsMessage => ({ ...query, questions: query.questions.slice(1) });
