/** Images. */
import { globRegExp } from '../../../formats/glob.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { importImage, loadImages, saveImages } from '../images/image-archive.ts';
import {
  historyOf,
  inspectImage,
  listImages,
  pruneImages,
  pull,
  removeImage,
  searchImages,
  tagImage,
} from '../images/images-api.ts';
import { apiError, isApiError, type ApiError } from '../model.ts';
import { type Answer, type Route, route, json, yes, withFilters } from './route.ts';

export const imageRoutes: readonly Route[] = [
  route(
    'GET',
    '/images/json',
    withFilters(({ engine }, filters) =>
      (filters['reference'] ?? []).some((pattern) => globRegExp(pattern, { pathname: true }) === undefined)
        ? apiError(500, 'syntax error in pattern')
        : json(listImages(engine, filters)),
    ),
  ),
  route('POST', '/images/create', ({ engine, exchange, query, bytes }) => {
    if (!query.has('fromSrc')) return pull(engine, exchange, query) ?? 'later';
    if (query.get('fromSrc') !== '-') return apiError(501, "drydock: 'docker import' from a URL is not simulated");
    const made = importImage(engine, bytes, {
      repository: query.get('repo') ?? '',
      tag: query.get('tag') ?? '',
      message: query.get('message') ?? '',
    });
    return isApiError(made) ? made : json({ status: made.id });
  }),
  route('GET', '/images/get', ({ engine, valuesOf }) => archive(saveImages(engine, valuesOf('names')))),
  route('GET', '/images/{image}/get', ({ engine, params }) => archive(saveImages(engine, params))),
  route('POST', '/images/load', ({ engine, bytes }) => {
    const lines = loadImages(engine, bytes);
    if (isApiError(lines)) return lines;
    const text = lines.map((line) => `${JSON.stringify(line)}\r\n`).join('');
    return { bytes: encodeUtf8(text), headers: { 'content-type': 'application/json' }, code: 200 };
  }),
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

const archive = (made: Uint8Array | ApiError): Answer =>
  isApiError(made) ? made : { code: 200, bytes: made, headers: { 'content-type': 'application/x-tar' } };
