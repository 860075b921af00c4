/** Reading and writing behind descriptors, with what each kind makes a caller wait for. */
import { EMPTY_BYTES } from '../../../../protocol/bytes.ts';
import { fail, failed } from '../../../../protocol/errno.ts';
import type { PollRequest } from '../../../../protocol/program.ts';
import { STORED_BYTES_BOUND } from '../../files/content/content-budget.ts';
import { announceBound } from '../announce-bound.ts';
import { waitReadable, waitWritable } from '../processes/blocking-calls.ts';
import { COST } from '../cost.ts';
import type { DescriptorTable } from './descriptor-table.ts';
import type { HostKernel } from '../host-kernel.ts';
import { kmsgRecord } from '../message-log.ts';
import { roomBelowLimit } from './file-size-limit.ts';
import type { OpenFile } from './open-files.ts';
import { BLOCKED, type Attempt, type PendingCall, type ProcessRecord } from '../processes/process-record.ts';
import type { Waiter } from './streams.ts';

const READ_DEFAULT = 65_536;

export function readFile(table: DescriptorTable, record: ProcessRecord, pending: PendingCall): Attempt {
  const { kernel } = table;
  const file = table.file(record, Number(pending.args['fd']));
  if (file === undefined || (file.flags.read !== true && (file.flags.write === true || file.flags.append === true)))
    return fail('EBADF');
  const max = typeof pending.args['max'] === 'number' ? pending.args['max'] : READ_DEFAULT;
  if (max === 0) return EMPTY_BYTES;
  const { kind } = file;
  switch (kind.type) {
    case 'node': {
      const bytes = kernel.behind(kind.place.node).read(file.offset, max);
      if (failed(bytes)) return bytes;
      file.offset += bytes.length;
      return paid(record, bytes);
    }
    case 'pipe': {
      const pipe = kernel.streams.get(kind.pipe);
      if (pipe === undefined) return EMPTY_BYTES;
      const bytes = kernel.streams.take(pipe, max);
      if (bytes === undefined) return EMPTY_BYTES;
      if (bytes.length > 0) return paid(record, bytes);
      pipe.readWaiters.push(waiterOf(record, pending));
      return BLOCKED;
    }
    case 'tty': {
      const tty = kernel.ttys.get(kind.tty);
      if (tty === undefined) return EMPTY_BYTES;
      const access = kernel.signals.backgroundAccess(record, tty, 'SIGTTIN');
      if (access === 'error') return fail('EIO');
      if (access === 'signalled') return waitStopped(record, pending);
      const bytes = kernel.ttys.read(tty, max);
      if (bytes !== undefined) return paid(record, bytes);
      tty.readWaiters.push(waiterOf(record, pending));
      return BLOCKED;
    }
    case 'controller': {
      const tty = kernel.ttys.get(kind.tty);
      if (tty === undefined) return EMPTY_BYTES;
      const bytes = kernel.ttys.take(tty, max);
      if (bytes.length > 0) return paid(record, bytes);
      if (tty.holders === 0 && tty.everHeld) return EMPTY_BYTES;
      tty.controllerWaiters.push(waiterOf(record, pending));
      return BLOCKED;
    }
    case 'device':
      if (kind.device === 'zero' || kind.device === 'full')
        return paid(record, new Uint8Array(Math.min(max, READ_DEFAULT)));
      if (kind.device === 'random') {
        const bytes = kernel.tables.randomBytes(Math.min(max, READ_DEFAULT));
        record.debtUs += (bytes.length / 1024) * COST.randomKibibyte;
        return paid(record, bytes);
      }
      return kind.device === 'kmsg' ? readMessage(kernel, record, pending, file) : EMPTY_BYTES;
    case 'socket': {
      if (kernel.sockets === undefined) return fail('ENOTCONN');
      const received = kernel.sockets.receiveBytes(kind.socket, max);
      if (received.type === 'bytes') return paid(record, received.bytes);
      if (received.type === 'end') return EMPTY_BYTES;
      return received.type === 'broken'
        ? fail(received.errno)
        : waitReadable(kernel, record, pending, kernel.sockets, kind.socket);
    }
    default:
      return kind;
  }
}

/** One message a read; the offset is the sequence number of the next. */
function readMessage(kernel: HostKernel, record: ProcessRecord, pending: PendingCall, file: OpenFile): Attempt {
  const { messageLog } = kernel.tables;
  const message = messageLog.from(file.offset);
  if (message === undefined) {
    messageLog.wait(waiterOf(record, pending));
    return BLOCKED;
  }
  file.offset = message.sequence + 1;
  return paid(record, kmsgRecord(message));
}

export function writeFile(table: DescriptorTable, record: ProcessRecord, pending: PendingCall): Attempt {
  const file = table.file(record, Number(pending.args['fd']));
  if (file === undefined || (file.flags.write !== true && file.flags.append !== true)) return fail('EBADF');
  const { bytes } = pending.args;
  if (!(bytes instanceof Uint8Array)) return fail('EINVAL');
  const done = Number(pending.progress['written'] ?? 0);
  if (done === 0) record.debtUs += COST.transfer + (bytes.length / 1024) * COST.perKibibyte;
  if (bytes.length === 0) return 0;
  const taken = put(table, record, file, done === 0 ? bytes : bytes.subarray(done));
  if (typeof taken !== 'number') {
    if (taken === 'stopped') return waitStopped(record, pending);
    if (taken.errno === 'EPIPE') table.kernel.signals.send(record, 'SIGPIPE');
    return taken;
  }
  if (done + taken >= bytes.length) return bytes.length;
  if (file.kind.type === 'node') {
    // The file system took what it had room for; asked again, it says why not more.
    const rest = put(table, record, file, bytes.subarray(done + taken));
    return typeof rest === 'number' || rest === 'stopped' ? done + taken : rest;
  }
  pending.progress = { written: done + taken };
  return awaitWritable(table, record, pending, file);
}

/** Hands bytes over; answers how many were taken. */
function put(
  table: DescriptorTable,
  record: ProcessRecord,
  file: OpenFile,
  bytes: Uint8Array,
): number | 'stopped' | ReturnType<typeof fail> {
  const { kernel } = table;
  const { kind } = file;
  switch (kind.type) {
    case 'node': {
      const node = kernel.behind(kind.place.node);
      const offset = file.flags.append === true ? node.stat().size : file.offset;
      const room = node.type === 'file' ? roomBelowLimit(kernel, record, offset) : Infinity;
      if (failed(room)) return room;
      const written = node.write(offset, bytes.length <= room ? bytes : bytes.subarray(0, room));
      if (failed(written)) {
        if (kernel.files.systems.contents.takeRefusal()) tellStoredBytesBound(kernel, record, file);
        return written;
      }
      file.offset = offset + written;
      return written;
    }
    case 'pipe': {
      const pipe = kernel.streams.get(kind.pipe);
      if (pipe === undefined) return fail('EPIPE');
      return kernel.streams.put(pipe, bytes);
    }
    case 'tty': {
      const tty = kernel.ttys.get(kind.tty);
      if (tty === undefined || tty.hungUp) return fail('EIO');
      return kernel.ttys.write(tty, bytes);
    }
    case 'controller':
      return kernel.ttys.exists(kind.tty) ? kernel.ttys.input(kind.tty, bytes) : fail('EIO');
    case 'device':
      if (kind.device === 'full') return fail('ENOSPC');
      if (kind.device === 'kmsg' || kind.device === 'console') kernel.tables.writeLog(bytes);
      return bytes.length;
    case 'socket': {
      if (kernel.sockets === undefined) return fail('ENOTCONN');
      const sent = kernel.sockets.send(kind.socket, { type: 'bytes', bytes });
      if (!failed(sent)) return bytes.length;
      return sent.errno === 'EAGAIN' ? 0 : sent;
    }
    default:
      return kind;
  }
}

function tellStoredBytesBound(kernel: HostKernel, record: ProcessRecord, file: OpenFile): void {
  const mebibytes = String(STORED_BYTES_BOUND / 1_048_576);
  announceBound(kernel, record, `${file.path}: a simulated host keeps at most ${mebibytes} MiB of file contents`);
}

function awaitWritable(table: DescriptorTable, record: ProcessRecord, pending: PendingCall, file: OpenFile): Attempt {
  const { kernel } = table;
  const { kind } = file;
  if (kind.type === 'pipe') kernel.streams.get(kind.pipe)?.writeWaiters.push(waiterOf(record, pending));
  else if (kind.type === 'tty') kernel.ttys.get(kind.tty)?.writeWaiters.push(waiterOf(record, pending));
  else if (kind.type === 'socket' && kernel.sockets !== undefined)
    return waitWritable(kernel, record, pending, kernel.sockets, kind.socket);
  else if (kind.type === 'controller') {
    // The line discipline's queue is full: what a reader does not take is lost, as on a real line.
    return Number(pending.progress['written'] ?? 0);
  }
  return BLOCKED;
}

export function writeNow(table: DescriptorTable, record: ProcessRecord, fd: number, bytes: Uint8Array): number {
  const file = table.file(record, fd);
  const taken = file === undefined ? 0 : put(table, record, file, bytes);
  return typeof taken === 'number' ? taken : 0;
}

export function isReady(
  table: DescriptorTable,
  record: ProcessRecord,
  { fd, read = false, write = false }: PollRequest,
): boolean {
  const { kernel } = table;
  const file = table.file(record, fd);
  if (file === undefined) return true;
  const { kind } = file;
  switch (kind.type) {
    case 'pipe': {
      const pipe = kernel.streams.get(kind.pipe);
      if (pipe === undefined) return true;
      return (
        (read && (pipe.size > 0 || (pipe.writers === 0 && pipe.met.write))) ||
        (write && (pipe.size < pipe.capacity || pipe.readers === 0))
      );
    }
    case 'tty': {
      const tty = kernel.ttys.get(kind.tty);
      if (tty === undefined || tty.hungUp) return true;
      return (
        (read && tty.line.ready.length > 0) ||
        (write && !tty.line.stopped && (tty.external || tty.outputBytes < 65_536))
      );
    }
    case 'controller': {
      const tty = kernel.ttys.get(kind.tty);
      return tty === undefined || write || (read && (tty.outputBytes > 0 || (tty.holders === 0 && tty.everHeld)));
    }
    case 'socket':
      return (
        kernel.sockets === undefined ||
        (read && kernel.sockets.readable(kind.socket)) ||
        (write && kernel.sockets.writable(kind.socket))
      );
    default:
      return true;
  }
}

export function awaitReady(
  table: DescriptorTable,
  record: ProcessRecord,
  pending: PendingCall,
  { fd, read = false, write = false }: PollRequest,
): void {
  const { kernel } = table;
  const file = table.file(record, fd);
  if (file === undefined) return;
  const { kind } = file;
  const waiter = waiterOf(record, pending);
  if (kind.type === 'pipe') {
    const pipe = kernel.streams.get(kind.pipe);
    if (read) pipe?.readWaiters.push(waiter);
    if (write) pipe?.writeWaiters.push(waiter);
  } else if (kind.type === 'tty') {
    const tty = kernel.ttys.get(kind.tty);
    if (read) tty?.readWaiters.push(waiter);
    if (write) tty?.writeWaiters.push(waiter);
  } else if (kind.type === 'controller') {
    if (read) kernel.ttys.get(kind.tty)?.controllerWaiters.push(waiter);
  } else if (kind.type === 'socket' && kernel.sockets !== undefined) {
    if (read) waitReadable(kernel, record, pending, kernel.sockets, kind.socket);
    if (write) waitWritable(kernel, record, pending, kernel.sockets, kind.socket);
  }
}

const waiterOf = (record: ProcessRecord, pending: PendingCall): Waiter => ({ pid: record.pid, call: pending.number });

/** The call goes on when the stopped group is continued. */
function waitStopped(_record: ProcessRecord, pending: PendingCall): typeof BLOCKED {
  pending.deferred = true;
  return BLOCKED;
}

function paid(record: ProcessRecord, bytes: Uint8Array): Uint8Array {
  record.debtUs += COST.transfer + (bytes.length / 1024) * COST.perKibibyte;
  return bytes;
}
