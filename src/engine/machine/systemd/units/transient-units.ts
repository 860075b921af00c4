/** Units that programs ask for while they run (systemd-run, systemd.unit(5): transient): a file below /run, and nothing after the end. */
import { failed } from '../../../../protocol/errno.ts';
import type { HostSystemd } from '../host-systemd.ts';
import type { SystemdCall, SystemdReply } from '../interface.ts';
import { prepareCgroup } from './unit-cgroup.ts';
import { lastValue } from './unit-file.ts';
import type { UnitState } from './unit-state.ts';
import { tellResult } from './unit-result.ts';

const HEADER = '# This is a transient unit file, created programmatically via the systemd API. Do not edit.\n';

/** Writes the files and loads them; the first is started, a scope with the caller's process in it. */
export function startTransient(
  systemd: HostSystemd,
  { files, stdioOf, scopeOf }: Extract<SystemdCall, { readonly method: 'start-transient' }>,
): SystemdReply {
  for (const { name } of files)
    if (systemd.loaded(name).load !== 'not-found')
      return {
        type: 'error',
        code: 'failed',
        unit: name,
        message: `Unit ${name} was already loaded or has a fragment file.`,
      };
  const { transient } = systemd.unitFiles.paths;
  systemd.files.root.mkdirp(transient);
  for (const { name, text } of files) {
    systemd.files.root.write(`${transient}/${name}`, `${HEADER}${text}`);
    systemd.state(name).isTransient = true;
  }
  const name = files[0]?.name ?? '';
  const unit = systemd.state(name);
  if (scopeOf !== undefined) return openScope(systemd, unit, scopeOf);
  const service = files.find((each) => each.name.endsWith('.service'));
  if (service !== undefined) systemd.state(service.name).stdioOf = stdioOf;
  systemd.start(name);
  return { type: 'done' };
}

function openScope(systemd: HostSystemd, unit: UnitState, pid: number): SystemdReply {
  const { kernel, target } = systemd;
  const cgroup = prepareCgroup(systemd, unit.name);
  const attached = kernel.cgroups.attach(cgroup, pid);
  if (failed(attached))
    return {
      type: 'error',
      code: 'failed',
      unit: unit.name,
      message: `Process with PID ${String(pid)} does not exist.`,
    };
  kernel.cgroups.watchEmpty(cgroup, { target, type: 'scope.empty', payload: { unit: unit.name, path: cgroup } });
  systemd.setState(unit, 'active', 'running');
  systemd.say(unit.name, `Started ${systemd.title(unit.name)}.`);
  return { type: 'done' };
}

/** The last process of a scope has gone. */
export function scopeEmptied(systemd: HostSystemd, name: string, cgroup: string): void {
  if (!systemd.has(name)) return;
  tellResult(systemd, name, 'success');
  systemd.kernel.cgroups.remove(cgroup);
  systemd.setState(systemd.state(name), 'inactive', 'dead');
}

/** Nothing is left of a transient unit that has ended, unless it failed and its failure is to be seen. */
export function collectTransient(systemd: HostSystemd, unit: UnitState): void {
  if (!unit.isTransient) return;
  const { file } = systemd.loaded(unit.name);
  const keepsFailed = lastValue(file, 'Unit', 'CollectMode') !== 'inactive-or-failed';
  const isOver = unit.active === 'inactive' || (unit.active === 'failed' && !keepsFailed);
  // A service waits for its timer as long as that is there.
  if (!isOver || systemd.triggers.startersOf(unit).some(({ active }) => active === 'active')) return;
  const service = systemd.triggers.of(unit.name)?.triggered(unit.name);
  systemd.files.root.remove(`${systemd.unitFiles.paths.transient}/${unit.name}`);
  systemd.drop(unit.name);
  if (service !== undefined && systemd.has(service)) collectTransient(systemd, systemd.state(service));
}
