/** Where a manager looks for unit files, and where what is changed about them goes (systemd.unit(5), UNIT FILE LOAD PATH). */
import type { FileView } from '../../files/interface.ts';

export interface UnitPaths {
  /** What comes first hides what comes later. */
  readonly search: readonly string[];
  /** Where links of enabled units and links of masked ones go; the second until the boot (or the login) ends. */
  readonly config: string;
  readonly runtime: string;
  /** Drop-ins of `systemctl set-property`. */
  readonly control: string;
  readonly runtimeControl: string;
  readonly transient: string;
  readonly generator: string;
  readonly vendor: string;
  readonly presets: readonly string[];
}

/** The files of a machine as one manager sees them. */
export interface UnitFiles {
  readonly root: FileView;
  readonly paths: UnitPaths;
}

const presets = (manager: 'system' | 'user'): readonly string[] =>
  ['/etc', '/run', '/usr/lib'].map((place) => `${place}/systemd/${manager}-preset`);

const SYSTEM = {
  control: '/etc/systemd/system.control',
  runtimeControl: '/run/systemd/system.control',
  transient: '/run/systemd/transient',
  config: '/etc/systemd/system',
  runtime: '/run/systemd/system',
  generator: '/run/systemd/generator',
  vendor: '/usr/lib/systemd/system',
} as const;

export const SYSTEM_PATHS: UnitPaths = { ...SYSTEM, search: Object.values(SYSTEM), presets: presets('system') };

/** Those of a user's manager. */
export function userPaths(home: string, runtimeDirectory: string): UnitPaths {
  const control = `${home}/.config/systemd/user.control`;
  const runtimeControl = `${runtimeDirectory}/systemd/user.control`;
  const transient = `${runtimeDirectory}/systemd/transient`;
  const config = `${home}/.config/systemd/user`;
  const runtime = `${runtimeDirectory}/systemd/user`;
  const generator = `${runtimeDirectory}/systemd/generator`;
  const vendor = '/usr/lib/systemd/user';
  return {
    control,
    runtimeControl,
    transient,
    config,
    runtime,
    generator,
    vendor,
    search: [
      ...[control, runtimeControl, transient, config, '/etc/systemd/user', runtime, '/run/systemd/user', generator],
      ...[`${home}/.local/share/systemd/user`, '/usr/local/lib/systemd/user', vendor],
    ],
    presets: presets('user'),
  };
}
