/** Files that kubeadm, the packages and flannel leave on the hosts of a cluster. */
import { failed } from '../../../protocol/errno.ts';
import type { Topology, TopologyCluster, TopologyHost } from '../../../protocol/host.ts';
import type { Subject } from '../../../formats/x509.ts';
import { pemText } from '../../../formats/pem.ts';
import { privateKeyPem } from '../../../formats/x509.ts';
import { stringifyYaml } from '../../../formats/yaml.ts';
import type { FileView } from '../../machine/files/interface.ts';
import { apiServerNames } from './api-server-names.ts';
import { kubeletConfiguration } from './kubelet-configuration.ts';
import { kubeconfig } from './kubeconfig.ts';
import type { ClusterPki, Issued } from './pki.ts';
import { staticPods } from './static-pods.ts';

const SECRET = { mode: 0o600, parents: true } as const;
const PUBLIC = { mode: 0o644, parents: true } as const;

/** `https://IP:6443` of the first control plane. */
export function serverUrl(topology: Topology): string {
  const ip = topology.hosts.find(({ role }) => role === 'control-plane')?.ip ?? '127.0.0.1';
  return `https://${ip}:6443`;
}

const subject = (commonName: string, ...organizations: string[]): Subject => ({ commonName, organizations });

/** Everything below /etc/kubernetes, /var/lib/kubelet and root's kubeconfig on one host. */
export function writeNodeFiles(
  files: FileView,
  host: TopologyHost,
  topology: Topology,
  cluster: TopologyCluster,
  pki: ClusterPki,
): void {
  const server = serverUrl(topology);
  const config = (path: string, user: string, who: Subject): void => {
    files.writeLazily(path, () => kubeconfig(pki, server, user, who), SECRET);
  };
  files.writeLazily('/etc/kubernetes/pki/ca.crt', () => pki.authority.certificatePem, PUBLIC);
  config(
    '/etc/kubernetes/kubelet.conf',
    `system:node:${host.name}`,
    subject(`system:node:${host.name}`, 'system:nodes'),
  );
  files.write('/var/lib/kubelet/config.yaml', kubeletConfiguration(cluster), PUBLIC);
  files.write('/var/lib/kubelet/kubeadm-flags.env', 'KUBELET_KUBEADM_ARGS=""\n', PUBLIC);
  files.mkdirp('/etc/kubernetes/manifests', { mode: 0o700 });
  disableSwap(files);
  prepareKernel(files);
  files.mkdirp('/etc/cni/net.d');
  files.mkdirp('/opt/cni/bin');
  if (host.role !== 'control-plane') return;
  config('/etc/kubernetes/admin.conf', 'kubernetes-admin', subject('kubernetes-admin', 'kubeadm:cluster-admins'));
  config(
    '/etc/kubernetes/super-admin.conf',
    'kubernetes-super-admin',
    subject('kubernetes-super-admin', 'system:masters'),
  );
  config(
    '/etc/kubernetes/controller-manager.conf',
    'system:kube-controller-manager',
    subject('system:kube-controller-manager'),
  );
  config('/etc/kubernetes/scheduler.conf', 'system:kube-scheduler', subject('system:kube-scheduler'));
  config('/root/.kube/config', 'kubernetes-admin', subject('kubernetes-admin', 'kubeadm:cluster-admins'));
  writeControlPlanePki(files, host, cluster, pki);
  if (cluster.nodes) {
    for (const [name, manifest] of Object.entries(staticPods(host.name, host.ip, cluster)))
      files.write(`/etc/kubernetes/manifests/${name}`, stringifyYaml(manifest), SECRET);
  }
}

/** What the installation notes of Kubernetes' container runtimes ask for before kubeadm: modules and settings for each boot. */
function prepareKernel(files: FileView): void {
  files.write('/etc/modules-load.d/k8s.conf', 'overlay\nbr_netfilter\n', PUBLIC);
  const settings = [
    'net.bridge.bridge-nf-call-iptables  = 1',
    'net.bridge.bridge-nf-call-ip6tables = 1',
    'net.ipv4.ip_forward                 = 1',
  ];
  files.write('/etc/sysctl.d/k8s.conf', `${settings.join('\n')}\n`, PUBLIC);
}

/** A kubelet does not start while swap is on: whoever installed the cluster has taken it out of fstab. */
function disableSwap(files: FileView): void {
  const fstab = files.readText('/etc/fstab');
  if (!failed(fstab)) files.write('/etc/fstab', fstab.replace(/^(?=[^#\s]\S*\s+\S+\s+swap\s)/gm, '#'), PUBLIC);
}

function writeControlPlanePki(files: FileView, host: TopologyHost, cluster: TopologyCluster, pki: ClusterPki): void {
  const at = '/etc/kubernetes/pki';
  const write = (name: string, issued: () => Issued): void => {
    files.writeLazily(`${at}/${name}.crt`, () => issued().certificatePem, PUBLIC);
    files.writeLazily(`${at}/${name}.key`, () => issued().keyPem, SECRET);
  };
  const etcd = { commonName: host.name, dnsNames: [host.name, 'localhost'], ipAddresses: [host.ip, '127.0.0.1'] };
  write('ca', () => pki.authority);
  write('apiserver', () => pki.server(apiServerNames(cluster, host.name, host.ip)));
  write('apiserver-kubelet-client', () =>
    pki.client(subject('kube-apiserver-kubelet-client', 'kubeadm:cluster-admins')),
  );
  write('apiserver-etcd-client', () => pki.client(subject('kube-apiserver-etcd-client'), 'etcd-ca'));
  write('front-proxy-ca', () => pki.frontProxyAuthority);
  write('front-proxy-client', () => pki.client(subject('front-proxy-client'), 'front-proxy-ca'));
  write('etcd/ca', () => pki.etcdAuthority);
  write('etcd/server', () => pki.server(etcd, 'etcd-ca'));
  write('etcd/peer', () => pki.server(etcd, 'etcd-ca'));
  write('etcd/healthcheck-client', () => pki.client(subject('kube-etcd-healthcheck-client'), 'etcd-ca'));
  files.writeLazily(`${at}/sa.key`, () => privateKeyPem(pki.serviceAccountKey), SECRET);
  files.writeLazily(
    `${at}/sa.pub`,
    () => pemText('PUBLIC KEY', subjectPublicKeyInfo(pki.serviceAccountKey.public)),
    PUBLIC,
  );
}

/** DER of a P-256 public key (RFC 5480): the fixed algorithm identifier, then the point. */
function subjectPublicKeyInfo(point: Uint8Array): Uint8Array {
  const algorithm = [
    0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03,
    0x01, 0x07,
  ];
  const bits = [0x03, point.length + 1, 0x00, ...point];
  return new Uint8Array([0x30, algorithm.length + bits.length, ...algorithm, ...bits]);
}
