import { fail } from '../../../../protocol/errno.ts';
import type { SyntheticEntry } from '../../files/file-systems/synthetic-fs.ts';
import type { HostKernel } from '../host-kernel.ts';

/** /proc/sys: the sysctl tree, of the caller's network namespace where a key belongs to one. */
export function sysctlDirectory(kernel: HostKernel, prefix: string): SyntheticEntry {
  const network = (): number => kernel.records.get(kernel.caller)?.namespaces.net ?? kernel.namespaces.host.net;
  const below = (): ReadonlyMap<string, 'file' | 'directory'> => kernel.tables.sysctlsBelow(prefix, network());
  return {
    type: 'directory',
    list: () => [...below()].map(([name, type]) => ({ name, type })).sort((a, b) => (a.name < b.name ? -1 : 1)),
    lookup: (name) => {
      const type = below().get(name);
      if (type === undefined) return undefined;
      // A link's name may have a dot in it, which parts names in keys: sysctl(8) has a slash there.
      const key = `${prefix}${name.replaceAll('.', '/')}`;
      if (type === 'directory') return sysctlDirectory(kernel, `${key}.`);
      return {
        type: 'file',
        mode: 0o644,
        read: () => {
          const value =
            key === 'kernel.hostname'
              ? kernel.namespaces.hostname(kernel.records.get(kernel.caller)?.namespaces.uts)
              : kernel.sysctl(key, network());
          return value === undefined ? fail('ENOENT') : `${value}\n`;
        },
        write: (text) => kernel.setSysctl(key, text, network()),
      };
    },
  };
}
