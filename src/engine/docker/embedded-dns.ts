/** The resolver at 127.0.0.11 of containers on user-defined networks: names of containers, then the host's name servers. */
import { answerDns, decodeDns, encodeDns, type DnsMessage } from '../../formats/dns.ts';
import { failed } from '../../protocol/errno.ts';
import type { Plain } from '../../protocol/plain.ts';
import type { Datagram } from '../../protocol/program.ts';
import type { Host } from '../machine/host.ts';
import type { Network, SocketHandler, SocketId } from '../machine/net/interface.ts';
import { texts } from './json-fields.ts';
import type { DockerContainer } from './model.ts';

const TTL_SECONDS = 600;
/** Forwarded questions waiting for their answer, at most. */
const MAX_FORWARDED = 1024;

interface Forwarded {
  readonly socket: SocketId;
  readonly client: { readonly ip: string; readonly port: number };
}

export class EmbeddedDns implements SocketHandler {
  readonly target: string;
  readonly #listeners = new Map<SocketId, string>();
  readonly #forwarded = new Map<SocketId, Forwarded>();

  constructor(
    private readonly host: Host,
    private readonly lab: Network,
    private readonly containers: () => ReadonlyMap<string, DockerContainer>,
  ) {
    this.target = `docker-dns/${host.name}`;
    lab.sockets.attach(this.target, this);
  }

  listen(container: DockerContainer): void {
    if ([...this.#listeners.values()].includes(container.id)) return;
    const socket = this.lab.sockets.udp(
      container.netns,
      { component: this.target, host: this.host.name },
      53,
      '127.0.0.11',
    );
    if (!failed(socket)) this.#listeners.set(socket, container.id);
  }

  close(container: DockerContainer): void {
    for (const [socket, id] of this.#listeners) {
      if (id !== container.id) continue;
      this.#listeners.delete(socket);
      this.lab.sockets.close(socket);
    }
  }

  accepted(): void {
    // UDP only.
  }
  segment(): void {
    // UDP only.
  }
  closed(socket: SocketId): void {
    this.#listeners.delete(socket);
    this.#forwarded.delete(socket);
  }

  datagram(socket: SocketId, { from, bytes }: Datagram): void {
    const forwarded = this.#forwarded.get(socket);
    if (forwarded !== undefined) {
      this.#forwarded.delete(socket);
      this.lab.sockets.close(socket);
      this.lab.sockets.sendTo(forwarded.socket, forwarded.client, bytes);
      return;
    }
    const container = this.containers().get(this.#listeners.get(socket) ?? '');
    const query = decodeDns(bytes);
    if (container === undefined || query === undefined) return;
    const answer = this.#answer(container, query);
    if (answer !== undefined) this.lab.sockets.sendTo(socket, from, encodeDns(answer));
    else this.#forward(socket, from, bytes, query);
  }

  #answer(container: DockerContainer, query: DnsMessage): DnsMessage | undefined {
    const [question] = query.questions;
    if (question === undefined) return undefined;
    const name = question.name.replace(/\.$/, '').toLowerCase();
    const ips: string[] = [];
    for (const [networkName, { networkId }] of Object.entries(container.endpoints)) {
      if (['bridge', 'host', 'none'].includes(networkName)) continue;
      for (const other of this.containers().values()) {
        const endpoint = Object.values(other.endpoints).find((candidate) => candidate.networkId === networkId);
        if (endpoint === undefined || endpoint.ip === '') continue;
        const names = [other.name, other.id.slice(0, 12), ...texts(other.config, 'Hostname'), ...endpoint.aliases].map(
          (each) => each.toLowerCase(),
        );
        if (names.includes(name)) ips.push(endpoint.ip);
      }
    }
    if (ips.length === 0) return undefined;
    // libnetwork makes its own answers without EDNS.
    if (question.type !== 'A') return answerDns(query, { recursionAvailable: true, edns: undefined });
    return answerDns(query, {
      recursionAvailable: true,
      edns: undefined,
      answers: ips.map((ip) => ({ name: question.name, ttl: TTL_SECONDS, type: 'A', ip })),
    });
  }

  #forward(socket: SocketId, client: Forwarded['client'], bytes: Uint8Array, query: DnsMessage): void {
    const server = this.#nameserver();
    const out =
      server === undefined || this.#forwarded.size >= MAX_FORWARDED
        ? undefined
        : this.lab.sockets.udp(this.host.net.netns, { component: this.target, host: this.host.name });
    if (server === undefined || out === undefined || failed(out)) {
      this.lab.sockets.sendTo(
        socket,
        client,
        encodeDns(answerDns(query, { code: 'SERVFAIL', recursionAvailable: true })),
      );
      return;
    }
    this.#forwarded.set(out, { socket, client });
    this.lab.sockets.sendTo(out, { ip: server, port: 53 }, bytes);
  }

  #nameserver(): string | undefined {
    for (const path of ['/run/systemd/resolve/resolv.conf', '/etc/resolv.conf']) {
      const text = this.host.files.root.readText(path);
      const found = typeof text === 'string' ? /^nameserver\s+(\S+)/m.exec(text)?.[1] : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }

  snapshot(): Plain {
    return { listeners: [...this.#listeners], forwarded: [...this.#forwarded] as unknown as Plain };
  }
  restore(state: Plain): void {
    const saved = state as unknown as { listeners: [SocketId, string][]; forwarded: [SocketId, Forwarded][] };
    this.#listeners.clear();
    this.#forwarded.clear();
    for (const [socket, id] of saved.listeners) this.#listeners.set(socket, id);
    for (const [socket, forwarded] of saved.forwarded) this.#forwarded.set(socket, forwarded);
  }
}
