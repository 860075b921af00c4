/** HEALTHCHECK: a command in the container, at intervals (moby daemon/health.go). */
import { list, number, object, texts } from './json-fields.ts';
import { isFailure } from '../machine/container/interface.ts';
import { update, type Engine, type Health } from './model.ts';

const DEFAULT_INTERVAL_US = 30_000_000;
const DEFAULT_TIMEOUT_US = 30_000_000;
const DEFAULT_RETRIES = 3;
const KEPT_RESULTS = 5;

export class Healthchecks {
  constructor(private readonly engine: Engine) {}

  #settings(id: string):
    | {
        readonly argv: readonly string[];
        readonly intervalUs: number;
        readonly timeoutUs: number;
        readonly startPeriodUs: number;
        readonly retries: number;
      }
    | undefined {
    const container = this.engine.containers.get(id);
    const check = object(container?.config ?? {}, 'Healthcheck');
    const [kind, ...rest] = texts(check, 'Test');
    if (container === undefined || list(check, 'Test').length === 0 || kind === 'NONE') return undefined;
    const us = (name: string, initial: number): number =>
      number(check, name) === 0 ? initial : number(check, name) / 1000;
    return {
      argv: kind === 'CMD-SHELL' ? ['/bin/sh', '-c', rest[0] ?? ''] : rest,
      intervalUs: us('Interval', DEFAULT_INTERVAL_US),
      timeoutUs: us('Timeout', DEFAULT_TIMEOUT_US),
      startPeriodUs: us('StartPeriod', 0),
      retries: number(check, 'Retries') || DEFAULT_RETRIES,
    };
  }

  started(id: string): void {
    const settings = this.#settings(id);
    if (settings === undefined) return;
    update(this.engine, id, { health: { status: 'starting', failing: 0, log: [] } });
    this.engine.sim.loop.schedule(settings.intervalUs, this.engine.target, 'health.check', { id });
  }

  ended(id: string): void {
    const container = this.engine.containers.get(id);
    if (container?.health === undefined) return;
    const { health: _, ...rest } = container;
    this.engine.containers.set(id, { ...rest, health: { ...container.health, status: 'unhealthy' } });
  }

  check(id: string): void {
    const settings = this.#settings(id);
    if (settings === undefined || this.engine.runtime.container(id)?.state !== 'running') return;
    const started = this.engine.runtime.exec(
      id,
      { argv: settings.argv, timeoutUs: settings.timeoutUs },
      { ended: this.engine.notify('health.result', { id }) },
    );
    if (isFailure(started)) this.result(id, 1, false);
  }

  result(id: string, exitCode: number, timedOut: boolean): void {
    const settings = this.#settings(id);
    const container = this.engine.containers.get(id);
    if (
      settings === undefined ||
      container?.health === undefined ||
      this.engine.runtime.container(id)?.state !== 'running'
    )
      return;
    const { health } = container;
    const failing = exitCode === 0 ? 0 : health.failing + 1;
    const now = this.engine.sim.clock.unixUs;
    const young =
      now - (this.engine.runtime.container(id)?.startedUnixUs ?? 0) < settings.startPeriodUs &&
      health.status === 'starting';
    const status: Health['status'] =
      exitCode === 0 ? 'healthy' : failing >= settings.retries && !young ? 'unhealthy' : health.status;
    const output = timedOut ? `Health check exceeded timeout (${String(settings.timeoutUs / 1_000_000)}s)` : '';
    const log = [...health.log, { start: now, end: now, exitCode: timedOut ? -1 : exitCode, output }].slice(
      -KEPT_RESULTS,
    );
    update(this.engine, id, { health: { status, failing: young ? 0 : failing, log } });
    if (status !== health.status)
      this.engine.emit('container', `health_status: ${status}`, id, {
        name: container.name,
        image: String(container.config['Image'] ?? ''),
      });
    this.engine.sim.loop.schedule(settings.intervalUs, this.engine.target, 'health.check', { id });
  }
}
