/**
 * Requests to kernel subsystems without files. Here: `module` (list, load, remove, knows, info), `swap` (list, on, off), `power`
 * (reboot, poweroff), `block` (load; then list, free, attach, detach, resize of loop devices), `syslog` (read-all, next, clear), `namespace` (unshare, enter, join, list), `time` (uptime, load), `socket` (tls-chain). The network's are handed on.
 */
import { fail, failed, type Result } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import type { KernelRequest } from '../../../protocol/program.ts';
import type { HostKernel } from './host-kernel.ts';
import { find } from './processes/identity-calls.ts';
import type { NamespaceKind, NamespaceSet } from './interface.ts';
import { isAlive, type ProcessRecord } from './processes/process-record.ts';

const KINDS: readonly NamespaceKind[] = ['mnt', 'net', 'pid', 'uts', 'ipc', 'user', 'cgroup'];

export function kernelRequest(kernel: HostKernel, record: ProcessRecord, request: KernelRequest): Result<Plain> {
  const args = (request.args ?? {}) as { readonly [key: string]: Plain };
  switch (request.subsystem) {
    case 'module':
      return moduleRequest(kernel, record, request.op, textOf(args['name']));
    case 'swap':
      return swapRequest(kernel, record, request.op, args);
    case 'namespace':
      return namespaceRequest(kernel, record, request.op, args);
    case 'power':
      if (!kernel.can(record, 'SYS_BOOT')) return fail('EPERM');
      kernel.simulation.trace.record(kernel.target, 'host.power', `host/${kernel.host}`, { action: request.op });
      return fail('ENOSYS');
    case 'syslog':
      return syslogRequest(kernel, record, request.op);
    case 'time':
      return { uptimeUs: kernel.uptimeUs, load: [...kernel.loadAverage()] };
    case 'socket':
      if (request.op === 'tls-chain') return tlsChain(kernel, record, args['fd']);
      return networkRequest(kernel, record, request);
    case 'block':
      if (kernel.files.block !== undefined)
        return kernel.files.block.request(
          { isAdmin: kernel.can(record, 'SYS_ADMIN'), walk: (path) => kernel.descriptors.calls(record).walk(path) },
          request.op,
          args,
        );
      if (request.op === 'load') loadBlockLayer(kernel);
      return request.op === 'load' ? undefined : fail('ENXIO');
    default:
      return networkRequest(kernel, record, request);
  }
}

/** Nobody needs it before the first loop device; the next event waits for it. */
export function loadBlockLayer(kernel: HostKernel, saved?: Plain): void {
  void kernel.simulation.hop.hold(
    import('./block/loop-devices.ts').then(({ LoopDevices }) => {
      kernel.files.block = new LoopDevices(kernel, saved);
    }),
  );
}

/** syslog(2): `read-all` since the last `clear`; `next`: the sequence number that the next message gets. */
function syslogRequest(kernel: HostKernel, record: ProcessRecord, op: string): Result<Plain> {
  const isRestricted = kernel.tables.sysctl('kernel.dmesg_restrict') !== '0';
  if ((op === 'clear' || isRestricted) && !kernel.can(record, 'SYSLOG')) return fail('EPERM');
  if (op === 'read-all') return kernel.tables.messageLog.recent() as unknown as Plain;
  if (op === 'next') return kernel.tables.messageLog.nextSequence;
  if (op !== 'clear') return fail('ENOSYS');
  kernel.tables.messageLog.clear();
  return undefined;
}

function networkRequest(kernel: HostKernel, record: ProcessRecord, request: KernelRequest): Result<Plain> {
  return kernel.network === undefined
    ? fail('ENOSYS')
    : kernel.network.kernel(record.namespaces.net, request, {
        pid: record.pid,
        netAdmin: kernel.can(record, 'NET_ADMIN'),
      });
}

/** The certificates that the other end of a TLS connection showed, as PEM. */
function tlsChain(kernel: HostKernel, record: ProcessRecord, fd: Plain): Result<Plain> {
  const file = typeof fd === 'number' ? kernel.descriptors.file(record, fd) : undefined;
  if (file === undefined) return fail('EBADF');
  if (file.kind.type !== 'socket') return fail('ENOTSOCK');
  return kernel.sockets?.serverChain(file.kind.socket) ?? fail('ENOTCONN');
}

const textOf = (value: Plain): string => (typeof value === 'string' ? value : '');
const nothing = (result: Result<void>): Result<Plain> => (failed(result) ? result : undefined);

function moduleRequest(kernel: HostKernel, record: ProcessRecord, op: string, name: string): Result<Plain> {
  if (op === 'list') return kernel.tables.modules() as unknown as Plain;
  if (op === 'knows') return kernel.tables.knowsModule(name);
  if (op === 'info') {
    const needs = kernel.tables.moduleNeeds(name);
    return needs === undefined ? fail('ENOENT') : { needs: [...needs] };
  }
  if (!kernel.can(record, 'SYS_MODULE')) return fail('EPERM');
  if (op === 'load') return nothing(kernel.tables.loadModule(name));
  return op === 'remove' ? nothing(kernel.tables.removeModule(name)) : fail('ENOSYS');
}

function swapRequest(
  kernel: HostKernel,
  record: ProcessRecord,
  op: string,
  args: { readonly [key: string]: Plain },
): Result<Plain> {
  if (op === 'list') return kernel.tables.swaps() as unknown as Plain;
  if (!kernel.can(record, 'SYS_ADMIN')) return fail('EPERM');
  const path = textOf(args['path']);
  if (op === 'off') return nothing(kernel.tables.swapOff(path));
  if (op !== 'on') return fail('ENOSYS');
  const place = kernel.descriptors.calls(record).walk(path);
  if (failed(place)) return place;
  return nothing(kernel.tables.swapOnNode(record.mounts.pathOf(place, record.root) ?? path, kernel.behind(place.node)));
}

/** `unshare {kinds}`, `enter {pid, kinds}`, `join {net}` (a namespace that has a name), `list`. */
function namespaceRequest(
  kernel: HostKernel,
  record: ProcessRecord,
  op: string,
  args: { readonly [key: string]: Plain },
): Result<Plain> {
  if (op === 'list') {
    return [...kernel.records.values()]
      .filter((each) => isAlive(each) && kernel.namespaces.pidIn(each.pid, record.namespaces.pid) !== undefined)
      .map((each) => ({
        pid: kernel.namespaces.pidIn(each.pid, record.namespaces.pid),
        command: each.argv.join(' '),
        uid: each.credentials.uid,
        namespaces: { ...each.namespaces },
      }));
  }
  const kinds = KINDS.filter(
    (kind) => Array.isArray(args['kinds']) && (args['kinds'] as readonly Plain[]).includes(kind),
  );
  // A user namespace is for everybody, unless a container's filter is in the way.
  const forAll = op === 'unshare' && kinds.every((kind) => kind === 'user') && record.seccomp === undefined;
  if (!forAll && !kernel.can(record, 'SYS_ADMIN')) return fail('EPERM');
  if (op === 'join') {
    const { net } = args;
    if (typeof net !== 'number') return fail('EINVAL');
    record.namespaces = { ...record.namespaces, net };
    return undefined;
  }
  if (op === 'enter') return enter(kernel, record, Number(args['pid']), kinds);
  return op === 'unshare' ? unshare(kernel, record, kinds) : fail('ENOSYS');
}

function enter(kernel: HostKernel, record: ProcessRecord, pid: number, kinds: readonly NamespaceKind[]): Result<Plain> {
  const target = find(kernel, record, pid);
  if (target === undefined || !isAlive(target)) return fail('ESRCH');
  const next: Record<NamespaceKind, number> = { ...record.namespaces };
  for (const kind of kinds) next[kind] = target.namespaces[kind];
  record.namespaces = next;
  if (kinds.includes('mnt')) {
    record.mounts = target.mounts;
    record.root = target.root;
    record.cwd = target.root;
  }
  return undefined;
}

function unshare(kernel: HostKernel, record: ProcessRecord, kinds: readonly NamespaceKind[]): Result<Plain> {
  const next: Record<NamespaceKind, number> = { ...record.namespaces };
  for (const kind of kinds) next[kind] = fresh(kernel, record, kind);
  record.namespaces = next satisfies NamespaceSet;
  return undefined;
}

function fresh(kernel: HostKernel, record: ProcessRecord, kind: NamespaceKind): number {
  switch (kind) {
    case 'mnt': {
      const root = record.mounts.pathOf(record.root) ?? '/';
      const cwd = record.mounts.pathOf(record.cwd) ?? '/';
      const copy = kernel.files.copyNamespace(record.mounts);
      record.mounts = copy;
      const rootWalker = kernel.files.walkerOf(copy.id, root);
      record.root = rootWalker.root;
      record.cwd = kernel.files.walkerOf(copy.id, cwd).root;
      return copy.id;
    }
    case 'net':
      return kernel.network?.createNamespace() ?? record.namespaces.net;
    case 'uts':
      return kernel.namespaces.createUts(kernel.namespaces.hostname(record.namespaces.uts));
    case 'pid':
      return kernel.namespaces.createPid(record.namespaces.pid);
    default:
      return kernel.namespaces.allocate(kind);
  }
}
