/** The routes of API 1.50 that are modelled. */
import type { Headers } from '../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../protocol/plain.ts';
import { isFailure } from '../machine/container/interface.ts';
import { parseSignal } from '../machine/container/process-setup.ts';
import type { ExchangeId } from '../machine/net/interface.ts';
import { DOCKER_API_VERSION } from '../versions.ts';
import { pathStat, readArchive, writeArchive } from './archive.ts';
import { createContainer, newEndpoint } from './create.ts';
import {
  historyOf,
  inspectImage,
  listImages,
  pruneImages,
  pull,
  removeImage,
  searchImages,
  tagImage,
} from './images-api.ts';
import { flag, number, object, text, texts } from './json-fields.ts';
import type { Lifecycle } from './lifecycle.ts';
import {
  apiError,
  findContainer,
  findNetwork,
  isApiError,
  update,
  type ApiError,
  type DockerContainer,
  type Engine,
} from './model.ts';
import { createNetwork, plug, removeNetwork, unplug } from './networks.ts';
import type { PortProxy } from './port-proxy.ts';
import type { Query, Streams } from './streams.ts';
import { diskUsage, infoView, versionView } from './system.ts';
import { topView } from './top.ts';
import { inspectContainer, networkView, stateOf, summarise } from './views.ts';
import { createVolume, pruneVolumes, removeVolume, volumeView } from './volumes.ts';

export interface Call {
  readonly exchange: ExchangeId;
  readonly engine: Engine;
  readonly lifecycle: Lifecycle;
  readonly streams: Streams;
  readonly proxy: PortProxy;
  readonly method: string;
  readonly headers: Headers;
  readonly params: readonly string[];
  readonly query: Query;
  readonly body: JsonObject;
  readonly bytes: Uint8Array;
}
export interface Done {
  readonly code?: number;
  readonly json?: JsonValue;
  readonly bytes?: Uint8Array;
  readonly headers?: Headers;
}
/** `later`: the exchange is answered by an event. */
export type Answer = Done | ApiError | 'later';

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly run: (call: Call) => Answer;
}
const route = (method: string, path: string, run: Route['run']): Route => ({
  method,
  pattern: new RegExp(`^${path.replace('{image}', '(.+?)').replace(/\{\w+\}/g, '([^/]+)')}$`),
  run,
});

const OK: Done = {};
const json = (value: unknown, code = 200): Done => ({ code, json: value as JsonValue });
const yes = (query: Query, name: string): boolean => ['1', 'true', 'True'].includes(query.get(name) ?? '');
const settle = (problem: ApiError | undefined): Answer => problem ?? OK;

/** Runs with the container that the path names. */
const withContainer =
  (run: (call: Call, container: DockerContainer) => Answer) =>
  (call: Call): Answer => {
    const container = findContainer(call.engine, call.params[0] ?? '');
    return isApiError(container) ? container : run(call, container);
  };

/** `filters`: a map of lists, or of maps of true. */
function filtersOf(query: Query): Readonly<Record<string, readonly string[]>> | ApiError {
  const given = query.get('filters') ?? '';
  if (given === '') return {};
  try {
    const parsed = JSON.parse(given) as Record<string, readonly string[] | Record<string, boolean>>;
    return Object.fromEntries(
      Object.entries(parsed).map(([name, value]) => [
        name,
        Array.isArray(value) ? (value as readonly string[]) : Object.keys(value),
      ]),
    );
  } catch {
    return apiError(400, `invalid filter`);
  }
}

const withFilters =
  (run: (call: Call, filters: Readonly<Record<string, readonly string[]>>) => Answer) =>
  (call: Call): Answer => {
    const filters = filtersOf(call.query);
    return isApiError(filters) ? filters : run(call, filters);
  };

const labelsFit = (wanted: readonly string[] | undefined, labels: Readonly<Record<string, JsonValue>>): boolean =>
  wanted === undefined ||
  wanted.every((item) => {
    const cut = item.indexOf('=');
    return cut < 0 ? labels[item] !== undefined : labels[item.slice(0, cut)] === item.slice(cut + 1);
  });

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

function listContainers({ engine, query }: Call, filters: Readonly<Record<string, readonly string[]>>): Answer {
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
      has('name', (wanted) => new RegExp(wanted.replace(/^\^?\//, '^')).test(container.name)) &&
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

const already = (result: ApiError | 'already' | undefined): Answer =>
  result === 'already' ? { code: 304 } : (result ?? 'later');

function wait({ engine, exchange, query }: Call, container: DockerContainer): Answer {
  const given = query.get('condition') ?? '';
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
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name))
    return apiError(400, `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`);
  const holder = [...engine.containers.values()].find((other) => other.name === name);
  if (holder !== undefined)
    return apiError(
      409,
      holder.id === container.id
        ? 'Renaming a container with the same name as its current name'
        : `Conflict. The container name "/${name}" is already in use by container "${holder.id}". You have to remove (or rename) that container to be able to reuse that name.`,
    );
  engine.runtime.rename(container.id, name);
  update(engine, container.id, { name });
  engine.emit('container', 'rename', container.id, {
    ...lifecycle.attributes(container),
    name,
    oldName: `/${container.name}`,
  });
  return OK;
}

function updateResources({ engine, body, lifecycle }: Call, container: DockerContainer): Answer {
  const memory = number(body, 'Memory');
  const nanoCpus = number(body, 'NanoCpus');
  const quota = nanoCpus > 0 ? Math.round(nanoCpus / 10_000) : number(body, 'CpuQuota');
  const given = Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== 0 && value !== '' && value !== null && value !== undefined),
  );
  update(engine, container.id, { hostConfig: { ...container.hostConfig, ...given } });
  engine.runtime.update(container.id, {
    ...(memory > 0 ? { memoryLimitBytes: memory } : {}),
    ...(quota > 0 ? { cpuQuotaUs: quota, cpuPeriodUs: number(body, 'CpuPeriod') || 100_000 } : {}),
    ...(number(body, 'CpuShares') > 0 ? { cpuShares: number(body, 'CpuShares') } : {}),
    ...(number(body, 'PidsLimit') > 0 ? { pidsLimit: number(body, 'PidsLimit') } : {}),
  });
  engine.emit('container', 'update', container.id, lifecycle.attributes(container));
  return json({ Warnings: null });
}

function pruneContainers({ engine, lifecycle }: Call, filters: Readonly<Record<string, readonly string[]>>): Answer {
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

function connect({ engine, params, body }: Call): Answer {
  const network = findNetwork(engine, params[0] ?? '');
  const container = findContainer(engine, text(body, 'Container'));
  if (isApiError(network)) return network;
  if (isApiError(container)) return container;
  if (network.driver === 'host')
    return apiError(400, 'container cannot be disconnected from host network or connected to host network');
  if (container.endpoints[network.name] !== undefined)
    return apiError(403, `endpoint with name ${container.name} already exists in network ${network.name}`);
  const settings = object(body, 'EndpointConfig');
  const index = Object.keys(container.endpoints).length;
  const next = update(engine, container.id, {
    endpoints: {
      ...container.endpoints,
      [network.name]: newEndpoint(
        network.id,
        texts(settings, 'Aliases'),
        text(object(settings, 'IPAMConfig'), 'IPv4Address'),
      ),
    },
  });
  if (next === undefined || engine.runtime.container(container.id)?.pid === 0) return { code: 200 };
  return plug(engine, next, network.name, index) ?? { code: 200 };
}

function disconnect({ engine, params, body }: Call): Answer {
  const network = findNetwork(engine, params[0] ?? '');
  const container = findContainer(engine, text(body, 'Container'));
  if (isApiError(network)) return network;
  if (isApiError(container)) return container;
  if (container.endpoints[network.name] === undefined)
    return apiError(500, `container ${container.id} is not connected to network ${network.name}`);
  unplug(engine, container, network.name);
  const { [network.name]: _, ...endpoints } = engine.containers.get(container.id)?.endpoints ?? {};
  update(engine, container.id, { endpoints });
  return { code: 200 };
}

const networksOf = withFilters(({ engine }, filters) => {
  const has = (name: string, test: (wanted: string) => boolean): boolean =>
    filters[name] === undefined || filters[name].some(test);
  return json(
    [...engine.networks.values()]
      .filter(
        (network) =>
          has('name', (wanted) => network.name.includes(wanted)) &&
          has('id', (wanted) => network.id.startsWith(wanted)) &&
          has('driver', (wanted) => network.driver === wanted) &&
          has('type', (wanted) => (wanted === 'builtin') === ['bridge', 'host', 'none'].includes(network.name)) &&
          labelsFit(filters['label'], network.labels),
      )
      .map((network) => networkView(engine, network, false)),
  );
});

const pruneNetworks = withFilters(({ engine }, filters) => {
  const deleted: string[] = [];
  for (const network of [...engine.networks.values()]) {
    const used = [...engine.containers.values()].some(({ endpoints }) =>
      Object.values(endpoints).some(({ networkId }) => networkId === network.id),
    );
    if (used || ['bridge', 'host', 'none'].includes(network.name) || !labelsFit(filters['label'], network.labels))
      continue;
    if (removeNetwork(engine, network) === undefined) deleted.push(network.name);
  }
  return json({ NetworksDeleted: deleted.length === 0 ? null : deleted });
});

const events = withFilters(({ engine, streams, exchange, query }, filters) => {
  const moment = (name: string): number | undefined =>
    query.get(name) === undefined || query.get(name) === '' ? undefined : Number(query.get(name)) * 1_000_000;
  const since = moment('since');
  const until = moment('until');
  const past =
    since === undefined
      ? []
      : engine.events.filter(({ unixUs }) => unixUs >= since && (until === undefined || unixUs <= until));
  streams.events(exchange, past, until === undefined || until > engine.sim.clock.unixUs, filters);
  return 'later';
});

const archive = (run: (call: Call, container: DockerContainer, path: string) => Answer): Route['run'] =>
  withContainer((call, container) => {
    const path = call.query.get('path') ?? '';
    return path === ''
      ? apiError(400, 'bad parameter: path cannot be empty')
      : run(call, container, path.startsWith('/') ? path : `/${path}`);
  });

const STAT_HEADER = 'x-docker-container-path-stat';

export const ROUTES: readonly Route[] = [
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
  route('GET', '/info', ({ engine }) => json(infoView(engine))),
  route('GET', '/system/df', ({ engine }) => json(diskUsage(engine))),
  route('GET', '/events', events),
  route('POST', '/auth', () =>
    apiError(401, 'Get "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password'),
  ),

  route('GET', '/containers/json', withFilters(listContainers)),
  route('POST', '/containers/create', ({ engine, query, body }) => {
    const made = createContainer(engine, query.get('name') ?? '', body);
    return isApiError(made) ? made : json(made, 201);
  }),
  route('POST', '/containers/prune', withFilters(pruneContainers)),
  route(
    'GET',
    '/containers/{id}/json',
    withContainer(({ engine }, container) => json(inspectContainer(engine, container))),
  ),
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
  route('POST', '/containers/{id}/update', withContainer(updateResources)),
  route(
    'POST',
    '/containers/{id}/attach',
    withContainer(
      ({ streams, exchange, query, headers }, container) =>
        streams.attach(exchange, container, query, headers) ?? 'later',
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
        streams.logs(exchange, container, query, headers) ?? 'later',
    ),
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
    '/containers/{id}/stats',
    withContainer(({ streams, exchange, query }, container) => {
      streams.stats(exchange, container, query.has('stream') && !yes(query, 'stream'));
      return 'later';
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
  route(
    'POST',
    '/containers/{id}/exec',
    withContainer(({ streams, body }, container) => {
      const made = streams.createExec(container, body);
      return isApiError(made) ? made : json(made, 201);
    }),
  ),
  route(
    'DELETE',
    '/containers/{id}',
    withContainer(({ lifecycle, query }, container) =>
      settle(lifecycle.remove(container, { force: yes(query, 'force'), volumes: yes(query, 'v') })),
    ),
  ),
  route(
    'POST',
    '/exec/{id}/start',
    ({ streams, exchange, params, body, headers }) =>
      streams.startExec(exchange, params[0] ?? '', body, headers) ?? 'later',
  ),
  route('POST', '/exec/{id}/resize', ({ engine, params, query }) => {
    const exec = engine.execs.get(params[0] ?? '');
    if (exec === undefined) return apiError(404, `No such exec instance: ${params[0] ?? ''}`);
    engine.runtime.resize(exec.sessionId, {
      rows: Number(query.get('h') ?? '0'),
      columns: Number(query.get('w') ?? '0'),
    });
    return { code: 200 };
  }),
  route('GET', '/exec/{id}/json', ({ engine, params }) => {
    const exec = engine.execs.get(params[0] ?? '');
    if (exec === undefined) return apiError(404, `No such exec instance: ${params[0] ?? ''}`);
    const [entrypoint = '', ...args] = texts(exec.request, 'Cmd');
    return json({
      ID: exec.id,
      Running: exec.running,
      ExitCode: exec.exitCode,
      ProcessConfig: {
        tty: flag(exec.request, 'Tty'),
        entrypoint,
        arguments: args,
        privileged: flag(exec.request, 'Privileged'),
      },
      OpenStdin: flag(exec.request, 'AttachStdin'),
      OpenStderr: true,
      OpenStdout: true,
      CanRemove: false,
      ContainerID: exec.containerId,
      DetachKeys: '',
      Pid: engine.runtime.execPid(exec.sessionId),
    });
  }),

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

  route('GET', '/networks', networksOf),
  route('POST', '/networks/create', ({ engine, body }) => {
    const made = createNetwork(engine, body);
    return isApiError(made) ? made : json(made, 201);
  }),
  route('POST', '/networks/prune', pruneNetworks),
  route('GET', '/networks/{id}', ({ engine, params }) => {
    const network = findNetwork(engine, params[0] ?? '');
    return isApiError(network) ? network : json(networkView(engine, network, true));
  }),
  route('DELETE', '/networks/{id}', ({ engine, params }) => {
    const network = findNetwork(engine, params[0] ?? '');
    return isApiError(network) ? network : settle(removeNetwork(engine, network));
  }),
  route('POST', '/networks/{id}/connect', connect),
  route('POST', '/networks/{id}/disconnect', disconnect),

  // No plugin can be installed here, so none is there.
  route('GET', '/plugins', () => json([])),
  route('GET', '/plugins/{image}/json', ({ params }) => apiError(404, `plugin "${params[0] ?? ''}" not found`)),

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
