/** GET /containers/ID/stats and GET /events. */
import type { JsonObject } from '../../../protocol/plain.ts';
import type { ExchangeId } from '../../machine/net/interface.ts';
import type { DockerContainer, DockerEvent, Engine } from '../model.ts';
import { statsView } from '../stats.ts';
import { labelsFit } from '../routes/route.ts';
import type { OpenStreams, Stream } from './open-streams.ts';

const STATS_INTERVAL_US = 1_000_000;

export class StatsAndEvents {
  constructor(
    private readonly engine: Engine,
    private readonly streams: OpenStreams,
  ) {}

  stats(exchange: ExchangeId, container: DockerContainer, once: boolean): void {
    this.streams.openObjects(exchange, { kind: 'stats', containerId: container.id, options: { once } });
    this.moreStats(exchange);
  }

  moreStats(exchange: ExchangeId): void {
    const stream = this.streams.get(exchange);
    const container = stream === undefined ? undefined : this.engine.containers.get(stream.containerId);
    if (stream === undefined) return;
    if (container === undefined) {
      this.streams.end(stream);
      return;
    }
    this.engine.exchanges.chunk(exchange, { object: statsView(this.engine, container) });
    if (stream.options['once'] === true) this.streams.end(stream);
    else this.engine.sim.loop.schedule(STATS_INTERVAL_US, this.engine.target, 'stats.more', { exchange });
  }

  /** What has been, then what comes until a moment (Unix µs), or for as long as the client listens. */
  events(
    exchange: ExchangeId,
    past: readonly DockerEvent[],
    untilUnixUs: number | undefined,
    filters: JsonObject,
  ): void {
    const { sim, target } = this.engine;
    const stream = this.streams.openObjects(exchange, { kind: 'events', containerId: '', options: filters });
    for (const event of past) this.#send(stream, event);
    if (untilUnixUs === undefined) return;
    const leftUs = untilUnixUs - sim.clock.unixUs;
    if (leftUs <= 0) this.streams.end(stream);
    else sim.loop.schedule(leftUs, target, 'events.until', { exchange });
  }

  /** How many follow the events now. */
  followers(): number {
    return this.streams.all().filter(({ kind }) => kind === 'events').length;
  }

  publish(event: DockerEvent): void {
    for (const stream of this.streams.all()) if (stream.kind === 'events') this.#send(stream, event);
  }

  #send(stream: Stream, event: DockerEvent): void {
    if (isWanted(event, stream.options as { readonly [name: string]: readonly string[] })) {
      this.engine.exchanges.chunk(stream.exchange, { object: eventView(event) });
    }
  }
}

type EventFilters = Readonly<Record<string, readonly string[]>>;

/** As moby daemon/events/filter.go: filters of different names all hold, of one name any; of labels all. */
function isWanted(event: DockerEvent, filters: EventFilters): boolean {
  const { id, type, action, attributes } = event;
  const exact = (name: string, values: readonly string[]): boolean =>
    filters[name] === undefined || filters[name].some((wanted) => values.includes(wanted));
  const begins = (name: string): boolean =>
    filters[name] === undefined ||
    filters[name].some((wanted) => id.startsWith(wanted) || (attributes['name'] ?? '').startsWith(wanted));
  const image = attributes[type === 'image' ? 'name' : 'image'] ?? '';
  return (
    exact('type', [type]) &&
    exact('event', [action, action.split(':')[0] ?? '']) &&
    exact('scope', ['local']) &&
    ['container', 'network', 'plugin', 'volume'].every(begins) &&
    exact('image', [id, image, withoutTag(id), withoutTag(image)]) &&
    labelsFit(filters['label'], attributes)
  );
}

const withoutTag = (reference: string): string => reference.replace(/:[^:/]*$/, '');

const eventView = (event: DockerEvent): JsonObject => ({
  ...(event.type === 'container' || event.type === 'image' ? { status: event.action, id: event.id } : {}),
  ...(event.type === 'container' ? { from: event.attributes['image'] ?? '' } : {}),
  Type: event.type,
  Action: event.action,
  Actor: { ID: event.id, Attributes: event.attributes },
  scope: 'local',
  time: Math.floor(event.unixUs / 1_000_000),
  timeNano: event.unixUs * 1000,
});
