/** A cluster in small: API server, controllers, scheduler and kubelets on real hosts with a bridge for pods. */
import { failed } from '../../../protocol/errno.ts';
import { createKernelHost } from '../../machine/create-host.ts';
import { Registry } from '../../machine/container/registry.ts';
import { containerdPullError } from '../../machine/container/pull-error.ts';
import { HostContainerRuntime } from '../../machine/container/runtime.ts';
import { FileTree, FileTreeTable } from '../../machine/files/trees/file-tree.ts';
import { IMAGES, NOT_SIMULATED } from '../../machine/images/catalogue.ts';
import { IMAGE_PROGRAMS } from '../../machine/images/programs/all-programs.ts';
import type { Host } from '../../machine/host.ts';
import type { HostNetwork } from '../../machine/net/interface.ts';
import { createNetwork } from '../../machine/net/network.ts';
import { CONTAINERD_VERSION, KERNEL_RELEASE, KUBERNETES_VERSION, UBUNTU_PRETTY_NAME } from '../../versions.ts';
import { ClientEventRecorder } from '../client/event-recorder.ts';
import { world, type World } from '../controllers/world.spec-support.ts';
import type { KubeletHost, PodNetwork } from './interface.ts';
import { Kubelet } from './kubelet.ts';

export interface NodeWorld extends World {
  readonly hosts: readonly KubeletHost[];
  readonly kubelets: readonly Kubelet[];
  readonly runtimes: readonly HostContainerRuntime[];
}

export function nodeWorld(count: number): NodeWorld {
  const base = world(0, { hollow: false });
  const { simulation, client } = base;
  const network = createNetwork(simulation);
  const registry = new Registry(IMAGES, NOT_SIMULATED);
  const trees = new FileTreeTable();
  const hosts: KubeletHost[] = [];
  const runtimes: HostContainerRuntime[] = [];
  const kubelets: Kubelet[] = [];
  for (let index = 1; index <= count; index += 1) {
    const name = `worker-${String(index)}`;
    const ip = `192.168.56.${String(10 + index)}`;
    const net = network.addHost({ name, ip });
    net.setSysctl(net.netns, 'net.ipv4.ip_forward', '1');
    net.addLink(net.netns, { kind: 'bridge', name: 'cni0', mtu: 1450 });
    net.changeLink(net.netns, 'cni0', { up: true });
    net.addAddress(net.netns, 'cni0', `10.244.${String(index)}.1/24`);
    const rootTree = trees.add(
      new FileTree(`root-${name}`, [{ path: '/etc/hosts', type: 'file', text: '127.0.0.1 localhost\n' }]),
    );
    const { kernel, files } = createKernelHost({
      simulation,
      name,
      trees,
      rootTree,
      programs: new Map(),
      reactivePrograms: IMAGE_PROGRAMS,
      network: net,
      sockets: network.sockets,
    });
    const host: KubeletHost = { name, kernel, files, net };
    const runtime = new HostContainerRuntime(simulation, host as Host, registry);
    runtime.images('k8s.io').preload('registry.k8s.io/pause:3.10.1');
    const informers = base.informers(`kubelet/${name}/informers`);
    const kubelet = new Kubelet({
      simulation,
      host,
      network,
      runtime,
      client,
      informers,
      podNetwork: bridgeNetwork(net, index),
      recorder: new ClientEventRecorder({ simulation, client, component: 'kubelet', host: name }),
      config: {
        nodeName: name,
        nodeIp: ip,
        clusterDns: ['10.96.0.10'],
        clusterDomain: 'cluster.local',
        maxPods: 110,
        staticPodPath: '/etc/kubernetes/manifests',
        labels: {},
        taints: [],
        versions: {
          kubernetes: KUBERNETES_VERSION,
          kernel: KERNEL_RELEASE,
          osImage: UBUNTU_PRETTY_NAME,
          containerd: CONTAINERD_VERSION,
        },
      },
      pullError: containerdPullError,
    });
    simulation.loop.register(kubelet.target, kubelet);
    hosts.push(host);
    runtimes.push(runtime);
    kubelets.push(kubelet);
  }
  for (const kubelet of kubelets) kubelet.start();
  return { ...base, hosts, kubelets, runtimes };
}

function bridgeNetwork(net: HostNetwork, node: number): PodNetwork {
  let next = 2;
  return {
    notReady: () => undefined,
    add: ({ netns, sandboxId }) => {
      const ip = `10.244.${String(node)}.${String(next)}`;
      next += 1;
      const name = `veth${sandboxId.slice(0, 8)}`;
      const made = net.addLink(net.netns, { kind: 'veth', name, mtu: 1450, peer: { name: 'eth0', netns } });
      if (failed(made)) return { error: made.errno };
      net.changeLink(net.netns, name, { master: 'cni0', up: true, hairpin: true });
      net.changeLink(netns, 'lo', { up: true });
      net.changeLink(netns, 'eth0', { up: true });
      net.addAddress(netns, 'eth0', `${ip}/24`);
      net.addRoute(netns, { destination: 'default', via: `10.244.${String(node)}.1`, device: 'eth0' });
      return { ips: [ip] };
    },
    del: ({ sandboxId }) => {
      net.deleteLink(net.netns, `veth${sandboxId.slice(0, 8)}`);
    },
  };
}
