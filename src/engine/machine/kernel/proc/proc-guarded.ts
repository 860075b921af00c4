/** What container runtimes hide or make read-only of /proc (`maskedPaths` and `readonlyPaths` of the runtime specification). */
import { fail } from '../../../../protocol/errno.ts';
import { directoryOf, type SyntheticEntry } from '../../files/file-systems/synthetic-fs.ts';

const EMPTY = directoryOf({});

export const GUARDED_ENTRIES: Readonly<Record<string, SyntheticEntry>> = {
  acpi: EMPTY,
  bus: EMPTY,
  fs: EMPTY,
  irq: EMPTY,
  // The machine's memory: CAP_SYS_RAWIO, and nobody's under lockdown.
  kcore: { type: 'file', mode: 0o400, read: () => fail('EPERM') },
  keys: { type: 'file', mode: 0o444, read: () => '' },
  // No request is modelled.
  'sysrq-trigger': { type: 'file', mode: 0o200, write: () => fail('ENOSYS') },
};
