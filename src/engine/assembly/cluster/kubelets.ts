/** The kubelet of each node. */
import { InProcessClient } from '../../kubernetes/client/in-process-client.ts';
import { CniPodNetwork } from '../../kubernetes/cni/pod-network.ts';
import { flannelPlugin } from '../../kubernetes/cni/plugins/flannel/flannel-plugin.ts';
import { Kubelet } from '../../kubernetes/kubelet/kubelet.ts';
import type { KubeletConfig } from '../../kubernetes/kubelet/interface.ts';
import { containerdPullError } from '../../machine/container/pull-error.ts';
import { CONTAINERD_VERSION, KERNEL_RELEASE, KUBERNETES_VERSION, UBUNTU_PRETTY_NAME } from '../../versions.ts';
import type { LabHost } from '../lab-hosts.ts';
import { type ClusterContext, informersOf, recorderOf } from './cluster-context.ts';
import { kubeletUser } from './component-users.ts';
import { KubeletProcess } from './kubelet-process.ts';

const CONTROL_PLANE_ROLE = 'node-role.kubernetes.io/control-plane';

/** The kubelet of a host with the process that it lives in. */
export function makeKubelet(context: ClusterContext, host: LabHost): KubeletProcess {
  const { simulation, network } = context;
  const { name } = host;
  const process = new KubeletProcess(simulation, host);
  const user = kubeletUser(name);
  const client = new InProcessClient(user, context.transport(name), 'kubelet');
  const kubelet = new Kubelet({
    simulation,
    host,
    network,
    runtime: host.runtime,
    podNetwork: new CniPodNetwork({ simulation, files: host.files.root, net: host.net, plugins: [flannelPlugin] }),
    client,
    informers: informersOf(context, `kubelet/${name}/informers`, user, name),
    recorder: recorderOf(`kubelet/${name}`, { simulation, client, component: 'kubelet', host: name }),
    config: kubeletConfig(host, process),
    pullError: containerdPullError,
  });
  simulation.loop.register(kubelet.target, kubelet);
  process.kubelet = kubelet;
  return process;
}

/** What the file says is asked for at each use: another start may have read another file. */
function kubeletConfig({ name, spec }: LabHost, process: KubeletProcess): KubeletConfig {
  const isControlPlane = spec.role === 'control-plane';
  return {
    nodeName: name,
    nodeIp: spec.ip,
    get clusterDns() {
      return process.settings.clusterDns;
    },
    get clusterDomain() {
      return process.settings.clusterDomain;
    },
    get maxPods() {
      return process.settings.maxPods;
    },
    get staticPodPath() {
      return process.settings.staticPodPath;
    },
    versions: {
      kubernetes: KUBERNETES_VERSION,
      kernel: KERNEL_RELEASE,
      osImage: UBUNTU_PRETTY_NAME,
      containerd: CONTAINERD_VERSION,
    },
    labels: isControlPlane
      ? { [CONTROL_PLANE_ROLE]: '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' }
      : {},
    taints: isControlPlane ? [{ key: CONTROL_PLANE_ROLE, effect: 'NoSchedule' }] : [],
  };
}
