/** Tells the host's files how proc, sysfs, cgroup2 and devpts are made. */
import { failed } from '../../../protocol/errno.ts';
import { directoryOf, type SyntheticEntry } from '../files/file-systems/synthetic-fs.ts';
import type { HostKernel } from './host-kernel.ts';
import { procRoot } from './proc/proc-root.ts';

export function registerSynthetic(kernel: HostKernel): void {
  const { systems } = kernel.files;
  systems.register('proc', ({ pid }) =>
    onFirstLook(() => procRoot(kernel, typeof pid === 'number' ? pid : kernel.namespaces.host.pid)),
  );
  // All but the network devices is the same in every container.
  let fixed: ReturnType<typeof fixedSys> | undefined;
  systems.register('sysfs', ({ net }) =>
    onFirstLook(() =>
      sysRoot(kernel, typeof net === 'number' ? net : kernel.namespaces.host.net, (fixed ??= fixedSys(kernel))),
    ),
  );
  systems.register('cgroup2', ({ root }) => cgroupDirectory(kernel, typeof root === 'string' ? root : '/'));
  systems.register('devpts', () => terminals(kernel));
}

/** A root directory whose entries are made when somebody looks into it; most containers never do. */
function onFirstLook(make: () => SyntheticEntry): SyntheticEntry {
  let made: SyntheticEntry | undefined;
  const root = (): SyntheticEntry => (made ??= make());
  return { type: 'directory', list: () => root().list?.() ?? [], lookup: (name) => root().lookup?.(name) };
}

/** A group as a directory: interface files and child groups; mkdir and rmdir make and remove groups. */
function cgroupDirectory(kernel: HostKernel, path: string): SyntheticEntry {
  const { cgroups } = kernel;
  const below = (name: string): string => `${path === '/' ? '' : path}/${name}`;
  return {
    type: 'directory',
    mode: 0o755,
    list: () => [
      ...cgroups.fileNames(path).map((name) => ({ name, type: 'file' as const })),
      ...cgroups.children(path).map((name) => ({ name, type: 'directory' as const })),
    ],
    lookup: (name) => {
      if (cgroups.exists(below(name))) return cgroupDirectory(kernel, below(name));
      if (!cgroups.fileNames(path).includes(name)) return undefined;
      return {
        type: 'file',
        mode: name === 'cgroup.kill' ? 0o200 : 0o644,
        read: () => inCallersNumbers(kernel, name, cgroups.read(path, name)),
        write: (text) => cgroups.write(path, name, text),
      };
    },
    make: (name) => {
      cgroups.add(below(name));
    },
    drop: (name) => cgroups.remove(below(name)),
  };
}

/** cgroup.procs shows pids of the reader's namespace. */
function inCallersNumbers(
  kernel: HostKernel,
  name: string,
  text: ReturnType<HostKernel['cgroups']['read']>,
): ReturnType<HostKernel['cgroups']['read']> {
  const caller = kernel.records.get(kernel.caller);
  if (
    failed(text) ||
    name !== 'cgroup.procs' ||
    caller === undefined ||
    caller.namespaces.pid === kernel.namespaces.host.pid
  )
    return text;
  const pids = text.split('\n').filter((line) => line !== '');
  return pids.map((pid) => `${String(kernel.namespaces.pidIn(Number(pid), caller.namespaces.pid) ?? 0)}\n`).join('');
}

/** The group of the terminals of devpts. */
const TTY_GID = 5;

function terminals(kernel: HostKernel): SyntheticEntry {
  return {
    type: 'directory',
    mode: 0o755,
    list: () => [
      ...kernel.ttys.ids().map((id) => ({ name: String(id), type: 'char' as const })),
      { name: 'ptmx', type: 'char' as const },
    ],
    lookup: (name) => {
      if (name === 'ptmx') return { type: 'char', mode: 0o666, rdev: [5, 2] };
      const id = Number(name);
      const tty = /^\d+$/.test(name) ? kernel.ttys.get(id) : undefined;
      if (tty === undefined) return undefined;
      const [uid, gid] = tty.owner ?? [kernel.records.get(tty.session)?.credentials.uid ?? 0, TTY_GID];
      return {
        type: 'char',
        mode: tty.mode,
        uid,
        gid,
        rdev: [136, id],
        accessedMs: tty.readMs,
        modifiedMs: tty.writtenMs,
        change: (change) => {
          tty.mode = change.mode ?? tty.mode;
          if (change.uid !== undefined || change.gid !== undefined) tty.owner = [change.uid ?? uid, change.gid ?? gid];
        },
      };
    },
  };
}

function sysRoot(kernel: HostKernel, netns: number, fixed: ReturnType<typeof fixedSys>): SyntheticEntry {
  const links = (): readonly {
    readonly name: string;
    readonly mac: string;
    readonly mtu: number;
    readonly up: boolean;
    readonly index: number;
  }[] => kernel.network?.links(netns) ?? [];
  const linkDirectory = (name: string): SyntheticEntry | undefined => {
    const link = links().find((each) => each.name === name);
    if (link === undefined) return undefined;
    const file = (text: string): SyntheticEntry => ({ type: 'file', read: () => `${text}\n` });
    return directoryOf({
      address: file(link.mac),
      mtu: file(String(link.mtu)),
      operstate: file(link.up ? 'up' : 'down'),
      ifindex: file(String(link.index)),
      carrier: file(link.up ? '1' : '0'),
    });
  };
  return directoryOf({
    ...fixed.top,
    class: directoryOf({
      net: {
        type: 'directory',
        list: () => links().map(({ name }) => ({ name, type: 'directory' as const })),
        lookup: linkDirectory,
      },
      dmi: fixed.dmi,
    }),
  });
}

function fixedSys(kernel: HostKernel): {
  readonly top: Readonly<Record<string, SyntheticEntry>>;
  readonly dmi: SyntheticEntry;
} {
  const text = (value: string): SyntheticEntry => ({ type: 'file', read: () => `${value}\n` });
  const dmi = directoryOf({
    id: directoryOf({
      product_uuid: text(kernel.tables.productUuid),
      product_name: text('Drydock'),
      sys_vendor: text('Drydock'),
    }),
  });
  const top: Readonly<Record<string, SyntheticEntry>> = {
    block: {
      type: 'directory',
      list: () => [...(kernel.files.block?.names() ?? []), 'sda'].map((name) => ({ name, type: 'directory' as const })),
      lookup: (name) =>
        name === 'sda'
          ? directoryOf({ size: text(String(Math.floor(kernel.files.diskUsage().totalBytes / 512))) })
          : kernel.files.block?.sys(name),
    },
    // Stands here for its place in listings.
    class: directoryOf({}),
    devices: directoryOf({
      virtual: directoryOf({
        dmi: directoryOf({ id: directoryOf({ product_uuid: text(kernel.tables.productUuid) }) }),
      }),
      system: directoryOf({
        cpu: directoryOf({
          online: text(`0-${String(kernel.processors - 1)}`),
          possible: text(`0-${String(kernel.processors - 1)}`),
        }),
      }),
    }),
    firmware: directoryOf({}),
    fs: directoryOf({ cgroup: directoryOf({}), bpf: directoryOf({}) }),
    kernel: directoryOf({
      mm: directoryOf({ transparent_hugepage: directoryOf({ enabled: text('always [madvise] never') }) }),
      security: directoryOf({}),
      debug: directoryOf({}),
    }),
    module: {
      type: 'directory',
      list: () => kernel.modules().map(({ name }) => ({ name, type: 'directory' as const })),
      lookup: (name) => (kernel.tables.hasModule(name) ? directoryOf({}) : undefined),
    },
  };
  return { top, dmi };
}
