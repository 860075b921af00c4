/** kube-proxy as kubeadm installs it (kubernetes cmd/kubeadm/app/phases/addons/proxy). */
import type { JsonObject } from '../../../protocol/plain.ts';
import { KUBERNETES_VERSION } from '../../versions.ts';
import type { AddonFacts } from './addon-objects.ts';
import { CRITICAL_NODE, account, clusterBinding } from './addon-objects.ts';

export function kubeProxy(facts: AddonFacts): JsonObject[] {
  const labels = { 'k8s-app': 'kube-proxy' };
  return [
    account('kube-proxy', 'kube-system'),
    clusterBinding('kubeadm:node-proxier', 'system:node-proxier', {
      kind: 'ServiceAccount',
      name: 'kube-proxy',
      namespace: 'kube-system',
    }),
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { labels: { app: 'kube-proxy' }, name: 'kube-proxy', namespace: 'kube-system' },
      data: { 'config.conf': configuration(facts), 'kubeconfig.conf': kubeconfig(facts) },
    },
    daemonSet(labels),
  ];
}

const configuration = ({ cluster }: AddonFacts): string =>
  [
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1',
    'bindAddress: 0.0.0.0',
    'clientConnection:',
    '  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf',
    `clusterCIDR: ${cluster.podCidr}`,
    'kind: KubeProxyConfiguration',
    'mode: ""',
    '',
  ].join('\n');

const kubeconfig = ({ server }: AddonFacts): string =>
  [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    '- cluster:',
    '    certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
    `    server: ${server}`,
    '  name: default',
    'contexts:',
    '- context:',
    '    cluster: default',
    '    namespace: default',
    '    user: default',
    '  name: default',
    'current-context: default',
    'users:',
    '- name: default',
    '  user:',
    '    tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token',
    '',
  ].join('\n');

const daemonSet = (labels: JsonObject): JsonObject => ({
  apiVersion: 'apps/v1',
  kind: 'DaemonSet',
  metadata: { labels, name: 'kube-proxy', namespace: 'kube-system' },
  spec: {
    selector: { matchLabels: labels },
    updateStrategy: { type: 'RollingUpdate' },
    template: {
      metadata: { labels },
      spec: {
        priorityClassName: CRITICAL_NODE,
        hostNetwork: true,
        serviceAccountName: 'kube-proxy',
        nodeSelector: { 'kubernetes.io/os': 'linux' },
        tolerations: [{ operator: 'Exists' }],
        containers: [
          {
            name: 'kube-proxy',
            image: `registry.k8s.io/kube-proxy:${KUBERNETES_VERSION}`,
            imagePullPolicy: 'IfNotPresent',
            command: [
              '/usr/local/bin/kube-proxy',
              '--config=/var/lib/kube-proxy/config.conf',
              '--hostname-override=$(NODE_NAME)',
            ],
            env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
            securityContext: { privileged: true },
            volumeMounts: [
              { mountPath: '/var/lib/kube-proxy', name: 'kube-proxy' },
              { mountPath: '/run/xtables.lock', name: 'xtables-lock' },
              { mountPath: '/lib/modules', name: 'lib-modules', readOnly: true },
            ],
          },
        ],
        volumes: [
          { name: 'kube-proxy', configMap: { name: 'kube-proxy' } },
          { name: 'xtables-lock', hostPath: { path: '/run/xtables.lock', type: 'FileOrCreate' } },
          { name: 'lib-modules', hostPath: { path: '/lib/modules' } },
        ],
      },
    },
  },
});
