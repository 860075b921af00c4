/** Images. */
import {
  historyOf,
  inspectImage,
  listImages,
  pruneImages,
  pull,
  removeImage,
  searchImages,
  tagImage,
} from '../images-api.ts';
import { isApiError } from '../model.ts';
import { type Route, route, json, yes, withFilters } from './route.ts';

export const imageRoutes: readonly Route[] = [
  route(
    'GET',
    '/images/json',
    withFilters(({ engine }, filters) => json(listImages(engine, filters))),
  ),
  route('POST', '/images/create', ({ engine, exchange, query }) => pull(engine, exchange, query) ?? 'later'),
  route('GET', '/images/search', ({ engine, query }) => json(searchImages(engine, query.get('term') ?? ''))),
  route(
    'POST',
    '/images/prune',
    withFilters(({ engine }, filters) =>
      json(pruneImages(engine, filters['dangling']?.some((value) => value === 'false' || value === '0') === true)),
    ),
  ),
  route('GET', '/images/{image}/json', ({ engine, params }) => {
    const image = inspectImage(engine, params[0] ?? '');
    return isApiError(image) ? image : json(image);
  }),
  route('GET', '/images/{image}/history', ({ engine, params }) => {
    const history = historyOf(engine, params[0] ?? '');
    return isApiError(history) ? history : json(history);
  }),
  route(
    'POST',
    '/images/{image}/tag',
    ({ engine, params, query }) =>
      tagImage(engine, params[0] ?? '', query.get('repo') ?? '', query.get('tag') ?? '') ?? { code: 201 },
  ),
  route('DELETE', '/images/{image}', ({ engine, params, query }) => {
    const removed = removeImage(engine, params[0] ?? '', yes(query, 'force'));
    return isApiError(removed) ? removed : json(removed);
  }),
];
