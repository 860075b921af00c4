/** What a .mount unit says (systemd.mount(5)). */
import { lastValue, type UnitFile } from '../units/unit-file.ts';
import { escapePath } from '../units/unit-name.ts';

export interface MountSettings {
  readonly what: string;
  readonly where: string;
  readonly type: string | undefined;
  readonly options: readonly string[];
}

export function mountSettings(file: UnitFile): MountSettings {
  const value = (key: string): string | undefined => lastValue(file, 'Mount', key);
  return {
    what: value('What') ?? '',
    where: value('Where') ?? '',
    type: value('Type'),
    options: (value('Options') ?? '').split(',').filter((option) => option !== ''),
  };
}

/** The device that has to be there first; undefined where a mount is of none. */
export function deviceUnitOf(file: UnitFile): string | undefined {
  const { what } = mountSettings(file);
  return what.startsWith('/dev/') ? `${escapePath(what)}.device` : undefined;
}
