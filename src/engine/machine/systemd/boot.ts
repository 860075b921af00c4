import { failed } from '../../../protocol/errno.ts';
import type { HostSystemd } from './host-systemd.ts';

/** What happens before the default target: process 1, slices, modules, sysctls, swap. */
export function bootHost(systemd: HostSystemd): void {
  const { kernel, files } = systemd;
  for (const path of ['/init.scope', '/system.slice', '/user.slice']) kernel.cgroups.create(path);
  const pid = kernel.spawnComponent({
    component: systemd.target,
    argv: ['/sbin/init'],
    path: '/usr/lib/systemd/systemd',
    env: {},
    cgroup: '/init.scope',
    memoryBytes: 13_631_488,
    handledSignals: ['SIGTERM', 'SIGINT', 'SIGHUP'],
  });
  if (!failed(pid)) systemd.pid = pid;
  kernel.log(`Linux version ${kernel.sysctl('kernel.osrelease') ?? ''}`);
  for (const name of linesOf(systemd, ['/etc/modules'], '/etc/modules-load.d')) kernel.loadModule(name);
  for (const line of linesOf(systemd, ['/etc/sysctl.conf'], '/etc/sysctl.d')) {
    const equals = line.indexOf('=');
    if (equals > 0)
      kernel.setSysctl(
        line.slice(0, equals).trim().replaceAll('/', '.').replace(/^-/, ''),
        line.slice(equals + 1).trim(),
      );
  }
  const fstab = files.root.readText('/etc/fstab');
  for (const line of failed(fstab) ? [] : fstab.split('\n')) {
    const [device = '', , type] = line.trim().split(/\s+/);
    if (device.startsWith('#') || type !== 'swap') continue;
    const stat = files.root.stat(device);
    if (!failed(stat)) kernel.swapOn(device, stat.size - 4096);
  }
}

function linesOf(systemd: HostSystemd, paths: readonly string[], directory: string): readonly string[] {
  const files = systemd.files.root;
  const entries = files.list(directory);
  const more = failed(entries)
    ? []
    : entries
        .map(({ name }) => name)
        .filter((name) => name.endsWith('.conf'))
        .toSorted()
        .map((name) => `${directory}/${name}`);
  return [...more, ...paths].flatMap((path) => {
    const text = files.readText(path);
    return failed(text)
      ? []
      : text
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith(';'));
  });
}
