/** Packages that are not the distribution's: Kubernetes' and Docker's own repositories. */
import { CRICTL_VERSION } from '../../../protocol/client-versions.ts';
import { CONTAINERD_VERSION, DOCKER_VERSION, KUBERNETES_VERSION } from '../../versions.ts';
import type { PackageDescription } from './package.ts';

const KUBERNETES = KUBERNETES_VERSION.replace(/^v/, '');
/** `1.36`: the minor release that a repository is for. */
export const KUBERNETES_MINOR = KUBERNETES.split('.').slice(0, 2).join('.');

interface Brief {
  readonly name: string;
  readonly version: string;
  readonly installedKib: number;
  readonly sizeBytes: number;
  readonly summary: string;
  readonly depends?: readonly string[];
  readonly conflicts?: readonly string[];
}

const full =
  (section: string, maintainer: string) =>
  ({ depends = [], conflicts = [], ...brief }: Brief): PackageDescription => ({
    ...brief,
    section,
    maintainer,
    priority: 'optional',
    component: 'stable',
    architecture: 'amd64',
    depends,
    conflicts,
  });

const DOCKER_OWN = `5:${DOCKER_VERSION}-1~ubuntu.24.04~noble`;

/** https://pkgs.k8s.io/core:/stable:/v1.x/deb/ */
export const kubernetesPackages: readonly PackageDescription[] = [
  {
    name: 'cri-tools',
    version: `${CRICTL_VERSION}-1.1`,
    installedKib: 39_000,
    sizeBytes: 16_500_000,
    summary: 'Command-line utility for interacting with a container runtime',
  },
  {
    name: 'kubeadm',
    version: `${KUBERNETES}-1.1`,
    installedKib: 74_000,
    sizeBytes: 12_700_000,
    summary: 'Command-line utility for administering a Kubernetes cluster',
    depends: ['cri-tools'],
  },
  {
    name: 'kubectl',
    version: `${KUBERNETES}-1.1`,
    installedKib: 60_000,
    sizeBytes: 11_700_000,
    summary: 'Command-line utility for interacting with a Kubernetes cluster',
  },
  {
    name: 'kubelet',
    version: `${KUBERNETES}-1.1`,
    installedKib: 59_000,
    sizeBytes: 13_000_000,
    summary: 'Node agent for Kubernetes clusters',
    depends: ['iptables', 'mount', 'util-linux', 'kubernetes-cni'],
  },
  {
    name: 'kubernetes-cni',
    version: '1.8.0-1.1',
    installedKib: 90_000,
    sizeBytes: 39_900_000,
    summary: 'Binaries required to provision kubernetes container networking',
  },
].map(full('admin', 'Kubernetes Authors <dev@kubernetes.io>'));

/** https://download.docker.com/linux/ubuntu */
export const dockerPackages: readonly PackageDescription[] = [
  {
    name: 'containerd.io',
    version: `${CONTAINERD_VERSION}-1~ubuntu.24.04~noble`,
    installedKib: 121_000,
    sizeBytes: 30_600_000,
    summary: 'An open and reliable container runtime',
    conflicts: ['containerd', 'runc'],
  },
  {
    name: 'docker-buildx-plugin',
    version: '0.24.0-1~ubuntu.24.04~noble',
    installedKib: 66_000,
    sizeBytes: 16_300_000,
    summary: 'Docker Buildx plugin extends build capabilities with BuildKit.',
  },
  {
    name: 'docker-ce',
    version: DOCKER_OWN,
    installedKib: 101_000,
    sizeBytes: 19_600_000,
    summary: 'Docker: the open-source application container engine',
    depends: ['containerd.io', 'docker-ce-cli', 'iptables'],
    conflicts: ['docker.io'],
  },
  {
    name: 'docker-ce-cli',
    version: DOCKER_OWN,
    installedKib: 40_000,
    sizeBytes: 16_500_000,
    summary: 'Docker CLI: the open-source application container engine',
  },
  {
    name: 'docker-compose-plugin',
    version: '2.36.2-1~ubuntu.24.04~noble',
    installedKib: 72_000,
    sizeBytes: 14_300_000,
    summary: 'Docker Compose (V2) plugin for the Docker CLI.',
  },
].map(full('admin', 'Docker <support@docker.com>'));
