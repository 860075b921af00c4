/** Resource settings of a unit that are changed while it runs (`systemctl set-property`): drop-ins that take effect at once. */
import type { HostSystemd } from '../host-systemd.ts';
import type { SystemdCall, SystemdReply } from '../interface.ts';
import { applyLimits, isResourceSetting } from '../units/unit-cgroup.ts';

export function setProperties(
  systemd: HostSystemd,
  { unit, settings, runtime }: Extract<SystemdCall, { readonly method: 'set-property' }>,
): SystemdReply {
  const refused = settings.find(([name]) => name !== 'Description' && !isResourceSetting(name));
  if (refused !== undefined)
    return { type: 'error', code: 'invalid', unit, message: `Cannot set property ${refused[0]}, or unknown property.` };
  if (systemd.loaded(unit).load === 'not-found')
    return { type: 'error', code: 'not-found', unit, message: `Unit ${unit} not found.` };
  const { paths } = systemd.unitFiles;
  const directory = `${runtime ? paths.runtimeControl : paths.control}/${unit}.d`;
  const type = unit.slice(unit.lastIndexOf('.') + 1);
  systemd.files.root.mkdirp(directory);
  for (const [name, value] of settings) {
    const section = name === 'Description' ? 'Unit' : `${type.slice(0, 1).toUpperCase()}${type.slice(1)}`;
    systemd.files.root.write(
      `${directory}/50-${name}.conf`,
      `# This is a drop-in unit file extension, created via "systemctl set-property"\n# or an equivalent operation. Do not edit.\n[${section}]\n${name}=${value}\n`,
    );
  }
  systemd.daemonReload();
  applyLimits(systemd, unit);
  return { type: 'done' };
}
