/** Attach, exec, logs, wait, stats and events: answers that stay open. */
import { concatBytes, decodeUtf8, encodeUtf8 } from '../../protocol/bytes.ts';
import { failed } from '../../protocol/errno.ts';
import type { ChannelFrame, Headers } from '../../protocol/http.ts';
import type { JsonObject, Plain } from '../../protocol/plain.ts';
import { isFailure } from '../machine/container/interface.ts';
import { parseJsonFile, type LogEntry } from '../machine/container/log-format.ts';
import { parseRfc3339 } from '../sim/clock.ts';
import type { ExchangeId } from '../machine/net/interface.ts';
import { flag, object, text, texts } from './json-fields.ts';
import { apiError, type ApiError, type DockerContainer, type DockerEvent, type Engine } from './model.ts';
import { statsView } from './stats.ts';

const RAW = 'application/vnd.docker.raw-stream';
const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';

interface Stream {
  readonly exchange: ExchangeId;
  readonly kind: 'attach' | 'exec' | 'logs' | 'stats' | 'events';
  readonly containerId: string;
  readonly session: string;
  readonly upgraded: boolean;
  readonly tty: boolean;
  /** logs: bytes of the file read, the subscription, what is wanted. */
  readonly offset: number;
  readonly subscription: number;
  readonly options: JsonObject;
}

export type Query = ReadonlyMap<string, string>;
const wants = (query: Query, name: string): boolean => ['1', 'true', 'True'].includes(query.get(name) ?? '');

/** The 8-byte header of a multiplexed piece. */
export function multiplex(channel: 'stdout' | 'stderr', bytes: Uint8Array): Uint8Array {
  const { length } = bytes;
  return concatBytes([
    Uint8Array.of(
      channel === 'stdout' ? 1 : 2,
      0,
      0,
      0,
      length >>> 24,
      (length >>> 16) & 255,
      (length >>> 8) & 255,
      length & 255,
    ),
    bytes,
  ]);
}

export class Streams {
  readonly #streams = new Map<ExchangeId, Stream>();
  constructor(private readonly engine: Engine) {}

  #open(
    exchange: ExchangeId,
    headers: Headers,
    tty: boolean,
    rest: Partial<Stream> & Pick<Stream, 'kind' | 'containerId'>,
  ): Stream {
    const upgraded = (headers['upgrade'] ?? '') !== '';
    const type = { 'content-type': tty ? RAW : MULTIPLEXED };
    const hijack = rest.kind === 'attach' || rest.kind === 'exec';
    this.engine.exchanges.head(
      exchange,
      upgraded && hijack
        ? { status: 101, headers: { ...type, connection: 'Upgrade', upgrade: 'tcp' } }
        : { status: 200, headers: type },
    );
    const stream: Stream = {
      exchange,
      session: '',
      upgraded: upgraded && hijack,
      tty,
      offset: 0,
      subscription: 0,
      options: {},
      ...rest,
    };
    this.#streams.set(exchange, stream);
    return stream;
  }

  // ---- attach and exec

  attach(exchange: ExchangeId, container: DockerContainer, query: Query, headers: Headers): ApiError | undefined {
    const { engine } = this;
    const state = engine.runtime.container(container.id)?.state;
    if (state === 'paused')
      return apiError(409, `container ${container.id} is paused, unpause the container before attach`);
    const tty = flag(container.config, 'Tty');
    if (!wants(query, 'stream')) {
      const stream = this.#open(exchange, headers, tty, { kind: 'attach', containerId: container.id });
      if (wants(query, 'logs'))
        for (const { stream: channel, text: line } of this.#entries(container))
          this.#send(stream, channel, encodeUtf8(line));
      this.#end(stream);
      return undefined;
    }
    const streams = { stdin: wants(query, 'stdin'), stdout: wants(query, 'stdout'), stderr: wants(query, 'stderr') };
    const attached = engine.runtime.attach(container.id, streams, {
      output: engine.notify('stream.output', { exchange }),
      ended: engine.notify('stream.ended', { exchange }),
    });
    if (isFailure(attached)) return apiError(409, attached.message);
    const stream = this.#open(exchange, headers, tty, {
      kind: 'attach',
      containerId: container.id,
      session: attached.sessionId,
    });
    if (wants(query, 'logs'))
      for (const { stream: channel, text: line } of this.#entries(container))
        this.#send(stream, channel, encodeUtf8(line));
    engine.emit('container', 'attach', container.id, { name: container.name, image: text(container.config, 'Image') });
    return undefined;
  }

  createExec(container: DockerContainer, body: JsonObject): { readonly Id: string } | ApiError {
    const { engine } = this;
    if (texts(body, 'Cmd').length === 0) return apiError(400, 'No exec command specified');
    const state = engine.runtime.container(container.id)?.state;
    if (state === 'paused')
      return apiError(409, `container ${container.id} is paused, unpause the container before exec`);
    if (state !== 'running') return apiError(409, `container ${container.id} is not running`);
    const id = engine.hex('exec', 64);
    engine.execs.set(id, {
      id,
      containerId: container.id,
      request: body,
      sessionId: '',
      exchange: 0,
      running: false,
      exitCode: null,
    });
    engine.emit('container', `exec_create: ${texts(body, 'Cmd').join(' ')}`, container.id, {
      execID: id,
      image: text(container.config, 'Image'),
      name: container.name,
    });
    return { Id: id };
  }

  startExec(exchange: ExchangeId, execId: string, body: JsonObject, headers: Headers): ApiError | undefined {
    const { engine } = this;
    const exec = engine.execs.get(execId);
    if (exec === undefined) return apiError(404, `No such exec instance: ${execId}`);
    if (exec.running || exec.sessionId !== '') return apiError(409, `exec ${execId} is already running`);
    const { request } = exec;
    const tty = flag(request, 'Tty');
    const detach = flag(body, 'Detach');
    const size = Array.isArray(body['ConsoleSize']) ? body['ConsoleSize'] : [];
    const session = engine.runtime.exec(
      exec.containerId,
      {
        argv: texts(request, 'Cmd'),
        env: texts(request, 'Env'),
        workingDir: text(request, 'WorkingDir'),
        user: text(request, 'User'),
        tty,
        stdin: flag(request, 'AttachStdin') && !detach,
        privileged: flag(request, 'Privileged'),
        ...(typeof size[0] === 'number' && typeof size[1] === 'number'
          ? { size: { rows: size[0], columns: size[1] } }
          : {}),
      },
      {
        ...(detach ? {} : { output: engine.notify('stream.output', { exchange }) }),
        ended: engine.notify('exec.ended', { exchange: detach ? 0 : exchange, execId }),
      },
    );
    if (isFailure(session)) return apiError(409, session.message);
    engine.execs.set(execId, { ...exec, sessionId: session.sessionId, exchange, running: true });
    engine.emit('container', `exec_start: ${texts(request, 'Cmd').join(' ')}`, exec.containerId, {
      execID: execId,
      ...this.#named(exec.containerId),
    });
    if (detach) engine.exchanges.respond(exchange, 200);
    else
      this.#open(exchange, headers, tty, { kind: 'exec', containerId: exec.containerId, session: session.sessionId });
    return undefined;
  }

  #named(id: string): Readonly<Record<string, string>> {
    const container = this.engine.containers.get(id);
    return container === undefined ? {} : { image: text(container.config, 'Image'), name: container.name };
  }

  execEnded(execId: string, exchange: ExchangeId, exitCode: number, error: string | undefined): void {
    const { engine } = this;
    const exec = engine.execs.get(execId);
    if (exec !== undefined) {
      engine.execs.set(execId, { ...exec, running: false, exitCode });
      engine.emit('container', 'exec_die', exec.containerId, {
        execID: execId,
        exitCode: String(exitCode),
        ...this.#named(exec.containerId),
      });
    }
    const stream = this.#streams.get(exchange);
    if (stream === undefined) return;
    // By now the connection is a stream: the error is text on it, as dockerd does after a hijack.
    if (error !== undefined) this.#send(stream, stream.tty ? 'stdout' : 'stderr', encodeUtf8(`${error}\r\n`));
    this.#end(stream);
  }

  output(exchange: ExchangeId, session: string, channel: 'stdout' | 'stderr', bytes: Uint8Array): void {
    const stream = this.#streams.get(exchange);
    if (stream === undefined) return;
    this.#send(stream, channel, bytes);
    if (!this.engine.exchanges.hasRoom(exchange)) this.engine.runtime.setFlow(session, false);
  }

  /** The client reads again. */
  writable(exchange: ExchangeId): void {
    const stream = this.#streams.get(exchange);
    if (stream !== undefined && stream.session !== '') this.engine.runtime.setFlow(stream.session, true);
  }

  ended(exchange: ExchangeId): void {
    const stream = this.#streams.get(exchange);
    if (stream !== undefined) this.#end(stream);
  }

  #send(stream: Stream, channel: 'stdout' | 'stderr', bytes: Uint8Array): void {
    const { exchanges } = this.engine;
    if (stream.upgraded) exchanges.frame(stream.exchange, { channel: stream.tty ? 'stdout' : channel, bytes });
    else exchanges.chunk(stream.exchange, { bytes: stream.tty ? bytes : multiplex(channel, bytes) });
  }

  #end(stream: Stream): void {
    this.#streams.delete(stream.exchange);
    if (stream.subscription !== 0 && stream.kind === 'logs') this.engine.runtime.unwatchLog(stream.subscription);
    this.engine.exchanges.end(stream.exchange);
  }

  /** A frame of a client: input or a window size. */
  frame(exchange: ExchangeId, frame: ChannelFrame): void {
    const stream = this.#streams.get(exchange);
    if (stream === undefined || stream.session === '') return;
    if (frame.channel === 'resize') {
      const size = frame.object as { width?: number; height?: number } | undefined;
      this.engine.runtime.resize(stream.session, { columns: size?.width ?? 80, rows: size?.height ?? 24 });
      return;
    }
    if (frame.bytes !== undefined) this.engine.runtime.input(stream.session, frame.bytes);
    if (frame.close === true) this.engine.runtime.closeInput(stream.session);
  }

  /** Half-close of an upgraded connection. */
  finishInput(exchange: ExchangeId): boolean {
    const stream = this.#streams.get(exchange);
    if (stream === undefined) return false;
    if (stream.session !== '') this.engine.runtime.closeInput(stream.session);
    return true;
  }

  /** The client has gone. */
  abort(exchange: ExchangeId): void {
    const stream = this.#streams.get(exchange);
    if (stream === undefined) return;
    this.#streams.delete(exchange);
    if (stream.session !== '') this.engine.runtime.detach(stream.session);
    if (stream.subscription !== 0 && stream.kind === 'logs') this.engine.runtime.unwatchLog(stream.subscription);
  }

  // ---- logs

  #logPath(container: DockerContainer): string {
    return `${this.engine.config.dataRoot}/containers/${container.id}/${container.id}-json.log`;
  }
  #entries(container: DockerContainer): readonly LogEntry[] {
    const bytes = this.engine.host.files.root.read(this.#logPath(container));
    return failed(bytes) ? [] : parseJsonFile(decodeUtf8(bytes));
  }

  logs(exchange: ExchangeId, container: DockerContainer, query: Query, headers: Headers): ApiError | undefined {
    const { engine } = this;
    if (!wants(query, 'stdout') && !wants(query, 'stderr'))
      return apiError(400, 'Bad parameters: you must choose at least one stream');
    if (text(object(container.hostConfig, 'LogConfig'), 'Type') === 'none')
      return apiError(501, 'configured logging driver does not support reading');
    const options: JsonObject = {
      stdout: wants(query, 'stdout'),
      stderr: wants(query, 'stderr'),
      timestamps: wants(query, 'timestamps'),
      since: this.#moment(query.get('since')),
      until: this.#moment(query.get('until')),
    };
    const read = engine.host.files.root.read(this.#logPath(container));
    const bytes = failed(read) ? new Uint8Array(0) : read;
    const follow = wants(query, 'follow');
    const subscription = follow ? engine.runtime.watchLog(container.id, engine.notify('logs.more', { exchange })) : 0;
    const stream = this.#open(exchange, headers, flag(container.config, 'Tty'), {
      kind: 'logs',
      containerId: container.id,
      options,
      offset: bytes.length,
      subscription,
    });
    const tail = query.get('tail') ?? 'all';
    const wanted = parseJsonFile(decodeUtf8(bytes)).filter((entry) => this.#isWanted(entry, options));
    const count = Number(tail);
    for (const entry of tail === 'all' || !Number.isInteger(count) || count < 0
      ? wanted
      : count === 0
        ? []
        : wanted.slice(-count))
      this.#line(stream, entry);
    if (!follow || engine.runtime.container(container.id)?.pid === 0) this.#end(stream);
    return undefined;
  }

  /** Unix ms of `since` and `until`: seconds with fraction, or RFC 3339; 0 for none. */
  #moment(given: string | undefined): number {
    if (given === undefined || given === '' || given === '0') return 0;
    return /^\d+(\.\d+)?$/.test(given) ? Math.floor(Number(given) * 1000) : (parseRfc3339(given) ?? 0);
  }

  #isWanted(entry: LogEntry, options: JsonObject): boolean {
    const at = parseRfc3339(entry.time) ?? 0;
    return (
      options[entry.stream] === true &&
      at >= Number(options['since']) &&
      (options['until'] === 0 || at <= Number(options['until']))
    );
  }

  #line(stream: Stream, entry: LogEntry): void {
    this.#send(
      stream,
      entry.stream,
      encodeUtf8(stream.options['timestamps'] === true ? `${entry.time} ${entry.text}` : entry.text),
    );
  }

  /** Something was written to the log that a follower reads. */
  moreLogs(exchange: ExchangeId): void {
    const stream = this.#streams.get(exchange);
    const container = stream === undefined ? undefined : this.engine.containers.get(stream.containerId);
    if (stream === undefined || container === undefined) return;
    const bytes = this.engine.host.files.root.read(this.#logPath(container));
    if (failed(bytes)) return;
    // A shorter file has been rotated.
    const from = bytes.length < stream.offset ? 0 : stream.offset;
    for (const entry of parseJsonFile(decodeUtf8(bytes.subarray(from))))
      if (this.#isWanted(entry, stream.options)) this.#line(stream, entry);
    this.#streams.set(exchange, { ...stream, offset: bytes.length });
  }

  /** A container has ended: who follows its log gets the rest and the end. */
  containerEnded(containerId: string): void {
    for (const stream of [...this.#streams.values()]) {
      if (stream.containerId !== containerId || stream.kind !== 'logs') continue;
      this.moreLogs(stream.exchange);
      this.#end(this.#streams.get(stream.exchange) ?? stream);
    }
  }

  // ---- stats and events

  stats(exchange: ExchangeId, container: DockerContainer, once: boolean): void {
    const { engine } = this;
    engine.exchanges.head(exchange, { status: 200, headers: { 'content-type': 'application/json' } });
    this.#streams.set(exchange, {
      exchange,
      kind: 'stats',
      containerId: container.id,
      session: '',
      upgraded: false,
      tty: false,
      offset: 0,
      subscription: 0,
      options: { once },
    });
    this.moreStats(exchange);
  }

  moreStats(exchange: ExchangeId): void {
    const stream = this.#streams.get(exchange);
    const container = stream === undefined ? undefined : this.engine.containers.get(stream.containerId);
    if (stream === undefined) return;
    if (container === undefined) {
      this.#end(stream);
      return;
    }
    this.engine.exchanges.chunk(exchange, { object: statsView(this.engine, container) });
    if (stream.options['once'] === true) this.#end(stream);
    else this.engine.sim.loop.schedule(1_000_000, this.engine.target, 'stats.more', { exchange });
  }

  events(exchange: ExchangeId, past: readonly DockerEvent[], live: boolean, filters: JsonObject): void {
    this.engine.exchanges.head(exchange, { status: 200, headers: { 'content-type': 'application/json' } });
    const stream: Stream = {
      exchange,
      kind: 'events',
      containerId: '',
      session: '',
      upgraded: false,
      tty: false,
      offset: 0,
      subscription: 0,
      options: filters,
    };
    this.#streams.set(exchange, stream);
    for (const event of past) this.#event(stream, event);
    if (!live) this.#end(stream);
  }

  publish(event: DockerEvent): void {
    for (const stream of this.#streams.values()) if (stream.kind === 'events') this.#event(stream, event);
  }

  #event(stream: Stream, event: DockerEvent): void {
    const filters = stream.options as { readonly [name: string]: readonly string[] };
    const among = (name: string, values: readonly string[]): boolean =>
      filters[name] === undefined || filters[name].some((wanted) => values.includes(wanted));
    const kind = event.type === 'container' ? 'container' : event.type;
    const fits =
      among('type', [event.type]) &&
      among('event', [event.action, event.action.split(':')[0] ?? '']) &&
      (filters[kind] === undefined ||
        filters[kind].some((wanted) => event.id.startsWith(wanted) || event.attributes['name'] === wanted)) &&
      among(
        'label',
        Object.entries(event.attributes).flatMap(([key, value]) => [key, `${key}=${value}`]),
      );
    if (!fits) return;
    const isContainer = event.type === 'container' || event.type === 'image';
    this.engine.exchanges.chunk(stream.exchange, {
      object: {
        ...(isContainer ? { status: event.action, id: event.id } : {}),
        ...(event.type === 'container' ? { from: event.attributes['image'] ?? '' } : {}),
        Type: event.type,
        Action: event.action,
        Actor: { ID: event.id, Attributes: event.attributes },
        scope: 'local',
        time: Math.floor(event.unixUs / 1_000_000),
        timeNano: event.unixUs * 1000,
      },
    });
  }

  snapshot(): Plain {
    return [...this.#streams.values()] as unknown as Plain;
  }
  restore(state: Plain): void {
    this.#streams.clear();
    for (const stream of state as unknown as Stream[]) this.#streams.set(stream.exchange, stream);
  }
}
