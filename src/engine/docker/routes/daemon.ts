/** The daemon itself: ping, version, info, disk usage, events, login, plugins. */
import { DOCKER_API_VERSION } from '../../versions.ts';
import { apiError } from '../model.ts';
import { diskUsage, infoView, versionView } from '../system.ts';
import { type Route, route, json, withFilters } from './route.ts';

const events = withFilters(({ engine, streams, exchange, query }, filters) => {
  const given = (name: string): string => query.get(name) ?? '';
  for (const name of ['since', 'until'])
    if (!/^(\d+(\.\d+)?)?$/.test(given(name)))
      return apiError(400, `strconv.ParseInt: parsing ${JSON.stringify(given(name))}: invalid syntax`);
  const moment = (name: string): number | undefined =>
    given(name) === '' ? undefined : Math.round(Number(given(name)) * 1_000_000);
  const since = moment('since');
  const until = moment('until');
  if (since !== undefined && until !== undefined && since > until)
    return apiError(400, `\`since\` time (${given('since')}) cannot be after \`until\` time (${given('until')})`);
  const past =
    since === undefined && until === undefined
      ? []
      : engine.events.filter(({ unixUs }) => unixUs >= (since ?? 0) && unixUs <= (until ?? Infinity));
  streams.reports.events(exchange, past, until, filters);
  return 'later';
});

export const daemonRoutes: readonly Route[] = [
  route('GET', '/_ping', () => ({
    code: 200,
    bytes: Uint8Array.of(79, 75),
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'builder-version': '2',
      swarm: 'inactive',
      'docker-experimental': 'false',
      'cache-control': 'no-cache, no-store, must-revalidate',
      'api-version': DOCKER_API_VERSION,
    },
  })),
  route('GET', '/version', () => json(versionView())),
  route('GET', '/info', ({ engine, streams }) => json(infoView(engine, streams.reports.followers()))),
  route('GET', '/system/df', ({ engine }) => json(diskUsage(engine))),
  route('GET', '/events', events),
  route('POST', '/auth', () =>
    apiError(401, 'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password'),
  ),

  // There is no builder, so its cache is empty.
  route('POST', '/build/prune', () => json({ CachesDeleted: null, SpaceReclaimed: 0 })),

  // No plugin can be installed here, so none is there.
  route('GET', '/plugins', () => json([])),
  route('GET', '/plugins/{image}/json', ({ params }) => apiError(404, `plugin "${params[0] ?? ''}" not found`)),
];
