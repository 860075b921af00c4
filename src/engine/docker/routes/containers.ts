/** Containers themselves: list, create, inspect, remove, prune; their processes and changes. */
import { isFailure } from '../../machine/container/interface.ts';
import { createContainer } from '../create/create-container.ts';
import { object } from '../json-fields.ts';
import { readWholeArchive } from '../archive.ts';
import { commit } from '../images/commit.ts';
import { apiError, findContainer, isApiError } from '../model.ts';
import { topView } from '../top.ts';
import { inspectContainer } from '../views.ts';
import { listContainers } from './container-list.ts';
import {
  type Call,
  type Filters,
  type Answer,
  type Route,
  route,
  json,
  yes,
  settle,
  withContainer,
  withFilters,
  labelsFit,
} from './route.ts';

export const containerRoutes: readonly Route[] = [
  route('GET', '/containers/json', withFilters(listContainers)),
  route('POST', '/containers/create', ({ engine, query, body }) => {
    const made = createContainer(engine, query.get('name') ?? '', body);
    return isApiError(made) ? made : json(made, 201);
  }),
  route('POST', '/containers/prune', withFilters(pruneContainers)),
  route(
    'GET',
    '/containers/{id}/json',
    withContainer(({ engine, query }, container) => json(inspectContainer(engine, container, yes(query, 'size')))),
  ),
  route(
    'GET',
    '/containers/{id}/top',
    withContainer(({ engine, query }, container) => {
      const table = topView(engine, container, query.get('ps_args') ?? '-ef');
      return isApiError(table) ? table : json(table);
    }),
  ),
  route(
    'GET',
    '/containers/{id}/changes',
    withContainer(({ engine }, container) => {
      const changes = engine.runtime.changes(container.id);
      if (isFailure(changes)) return apiError(500, changes.message);
      return json(
        changes.length === 0
          ? null
          : changes.map(({ kind, path }) => ({ Path: path, Kind: kind === 'modified' ? 0 : kind === 'added' ? 1 : 2 })),
      );
    }),
  ),
  route(
    'GET',
    '/containers/{id}/export',
    withContainer(({ engine }, container) => ({
      code: 200,
      bytes: readWholeArchive(engine, container),
      headers: { 'content-type': 'application/octet-stream' },
    })),
  ),
  route('POST', '/commit', ({ engine, query, body }) => {
    const container = findContainer(engine, query.get('container') ?? '');
    const made = isApiError(container) ? container : commit(engine, container, query, body);
    return isApiError(made) ? made : json(made, 201);
  }),
  route(
    'DELETE',
    '/containers/{id}',
    withContainer(({ lifecycle, query }, container) =>
      settle(lifecycle.remove(container, { force: yes(query, 'force'), volumes: yes(query, 'v') })),
    ),
  ),
];

function pruneContainers({ engine, lifecycle }: Call, filters: Filters): Answer {
  const deleted: string[] = [];
  let space = 0;
  for (const container of [...engine.containers.values()]) {
    const runtime = engine.runtime.container(container.id);
    if (
      runtime === undefined ||
      runtime.pid !== 0 ||
      container.restarting ||
      !labelsFit(filters['label'], object(container.config, 'Labels'))
    )
      continue;
    space += engine.host.files.root.usage(runtime.upperDirectory).bytes;
    if (lifecycle.remove(container, { force: false, volumes: false }) === undefined) deleted.push(container.id);
  }
  return json({ ContainersDeleted: deleted.length === 0 ? null : deleted, SpaceReclaimed: space });
}
