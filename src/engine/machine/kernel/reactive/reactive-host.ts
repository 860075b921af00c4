/** Runs reactive programs: hands them events of timers, signals and sockets. */
import { concatBytes } from '../../../../protocol/bytes.ts';
import type { HttpRequest } from '../../../../protocol/http.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Segment } from '../../../../protocol/program.ts';
import { chunkBytes, newParser, parseBytes, parseEnd } from '../../net/http/text.ts';
import type { HostKernel } from '../host-kernel.ts';
import { isAlive, type ProcessRecord } from '../processes/process-record.ts';
import { contained } from './contained-program.ts';
import type { ReactiveProgram, ReactiveResponse } from './reactive.ts';
import { ReactiveProcess } from './reactive-context.ts';
import { freshInstance, type OpenConnection, type ReactiveInstance } from './reactive-instance.ts';

interface Running {
  readonly record: ProcessRecord;
  readonly instance: ReactiveInstance;
  readonly program: ReactiveProgram;
  readonly context: ReactiveProcess;
}

export class ReactiveHost {
  /** Which process has a pushed socket. */
  readonly #owners = new Map<number, number>();
  readonly #contained = new WeakMap<ReactiveProgram, ReactiveProgram>();
  constructor(readonly kernel: HostKernel) {}

  /** Sockets of reactive processes are pushed here. */
  attach(): void {
    this.kernel.sockets?.attach(`processes/${this.kernel.host}`, {
      accepted: (socket, listener, peer) => {
        this.#accepted(socket, listener, peer);
      },
      segment: (socket, segment) => {
        this.#segment(socket, segment);
      },
      closed: (socket, how) => {
        this.#closed(socket, how);
      },
      connected: (socket, outcome) => {
        this.#connected(socket, outcome.connected ? undefined : outcome.errno);
      },
      datagram: (socket, { from, bytes }) => {
        const running = this.#ofSocket(socket);
        running?.program.onDatagram?.(running.context, { socket, from, bytes });
      },
    });
  }

  start(record: ProcessRecord): void {
    if (record.kind.type !== 'reactive') return;
    record.kind.instance = freshInstance();
    const running = this.#running(record);
    running?.program.start(running.context);
  }

  /** The process has ended or runs another program now. */
  drop(record: ProcessRecord): void {
    const instance = record.kind.type === 'reactive' ? record.kind.instance : undefined;
    if (instance === undefined) return;
    const running = this.#running(record);
    running?.program.onEnd?.(running.context);
    for (const event of instance.timers.values()) this.kernel.simulation.loop.cancel(event);
    for (const socket of [
      ...instance.listeners.keys(),
      ...instance.datagrams,
      ...instance.connections.keys(),
      ...instance.connecting.keys(),
    ]) {
      this.#owners.delete(socket);
      this.kernel.sockets?.close(socket);
    }
    // Workers stand for threads of the same server: they go with it.
    for (const pid of instance.children) {
      const child = this.kernel.records.get(pid);
      if (child !== undefined && isAlive(child) && child.kind.type === 'reactive' && child.kind.instance === undefined)
        this.kernel.lifecycle.die(child, { pid, type: 'exited', code: 0 });
    }
    if (record.kind.type === 'reactive') record.kind.instance = undefined;
  }

  own(socket: number, pid: number): void {
    this.#owners.set(socket, pid);
  }

  disown(socket: number): void {
    this.#owners.delete(socket);
  }

  /** After a restore. */
  rebuild(): void {
    this.#owners.clear();
    for (const record of this.kernel.records.values()) {
      const instance = record.kind.type === 'reactive' ? record.kind.instance : undefined;
      if (instance === undefined) continue;
      for (const socket of [
        ...instance.listeners.keys(),
        ...instance.datagrams,
        ...instance.connections.keys(),
        ...instance.connecting.keys(),
      ])
        this.#owners.set(socket, record.pid);
    }
  }

  timerFired(pid: number, timer: string): void {
    const running = this.#of(pid);
    if (running === undefined) return;
    if (running.record.stopped) {
      running.instance.timers.set(
        timer,
        this.kernel.simulation.loop.schedule(100_000, this.kernel.target, 'reactive.timer', { pid, timer }),
      );
      return;
    }
    running.instance.timers.delete(timer);
    running.program.onTimer?.(running.context, timer);
  }

  /** The event `reactive.respond`: an answer that took its time. */
  respond(pid: number, connection: number, response: ReactiveResponse): void {
    this.#of(pid)?.context.respond(connection, response);
  }

  deliverSignals(pid: number): void {
    const running = this.#of(pid);
    if (running === undefined) return;
    const taken = running.record.caught;
    running.record.caught = [];
    for (const signal of taken) if (isAlive(running.record)) running.program.onSignal?.(running.context, signal);
  }

  burnt(record: ProcessRecord): void {
    const running = this.#running(record);
    const tag = running?.instance.burns.shift();
    if (running !== undefined && tag !== undefined) running.program.onBurnt?.(running.context, tag);
  }

  childExited(parent: ProcessRecord, pid: number, code: number): void {
    const running = this.#running(parent);
    if (running === undefined) return;
    running.instance.children.delete(pid);
    running.program.onChildExit?.(running.context, pid, code);
  }

  /** The event `reactive.ready`: a descriptor has room, or standard input has something. */
  ready(pid: number, payload: { readonly [key: string]: Plain }): void {
    const running = this.#of(pid);
    if (running === undefined) return;
    if (payload['fd'] === 0) this.#input(running);
    else running.context.flush();
  }

  #input({ record, instance, program, context }: Running): void {
    if (!instance.reading) return;
    const pending = {
      number: -1,
      name: 'read',
      args: { fd: 0 },
      stage: 'wait' as const,
      timer: undefined,
      progress: {},
      deferred: false,
      resolve: undefined,
    };
    for (;;) {
      const bytes = this.kernel.descriptors.read(record, pending);
      if (!(bytes instanceof Uint8Array)) return;
      if (bytes.length === 0) {
        instance.reading = false;
        program.onInput?.(context, undefined);
        return;
      }
      program.onInput?.(context, bytes);
      if (!isAlive(record) || record.kind.type !== 'reactive') return;
    }
  }

  readInput(record: ProcessRecord): void {
    const running = this.#running(record);
    if (running === undefined || running.instance.reading) return;
    running.instance.reading = true;
    this.kernel.wake([{ pid: record.pid, call: -1 }]);
  }

  // ---- sockets

  #accepted(socket: number, listener: number, peer: { readonly ip: string; readonly port: number }): void {
    const running = this.#ofSocket(listener);
    if (running === undefined) return;
    const port = running.instance.listeners.get(listener) ?? 0;
    const connection: OpenConnection = {
      id: socket,
      port,
      peer: { ip: peer.ip, port: peer.port },
      listener,
      parser: undefined,
      head: undefined,
      body: [],
      waiting: 0,
      closeAfter: false,
    };
    running.instance.connections.set(socket, connection);
    this.#owners.set(socket, running.record.pid);
    running.program.onConnection?.(running.context, connection);
  }

  #connected(socket: number, errno: Parameters<NonNullable<ReactiveProgram['onConnected']>>[2] | undefined): void {
    const running = this.#ofSocket(socket);
    const asked = running?.instance.connecting.get(socket);
    if (running === undefined || asked === undefined) return;
    running.instance.connecting.delete(socket);
    if (errno !== undefined) {
      this.#owners.delete(socket);
      running.program.onConnected?.(running.context, asked.tag, errno);
      return;
    }
    const connection: OpenConnection = {
      id: socket,
      port: asked.port,
      peer: { ip: asked.ip, port: asked.port },
      listener: undefined,
      parser: undefined,
      head: undefined,
      body: [],
      waiting: 0,
      closeAfter: false,
    };
    running.instance.connections.set(socket, connection);
    running.program.onConnected?.(running.context, asked.tag, connection);
  }

  #segment(socket: number, segment: Segment): void {
    const running = this.#ofSocket(socket);
    const connection = running?.instance.connections.get(socket);
    if (running === undefined || connection === undefined) return;
    if (running.program.onRequest === undefined || connection.listener === undefined) {
      running.program.onSegment?.(running.context, segment, connection);
      return;
    }
    if (segment.type !== 'bytes') {
      this.#message(running, connection, segment);
      return;
    }
    connection.parser ??= newParser('request');
    const parsed = parseBytes(connection.parser, segment.bytes);
    if (parsed === undefined) {
      running.context.respond(connection.id, {
        status: 400,
        headers: { 'content-type': 'text/plain', connection: 'close' },
        close: true,
      });
      return;
    }
    for (const each of parsed) this.#message(running, connection, each);
  }

  #message(running: Running, connection: OpenConnection, segment: Segment): void {
    if (segment.type === 'request') {
      connection.head = segment.head;
      connection.body = [];
    } else if (segment.type === 'body') connection.body.push(chunkBytes(segment.chunk));
    else if (segment.type === 'end' && connection.head !== undefined) {
      const { head } = connection;
      const body = concatBytes(connection.body);
      connection.head = undefined;
      connection.body = [];
      const request: HttpRequest = { ...head, ...(body.length === 0 ? {} : { body: { bytes: body } }) };
      connection.waiting += 1;
      connection.closeAfter = /\bclose\b/i.test(head.headers['connection'] ?? '');
      const response: ReactiveResponse | undefined = running.program.onRequest?.(running.context, request, connection);
      if (response !== undefined) running.context.respond(connection.id, response);
    } else if (segment.type !== 'end') running.program.onSegment?.(running.context, segment, connection);
  }

  #closed(socket: number, _how: string): void {
    const running = this.#ofSocket(socket);
    const connection = running?.instance.connections.get(socket);
    if (running === undefined || connection === undefined) return;
    if (connection.parser !== undefined)
      for (const segment of parseEnd(connection.parser)) this.#message(running, connection, segment);
    // An answer that is still on its way is sent before the connection goes.
    if (connection.waiting > 0 && _how === 'end') {
      connection.closeAfter = true;
      return;
    }
    running.context.close(socket);
    running.program.onClosed?.(running.context, connection);
  }

  #ofSocket(socket: number): Running | undefined {
    const pid = this.#owners.get(socket);
    return pid === undefined ? undefined : this.#of(pid);
  }

  #of(pid: number): Running | undefined {
    const record = this.kernel.records.get(pid);
    return record === undefined || !isAlive(record) ? undefined : this.#running(record);
  }

  #running(record: ProcessRecord): Running | undefined {
    if (record.kind.type !== 'reactive' || record.kind.instance === undefined) return undefined;
    const program = this.kernel.options.reactivePrograms.get(record.kind.program);
    const { instance } = record.kind;
    if (program === undefined) return undefined;
    const context = new ReactiveProcess(this.kernel, record, instance);
    return { record, instance, context, program: this.#containedProgram(program) };
  }

  #containedProgram(program: ReactiveProgram): ReactiveProgram {
    const known = this.#contained.get(program);
    if (known !== undefined) return known;
    const made = contained(program, (context, error) => {
      const [text, message] = error instanceof Error ? [error.stack, error.message] : [undefined, String(error)];
      const record = this.kernel.records.get(context.pid);
      if (record !== undefined) this.kernel.trace('process.crashed', record, { message: text ?? message });
      context.print(`drydock: ${program.name} crashed: ${message}\n`, 2);
      context.exit(134);
    });
    this.#contained.set(program, made);
    return made;
  }
}
