/** /proc of one pid namespace (proc(5)). */
import { directoryOf, textFile, type SyntheticEntry } from '../../files/file-systems/synthetic-fs.ts';
import type { HostKernel } from '../host-kernel.ts';
import { isAlive } from '../processes/process-record.ts';
import { processDirectory } from './proc-process.ts';
import { GUARDED_ENTRIES } from './proc-guarded.ts';
import { sysctlDirectory } from './proc-sysctl.ts';
import { systemFiles } from './proc-system.ts';

export function procRoot(kernel: HostKernel, pidNamespace: number): SyntheticEntry {
  const fixed: Readonly<Record<string, SyntheticEntry>> = {
    ...systemFiles(kernel, pidNamespace),
    self: { type: 'symlink', target: () => String(kernel.namespaces.pidIn(kernel.caller, pidNamespace) ?? '') },
    'thread-self': {
      type: 'symlink',
      target: () => `${String(kernel.namespaces.pidIn(kernel.caller, pidNamespace) ?? '')}/task`,
    },
    mounts: { type: 'symlink', target: () => 'self/mounts' },
    net: { type: 'symlink', target: () => 'self/net' },
    sys: sysctlDirectory(kernel, ''),
    ...GUARDED_ENTRIES,
    pressure: directoryOf({
      cpu: textFile(() => pressure),
      memory: textFile(() => pressure),
      io: textFile(() => pressure),
    }),
  };
  const pids = (): number[] =>
    [...kernel.records.keys()]
      .map((pid) => kernel.namespaces.pidIn(pid, pidNamespace))
      .filter((pid) => pid !== undefined);
  return {
    type: 'directory',
    list: () => [
      ...pids()
        .toSorted((a, b) => a - b)
        .map((pid) => ({ name: String(pid), type: 'directory' as const })),
      ...Object.entries(fixed).map(([name, { type }]) => ({ name, type })),
    ],
    lookup: (name) => {
      if (Object.hasOwn(fixed, name)) return fixed[name];
      if (!/^[1-9]\d*$/.test(name)) return undefined;
      const record = kernel.records.get(kernel.namespaces.hostPid(pidNamespace, Number(name)) ?? 0);
      return record === undefined || (!isAlive(record) && record.exit === undefined)
        ? undefined
        : processDirectory(kernel, record, pidNamespace);
    },
  };
}

const pressure = 'some avg10=0.00 avg60=0.00 avg300=0.00 total=0\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n';
