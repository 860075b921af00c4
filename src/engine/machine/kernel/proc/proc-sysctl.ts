import { fail } from '../../../../protocol/errno.ts';
import type { SyntheticEntry } from '../../files/file-systems/synthetic-fs.ts';
import type { HostKernel } from '../host-kernel.ts';

/** /proc/sys: the sysctl tree, of the caller's network namespace where a key belongs to one. */
export function sysctlDirectory(kernel: HostKernel, prefix: string): SyntheticEntry {
  const network = (): number => kernel.records.get(kernel.caller)?.namespaces.net ?? kernel.namespaces.host.net;
  const below = (): Map<string, 'file' | 'directory'> => {
    const names = new Map<string, 'file' | 'directory'>();
    for (const key of kernel.tables.sysctlNames(network())) {
      if (!key.startsWith(prefix)) continue;
      const [first = '', ...rest] = key.slice(prefix.length).split('.');
      names.set(first, rest.length === 0 ? 'file' : 'directory');
    }
    return names;
  };
  return {
    type: 'directory',
    list: () => [...below()].map(([name, type]) => ({ name, type })),
    lookup: (name) => {
      const type = below().get(name);
      if (type === undefined) return undefined;
      const key = `${prefix}${name}`;
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
