import { failed } from '../../../../protocol/errno.ts';
import { fstabRows, generateFstabUnits } from '../mounts/fstab-generator.ts';
import type { HostSystemd } from '../host-systemd.ts';
import { escapePath } from '../units/unit-name.ts';

/** What happens before the default target: process 1, slices, modules, sysctls, swap, units of generators. */
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
  // Its being there says that systemd is the system's manager (sd_booted(3)).
  systemd.files.root.mkdirp('/run/systemd/system');
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
  activateSwaps(systemd);
  generateFstabUnits(systemd.files.root);
}

/** Swap areas of /etc/fstab that are for the boot. */
function activateSwaps(systemd: HostSystemd): void {
  for (const { what, type, options } of fstabRows(systemd.files.root)) {
    if (type !== 'swap' || options.includes('noauto')) continue;
    const unit = `${escapePath(what)}.swap`;
    if (failed(systemd.kernel.swapOn(what))) systemd.say(unit, `Failed to activate swap ${unit} - ${what}.`, 3);
    else systemd.say(unit, `Activated swap ${unit} - ${what}.`);
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
