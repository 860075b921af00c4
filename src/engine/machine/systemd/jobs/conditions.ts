import { failed } from '../../../../protocol/errno.ts';
import type { FileView } from '../../files/interface.ts';
import type { UnitFile } from '../units/unit-file.ts';

type Check = (files: FileView, path: string) => boolean;

/** Conditions about files (systemd.unit(5)). Leaves out globs and those about the machine. */
const CHECKS: Readonly<Record<string, Check>> = {
  PathExists: (files, path) => files.exists(path),
  PathIsDirectory: (files, path) => {
    const stat = files.stat(path);
    return !failed(stat) && stat.type === 'directory';
  },
  PathIsSymbolicLink: (files, path) => !failed(files.readlink(path)),
  FileNotEmpty: (files, path) => {
    const stat = files.stat(path);
    return !failed(stat) && stat.type === 'file' && stat.size > 0;
  },
  DirectoryNotEmpty: (files, path) => {
    const entries = files.list(path);
    return !failed(entries) && entries.length > 0;
  },
};

/** The first condition that does not hold, as the unit file writes it: `ConditionPathExists=/etc/x`. */
export function unmetCondition(file: UnitFile, files: FileView): string | undefined {
  for (const [name, holds] of Object.entries(CHECKS)) {
    for (const value of file.sections.get('Unit')?.get(`Condition${name}`) ?? []) {
      const negated = value.startsWith('!');
      if (holds(files, value.replace(/^!/, '').trim()) === negated) return `Condition${name}=${value}`;
    }
  }
  return undefined;
}
