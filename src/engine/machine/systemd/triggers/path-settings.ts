/** What a .path unit says of itself (systemd.path(5)). */
import { expandSpecifiers, type Specifiers } from '../units/unit-name.ts';
import { isYes, lastValue, parseSpan, type UnitFile } from '../units/unit-file.ts';

export const PATH_CONDITIONS = [
  'PathExists',
  'PathExistsGlob',
  'PathChanged',
  'PathModified',
  'DirectoryNotEmpty',
] as const;

export interface PathWatch {
  readonly condition: (typeof PATH_CONDITIONS)[number];
  readonly path: string;
}

export interface PathSettings {
  readonly watches: readonly PathWatch[];
  /** The unit that it starts. */
  readonly unit: string;
  readonly makesDirectory: boolean;
  readonly triggerLimit: { readonly intervalUs: number; readonly burst: number };
}

export function pathSettings(name: string, file: UnitFile, specifiers: Specifiers): PathSettings {
  const value = (key: string): string | undefined => lastValue(file, 'Path', key);
  return {
    watches: PATH_CONDITIONS.flatMap((condition) =>
      (file.sections.get('Path')?.get(condition) ?? [])
        .map((path) => expandSpecifiers(path, specifiers))
        .filter((path) => path.startsWith('/'))
        .map((path) => ({ condition, path: path.replace(/(?<=.)\/+$/, '') })),
    ),
    unit: value('Unit') ?? name.replace(/\.path$/, '.service'),
    makesDirectory: isYes(value('MakeDirectory')),
    triggerLimit: {
      intervalUs: parseSpan(value('TriggerLimitIntervalSec'), 2_000_000),
      burst: Number(value('TriggerLimitBurst') ?? '200'),
    },
  };
}
