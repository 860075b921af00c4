/** System calls on sockets that answer at once. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { SocketAddress, WayProbe } from '../../../../protocol/program.ts';
import type { BindAddress, Sockets } from '../../net/interface.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { ProcessRecord } from '../processes/process-record.ts';

interface Found {
  readonly sockets: Sockets;
  readonly socket: number;
}

function socketOf(kernel: HostKernel, record: ProcessRecord, fd: number): Result<Found> {
  const file = kernel.descriptors.file(record, fd);
  if (file === undefined) return fail('EBADF');
  return file.kind.type === 'socket' && kernel.sockets !== undefined
    ? { sockets: kernel.sockets, socket: file.kind.socket }
    : fail('ENOTSOCK');
}

export function listen(
  kernel: HostKernel,
  record: ProcessRecord,
  address: SocketAddress,
  backlog?: number,
): Result<number> {
  const { sockets } = kernel;
  if (sockets === undefined) return fail('EADDRNOTAVAIL');
  const low = Number(kernel.sysctl('net.ipv4.ip_unprivileged_port_start', record.namespaces.net) ?? '1024');
  if (address.family === 'inet' && address.port > 0 && address.port < low && !kernel.can(record, 'NET_BIND_SERVICE'))
    return fail('EACCES');
  const bind: Result<BindAddress> =
    address.family === 'inet'
      ? address
      : kernel.unixAddressOf(kernel.walkerOf(record), address.path, { mode: 0o777 & ~record.umask });
  if (failed(bind)) return bind;
  const socket = sockets.listen(
    record.namespaces.net,
    bind,
    { pid: record.pid, host: kernel.host },
    backlog === undefined ? {} : { backlog },
  );
  return failed(socket) ? socket : kernel.descriptors.installSocket(record, socket, { listening: true });
}

export function shutdown(kernel: HostKernel, record: ProcessRecord, fd: number): Result<void> {
  const found = socketOf(kernel, record, fd);
  return failed(found) ? found : found.sockets.shutdown(found.socket);
}

export function socketName(kernel: HostKernel, record: ProcessRecord, fd: number): Result<SocketAddress> {
  const found = socketOf(kernel, record, fd);
  if (failed(found)) return found;
  return found.sockets.info(found.socket)?.local ?? fail('EINVAL');
}

export function peerName(kernel: HostKernel, record: ProcessRecord, fd: number): Result<SocketAddress> {
  const found = socketOf(kernel, record, fd);
  if (failed(found)) return found;
  return found.sockets.info(found.socket)?.peer ?? fail('ENOTCONN');
}

export function udp(
  kernel: HostKernel,
  record: ProcessRecord,
  port: number | undefined,
  ip: string | undefined,
): Result<number> {
  const { sockets } = kernel;
  if (sockets === undefined) return fail('EADDRNOTAVAIL');
  const socket = sockets.udp(record.namespaces.net, { pid: record.pid, host: kernel.host }, port, ip);
  return failed(socket) ? socket : kernel.descriptors.installSocket(record, socket, { datagram: true });
}

export function sendTo(
  kernel: HostKernel,
  record: ProcessRecord,
  fd: number,
  to: { readonly ip: string; readonly port: number },
  bytes: Uint8Array,
): Result<void> {
  const found = socketOf(kernel, record, fd);
  return failed(found) ? found : found.sockets.sendTo(found.socket, to, bytes);
}

/** A socket for echo requests and other probes. */
export function icmp(kernel: HostKernel, record: ProcessRecord): Result<number> {
  const { sockets } = kernel;
  if (sockets === undefined) return fail('EADDRNOTAVAIL');
  const socket = sockets.icmp(record.namespaces.net, { pid: record.pid, host: kernel.host });
  return kernel.descriptors.installSocket(record, socket, { datagram: true });
}

export function sendProbe(
  kernel: HostKernel,
  record: ProcessRecord,
  fd: number,
  ip: string,
  probe: WayProbe,
): Result<void> {
  const found = socketOf(kernel, record, fd);
  return failed(found) ? found : found.sockets.sendProbe(found.socket, ip, probe);
}

/** A packet socket; only who has NET_RAW may look at the wire. */
export function capture(kernel: HostKernel, record: ProcessRecord, device: string | undefined): Result<number> {
  const { sockets } = kernel;
  if (sockets === undefined) return fail('ENODEV');
  if (!kernel.can(record, 'NET_RAW')) return fail('EPERM');
  const socket = sockets.capture(record.namespaces.net, { pid: record.pid, host: kernel.host }, device);
  return failed(socket) ? socket : kernel.descriptors.installSocket(record, socket, { datagram: true });
}
