/** kube-apiserver with its store, its HTTP front and its way to the kubelets. */
import { isSignedBy } from '../../../formats/x509.ts';
import { failed } from '../../../protocol/errno.ts';
import { HttpFront } from '../../kubernetes/apiserver/http/front.ts';
import { ApiServer } from '../../kubernetes/apiserver/server.ts';
import type { Store } from '../../kubernetes/etcd/store.ts';
import type { KubeletApi } from '../../kubernetes/kubelet/interface.ts';
import type { TlsServerIdentity } from '../../machine/net/interface.ts';
import { apiServerNames, firstAddress } from '../kubeadm/api-server-names.ts';
import { NodeConnections } from '../node-connections.ts';
import { StoreComponent } from '../store-component.ts';
import { servingIdentity } from '../kubeadm/serving-identity.ts';
import { API_PORT } from './api-port.ts';
import type { ClusterContext } from './cluster-context.ts';

export class ApiServerProcess {
  readonly server: ApiServer;
  readonly #front: HttpFront;
  readonly #target: string;

  constructor(
    private readonly context: ClusterContext,
    store: Store,
    kubelet: (node: string) => KubeletApi | undefined,
  ) {
    const { simulation, controlPlane } = context;
    this.#target = `kube-apiserver/${controlPlane}`;
    simulation.loop.register(`etcd/${controlPlane}`, new StoreComponent(store));
    this.server = this.#makeServer(store);
    simulation.loop.register(this.#target, this.server);
    this.#front = this.#makeFront(kubelet);
  }

  /** Its process listens. */
  start(host: string, pid: number): void {
    const { network } = this.context;
    const listening = network.sockets.listen(
      network.host(host)?.netns ?? 0,
      { family: 'inet', ip: '0.0.0.0', port: API_PORT },
      { component: this.#target, host, pid },
      { tls: this.#identity() },
    );
    if (!failed(listening)) this.server.start();
  }

  stop(): void {
    this.server.stop();
    this.#front.stop();
  }

  #makeServer(store: Store): ApiServer {
    const { simulation, cluster, pki, running, apiIp } = this.context;
    const trusted = new Map<string, boolean>();
    return new ApiServer({
      simulation,
      target: this.#target,
      etcd: {
        connect: () =>
          running.has('etcd') ? { store } : { broken: 'dial tcp 127.0.0.1:2379: connect: connection refused' },
      },
      advertiseAddress: apiIp,
      port: API_PORT,
      serviceAddress: firstAddress(cluster.serviceCidr),
      trusts: (pem) => {
        const known = trusted.get(pem) ?? (pki.hasSigned(pem) || isSignedBy(pem, pki.authority.certificatePem));
        trusted.set(pem, known);
        return known;
      },
    });
  }

  #makeFront(kubelet: (node: string) => KubeletApi | undefined): HttpFront {
    const { simulation, network, running } = this.context;
    const target = this.#target;
    const nodes = new NodeConnections({
      simulation,
      network,
      target: `${target}/nodes`,
      kubelet,
      hosts: () => this.context.hosts(),
      isRunning: (node) => running.has('kubelet', node),
    });
    const exchanges = network.http(target, {
      open: (exchange, request, peer) => {
        front.open(exchange, request, peer);
      },
      body: (exchange, chunk) => {
        front.body(exchange, chunk);
      },
      finish: (exchange) => {
        front.finish(exchange);
      },
      frame: (exchange, frame) => {
        front.frame(exchange, frame);
      },
      abort: (exchange) => {
        front.abort(exchange);
      },
    });
    nodes.answerThrough(exchanges);
    const front = new HttpFront({ simulation, target: `${target}/http`, server: this.server, exchanges, nodes });
    simulation.loop.register(`${target}/http`, front);
    simulation.loop.register(`${target}/nodes`, nodes);
    return front;
  }

  #identity(): TlsServerIdentity {
    const { pki, cluster, controlPlane, apiIp } = this.context;
    return servingIdentity(pki, apiServerNames(cluster, controlPlane, apiIp));
  }
}
