/** The calls that may wait: each is tried, and tried again when what it waits for may be there. All their state is data. */
import { fail, failed, type Result } from '../../../../protocol/errno.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type {
  ConnectOptions,
  LockKind,
  PollRequest,
  Segment,
  SocketAddress,
  WaitOptions,
} from '../../../../protocol/program.ts';
import type { BindAddress, SocketId, Sockets } from '../../net/interface.ts';
import type { HostKernel } from '../host-kernel.ts';
import { BLOCKED, isAlive, type Attempt, type PendingCall, type ProcessRecord } from './process-record.ts';

type Call = (kernel: HostKernel, record: ProcessRecord, pending: PendingCall) => Attempt;

/** Tries a waiting call once. */
export function attempt(kernel: HostKernel, record: ProcessRecord, pending: PendingCall): Attempt {
  const call = CALLS[pending.name];
  if (call === undefined) throw new Error(`no waiting call ${pending.name}`);
  kernel.caller = record.pid;
  const outcome = call(kernel, record, pending);
  // A signal that the program has not taken yet interrupts what would have to wait.
  return outcome === BLOCKED && record.caught.length > 0 && isAlive(record) ? fail('EINTR') : outcome;
}

const CALLS: Readonly<Record<string, Call>> = {
  sleep: (kernel, record, pending) => {
    const { nowUs } = kernel.simulation.clock;
    const untilUs = Number(pending.progress['untilUs'] ?? nowUs + Number(pending.args['us']));
    return sleepUntil(kernel, record, pending, untilUs);
  },
  sleepUntil: (kernel, record, pending) => {
    const { clock } = kernel.simulation;
    return sleepUntil(
      kernel,
      record,
      pending,
      Number(pending.progress['untilUs'] ?? clock.nowUs + Number(pending.args['realtimeUs']) - clock.unixUs),
    );
  },
  cpu: () => undefined,
  read: (kernel, record, pending) => kernel.descriptors.read(record, pending),
  write: (kernel, record, pending) => kernel.descriptors.write(record, pending),
  poll,
  lock,
  wait: (kernel, record, { args }) => {
    const status = kernel.lifecycle.waitOnce(record, Number(args['pid']), wire<WaitOptions>(args['options'] ?? {}));
    return status === BLOCKED ? BLOCKED : wire<Result<Plain>>(status);
  },
  exec: (kernel, record, { args }) => {
    const done = kernel.lifecycle.exec(
      record,
      wire<string>(args['path']),
      wire<readonly string[]>(args['argv']),
      wire<Readonly<Record<string, string>>>(args['env']),
    );
    return failed(done) ? done : BLOCKED;
  },
  connect,
  accept: (kernel, record, pending) =>
    withSocket(kernel, record, pending, (sockets, socket) => {
      const accepted = sockets.accept(socket, { pid: record.pid, host: kernel.host });
      if (failed(accepted)) return accepted;
      if (accepted === undefined) return waitReadable(kernel, record, pending, sockets, socket);
      return kernel.descriptors.installSocket(record, accepted);
    }),
  receive: (kernel, record, pending) =>
    withSocket(kernel, record, pending, (sockets, socket) => {
      const received = sockets.receive(socket);
      if (received.type === 'segment') return received.segment as unknown as Plain;
      if (received.type === 'end') return undefined;
      return received.type === 'broken' ? fail(received.errno) : waitReadable(kernel, record, pending, sockets, socket);
    }),
  send: (kernel, record, pending) =>
    withSocket(kernel, record, pending, (sockets, socket) => {
      const sent = sockets.send(socket, wire<Segment>(pending.args['segment']));
      if (!failed(sent)) return undefined;
      if (sent.errno === 'EPIPE') kernel.signals.send(record, 'SIGPIPE');
      if (sent.errno !== 'EAGAIN') return sent;
      sockets.whenWritable(socket, readyNotify(kernel, record, pending));
      return BLOCKED;
    }),
  receiveFrom: (kernel, record, pending) =>
    withSocket(kernel, record, pending, (sockets, socket) => {
      const datagram = sockets.receiveFrom(socket);
      if (failed(datagram)) return datagram;
      if (datagram !== undefined) return datagram as unknown as Plain;
      if (pending.progress['timedOut'] === true) return fail('EAGAIN');
      armTimer(kernel, record, pending, pending.args['timeoutUs']);
      return waitReadable(kernel, record, pending, sockets, socket);
    }),
};

/** Arguments come back from a snapshot as data; this is where they are taken to be what the call put there. */

const wire = <T>(value: Plain | object | undefined): T => value as T;

function sleepUntil(kernel: HostKernel, record: ProcessRecord, pending: PendingCall, untilUs: number): Attempt {
  const left = untilUs - kernel.simulation.clock.nowUs;
  if (left <= 0) return undefined;
  pending.progress = { untilUs };
  armTimer(kernel, record, pending, left);
  return BLOCKED;
}

/** Arms the call's time-out once. */
export function armTimer(kernel: HostKernel, record: ProcessRecord, pending: PendingCall, us: Plain): void {
  if (typeof us !== 'number' || pending.timer !== undefined) return;
  pending.timer = kernel.simulation.loop.schedule(us, kernel.target, 'proc.timeout', {
    pid: record.pid,
    call: pending.number,
  });
}

function poll(kernel: HostKernel, record: ProcessRecord, pending: PendingCall): Attempt {
  const requests = wire<readonly PollRequest[]>(pending.args['requests']);
  const ready = requests.filter((request) => kernel.descriptors.isReady(record, request)).map(({ fd }) => fd);
  const timeout = pending.args['timeoutUs'];
  if (ready.length > 0 || timeout === 0 || pending.progress['timedOut'] === true) return ready;
  armTimer(kernel, record, pending, timeout);
  for (const request of requests) kernel.descriptors.awaitReady(record, pending, request);
  return BLOCKED;
}

function lock(kernel: HostKernel, record: ProcessRecord, pending: PendingCall): Attempt {
  const file = kernel.descriptors.file(record, Number(pending.args['fd']));
  if (file === undefined) return fail('EBADF');
  const waiter = { pid: record.pid, call: pending.number };
  const taken = kernel.locks.take(file, wire<LockKind>(pending.args['kind']), waiter);
  if (taken !== BLOCKED) return taken;
  const timeout = pending.args['timeoutUs'];
  if (timeout === 0 || pending.progress['timedOut'] === true) {
    kernel.locks.forget(record.pid, pending.number);
    return fail('EAGAIN');
  }
  armTimer(kernel, record, pending, timeout);
  return BLOCKED;
}

function connect(kernel: HostKernel, record: ProcessRecord, pending: PendingCall): Attempt {
  const { sockets } = kernel;
  if (sockets === undefined) return fail('ENETUNREACH');
  const { progress } = pending;
  if (progress['socket'] !== undefined) {
    if (progress['connected'] === undefined) return BLOCKED;
    if (progress['connected'] === true) return kernel.descriptors.installSocket(record, Number(progress['socket']));
    const { errno = 'ECONNREFUSED', tls } = progress;
    return wire<Result<Plain>>({ errno, ...(tls === undefined ? {} : { tls }) });
  }
  const address = wire<SocketAddress>(pending.args['address']);
  const bind: Result<BindAddress> =
    address.family === 'inet' ? address : kernel.unixAddressOf(kernel.walkerOf(record), address.path, undefined);
  if (failed(bind)) return bind;
  const socket = sockets.connect(
    record.namespaces.net,
    bind,
    { pid: record.pid, host: kernel.host },
    wire<ConnectOptions>(pending.args['options'] ?? {}),
    readyNotify(kernel, record, pending),
  );
  if (failed(socket)) return socket;
  pending.progress = { socket };
  return BLOCKED;
}

const readyNotify = (
  kernel: HostKernel,
  record: ProcessRecord,
  pending: PendingCall,
): { target: string; type: string; payload: { pid: number; call: number } } => ({
  target: kernel.target,
  type: 'proc.ready',
  payload: { pid: record.pid, call: pending.number },
});

export function waitReadable(
  kernel: HostKernel,
  record: ProcessRecord,
  pending: PendingCall,
  sockets: Sockets,
  socket: SocketId,
): typeof BLOCKED {
  sockets.whenReadable(socket, readyNotify(kernel, record, pending));
  return BLOCKED;
}

export function waitWritable(
  kernel: HostKernel,
  record: ProcessRecord,
  pending: PendingCall,
  sockets: Sockets,
  socket: SocketId,
): typeof BLOCKED {
  sockets.whenWritable(socket, readyNotify(kernel, record, pending));
  return BLOCKED;
}

function withSocket(
  kernel: HostKernel,
  record: ProcessRecord,
  pending: PendingCall,
  act: (sockets: Sockets, socket: SocketId) => Attempt,
): Attempt {
  const descriptor = record.descriptors.get(Number(pending.args['fd']));
  if (descriptor === undefined) return fail('EBADF');
  const { kind } = descriptor.file;
  if (kind.type !== 'socket' || kernel.sockets === undefined) return fail('ENOTSOCK');
  return act(kernel.sockets, kind.socket);
}
