/**
 * The control plane's static pod manifests, as kubeadm v1.36 writes them to /etc/kubernetes/manifests.
 * Source of the facts: kubernetes cmd/kubeadm/app/phases/controlplane and phases/etcd.
 */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { TopologyCluster } from '../../../protocol/host.ts';
import { ETCD_VERSION, KUBERNETES_VERSION } from '../../versions.ts';

interface HostPath {
  readonly name: string;
  readonly path: string;
  readonly type: 'File' | 'FileOrCreate' | 'DirectoryOrCreate';
  readonly readOnly: boolean;
}

interface ControlPlanePod {
  readonly component: string;
  readonly image: string;
  readonly command: readonly string[];
  readonly volumes: readonly HostPath[];
  readonly cpu: string;
  readonly memory?: string;
  readonly annotations: JsonObject;
  readonly probes: JsonObject;
}

/** File name → manifest of every static pod of a control-plane host. */
export function staticPods(
  hostName: string,
  ip: string,
  cluster: TopologyCluster,
): Readonly<Record<string, JsonObject>> {
  return {
    'etcd.yaml': manifest(etcd(hostName, ip)),
    'kube-apiserver.yaml': manifest(apiServer(ip, cluster)),
    'kube-controller-manager.yaml': manifest(controllerManager(cluster)),
    'kube-scheduler.yaml': manifest(scheduler()),
  };
}

function etcd(name: string, ip: string): ControlPlanePod {
  return {
    component: 'etcd',
    image: `registry.k8s.io/etcd:${ETCD_VERSION}`,
    command: [
      'etcd',
      `--advertise-client-urls=https://${ip}:2379`,
      '--cert-file=/etc/kubernetes/pki/etcd/server.crt',
      '--client-cert-auth=true',
      '--data-dir=/var/lib/etcd',
      '--feature-gates=InitialCorruptCheck=true',
      `--initial-advertise-peer-urls=https://${ip}:2380`,
      `--initial-cluster=${name}=https://${ip}:2380`,
      '--key-file=/etc/kubernetes/pki/etcd/server.key',
      `--listen-client-urls=https://127.0.0.1:2379,https://${ip}:2379`,
      '--listen-metrics-urls=http://127.0.0.1:2381',
      `--listen-peer-urls=https://${ip}:2380`,
      `--name=${name}`,
      '--peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt',
      '--peer-client-cert-auth=true',
      '--peer-key-file=/etc/kubernetes/pki/etcd/peer.key',
      '--peer-trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt',
      '--snapshot-count=10000',
      '--trusted-ca-file=/etc/kubernetes/pki/etcd/ca.crt',
      '--watch-progress-notify-interval=5s',
    ],
    volumes: [
      { name: 'etcd-data', path: '/var/lib/etcd', type: 'DirectoryOrCreate', readOnly: false },
      { name: 'etcd-certs', path: '/etc/kubernetes/pki/etcd', type: 'DirectoryOrCreate', readOnly: false },
    ],
    cpu: '100m',
    memory: '100Mi',
    annotations: { 'kubeadm.kubernetes.io/etcd.advertise-client-urls': `https://${ip}:2379` },
    probes: probes({ port: 2381, scheme: 'HTTP', live: '/livez', ready: '/readyz' }),
  };
}

function apiServer(ip: string, cluster: TopologyCluster): ControlPlanePod {
  const pki = '/etc/kubernetes/pki';
  return {
    component: 'kube-apiserver',
    image: `registry.k8s.io/kube-apiserver:${KUBERNETES_VERSION}`,
    command: [
      'kube-apiserver',
      `--advertise-address=${ip}`,
      '--allow-privileged=true',
      '--authorization-mode=Node,RBAC',
      `--client-ca-file=${pki}/ca.crt`,
      '--enable-admission-plugins=NodeRestriction',
      '--enable-bootstrap-token-auth=true',
      `--etcd-cafile=${pki}/etcd/ca.crt`,
      `--etcd-certfile=${pki}/apiserver-etcd-client.crt`,
      `--etcd-keyfile=${pki}/apiserver-etcd-client.key`,
      '--etcd-servers=https://127.0.0.1:2379',
      `--kubelet-client-certificate=${pki}/apiserver-kubelet-client.crt`,
      `--kubelet-client-key=${pki}/apiserver-kubelet-client.key`,
      '--kubelet-preferred-address-types=InternalIP,ExternalIP,Hostname',
      `--proxy-client-cert-file=${pki}/front-proxy-client.crt`,
      `--proxy-client-key-file=${pki}/front-proxy-client.key`,
      '--requestheader-allowed-names=front-proxy-client',
      `--requestheader-client-ca-file=${pki}/front-proxy-ca.crt`,
      '--requestheader-extra-headers-prefix=X-Remote-Extra-',
      '--requestheader-group-headers=X-Remote-Group',
      '--requestheader-username-headers=X-Remote-User',
      '--secure-port=6443',
      '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
      `--service-account-key-file=${pki}/sa.pub`,
      `--service-account-signing-key-file=${pki}/sa.key`,
      `--service-cluster-ip-range=${cluster.serviceCidr}`,
      `--tls-cert-file=${pki}/apiserver.crt`,
      `--tls-private-key-file=${pki}/apiserver.key`,
    ],
    volumes: certificateVolumes(),
    cpu: '250m',
    annotations: { 'kubeadm.kubernetes.io/kube-apiserver.advertise-address.endpoint': `${ip}:6443` },
    probes: probes({ port: 6443, scheme: 'HTTPS', host: ip, live: '/livez', ready: '/readyz' }),
  };
}

function controllerManager(cluster: TopologyCluster): ControlPlanePod {
  const config = '/etc/kubernetes/controller-manager.conf';
  return {
    component: 'kube-controller-manager',
    image: `registry.k8s.io/kube-controller-manager:${KUBERNETES_VERSION}`,
    command: [
      'kube-controller-manager',
      '--allocate-node-cidrs=true',
      `--authentication-kubeconfig=${config}`,
      `--authorization-kubeconfig=${config}`,
      '--bind-address=127.0.0.1',
      '--client-ca-file=/etc/kubernetes/pki/ca.crt',
      `--cluster-cidr=${cluster.podCidr}`,
      '--cluster-name=kubernetes',
      '--cluster-signing-cert-file=/etc/kubernetes/pki/ca.crt',
      '--cluster-signing-key-file=/etc/kubernetes/pki/ca.key',
      '--controllers=*,bootstrapsigner,tokencleaner',
      `--kubeconfig=${config}`,
      '--leader-elect=true',
      '--requestheader-client-ca-file=/etc/kubernetes/pki/front-proxy-ca.crt',
      '--root-ca-file=/etc/kubernetes/pki/ca.crt',
      '--service-account-private-key-file=/etc/kubernetes/pki/sa.key',
      `--service-cluster-ip-range=${cluster.serviceCidr}`,
      '--use-service-account-credentials=true',
    ],
    volumes: [
      ...certificateVolumes(),
      { name: 'kubeconfig', path: config, type: 'FileOrCreate', readOnly: true },
      {
        name: 'flexvolume-dir',
        path: '/usr/libexec/kubernetes/kubelet-plugins/volume/exec',
        type: 'DirectoryOrCreate',
        readOnly: false,
      },
    ],
    cpu: '200m',
    annotations: {},
    probes: probes({ port: 10257, scheme: 'HTTPS', host: '127.0.0.1', live: '/healthz' }),
  };
}

function scheduler(): ControlPlanePod {
  const config = '/etc/kubernetes/scheduler.conf';
  return {
    component: 'kube-scheduler',
    image: `registry.k8s.io/kube-scheduler:${KUBERNETES_VERSION}`,
    command: [
      'kube-scheduler',
      `--authentication-kubeconfig=${config}`,
      `--authorization-kubeconfig=${config}`,
      '--bind-address=127.0.0.1',
      `--kubeconfig=${config}`,
      '--leader-elect=true',
    ],
    volumes: [{ name: 'kubeconfig', path: config, type: 'FileOrCreate', readOnly: true }],
    cpu: '100m',
    annotations: {},
    probes: probes({ port: 10259, scheme: 'HTTPS', host: '127.0.0.1', live: '/livez', ready: '/readyz' }),
  };
}

const certificateVolumes = (): HostPath[] => [
  { name: 'ca-certs', path: '/etc/ssl/certs', type: 'DirectoryOrCreate', readOnly: true },
  { name: 'etc-ca-certificates', path: '/etc/ca-certificates', type: 'DirectoryOrCreate', readOnly: true },
  { name: 'k8s-certs', path: '/etc/kubernetes/pki', type: 'DirectoryOrCreate', readOnly: true },
  {
    name: 'usr-local-share-ca-certificates',
    path: '/usr/local/share/ca-certificates',
    type: 'DirectoryOrCreate',
    readOnly: true,
  },
  { name: 'usr-share-ca-certificates', path: '/usr/share/ca-certificates', type: 'DirectoryOrCreate', readOnly: true },
];

function probes(at: { port: number; scheme: string; host?: string; live: string; ready?: string }): JsonObject {
  const get = (path: string): JsonObject => ({
    ...(at.host === undefined ? { host: '127.0.0.1' } : { host: at.host }),
    path,
    port: 'probe-port',
    scheme: at.scheme,
  });
  return {
    livenessProbe: {
      failureThreshold: 8,
      httpGet: get(at.live),
      initialDelaySeconds: 10,
      periodSeconds: 10,
      timeoutSeconds: 15,
    },
    ...(at.ready === undefined
      ? {}
      : { readinessProbe: { failureThreshold: 3, httpGet: get(at.ready), periodSeconds: 1, timeoutSeconds: 15 } }),
    startupProbe: {
      failureThreshold: 24,
      httpGet: get(at.live),
      initialDelaySeconds: 10,
      periodSeconds: 10,
      timeoutSeconds: 15,
    },
    ports: [{ containerPort: at.port, name: 'probe-port', protocol: 'TCP' }],
  };
}

function manifest(pod: ControlPlanePod): JsonObject {
  const mounts: JsonValue = pod.volumes.map(({ name, path, readOnly }) => ({
    mountPath: path,
    name,
    ...(readOnly ? { readOnly } : {}),
  }));
  const volumes: JsonValue = pod.volumes.map(({ name, path, type }) => ({ hostPath: { path, type }, name }));
  const requests = { cpu: pod.cpu, ...(pod.memory === undefined ? {} : { memory: pod.memory }) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(Object.keys(pod.annotations).length === 0 ? {} : { annotations: pod.annotations }),
      labels: { component: pod.component, tier: 'control-plane' },
      name: pod.component,
      namespace: 'kube-system',
    },
    spec: {
      containers: [
        {
          command: pod.command,
          image: pod.image,
          imagePullPolicy: 'IfNotPresent',
          name: pod.component,
          resources: { requests },
          volumeMounts: mounts,
          ...pod.probes,
        },
      ],
      hostNetwork: true,
      priority: 2_000_001_000,
      priorityClassName: 'system-node-critical',
      securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
      volumes,
    },
    status: {},
  };
}
