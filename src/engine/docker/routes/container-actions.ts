/** What is done to a container: start, stop, restart, kill, pause, wait, rename, update. */
import { parseSignal } from '../../machine/container/process-setup.ts';
import { refuseName } from '../create/create-container.ts';
import { updateContainer } from '../update-container.ts';
import { apiError, isApiError, update, type ApiError, type DockerContainer } from '../model.ts';
import { type Call, type Answer, type Route, route, OK, json, withContainer } from './route.ts';

export const actionRoutes: readonly Route[] = [
  route(
    'POST',
    '/containers/{id}/start',
    withContainer(({ lifecycle, exchange }, container) => already(lifecycle.start(container, exchange))),
  ),
  route(
    'POST',
    '/containers/{id}/stop',
    withContainer(({ lifecycle, exchange, query }, container) =>
      already(
        lifecycle.stop(
          container,
          exchange,
          'respond',
          query.has('t') ? Number(query.get('t')) : undefined,
          query.get('signal'),
        ),
      ),
    ),
  ),
  route(
    'POST',
    '/containers/{id}/restart',
    withContainer(({ lifecycle, exchange, query }, container) => {
      const stopping = lifecycle.stop(
        container,
        exchange,
        'restart',
        query.has('t') ? Number(query.get('t')) : undefined,
        query.get('signal'),
      );
      return stopping === 'already' ? already(lifecycle.start(container, exchange)) : (stopping ?? 'later');
    }),
  ),
  route('POST', '/containers/{id}/kill', withContainer(kill)),
  route(
    'POST',
    '/containers/{id}/pause',
    withContainer((call, container) => freeze(call, container, 'pause')),
  ),
  route(
    'POST',
    '/containers/{id}/unpause',
    withContainer((call, container) => freeze(call, container, 'unpause')),
  ),
  route('POST', '/containers/{id}/wait', withContainer(wait)),
  route('POST', '/containers/{id}/rename', withContainer(rename)),
  route(
    'POST',
    '/containers/{id}/update',
    withContainer(({ engine, body, lifecycle }, container) => {
      const updated = updateContainer(engine, container, body);
      if (isApiError(updated)) return updated;
      engine.emit('container', 'update', container.id, lifecycle.attributes(container));
      return json(updated);
    }),
  ),
];

const already = (result: ApiError | 'already' | undefined): Answer =>
  result === 'already' ? { code: 304 } : (result ?? 'later');

function wait({ engine, exchange, query }: Call, container: DockerContainer): Answer {
  const given = query.get('condition') ?? '';
  if (!['', 'not-running', 'next-exit', 'removed'].includes(given))
    return apiError(400, `invalid condition: ${JSON.stringify(given)}`);
  const condition = given === 'next-exit' || given === 'removed' ? given : 'not-running';
  const runtime = engine.runtime.container(container.id);
  engine.exchanges.head(exchange, { status: 200, headers: { 'content-type': 'application/json' } });
  if (condition === 'not-running' && runtime?.pid === 0 && !container.restarting) {
    engine.exchanges.chunk(exchange, { object: { StatusCode: runtime.exitCode } });
    engine.exchanges.end(exchange);
  } else engine.waiters.push({ exchange, containerId: container.id, condition });
  return 'later';
}

function kill({ engine, lifecycle, query }: Call, container: DockerContainer): Answer {
  const given = query.get('signal') ?? '';
  const signal = given === '' ? 'SIGKILL' : parseSignal(given);
  if (signal === undefined) return apiError(400, `invalid signal: ${given}`);
  const refused = engine.runtime.kill(container.id, signal);
  if (refused !== undefined)
    return apiError(409, `cannot kill container: ${container.id}: container ${container.id} is not running`);
  if (signal === 'SIGKILL' || signal === 'SIGTERM') update(engine, container.id, { stoppedByUser: true });
  engine.emit('container', 'kill', container.id, {
    ...lifecycle.attributes(container),
    signal: signal.replace('SIG', ''),
  });
  return OK;
}

function freeze(call: Call, container: DockerContainer, action: 'pause' | 'unpause'): Answer {
  const { engine } = call;
  const state = engine.runtime.container(container.id)?.state;
  if (action === 'pause' && state === 'paused') return apiError(409, `Container ${container.id} is already paused`);
  if (action === 'pause' && state !== 'running') return apiError(409, `Container ${container.id} is not running`);
  if (action === 'unpause' && state !== 'paused') return apiError(409, `Container ${container.id} is not paused`);
  const refused = action === 'pause' ? engine.runtime.pause(container.id) : engine.runtime.unpause(container.id);
  if (refused !== undefined) return apiError(500, refused.message);
  engine.emit('container', action, container.id, call.lifecycle.attributes(container));
  return OK;
}

function rename({ engine, query, lifecycle }: Call, container: DockerContainer): Answer {
  const name = (query.get('name') ?? '').replace(/^\//, '');
  if (name === '') return apiError(400, 'Neither old nor new names may be empty');
  if (name === container.name) return apiError(409, 'Renaming a container with the same name as its current name');
  const refused = refuseName(engine, name);
  if (refused !== undefined) return refused;
  engine.runtime.rename(container.id, name);
  update(engine, container.id, { name });
  engine.emit('container', 'rename', container.id, {
    ...lifecycle.attributes(container),
    name,
    oldName: `/${container.name}`,
  });
  return OK;
}
