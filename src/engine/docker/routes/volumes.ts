/** Volumes. */
import { apiError, isApiError } from '../model.ts';
import { createVolume, pruneVolumes, removeVolume, volumeView } from '../volumes.ts';
import { type Route, route, json, settle, withFilters, labelsFit } from './route.ts';

export const volumeRoutes: readonly Route[] = [
  route(
    'GET',
    '/volumes',
    withFilters(({ engine }, filters) =>
      json({
        Volumes: [...engine.volumes.values()]
          .filter(
            (volume) =>
              (filters['name'] === undefined || filters['name'].some((wanted) => volume.name.includes(wanted))) &&
              labelsFit(filters['label'], volume.labels),
          )
          .map((volume) => volumeView(engine, volume)),
        Warnings: null,
      }),
    ),
  ),
  route('POST', '/volumes/create', ({ engine, body }) => {
    const volume = createVolume(engine, body);
    return isApiError(volume) ? volume : json(volumeView(engine, volume), 201);
  }),
  route(
    'POST',
    '/volumes/prune',
    withFilters(({ engine }, filters) =>
      json(pruneVolumes(engine, filters['all']?.some((value) => value === 'true' || value === '1') === true)),
    ),
  ),
  route('GET', '/volumes/{name}', ({ engine, params }) => {
    const volume = engine.volumes.get(params[0] ?? '');
    return volume === undefined
      ? apiError(404, `get ${params[0] ?? ''}: no such volume`)
      : json(volumeView(engine, volume));
  }),
  route('DELETE', '/volumes/{name}', ({ engine, params }) => settle(removeVolume(engine, params[0] ?? ''))),
];
