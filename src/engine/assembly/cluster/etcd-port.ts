/** etcd's client port: HTTP behind its serving certificate, for clients with a certificate of etcd's own authority. */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';
import type { BodyChunk, RequestHead } from '../../../protocol/http.ts';
import type { JsonObject, Plain } from '../../../protocol/plain.ts';
import { isSignedBy } from '../../../formats/x509.ts';
import { answerGateway, type GatewayAnswer, type Member } from '../../kubernetes/etcd/gateway.ts';
import type { Store } from '../../kubernetes/etcd/store.ts';
import type { Exchanges, HttpPeer } from '../../machine/net/interface.ts';
import type { Component } from '../../sim/component.ts';
import { ETCD_VERSION } from '../../versions.ts';
import type { ClusterContext } from './cluster-context.ts';

const CLIENT_PORT = 2379;
const PEER_PORT = 2380;

interface Request {
  readonly head: RequestHead;
  readonly body: readonly BodyChunk[];
}

export class EtcdPort implements Component {
  readonly #target: string;
  readonly #exchanges: Exchanges;
  readonly #requests = new Map<number, Request>();
  readonly #member: Member;
  /** Whether a certificate is of etcd's authority. */
  readonly #trusted = new Map<string, boolean>();

  constructor(
    private readonly context: ClusterContext,
    private readonly store: Store,
  ) {
    this.#target = `etcd/${context.controlPlane}/client`;
    this.#member = memberOf(context);
    context.simulation.loop.register(this.#target, this);
    this.#exchanges = context.network.http(this.#target, {
      // client/pkg/v3/transport/listener_tls.go: who does not begin with TLS is closed upon.
      closesOnPlain: true,
      open: (exchange, head, peer) => {
        if (this.#isClient(peer)) this.#requests.set(exchange, { head, body: [] });
        else this.#exchanges.end(exchange, 'tls: certificate required');
      },
      body: (exchange, chunk) => {
        const request = this.#requests.get(exchange);
        if (request !== undefined) this.#requests.set(exchange, { ...request, body: [...request.body, chunk] });
      },
      finish: (exchange) => {
        const request = this.#requests.get(exchange);
        this.#requests.delete(exchange);
        if (request !== undefined) this.#answer(exchange, request);
      },
      abort: (exchange) => {
        this.#requests.delete(exchange);
      },
    });
  }

  listen(host: string, pid: number): void {
    const { network, pki, apiIp, controlPlane } = this.context;
    const names = {
      commonName: controlPlane,
      dnsNames: [controlPlane, 'localhost'],
      ipAddresses: [apiIp, '127.0.0.1'],
    };
    for (const ip of ['127.0.0.1', apiIp]) {
      network.sockets.listen(
        network.host(host)?.netns ?? 0,
        { family: 'inet', ip, port: CLIENT_PORT },
        { component: this.#target, host, pid },
        {
          tls: {
            get chain() {
              return pki.server(names, 'etcd-ca').certificatePem + pki.etcdAuthority.certificatePem;
            },
            names: [...names.dnsNames, ...names.ipAddresses],
            ...pki.validity,
          },
        },
      );
    }
  }

  /** --client-cert-auth with --trusted-ca-file. */
  #isClient({ tls }: HttpPeer): boolean {
    if (tls?.certificate === undefined) return false;
    const known =
      this.#trusted.get(tls.certificate) ?? isSignedBy(tls.certificate, this.context.pki.etcdAuthority.certificatePem);
    this.#trusted.set(tls.certificate, known);
    return known;
  }

  #answer(exchange: number, { head, body }: Request): void {
    const path = head.target.split('?')[0] ?? '';
    const answer: GatewayAnswer = answerGateway(this.store, this.#member, path, jsonOf(body)) ?? {
      status: 404,
      body: { error: 'Not Found', code: 5, message: 'Not Found' },
    };
    this.#exchanges.respond(
      exchange,
      answer.status,
      { bytes: encodeUtf8(JSON.stringify(answer.body)) },
      { 'content-type': 'application/json' },
    );
  }

  handle(type: string): void {
    throw new Error(`etcd's client port has no event ${type}`);
  }
  snapshot(): Plain {
    return [...this.#requests] as unknown as Plain;
  }
  restore(state: Plain): void {
    this.#requests.clear();
    for (const [exchange, request] of state as unknown as readonly (readonly [number, Request])[])
      this.#requests.set(exchange, request);
  }
}

function memberOf({ simulation, controlPlane, apiIp }: ClusterContext): Member {
  const ids = simulation.random.for('etcd', controlPlane, 'ids');
  return {
    clusterId: ids.hex(16),
    memberId: ids.hex(16),
    name: controlPlane,
    version: ETCD_VERSION.replace(/-.*$/, ''),
    clientUrl: `https://${apiIp}:${String(CLIENT_PORT)}`,
    peerUrl: `https://${apiIp}:${String(PEER_PORT)}`,
  };
}

/** The body as a JSON object; anything else is an empty one, as a message without fields. */
function jsonOf(body: readonly BodyChunk[]): JsonObject {
  const [only] = body;
  if (only !== undefined && 'object' in only) return asObject(only.object);
  try {
    return asObject(
      JSON.parse(decodeUtf8(concatBytes(body.map((chunk) => ('bytes' in chunk ? chunk.bytes : new Uint8Array()))))),
    );
  } catch {
    return {};
  }
}

const asObject = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
