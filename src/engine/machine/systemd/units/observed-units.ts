/**
 * Units that systemd has without a file of their own because it sees them: control groups (slices and scopes), mounts and
 * swap areas. Source: systemd.slice(5), systemd.scope(5), systemd.mount(5), systemd.swap(5).
 */
import { isPlugged } from '../mounts/device-runner.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { UnitView } from '../interface.ts';
import { describedByPath, escapePath } from './unit-name.ts';

export type ObservedUnit = Pick<UnitView, 'name' | 'description' | 'sub' | 'cgroup'> & {
  /** Where systemd has read it: a unit file that was made for it, `/proc/self/mountinfo`, `/etc/fstab`. */
  readonly path?: string;
};

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  '-.slice': 'Root Slice',
  'system.slice': 'System Slice',
  'init.scope': 'System and Service Manager',
};
/** Mount points that belong to the kernel's interface: systemd makes no units of them. */
const API_MOUNTS = /^\/(proc|sys|dev|run)$|^\/(proc|sys)\/|^\/dev\/(shm|pts)$/;

export function observedUnit(systemd: HostSystemd, name: string): ObservedUnit | undefined {
  if (name.endsWith('.device'))
    return isPlugged(systemd.files.root, name)
      ? { name, description: describedByPath(name) ?? name, sub: 'plugged', cgroup: '' }
      : undefined;
  return /\.(slice|scope|mount|swap)$/.test(name)
    ? observedUnits(systemd).find((unit) => unit.name === name)
    : undefined;
}

export function observedUnits(systemd: HostSystemd): readonly ObservedUnit[] {
  const top = systemd.scope.cgroup === '' ? '/' : systemd.scope.cgroup;
  return [groupUnit('-.slice', top), ...groupsBelow(systemd, top), ...mounts(systemd), ...swaps(systemd)];
}

function groupsBelow(systemd: HostSystemd, path: string): readonly ObservedUnit[] {
  return systemd.kernel.cgroups.children(path).flatMap((name) => {
    const below = `${path === '/' ? '' : path}/${name}`;
    if (name.endsWith('.scope')) return [groupUnit(name, below)];
    return name.endsWith('.slice') ? [groupUnit(name, below), ...groupsBelow(systemd, below)] : [];
  });
}

function groupUnit(name: string, cgroup: string): ObservedUnit {
  // The container runtime's library describes the groups that it asks for by what it was told to call them.
  const container = /^(?:cri-containerd|docker)-(\w+)\.scope$/.exec(name)?.[1] ?? name;
  return {
    name,
    description: DESCRIPTIONS[name] ?? `libcontainer container ${container}`,
    sub: name.endsWith('.scope') ? 'running' : 'active',
    cgroup,
  };
}

function mounts({ files }: HostSystemd): readonly ObservedUnit[] {
  const targets = new Set(files.mounts().map(({ target }) => target));
  return [...targets]
    .filter((target) => !API_MOUNTS.test(target))
    .map((target) => ({
      name: `${escapePath(target)}.mount`,
      description: describedByPath(`${escapePath(target)}.mount`) ?? target,
      sub: 'mounted',
      cgroup: '',
      path: '/proc/self/mountinfo',
    }));
}

const swaps = ({ kernel }: HostSystemd): readonly ObservedUnit[] =>
  kernel.swaps().map(({ path }) => ({
    name: `${escapePath(path)}.swap`,
    description: path,
    sub: 'active',
    cgroup: '',
    path: '/proc/swaps',
  }));
