/** The one place that says what is emulated. Pure constants: every engine folder may read them. */
export const KUBERNETES_VERSION = 'v1.36.1';
export const KUBERNETES_MAJOR = '1';
export const KUBERNETES_MINOR = '36';
export const KUBERNETES_BUILD = {
  gitCommit: 'drydock',
  gitTreeState: 'simulated',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: 'go1.26.1',
  compiler: 'gc',
  platform: 'linux/amd64',
} as const;
export const ETCD_VERSION = '3.6.8-0';
export const COREDNS_VERSION = 'v1.14.2';
export const PAUSE_VERSION = '3.10.2';
export const FLANNEL_VERSION = 'v0.28.1';
export const FLANNEL_CNI_PLUGIN_VERSION = 'v1.9.0-flannel1';
export const CONTAINERD_VERSION = '2.2.1';
export const RUNC_VERSION = '1.2.8';
export const DOCKER_VERSION = '28.2.2';
export const DOCKER_API_VERSION = '1.50';
export const UBUNTU_VERSION = '24.04';
export const UBUNTU_PRETTY_NAME = 'Ubuntu 24.04.3 LTS';
export const KERNEL_RELEASE = '6.8.0-71-generic';
export const BASH_VERSION = '5.2.21(1)-release';
