/** Answers that stay open: attach, exec, logs, stats. */
import { type Route, route, yes, withContainer } from './route.ts';

export const streamRoutes: readonly Route[] = [
  route(
    'POST',
    '/containers/{id}/attach',
    withContainer(
      ({ streams, exchange, query, headers }, container) =>
        streams.attaching.attach(exchange, container, query, headers) ?? 'later',
    ),
  ),
  route(
    'POST',
    '/containers/{id}/resize',
    withContainer(({ engine, query }, container) => {
      engine.runtime.resize(container.id, {
        rows: Number(query.get('h') ?? '0'),
        columns: Number(query.get('w') ?? '0'),
      });
      return { code: 200 };
    }),
  ),
  route(
    'GET',
    '/containers/{id}/logs',
    withContainer(
      ({ streams, exchange, query, headers }, container) =>
        streams.logs.open(exchange, container, query, headers) ?? 'later',
    ),
  ),
  route(
    'GET',
    '/containers/{id}/stats',
    withContainer(({ streams, exchange, query }, container) => {
      streams.reports.stats(exchange, container, query.has('stream') && !yes(query, 'stream'));
      return 'later';
    }),
  ),
];
