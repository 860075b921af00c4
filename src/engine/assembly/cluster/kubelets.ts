/** The kubelet of each node. */
import { ClientEventRecorder } from '../../kubernetes/client/event-recorder.ts';
import { InProcessClient } from '../../kubernetes/client/in-process-client.ts';
import { CniPodNetwork } from '../../kubernetes/cni/pod-network.ts';
import { flannelPlugin } from '../../kubernetes/cni/plugins/flannel/flannel-plugin.ts';
import { Kubelet } from '../../kubernetes/kubelet/kubelet.ts';
import type { KubeletConfig } from '../../kubernetes/kubelet/interface.ts';
import { containerdPullError } from '../../machine/container/pull-error.ts';
import { CONTAINERD_VERSION, KERNEL_RELEASE, KUBERNETES_VERSION, UBUNTU_PRETTY_NAME } from '../../versions.ts';
import type { LabHost } from '../lab-hosts.ts';
import { type ClusterContext, informersOf } from './cluster-context.ts';
import { kubeletUser } from './component-users.ts';

const MAX_PODS = 110;
const CONTROL_PLANE_ROLE = 'node-role.kubernetes.io/control-plane';

export function makeKubelet(context: ClusterContext, host: LabHost): Kubelet {
  const { simulation, network } = context;
  const { name } = host;
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
    recorder: new ClientEventRecorder({ simulation, client, component: 'kubelet', host: name }),
    config: kubeletConfig(context, host),
    pullError: containerdPullError,
  });
  simulation.loop.register(kubelet.target, kubelet);
  return kubelet;
}

function kubeletConfig({ cluster }: ClusterContext, { name, spec }: LabHost): KubeletConfig {
  const isControlPlane = spec.role === 'control-plane';
  return {
    nodeName: name,
    nodeIp: spec.ip,
    clusterDns: [cluster.dnsIp],
    clusterDomain: cluster.domain,
    maxPods: MAX_PODS,
    versions: {
      kubernetes: KUBERNETES_VERSION,
      kernel: KERNEL_RELEASE,
      osImage: UBUNTU_PRETTY_NAME,
      containerd: CONTAINERD_VERSION,
    },
    staticPodPath: '/etc/kubernetes/manifests',
    labels: isControlPlane
      ? { [CONTROL_PLANE_ROLE]: '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' }
      : {},
    taints: isControlPlane ? [{ key: CONTROL_PLANE_ROLE, effect: 'NoSchedule' }] : [],
  };
}
