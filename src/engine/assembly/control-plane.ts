/**
 * One cluster: etcd, API server, controller manager, scheduler, kubelets, kube-proxy, CoreDNS and flannel, each alive while its
 * process is.
 */
import { isSignedBy } from '../../formats/x509.ts';
import type { Topology, TopologyCluster } from '../../protocol/host.ts';
import { encodeUtf8 } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import type { Network } from '../machine/net/interface.ts';
import { containerdPullError } from '../machine/container/pull-error.ts';
import type { ReactiveProgram } from '../machine/kernel/reactive.ts';
import { HttpFront } from '../kubernetes/apiserver/http/front.ts';
import { ApiServer } from '../kubernetes/apiserver/server.ts';
import { LOOPBACK_USER } from '../kubernetes/apiserver/bootstrap.ts';
import { ClientEventRecorder } from '../kubernetes/client/event-recorder.ts';
import { InProcessClient } from '../kubernetes/client/in-process-client.ts';
import { SharedInformers } from '../kubernetes/client/informers.ts';
import type { Transport, UserInfo } from '../kubernetes/client/interface.ts';
import { CniPodNetwork } from '../kubernetes/cni/pod-network.ts';
import { flannelPlugin } from '../kubernetes/cni/plugins/flannel/flannel-plugin.ts';
import { FLANNEL_TARGET, Flannel } from '../kubernetes/cni/plugins/flannel/flanneld.ts';
import { CONTROLLED_RESOURCES, ControllerManager } from '../kubernetes/controllers/index.ts';
import { CORE_DNS_TARGET, CoreDns } from '../kubernetes/dns/core-dns.ts';
import { Store } from '../kubernetes/etcd/store.ts';
import { Kubelet } from '../kubernetes/kubelet/kubelet.ts';
import { KUBE_PROXY_TARGET, KubeProxy } from '../kubernetes/proxy/kube-proxy.ts';
import { KubeScheduler } from '../kubernetes/scheduler/scheduler.ts';
import type { Component } from '../sim/component.ts';
import { CONTAINERD_VERSION, KERNEL_RELEASE, KUBERNETES_VERSION, UBUNTU_PRETTY_NAME } from '../versions.ts';
import type { Simulation } from '../sim/simulation.ts';
import type { ClusterPki } from './kubeadm/pki.ts';
import { firstAddress } from './kubeadm/static-pods.ts';
import type { LabHost } from './lab-hosts.ts';
import { NodeConnections } from './node-connections.ts';
import type { Role } from './roles.ts';
import { roleProgram } from './roles.ts';
import { StoreComponent } from './store-component.ts';

export const API_PORT = 6443;
const ADMIN: UserInfo = {
  name: 'kubernetes-admin',
  groups: ['kubeadm:cluster-admins', 'system:masters', 'system:authenticated'],
};

export interface ClusterOptions {
  readonly simulation: Simulation;
  readonly network: Network;
  readonly topology: Topology;
  readonly cluster: TopologyCluster;
  readonly pki: ClusterPki;
  hosts(): ReadonlyMap<string, LabHost>;
}

interface Agents {
  readonly proxy: KubeProxy;
  readonly dns: CoreDns;
  readonly flannel: Flannel;
}

/** Which of a cluster's processes run: role name → host → pid. */
type Running = Map<string, Map<string, number>>;

export class Cluster {
  readonly store = new Store();
  readonly server: ApiServer;
  readonly front: HttpFront;
  readonly kubelets = new Map<string, Kubelet>();
  readonly scheduler: KubeScheduler;
  readonly controllers: ControllerManager;
  readonly #running: Running = new Map();
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #connections: NodeConnections;
  readonly controlPlane: string;
  readonly #apiIp: string;

  constructor(private readonly options: ClusterOptions) {
    const { simulation, topology, cluster, network, pki } = options;
    const controlPlane = topology.hosts.find(({ role }) => role === 'control-plane');
    if (controlPlane === undefined) throw new Error(`topology ${topology.name} has a cluster and no control plane`);
    this.controlPlane = controlPlane.name;
    this.#apiIp = controlPlane.ip;
    const target = `kube-apiserver/${controlPlane.name}`;
    simulation.loop.register(`etcd/${controlPlane.name}`, new StoreComponent(this.store));
    const trusted = new Map<string, boolean>();
    this.server = new ApiServer({
      simulation,
      target,
      etcd: {
        connect: () =>
          this.isRunning('etcd')
            ? { store: this.store }
            : { broken: 'dial tcp 127.0.0.1:2379: connect: connection refused' },
      },
      advertiseAddress: controlPlane.ip,
      port: API_PORT,
      serviceAddress: firstAddress(cluster.serviceCidr),
      trusts: (pem) => {
        const known = trusted.get(pem) ?? isSignedBy(pem, pki.authority.certificatePem);
        trusted.set(pem, known);
        return known;
      },
      plainUser: ADMIN,
    });
    simulation.loop.register(target, this.server);
    this.#connections = new NodeConnections({
      simulation,
      network,
      target: `${target}/nodes`,
      kubelet: (node) => this.kubelets.get(node)?.api,
      hosts: () => options.hosts(),
      isRunning: (node) => this.isRunning('kubelet', node),
    });
    const exchanges = network.http(target, {
      open: (exchange, request, peer) => {
        this.front.open(exchange, request, peer);
      },
      body: (exchange, chunk) => {
        this.front.body(exchange, chunk);
      },
      finish: (exchange) => {
        this.front.finish(exchange);
      },
      frame: (exchange, frame) => {
        this.front.frame(exchange, frame);
      },
      abort: (exchange) => {
        this.front.abort(exchange);
      },
    });
    this.#connections.answerThrough(exchanges);
    this.front = new HttpFront({
      simulation,
      target: `${target}/http`,
      server: this.server,
      exchanges,
      nodes: this.#connections,
    });
    simulation.loop.register(`${target}/http`, this.front);
    simulation.loop.register(`${target}/nodes`, this.#connections);
    for (const name of ['kube-controller-manager', 'kube-scheduler']) this.#answerHealth(name);
    this.controllers = this.#controllerManager();
    this.scheduler = this.#scheduler();
    const agents = this.#agents();
    this.#roles = this.#makeRoles(target, agents);
    this.server.actsOn(
      ...new Set(
        Object.values(CONTROLLED_RESOURCES)
          .flat()
          .filter((name) => name !== '*'),
      ),
      ...ACTED_ELSEWHERE,
    );
    for (const { name } of cluster.nodes ? topology.hosts : []) this.#addKubelet(name);
  }

  /** Programs of the cluster's executables on one host. */
  programs(host: string): ReadonlyMap<string, ReactiveProgram> {
    return new Map([...this.#roles].map(([name, role]) => [name, roleProgram(name, host, role)]));
  }

  isRunning(role: string, host?: string): boolean {
    const hosts = this.#running.get(role);
    return hosts !== undefined && (host === undefined ? hosts.size > 0 : hosts.has(host));
  }

  /** A component whose process is not of an image (kubelet, api-only's control plane). */
  processStarted(role: string, host: string, pid: number): void {
    this.#started(role, host, pid);
    this.#roles.get(role)?.started({ host, pid, context: undefined as never });
  }
  processEnded(role: string, host: string, pid: number): void {
    this.#roles.get(role)?.ended(host, pid);
  }

  /** As an administrator on the server itself, past every connection: for the assembly and for reads. */
  admin(): InProcessClient {
    return new InProcessClient(LOOPBACK_USER, { connect: () => ({ server: this.server }) });
  }

  #transport(host: string): Transport {
    const { network } = this.options;
    const to = { ip: this.#apiIp, port: API_PORT };
    const broken = (errno: string): { readonly broken: string } => ({
      broken: `dial tcp ${to.ip}:${String(to.port)}: connect: ${errno}`,
    });
    return {
      connect: () => {
        const netns = network.host(host)?.netns;
        if (!this.isRunning('kube-apiserver') || netns === undefined) return broken('connection refused');
        const path = network.checkPath(netns, to);
        return path.connected ? { server: this.server } : broken(path.reason);
      },
    };
  }

  #informers(target: string, user: UserInfo, host: string): SharedInformers {
    const { simulation } = this.options;
    const informers = new SharedInformers({ simulation, target, user, transport: this.#transport(host) });
    simulation.loop.register(target, informers);
    return informers;
  }

  #controllerManager(): ControllerManager {
    const { simulation, cluster, pki } = this.options;
    const target = `kube-controller-manager/${this.controlPlane}`;
    const user = component('system:kube-controller-manager');
    const client = new InProcessClient(user, this.#transport(this.controlPlane), 'kube-controller-manager');
    const manager = new ControllerManager({
      simulation,
      client,
      informers: this.#informers(`${target}/informers`, user, this.controlPlane),
      target,
      recorder: (name) => new ClientEventRecorder({ simulation, client, component: name }),
      podCidr: cluster.podCidr,
      rootCertificate: () => pki.authority.certificatePem,
      namespacedResources: () =>
        [...this.server.registry.all()]
          .filter(({ namespaced, verbs, stored }) => namespaced && stored && verbs.includes('delete'))
          .map(({ groupResource }) => groupResource),
      resourceOf: (apiVersion, kind) => {
        const info = [...this.server.registry.all()].find((one) => one.apiVersion === apiVersion && one.kind === kind);
        return info === undefined ? undefined : { resource: info.groupResource, namespaced: info.namespaced };
      },
      nodes: cluster.nodes,
    });
    for (const [name, controller] of manager.components()) simulation.loop.register(name, controller);
    return manager;
  }

  #scheduler(): KubeScheduler {
    const { simulation } = this.options;
    const target = `kube-scheduler/${this.controlPlane}`;
    const user = component('system:kube-scheduler');
    const client = new InProcessClient(user, this.#transport(this.controlPlane), 'kube-scheduler');
    const recorder = new ClientEventRecorder({ simulation, client, component: 'default-scheduler' });
    const scheduler = new KubeScheduler({
      simulation,
      client,
      informers: this.#informers(`${target}/informers`, user, this.controlPlane),
      recorder,
      target,
    });
    simulation.loop.register(target, scheduler);
    return scheduler;
  }

  /** Agents that run on many nodes and share what they compute. */
  #agents(): Agents {
    const { simulation, network, cluster } = this.options;
    const user = component('system:node-agents');
    const informers = this.#informers('node-agents', user, this.controlPlane);
    const connected = (node: string): boolean => 'server' in this.#transport(node).connect();
    const host = (node: string): ReturnType<Network['host']> => network.host(node);
    const proxy = new KubeProxy({ simulation, informers, clusterCidr: cluster.podCidr, host, connected });
    const dns = new CoreDns({ simulation, network, informers, clusterDomain: cluster.domain });
    const flannel = new Flannel({
      simulation,
      informers,
      client: new InProcessClient(user, this.#transport(this.controlPlane), 'flanneld'),
      podCidr: cluster.podCidr,
      host: (node) => {
        const machine = this.options.hosts().get(node);
        return machine === undefined ? undefined : { files: machine.files.root, net: machine.net };
      },
      connected,
    });
    const register = (name: string, one: Component): void => {
      simulation.loop.register(name, one);
    };
    register(KUBE_PROXY_TARGET, proxy);
    register(CORE_DNS_TARGET, dns);
    register(FLANNEL_TARGET, flannel);
    this.#agentInformers = informers;
    return { proxy, dns, flannel };
  }
  #agentInformers: SharedInformers | undefined;

  #makeRoles(target: string, { proxy, dns, flannel }: Agents): ReadonlyMap<string, Role> {
    const { network, options } = { network: this.options.network, options: this.options };
    const role = (
      name: string,
      up: (host: string, pid: number) => void,
      down: (host: string, pid: number) => void,
      more: Partial<Role> = {},
    ): [string, Role] => [
      name,
      {
        ...more,
        started: ({ host, pid }) => {
          this.#started(name, host, pid);
          up(host, pid);
        },
        ended: (host, pid) => {
          if (this.#running.get(name)?.get(host) !== pid && name !== 'coredns') return;
          this.#running.get(name)?.delete(host);
          down(host, pid);
        },
      },
    ];
    const tls = (): { readonly chain: string; readonly names: readonly string[] } => {
      const { certificatePem } = options.pki.server('kube-apiserver', apiNames(options.cluster, this.controlPlane), [
        firstAddress(options.cluster.serviceCidr),
        this.#apiIp,
      ]);
      return {
        chain: certificatePem + options.pki.authority.certificatePem,
        names: [
          ...apiNames(options.cluster, this.controlPlane),
          firstAddress(options.cluster.serviceCidr),
          this.#apiIp,
          '127.0.0.1',
        ],
      };
    };
    const agent = (): void => {
      this.#agentInformers?.start();
    };
    return new Map([
      role(
        'etcd',
        () => undefined,
        () => undefined,
        { health: { port: 2381, paths: ['/livez', '/readyz', '/health'] } },
      ),
      role(
        'kube-apiserver',
        (host, pid) => {
          const netns = network.host(host)?.netns ?? 0;
          const listening = network.sockets.listen(
            netns,
            { family: 'inet', ip: '0.0.0.0', port: API_PORT },
            { component: target, host, pid },
            { tls: tls() },
          );
          if (failed(listening)) return;
          this.server.start();
        },
        () => {
          this.server.stop();
          this.front.stop();
        },
      ),
      role(
        'kube-controller-manager',
        (host, pid) => {
          this.#serveHealth('kube-controller-manager', 10257, host, pid);
          this.controllers.start();
        },
        () => {
          this.controllers.stop();
        },
      ),
      role(
        'kube-scheduler',
        (host, pid) => {
          this.#serveHealth('kube-scheduler', 10259, host, pid);
          this.scheduler.start();
        },
        () => {
          this.scheduler.stop();
        },
      ),
      role(
        'kube-proxy',
        (host) => {
          agent();
          proxy.startNode(host);
        },
        (host) => {
          proxy.stopNode(host);
        },
        { health: { port: 10256, paths: ['/healthz', '/livez'] } },
      ),
      role(
        'flanneld',
        (host) => {
          agent();
          flannel.startNode(host);
        },
        (host) => {
          flannel.stopNode(host);
        },
      ),
      role(
        'coredns',
        (host, pid) => {
          agent();
          const view = options.hosts().get(host)?.kernel.process(pid);
          const resolv =
            view === undefined
              ? undefined
              : options.hosts().get(host)?.files.view(view.namespaces.mnt).readText('/etc/resolv.conf');
          const upstreams =
            typeof resolv === 'string'
              ? [...resolv.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1] ?? '')
              : [];
          dns.start({ host, pid, netns: view?.namespaces.net ?? 0, upstreams });
        },
        (host, pid) => {
          dns.stop(host, pid);
        },
      ),
      role(
        'kubelet',
        (host) => {
          this.kubelets.get(host)?.start();
        },
        (host) => {
          this.kubelets.get(host)?.stop();
        },
      ),
    ]);
  }

  /** /healthz, /livez and /readyz; a restored process finds them there without having started. */
  #answerHealth(name: string): void {
    const exchanges = this.options.network.http(`${name}/health`, {
      open: (exchange, { target: path }) => {
        const known = ['/healthz', '/livez', '/readyz'].includes(path.split('?')[0] ?? '');
        exchanges.respond(
          exchange,
          known ? 200 : 404,
          { bytes: encodeUtf8(known ? 'ok' : '404 page not found\n') },
          { 'content-type': 'text/plain; charset=utf-8' },
        );
      },
      body: () => undefined,
      finish: () => undefined,
      abort: () => undefined,
    });
  }

  /** The health port, behind a certificate that the process signed itself. */
  #serveHealth(name: string, port: number, host: string, pid: number): void {
    const { network, pki } = this.options;
    const { certificatePem } = pki.server(`${host}@${name}`, ['localhost'], ['127.0.0.1']);
    const netns = network.host(host)?.netns ?? 0;
    network.sockets.listen(
      netns,
      { family: 'inet', ip: '127.0.0.1', port },
      { component: `${name}/health`, host, pid },
      { tls: { chain: certificatePem, names: ['localhost', '127.0.0.1'] } },
    );
  }

  #started(role: string, host: string, pid: number): void {
    const hosts = this.#running.get(role) ?? new Map<string, number>();
    hosts.set(host, pid);
    this.#running.set(role, hosts);
  }

  /** Made when the hosts exist. */
  connectKubelets(): void {
    for (const name of this.#pendingKubelets) this.#makeKubelet(name);
  }
  readonly #pendingKubelets: string[] = [];
  #addKubelet(name: string): void {
    this.#pendingKubelets.push(name);
  }

  #makeKubelet(name: string): void {
    const { simulation, network, cluster } = this.options;
    const host = this.options.hosts().get(name);
    if (host === undefined) return;
    const user: UserInfo = { name: `system:node:${name}`, groups: ['system:nodes', 'system:authenticated'] };
    const client = new InProcessClient(user, this.#transport(name), 'kubelet');
    const isControlPlane = host.spec.role === 'control-plane';
    const role = 'node-role.kubernetes.io/control-plane';
    const kubelet = new Kubelet({
      simulation,
      host,
      network,
      runtime: host.runtime,
      podNetwork: new CniPodNetwork({ simulation, files: host.files.root, net: host.net, plugins: [flannelPlugin] }),
      client,
      informers: this.#informers(`kubelet/${name}/informers`, user, name),
      recorder: new ClientEventRecorder({ simulation, client, component: 'kubelet', host: name }),
      config: {
        nodeName: name,
        nodeIp: host.spec.ip,
        clusterDns: [cluster.dnsIp],
        clusterDomain: cluster.domain,
        maxPods: 110,
        versions: {
          kubernetes: KUBERNETES_VERSION,
          kernel: KERNEL_RELEASE,
          osImage: UBUNTU_PRETTY_NAME,
          containerd: CONTAINERD_VERSION,
        },
        staticPodPath: '/etc/kubernetes/manifests',
        labels: isControlPlane ? { [role]: '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' } : {},
        taints: isControlPlane ? [{ key: role, effect: 'NoSchedule' }] : [],
      },
      pullError: containerdPullError,
    });
    simulation.loop.register(kubelet.target, kubelet);
    this.kubelets.set(name, kubelet);
  }

  snapshotRoles(): readonly (readonly [string, readonly (readonly [string, number])[]])[] {
    return [...this.#running].map(([role, hosts]) => [role, [...hosts]]);
  }
  restoreRoles(saved: ReturnType<Cluster['snapshotRoles']>): void {
    this.#running.clear();
    for (const [role, hosts] of saved) this.#running.set(role, new Map(hosts));
  }
}

const component = (name: string): UserInfo => ({ name, groups: ['system:masters', 'system:authenticated'] });

/** Resources that scheduler, kubelet, proxy, DNS or the API server itself act on. */
export const ACTED_ELSEWHERE: readonly string[] = [
  'pods',
  'nodes',
  'services',
  'endpointslices.discovery.k8s.io',
  'configmaps',
  'secrets',
  'serviceaccounts',
  'namespaces',
  'events',
  'leases.coordination.k8s.io',
  'roles.rbac.authorization.k8s.io',
  'rolebindings.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
  'priorityclasses.scheduling.k8s.io',
  'bindings',
];

const apiNames = (cluster: TopologyCluster, host: string): readonly string[] => [
  'kubernetes',
  'kubernetes.default',
  'kubernetes.default.svc',
  `kubernetes.default.svc.${cluster.domain}`,
  host,
];
