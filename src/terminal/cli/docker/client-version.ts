/** What the client says of itself. */
export const CLIENT_VERSION = {
  Platform: { Name: 'Docker Engine - Community' },
  Version: '28.2.2',
  ApiVersion: '1.50',
  DefaultAPIVersion: '1.50',
  GitCommit: 'simulated',
  GoVersion: 'go1.24.3',
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: 'Fri May 30 12:07:28 2025',
  Context: 'default',
};
