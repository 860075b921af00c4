/**
 * kube-proxy, flannel and CoreDNS. Each runs on several nodes, whose processes see the same cluster: they share one cache of
 * it, and what they compute from it.
 */
import { InProcessClient } from '../../kubernetes/client/in-process-client.ts';
import type { SharedInformers } from '../../kubernetes/client/informers.ts';
import { FLANNEL_TARGET, Flannel } from '../../kubernetes/cni/plugins/flannel/flanneld.ts';
import { CORE_DNS_TARGET, CoreDns } from '../../kubernetes/dns/core-dns.ts';
import { KUBE_PROXY_TARGET, KubeProxy } from '../../kubernetes/proxy/kube-proxy.ts';
import { type ClusterContext, informersOf } from './cluster-context.ts';
import { CORE_DNS, FLANNEL, KUBE_PROXY } from './component-users.ts';

export class NodeAgents {
  readonly #proxy: KubeProxy;
  readonly #dns: CoreDns;
  readonly #flannel: Flannel;
  readonly #caches: Readonly<Record<'proxy' | 'dns' | 'flannel', SharedInformers>>;

  constructor(private readonly context: ClusterContext) {
    const { simulation, network, cluster, controlPlane } = context;
    const connected = (node: string): boolean => 'server' in context.transport(node).connect();
    this.#caches = {
      proxy: informersOf(context, `${KUBE_PROXY_TARGET}/informers`, KUBE_PROXY, controlPlane),
      dns: informersOf(context, `${CORE_DNS_TARGET}/informers`, CORE_DNS, controlPlane),
      flannel: informersOf(context, `${FLANNEL_TARGET}/informers`, FLANNEL, controlPlane),
    };
    this.#proxy = new KubeProxy({
      simulation,
      informers: this.#caches.proxy,
      clusterCidr: cluster.podCidr,
      host: (node) => network.host(node),
      connected,
    });
    this.#dns = new CoreDns({ simulation, network, informers: this.#caches.dns, clusterDomain: cluster.domain });
    this.#flannel = new Flannel({
      simulation,
      informers: this.#caches.flannel,
      client: new InProcessClient(FLANNEL, context.transport(controlPlane), 'flanneld'),
      podCidr: cluster.podCidr,
      host: (node) => {
        const machine = context.hosts().get(node);
        return machine === undefined ? undefined : { files: machine.files.root, net: machine.net };
      },
      connected,
    });
    simulation.loop.register(KUBE_PROXY_TARGET, this.#proxy);
    simulation.loop.register(CORE_DNS_TARGET, this.#dns);
    simulation.loop.register(FLANNEL_TARGET, this.#flannel);
  }

  startProxy(host: string): void {
    this.#caches.proxy.start();
    this.#proxy.startNode(host);
  }
  stopProxy(host: string): void {
    this.#proxy.stopNode(host);
  }

  startFlannel(host: string): void {
    this.#caches.flannel.start();
    this.#flannel.startNode(host);
  }
  stopFlannel(host: string): void {
    this.#flannel.stopNode(host);
  }

  startDns(host: string, pid: number): void {
    this.#caches.dns.start();
    const machine = this.context.hosts().get(host);
    const process = machine?.kernel.process(pid);
    const resolv =
      process === undefined ? undefined : machine?.files.view(process.namespaces.mnt).readText('/etc/resolv.conf');
    const upstreams =
      typeof resolv === 'string' ? [...resolv.matchAll(/^nameserver\s+(\S+)/gm)].map((match) => match[1] ?? '') : [];
    this.#dns.start({ host, pid, netns: process?.namespaces.net ?? 0, upstreams });
  }
  stopDns(host: string, pid: number): void {
    this.#dns.stop(host, pid);
  }
}
