/** Sockets that a process has left to its children: they outlive it, as any open file description does. */
import type { SocketId } from '../../net/interface.ts';
import type { HostKernel } from '../host-kernel.ts';
import type { ProcessRecord } from '../processes/process-record.ts';
import type { OpenFile } from './open-files.ts';

/** The network knows one owner of a socket, and closes it with that one: a process that still has it becomes the owner. */
export function handOver({ host, records, sockets }: HostKernel, file: OpenFile, socket: SocketId): void {
  const owner = sockets?.info(socket)?.owner;
  if (owner === undefined || !('pid' in owner) || owner.host !== host || holds(records.get(owner.pid), file)) return;
  for (const record of records.values()) {
    if (!holds(record, file)) continue;
    sockets?.transfer(socket, { pid: record.pid, host });
    return;
  }
}

function holds(record: ProcessRecord | undefined, file: OpenFile): boolean {
  for (const descriptor of record?.descriptors.values() ?? []) if (descriptor.file === file) return true;
  return false;
}
