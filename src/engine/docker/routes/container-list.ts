/** GET /containers/json: filters and order of `docker ps`. */
import { object } from '../json-fields.ts';
import { apiError } from '../model.ts';
import { stateOf, summarise } from '../views.ts';
import { type Call, type Filters, type Answer, json, yes, labelsFit } from './route.ts';

const CONTAINER_FILTERS = new Set([
  'ancestor',
  'before',
  'exited',
  'expose',
  'health',
  'id',
  'is-task',
  'label',
  'name',
  'network',
  'publish',
  'since',
  'status',
  'volume',
  'isolation',
]);

export function listContainers({ engine, query }: Call, filters: Filters): Answer {
  const unknown = Object.keys(filters).find((name) => !CONTAINER_FILTERS.has(name));
  if (unknown !== undefined) return apiError(400, `invalid filter '${unknown}'`);
  const limit = Number(query.get('limit') ?? '0');
  const all = yes(query, 'all') || limit > 0 || filters['status'] !== undefined || filters['exited'] !== undefined;
  const image = (name: string): string | undefined => engine.runtime.images('moby').find(name)?.id;
  const has = (name: string, test: (wanted: string) => boolean): boolean =>
    filters[name] === undefined || filters[name].some(test);
  const shown = [...engine.containers.values()].toReversed().filter((container) => {
    const runtime = engine.runtime.container(container.id);
    const state = stateOf(container, runtime);
    return (
      (all || ['running', 'paused', 'restarting'].includes(state)) &&
      has('status', (wanted) => wanted === state) &&
      has('id', (wanted) => container.id.startsWith(wanted)) &&
      has('name', (wanted) => expressionOf(wanted.replace(/^\^?\//, '^'))?.test(container.name) === true) &&
      labelsFit(filters['label'], object(container.config, 'Labels')) &&
      has('ancestor', (wanted) => image(wanted) === container.imageId) &&
      has('exited', (wanted) => state === 'exited' && runtime?.exitCode === Number(wanted)) &&
      has('network', (wanted) =>
        Object.entries(container.endpoints).some(
          ([name, { networkId }]) => name === wanted || networkId.startsWith(wanted),
        ),
      ) &&
      has('volume', (wanted) =>
        container.mounts.some(
          (mount) => mount['Name'] === wanted || mount['Destination'] === wanted || mount['Source'] === wanted,
        ),
      ) &&
      has('publish', (wanted) => container.ports.some(({ hostPort }) => String(hostPort) === wanted.split('/')[0])) &&
      has('health', (wanted) => (container.health?.status ?? 'none') === wanted)
    );
  });
  return json(
    (limit > 0 ? shown.slice(0, limit) : shown).map((container) => summarise(engine, container, yes(query, 'size'))),
  );
}

/** What is no expression matches nothing (filters.Match of moby). */
function expressionOf(source: string): RegExp | undefined {
  try {
    return new RegExp(source);
  } catch {
    return undefined;
  }
}
