/** flannel as its published manifest describes it (flannel-io/flannel Documentation/kube-flannel.yml). */
import type { JsonObject } from '../../../protocol/plain.ts';
import { FLANNEL_CNI_PLUGIN_VERSION, FLANNEL_VERSION } from '../../versions.ts';
import type { AddonFacts } from './addon-objects.ts';
import { CRITICAL_NODE, account, clusterBinding, clusterRole } from './addon-objects.ts';

export function flannel({ cluster }: AddonFacts): JsonObject[] {
  const labels = { app: 'flannel', tier: 'node' };
  const cni = `${JSON.stringify(
    {
      name: 'cbr0',
      cniVersion: '0.3.1',
      plugins: [
        { type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } },
        { type: 'portmap', capabilities: { portMappings: true } },
      ],
    },
    undefined,
    2,
  )}\n`;
  const net = `${JSON.stringify({ Network: cluster.podCidr, EnableNFTables: false, Backend: { Type: 'vxlan' } }, undefined, 2)}\n`;
  return [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        labels: { 'k8s-app': 'flannel', 'pod-security.kubernetes.io/enforce': 'privileged' },
        name: 'kube-flannel',
      },
    },
    account('flannel', 'kube-flannel'),
    clusterRole('flannel', [
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
      { apiGroups: [''], resources: ['nodes'], verbs: ['get', 'list', 'watch'] },
      { apiGroups: [''], resources: ['nodes/status'], verbs: ['patch'] },
    ]),
    clusterBinding('flannel', 'flannel', { kind: 'ServiceAccount', name: 'flannel', namespace: 'kube-flannel' }),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        labels: { app: 'flannel', 'k8s-app': 'flannel', tier: 'node' },
        name: 'kube-flannel-cfg',
        namespace: 'kube-flannel',
      },
      data: { 'cni-conf.json': cni, 'net-conf.json': net },
    },
    flannelDaemonSet(labels),
  ];
}

function flannelDaemonSet(labels: JsonObject): JsonObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { labels: { ...labels, 'k8s-app': 'flannel' }, name: 'kube-flannel-ds', namespace: 'kube-flannel' },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          affinity: {
            nodeAffinity: {
              requiredDuringSchedulingIgnoredDuringExecution: {
                nodeSelectorTerms: [
                  { matchExpressions: [{ key: 'kubernetes.io/os', operator: 'In', values: ['linux'] }] },
                ],
              },
            },
          },
          hostNetwork: true,
          priorityClassName: CRITICAL_NODE,
          tolerations: [{ effect: 'NoSchedule', operator: 'Exists' }],
          serviceAccountName: 'flannel',
          initContainers: initContainers(),
          containers: [flanneldContainer()],
          volumes: [
            { name: 'run', hostPath: { path: '/run/flannel' } },
            { name: 'cni-plugin', hostPath: { path: '/opt/cni/bin' } },
            { name: 'cni', hostPath: { path: '/etc/cni/net.d' } },
            { name: 'flannel-cfg', configMap: { name: 'kube-flannel-cfg' } },
            { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
          ],
        },
      },
    },
  };
}

const initContainers = (): JsonObject[] => [
  {
    name: 'install-cni-plugin',
    image: `ghcr.io/flannel-io/flannel-cni-plugin:${FLANNEL_CNI_PLUGIN_VERSION}`,
    command: ['cp'],
    args: ['-f', '/flannel', '/opt/cni/bin/flannel'],
    volumeMounts: [{ mountPath: '/opt/cni/bin', name: 'cni-plugin' }],
  },
  {
    name: 'install-cni',
    image: `ghcr.io/flannel-io/flannel:${FLANNEL_VERSION}`,
    command: ['cp'],
    args: ['-f', '/etc/kube-flannel/cni-conf.json', '/etc/cni/net.d/10-flannel.conflist'],
    volumeMounts: [
      { mountPath: '/etc/cni/net.d', name: 'cni' },
      { mountPath: '/etc/kube-flannel/', name: 'flannel-cfg' },
    ],
  },
];

function flanneldContainer(): JsonObject {
  const field = (name: string, fieldPath: string): JsonObject => ({ name, valueFrom: { fieldRef: { fieldPath } } });
  return {
    name: 'kube-flannel',
    image: `ghcr.io/flannel-io/flannel:${FLANNEL_VERSION}`,
    command: ['/opt/bin/flanneld'],
    args: ['--ip-masq', '--kube-subnet-mgr'],
    resources: { requests: { cpu: '100m', memory: '50Mi' } },
    securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] }, privileged: false },
    env: [
      field('POD_NAME', 'metadata.name'),
      field('POD_NAMESPACE', 'metadata.namespace'),
      { name: 'EVENT_QUEUE_DEPTH', value: '5000' },
      { name: 'CONT_WHEN_CACHE_NOT_READY', value: 'false' },
    ],
    volumeMounts: [
      { mountPath: '/run/flannel', name: 'run' },
      { mountPath: '/etc/kube-flannel/', name: 'flannel-cfg' },
      { mountPath: '/run/xtables.lock', name: 'xtables-lock' },
    ],
  };
}
