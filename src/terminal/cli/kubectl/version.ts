/** What `kubectl version` says of itself. */
export const CLIENT_VERSION = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.1',
  gitCommit: 'drydock',
  gitTreeState: 'simulated',
  buildDate: '2026-01-01T00:00:00Z',
  goVersion: 'go1.26.1',
  compiler: 'gc',
  platform: 'linux/amd64',
} as const;
export const KUSTOMIZE_VERSION = 'v5.7.1';
