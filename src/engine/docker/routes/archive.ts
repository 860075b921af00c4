/** `docker cp`: files of a container as tar. */
import { pathStat, readArchive, writeArchive } from '../archive.ts';
import { apiError, isApiError, type DockerContainer } from '../model.ts';
import { type Call, type Answer, type Route, route, withContainer } from './route.ts';

const archive = (run: (call: Call, container: DockerContainer, path: string) => Answer): Route['run'] =>
  withContainer((call, container) => {
    const path = call.query.get('path') ?? '';
    return path === ''
      ? apiError(400, 'bad parameter: path cannot be empty')
      : run(call, container, path.startsWith('/') ? path : `/${path}`);
  });

const STAT_HEADER = 'x-docker-container-path-stat';

export const archiveRoutes: readonly Route[] = [
  route(
    'HEAD',
    '/containers/{id}/archive',
    archive(({ engine }, container, path) => {
      const stat = pathStat(engine, container, path);
      return isApiError(stat) ? stat : { code: 200, headers: { [STAT_HEADER]: stat } };
    }),
  ),
  route(
    'GET',
    '/containers/{id}/archive',
    archive(({ engine }, container, path) => {
      const stat = pathStat(engine, container, path);
      const bytes = isApiError(stat) ? stat : readArchive(engine, container, path);
      return isApiError(stat)
        ? stat
        : isApiError(bytes)
          ? bytes
          : { code: 200, bytes, headers: { 'content-type': 'application/x-tar', [STAT_HEADER]: stat } };
    }),
  ),
  route(
    'PUT',
    '/containers/{id}/archive',
    archive(({ engine, bytes }, container, path) => writeArchive(engine, container, path, bytes) ?? { code: 200 }),
  ),
];
