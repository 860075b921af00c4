/** GET /containers/ID/logs, from the file that the json-file driver writes. */
import { decodeUtf8, encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Headers } from '../../../protocol/http.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { parseJsonFile, type LogEntry } from '../../machine/container/log-format.ts';
import type { ExchangeId } from '../../machine/net/interface.ts';
import { parseRfc3339 } from '../../sim/clock.ts';
import { flag, object, text } from '../json-fields.ts';
import { apiError, type ApiError, type DockerContainer, type Engine } from '../model.ts';
import { type OpenStreams, type Query, type Stream, wants } from './open-streams.ts';

export class LogStreams {
  constructor(
    private readonly engine: Engine,
    private readonly streams: OpenStreams,
  ) {}

  #logPath(container: DockerContainer): string {
    return `${this.engine.config.dataRoot}/containers/${container.id}/${container.id}-json.log`;
  }
  entries(container: DockerContainer): readonly LogEntry[] {
    const bytes = this.engine.host.files.root.read(this.#logPath(container));
    return failed(bytes) ? [] : parseJsonFile(decodeUtf8(bytes));
  }

  open(exchange: ExchangeId, container: DockerContainer, query: Query, headers: Headers): ApiError | undefined {
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
    const stream = this.streams.openOutput(exchange, headers, flag(container.config, 'Tty'), {
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
    if (!follow || engine.runtime.container(container.id)?.pid === 0) this.streams.end(stream);
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
    this.streams.send(
      stream,
      entry.stream,
      encodeUtf8(stream.options['timestamps'] === true ? `${entry.time} ${entry.text}` : entry.text),
    );
  }

  /** Something was written to the log that a follower reads. */
  more(exchange: ExchangeId): void {
    const stream = this.streams.get(exchange);
    const container = stream === undefined ? undefined : this.engine.containers.get(stream.containerId);
    if (stream === undefined || container === undefined) return;
    const bytes = this.engine.host.files.root.read(this.#logPath(container));
    if (failed(bytes)) return;
    // A shorter file has been rotated.
    const from = bytes.length < stream.offset ? 0 : stream.offset;
    for (const entry of parseJsonFile(decodeUtf8(bytes.subarray(from))))
      if (this.#isWanted(entry, stream.options)) this.#line(stream, entry);
    this.streams.change({ ...stream, offset: bytes.length });
  }

  /** A container has ended: who follows its log gets the rest and the end. */
  containerEnded(containerId: string): void {
    for (const stream of this.streams.all()) {
      if (stream.containerId !== containerId || stream.kind !== 'logs') continue;
      this.more(stream.exchange);
      this.streams.end(this.streams.get(stream.exchange) ?? stream);
    }
  }
}
