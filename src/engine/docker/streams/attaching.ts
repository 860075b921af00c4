/** POST /containers/ID/attach. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import type { Headers } from '../../../protocol/http.ts';
import { isFailure } from '../../machine/container/interface.ts';
import type { ExchangeId } from '../../machine/net/interface.ts';
import { flag, text } from '../json-fields.ts';
import { apiError, type ApiError, type DockerContainer, type Engine } from '../model.ts';
import type { LogStreams } from './log-streams.ts';
import { type OpenStreams, type Query, type Stream, wants } from './open-streams.ts';

export class Attaching {
  constructor(
    private readonly engine: Engine,
    private readonly streams: OpenStreams,
    private readonly logs: LogStreams,
  ) {}

  attach(exchange: ExchangeId, container: DockerContainer, query: Query, headers: Headers): ApiError | undefined {
    const { engine } = this;
    if (engine.runtime.container(container.id)?.state === 'paused')
      return apiError(409, `container ${container.id} is paused, unpause the container before attach`);
    const tty = flag(container.config, 'Tty');
    const start = { kind: 'attach', containerId: container.id } as const;
    if (!wants(query, 'stream')) {
      const stream = this.streams.openOutput(exchange, headers, tty, start);
      this.#sendLog(stream, container, query);
      this.streams.end(stream);
      return undefined;
    }
    const streams = { stdin: wants(query, 'stdin'), stdout: wants(query, 'stdout'), stderr: wants(query, 'stderr') };
    const attached = engine.runtime.attach(container.id, streams, {
      output: engine.notify('stream.output', { exchange }),
      ended: engine.notify('stream.ended', { exchange }),
    });
    if (isFailure(attached)) return apiError(409, attached.message);
    const stream = this.streams.openOutput(exchange, headers, tty, { ...start, session: attached.sessionId });
    this.#sendLog(stream, container, query);
    engine.emit('container', 'attach', container.id, { name: container.name, image: text(container.config, 'Image') });
    return undefined;
  }

  /** What was written before, where the client asks for it. */
  #sendLog(stream: Stream, container: DockerContainer, query: Query): void {
    if (!wants(query, 'logs')) return;
    for (const entry of this.logs.entries(container)) this.streams.send(stream, entry.stream, encodeUtf8(entry.text));
  }
}
