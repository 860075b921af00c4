import { failed, type Result } from '../../../protocol/errno.ts';
import type { HostSystemd } from './host-systemd.ts';
import { escapePath } from './unit-name.ts';

/** What happens before the default target: process 1, slices, modules, sysctls, mounts, swap. */
export function bootHost(systemd: HostSystemd): void {
  const { kernel } = systemd;
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
  readFstab(systemd);
}

/** Mounts and swap areas of /etc/fstab that are for the boot. */
function readFstab(systemd: HostSystemd): void {
  const { kernel, files } = systemd;
  const fstab = files.root.readText('/etc/fstab');
  const mounted = new Set(files.mounts().map(({ target }) => target));
  for (const line of failed(fstab) ? [] : fstab.split('\n')) {
    const [device = '', target = '', type = '', options = 'defaults'] = line.trim().split(/\s+/);
    const flags = options.split(',').filter((flag) => flag !== 'defaults' && flag !== 'nofail');
    if (device.startsWith('#') || target === '' || flags.includes('noauto')) continue;
    if (type === 'swap') {
      const unit = `${escapePath(device)}.swap`;
      if (failed(kernel.swapOn(device))) systemd.say(unit, `Failed to activate swap ${unit} - ${device}.`, 3);
      else systemd.say(unit, `Activated swap ${unit} - ${device}.`);
    } else if (!mounted.has(target)) {
      files.root.mkdirp(target);
      tellMount(systemd, target, files.mount({ type, source: device, target, options: flags }), options);
    }
  }
}

function tellMount(systemd: HostSystemd, target: string, result: Result<void>, options: string): void {
  const unit = `${escapePath(target)}.mount`;
  if (!failed(result)) {
    systemd.say(unit, `Mounted ${unit} - ${target}.`);
    return;
  }
  systemd.say(unit, `Failed to mount ${unit} - ${target}.`, 3);
  if (options.split(',').includes('nofail')) return;
  systemd.say(unit, 'Dependency failed for local-fs.target - Local File Systems.', 4);
  systemd.say(unit, 'drydock: emergency mode is not simulated: the boot goes on', 4);
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
