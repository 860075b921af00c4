/** Images, networks, volumes, inspect, events, system, version. */
import { civilFromUnix } from '../../../formats/civil-time.ts';
import { stringifyJson } from '../../../formats/json.ts';
import { formatTable, DOCKER_TABLE } from '../../../formats/table.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { daemonError, jsonLines } from './client.ts';
import { confirm } from './containers.ts';
import {
  array,
  each,
  encode,
  filters,
  humanDuration,
  humanSize,
  member,
  number,
  printObjects,
  printRows,
  text,
  type Context,
  type Verb,
} from './context.ts';
import { Fatal } from './fatal.ts';

const shortId = (id: string): string => id.replace(/^sha256:/, '').slice(0, 12);

async function images(context: Context): Promise<number> {
  const { client, flags, process, io } = context;
  const given = [...flags.list('filter'), ...(flags.args[0] === undefined ? [] : [`reference=${flags.args[0]}`])];
  const list = array(await client.must('GET', `/images/json?filters=${filters(given)}`));
  const full = flags.bool('no-trunc');
  const now = process.time().realtimeUs / 1_000_000;
  const rows = list.flatMap((image) => {
    const tags = (image['RepoTags'] ?? []) as readonly string[];
    const digests = (image['RepoDigests'] ?? []) as readonly string[];
    const id = full ? text(image, 'Id') : shortId(text(image, 'Id'));
    return (tags.length === 0 ? ['<none>:<none>'] : tags).map((tag) => {
      const repository = tag.slice(0, tag.lastIndexOf(':'));
      const digest = digests.find((item) => item.startsWith(`${repository}@`))?.split('@')[1] ?? '<none>';
      return {
        ID: id,
        Repository: repository,
        Tag: tag.slice(tag.lastIndexOf(':') + 1),
        Digest: digest,
        CreatedSince: `${humanDuration(now - number(image, 'Created'))} ago`,
        Size: humanSize(number(image, 'Size')),
      };
    });
  });
  if (flags.bool('quiet') && flags.string('format') === '') {
    for (const row of rows) io.line(row.ID);
    return 0;
  }
  printRows(
    context,
    flags.string('format'),
    {
      ID: 'IMAGE ID',
      Repository: 'REPOSITORY',
      Tag: 'TAG',
      Digest: 'DIGEST',
      CreatedSince: 'CREATED',
      CreatedAt: 'CREATED AT',
      Size: 'SIZE',
    },
    ['Repository', 'Tag', ...(flags.bool('digests') ? ['Digest'] : []), 'ID', 'CreatedSince', 'Size'],
    rows,
  );
  return 0;
}

const rmi: Verb = {
  use: '[OPTIONS] IMAGE [IMAGE...]',
  short: 'Remove one or more images',
  args: [1, Infinity],
  flags: ['force', 'no-prune'],
  completes: 'images',
  run: (context) =>
    each(context, async (name) => {
      const lines = array(
        await context.client.must('DELETE', `/images/${encode(name)}${context.flags.bool('force') ? '?force=1' : ''}`),
      );
      return lines
        .map((line) =>
          text(line, 'Untagged') === '' ? `Deleted: ${text(line, 'Deleted')}` : `Untagged: ${text(line, 'Untagged')}`,
        )
        .join('\n');
    }),
};

async function history(context: Context): Promise<number> {
  const { client, flags, process } = context;
  const now = process.time().realtimeUs / 1_000_000;
  const full = flags.bool('no-trunc');
  const list = array(await client.must('GET', `/images/${encode(flags.args[0] ?? '')}/history`));
  if (flags.bool('quiet')) {
    for (const item of list) context.io.line(full ? text(item, 'Id') : shortId(text(item, 'Id')));
    return 0;
  }
  const cut = (value: string): string => (full || value.length <= 45 ? value : `${value.slice(0, 44)}…`);
  const rows = list.map((item) => ({
    ID: text(item, 'Id') === '<missing>' ? '<missing>' : full ? text(item, 'Id') : shortId(text(item, 'Id')),
    CreatedSince: `${humanDuration(now - number(item, 'Created'))} ago`,
    CreatedBy: cut(text(item, 'CreatedBy').replace(/\s+/g, ' ')),
    Size: humanSize(number(item, 'Size')),
    Comment: text(item, 'Comment'),
  }));
  printRows(
    context,
    flags.string('format'),
    { ID: 'IMAGE', CreatedSince: 'CREATED', CreatedBy: 'CREATED BY', Size: 'SIZE', Comment: 'COMMENT' },
    ['ID', 'CreatedSince', 'CreatedBy', 'Size', 'Comment'],
    rows,
  );
  return 0;
}

/** Objects of one or several kinds by name; what is missing is told after what was found. */
function inspect(kinds: readonly (readonly [kind: string, path: (name: string) => string])[]): Verb['run'] {
  return async (context) => {
    const { client, flags, io } = context;
    const wanted = flags.string('type') === '' ? kinds : kinds.filter(([kind]) => kind === flags.string('type'));
    const found: JsonValue[] = [];
    const errors: string[] = [];
    for (const name of flags.args) {
      let last = `Error: No such ${wanted.length > 1 ? 'object' : (wanted[0]?.[0] ?? 'object')}: ${name}`;
      let hit = false;
      for (const [, path] of wanted) {
        const reply = await client.ask('GET', path(encode(name)));
        if (reply.status < 400) {
          found.push(reply.json ?? null);
          hit = true;
          break;
        }
        if (wanted.length === 1) last = daemonError(reply.json);
      }
      if (!hit) errors.push(last);
    }
    if (found.length > 0 || flags.string('format') === '') printObjects(context, flags.string('format'), found);
    await io.flush();
    if (errors.length > 0) throw new Fatal(errors.join('\n'));
    return 0;
  };
}
const CONTAINER = ['container', (name: string) => `/containers/${name}/json`] as const;
const IMAGE = ['image', (name: string) => `/images/${name}/json`] as const;
const NETWORK = ['network', (name: string) => `/networks/${name}`] as const;
const VOLUME = ['volume', (name: string) => `/volumes/${name}`] as const;
const inspectVerb = (
  use: string,
  short: string,
  kinds: Parameters<typeof inspect>[0],
  completes: 'containers' | 'images' | 'networks' | 'volumes',
): Verb => ({ use, short, args: [1, Infinity], flags: ['format', 'type', 'size'], completes, run: inspect(kinds) });

async function networkLs(context: Context): Promise<number> {
  const list = array(await context.client.must('GET', `/networks?filters=${filters(context.flags.list('filter'))}`));
  const rows = list
    .map((item) => ({
      ID: context.flags.bool('no-trunc') ? text(item, 'Id') : shortId(text(item, 'Id')),
      Name: text(item, 'Name'),
      Driver: text(item, 'Driver'),
      Scope: text(item, 'Scope'),
    }))
    .toSorted((a, b) => (a.Name < b.Name ? -1 : 1));
  if (context.flags.bool('quiet')) for (const row of rows) context.io.line(row.ID);
  else
    printRows(
      context,
      context.flags.string('format'),
      { ID: 'NETWORK ID', Name: 'NAME', Driver: 'DRIVER', Scope: 'SCOPE' },
      ['ID', 'Name', 'Driver', 'Scope'],
      rows,
    );
  return 0;
}

const pairs = (items: readonly string[]): JsonObject =>
  Object.fromEntries(items.map((item) => [item.split('=')[0] ?? '', item.split('=').slice(1).join('=')]));

async function networkCreate({ client, flags, io }: Context): Promise<number> {
  const subnet = flags.list('subnet')[0];
  const config: JsonObject = {
    ...(subnet === undefined ? {} : { Subnet: subnet }),
    ...(flags.list('gateway')[0] === undefined ? {} : { Gateway: flags.list('gateway')[0] }),
  };
  const body: JsonObject = {
    Name: flags.args[0] ?? '',
    Driver: flags.string('driver') === '' ? 'bridge' : flags.string('driver'),
    Internal: flags.bool('internal'),
    Attachable: flags.bool('attachable'),
    Labels: pairs(flags.list('label')),
    Options: pairs(flags.list('opt')),
    IPAM: { Driver: 'default', Config: Object.keys(config).length === 0 ? [] : [config] },
  };
  io.line(text(await client.must('POST', '/networks/create', body), 'Id'));
  return 0;
}

async function volumeLs(context: Context): Promise<number> {
  const list = array(
    member(await context.client.must('GET', `/volumes?filters=${filters(context.flags.list('filter'))}`), 'Volumes'),
  ).toSorted((a, b) => (text(a, 'Name') < text(b, 'Name') ? -1 : 1));
  if (context.flags.bool('quiet')) for (const item of list) context.io.line(text(item, 'Name'));
  else
    printRows(
      context,
      context.flags.string('format'),
      { Driver: 'DRIVER', Name: 'VOLUME NAME', Mountpoint: 'MOUNTPOINT', Scope: 'SCOPE' },
      ['Driver', 'Name'],
      list.map((item) => ({
        Driver: text(item, 'Driver'),
        Name: text(item, 'Name'),
        Mountpoint: text(item, 'Mountpoint'),
        Scope: 'local',
      })),
    );
  return 0;
}

function pruneOf(path: string, warning: (context: Context) => string, member_: string, title: string): Verb['run'] {
  return async (context) => {
    await confirm(context, warning(context));
    const all = context.flags.bool('all');
    const given = [
      ...context.flags.list('filter'),
      ...(path === 'images' && all ? ['dangling=false'] : []),
      ...(path === 'volumes' && all ? ['all=true'] : []),
    ];
    const done = await context.client.must('POST', `/${path}/prune?filters=${filters(given)}`);
    const deleted = ((member(done, member_) ?? []) as readonly JsonValue[]).map((item) =>
      typeof item === 'string'
        ? item
        : text(item, 'Untagged') === ''
          ? `deleted: ${text(item, 'Deleted')}`
          : `untagged: ${text(item, 'Untagged')}`,
    );
    if (deleted.length > 0) context.io.out(`${title}:\n${deleted.join('\n')}\n\n`);
    if (path !== 'networks') context.io.line(`Total reclaimed space: ${humanSize(number(done, 'SpaceReclaimed'), 4)}`);
    return 0;
  };
}

async function systemPrune(context: Context): Promise<number> {
  const all = context.flags.bool('all');
  await confirm(
    context,
    `This will remove:\n  - all stopped containers\n  - all networks not used by at least one container\n${context.flags.bool('volumes') ? '  - all anonymous volumes not used by at least one container\n' : ''}  - ${all ? 'all images without at least one container associated to them' : 'all dangling images'}\n  - ${all ? 'all build cache' : 'unused build cache'}\n`,
  );
  let space = 0;
  const steps: readonly (readonly [string, string, string, string])[] = [
    ['containers', 'ContainersDeleted', 'Deleted Containers', ''],
    ['networks', 'NetworksDeleted', 'Deleted Networks', ''],
    ...(context.flags.bool('volumes') ? ([['volumes', 'VolumesDeleted', 'Deleted Volumes', '']] as const) : []),
    ['images', 'ImagesDeleted', 'Deleted Images', all ? 'dangling=false' : ''],
  ];
  for (const [path, name, title, filter] of steps) {
    const done = await context.client.must('POST', `/${path}/prune?filters=${filters(filter === '' ? [] : [filter])}`);
    const deleted = ((member(done, name) ?? []) as readonly JsonValue[]).map((item) =>
      typeof item === 'string'
        ? item
        : text(item, 'Untagged') === ''
          ? `deleted: ${text(item, 'Deleted')}`
          : `untagged: ${text(item, 'Untagged')}`,
    );
    if (deleted.length > 0) context.io.out(`${title}:\n${deleted.join('\n')}\n\n`);
    space += number(done, 'SpaceReclaimed');
  }
  context.io.line(`Total reclaimed space: ${humanSize(space, 4)}`);
  return 0;
}

async function df(context: Context): Promise<number> {
  const usage = await context.client.must('GET', '/system/df');
  const [images_, containers, volumes] = [
    array(member(usage, 'Images')),
    array(member(usage, 'Containers')),
    array(member(usage, 'Volumes')),
  ];
  const sum = (items: readonly JsonObject[], size: (item: JsonObject) => number): number =>
    items.reduce((total, item) => total + size(item), 0);
  const usedImages = images_.filter((item) => number(item, 'Containers') > 0);
  const reclaim = (free: number, total: number): string =>
    `${humanSize(free, 4)}${total === 0 ? '' : ` (${String(Math.floor((free / total) * 100))}%)`}`;
  const layers = number(usage, 'LayersSize');
  const running = containers.filter((item) => text(item, 'State') === 'running');
  const size = (item: JsonObject): number => number(item, 'UsageData', 'Size');
  const freeImages = Math.max(0, layers - sum(usedImages, (item) => number(item, 'Size')));
  const rows = [
    ['TYPE', 'TOTAL', 'ACTIVE', 'SIZE', 'RECLAIMABLE'],
    ['Images', String(images_.length), String(usedImages.length), humanSize(layers, 4), reclaim(freeImages, layers)],
    [
      'Containers',
      String(containers.length),
      String(running.length),
      humanSize(
        sum(containers, (item) => number(item, 'SizeRw')),
        4,
      ),
      reclaim(
        sum(
          containers.filter((item) => text(item, 'State') !== 'running'),
          (item) => number(item, 'SizeRw'),
        ),
        sum(containers, (item) => number(item, 'SizeRw')),
      ),
    ],
    [
      'Local Volumes',
      String(volumes.length),
      String(volumes.filter((item) => number(item, 'UsageData', 'RefCount') > 0).length),
      humanSize(sum(volumes, size), 4),
      reclaim(
        sum(
          volumes.filter((item) => number(item, 'UsageData', 'RefCount') === 0),
          size,
        ),
        sum(volumes, size),
      ),
    ],
    ['Build Cache', '0', '0', '0B', '0B'],
  ];
  context.io.out(formatTable(rows, DOCKER_TABLE));
  return 0;
}

async function events(context: Context): Promise<number> {
  const { client, flags, io } = context;
  const query = [
    `filters=${filters(flags.list('filter'))}`,
    ...(flags.changed('since') ? [`since=${encodeURIComponent(flags.string('since'))}`] : []),
    ...(flags.changed('until') ? [`until=${encodeURIComponent(flags.string('until'))}`] : []),
  ];
  const { response } = await client.open('GET', `/events?${query.join('&')}`);
  for await (const event of jsonLines(response)) {
    if (flags.string('format') !== '') {
      printObjects({ ...context }, flags.string('format') === 'json' ? '{{json .}}' : flags.string('format'), [event]);
      if (!(await io.flush())) return 1;
      continue;
    }
    const nano = number(event, 'timeNano');
    const seconds = Math.floor(nano / 1e9);
    const at = new TimeText(seconds, Math.round(nano - seconds * 1e9));
    const attributes = Object.entries((member(event, 'Actor', 'Attributes') ?? {}) as JsonObject)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${key}=${String(value)}`);
    io.line(
      `${at.text} ${text(event, 'Type')} ${text(event, 'Action')} ${text(event, 'Actor', 'ID')}${attributes.length === 0 ? '' : ` (${attributes.join(', ')})`}`,
    );
    if (!(await io.flush())) return 1;
  }
  return 0;
}

/** `2026-03-02T00:00:00.000000000Z`. */
class TimeText {
  readonly text: string;
  constructor(seconds: number, nanos: number) {
    const { year, month, day, hour, minute, second } = civilFromUnix(seconds);
    const two = (value: number): string => String(value).padStart(2, '0');
    this.text = `${String(year)}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${String(nanos).padStart(9, '0')}Z`;
  }
}

const CLIENT_VERSION = {
  Version: '28.2.2',
  ApiVersion: '1.50',
  DefaultAPIVersion: '1.50',
  GitCommit: 'simulated',
  GoVersion: 'go1.24.3',
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: 'Fri May 30 12:07:28 2025',
  Context: 'default',
};

async function version(context: Context): Promise<number> {
  const { client, flags, io } = context;
  let server: JsonValue | undefined;
  let problem: string | undefined;
  try {
    server = await client.must('GET', '/version');
  } catch (failure) {
    if (!(failure instanceof Fatal)) throw failure;
    problem = failure.text;
  }
  if (flags.string('format') !== '') {
    printObjects(context, flags.string('format') === 'json' ? '{{json .}}' : flags.string('format'), [
      { Client: CLIENT_VERSION, Server: server ?? null },
    ]);
  } else {
    const line = (indent: string, name: string, value: string): string =>
      `${indent}${`${name}:`.padEnd(19 - indent.length + 1)}${value}\n`;
    io.out('Client: Docker Engine - Community\n');
    for (const [name, value] of [
      ['Version', '28.2.2'],
      ['API version', '1.50'],
      ['Go version', 'go1.24.3'],
      ['Git commit', 'simulated'],
      ['Built', CLIENT_VERSION.BuildTime],
      ['OS/Arch', 'linux/amd64'],
      ['Context', 'default'],
    ] as const)
      io.out(line(' ', name, value));
    if (server !== undefined) {
      io.out('\nServer: Docker Engine - Community\n');
      for (const component of array(member(server, 'Components'))) {
        const isEngine = text(component, 'Name') === 'Engine';
        io.out(` ${text(component, 'Name')}:\n`);
        io.out(line('  ', 'Version', text(component, 'Version')));
        if (isEngine)
          io.out(
            [
              ['API version', `${text(server, 'ApiVersion')} (minimum version ${text(server, 'MinAPIVersion')})`],
              ['Go version', text(server, 'GoVersion')],
              ['Git commit', text(server, 'GitCommit')],
              ['Built', CLIENT_VERSION.BuildTime],
              ['OS/Arch', 'linux/amd64'],
              ['Experimental', 'false'],
            ]
              .map(([name = '', value = '']) => line('  ', name, value))
              .join(''),
          );
        else io.out(line('  ', 'GitCommit', text(component, 'Details', 'GitCommit')));
      }
    }
  }
  await io.flush();
  if (problem !== undefined) throw new Fatal(problem);
  return 0;
}

async function info(context: Context): Promise<number> {
  const { client, flags, io } = context;
  const found = await client.must('GET', '/info');
  if (flags.string('format') !== '') {
    if (flags.string('format') === 'json') io.line(stringifyJson(found, { sortKeys: false }));
    else printObjects(context, flags.string('format'), [found ?? null]);
    return 0;
  }
  const of = (name: string): string => String(member(found, name) ?? '');
  const plugins = (kind: string): string => ((member(found, 'Plugins', kind) ?? []) as readonly string[]).join(' ');
  const cidrs = ((member(found, 'RegistryConfig', 'InsecureRegistryCIDRs') ?? []) as readonly string[]).map(
    (item) => `  ${item}`,
  );
  io.out(
    `Client: Docker Engine - Community\n Version:    28.2.2\n Context:    default\n Debug Mode: false\n\nServer:\n Containers: ${of('Containers')}\n  Running: ${of('ContainersRunning')}\n  Paused: ${of('ContainersPaused')}\n  Stopped: ${of('ContainersStopped')}\n Images: ${of('Images')}\n Server Version: ${of('ServerVersion')}\n Storage Driver: ${of('Driver')}\n${((member(found, 'DriverStatus') ?? []) as readonly (readonly string[])[]).map(([key, value]) => `  ${key ?? ''}: ${value ?? ''}\n`).join('')} Logging Driver: ${of('LoggingDriver')}\n Cgroup Driver: ${of('CgroupDriver')}\n Cgroup Version: ${of('CgroupVersion')}\n Plugins:\n  Volume: ${plugins('Volume')}\n  Network: ${plugins('Network')}\n  Log: ${plugins('Log')}\n Swarm: inactive\n Runtimes: io.containerd.runc.v2 runc\n Default Runtime: runc\n Init Binary: docker-init\n containerd version: ${text(found, 'ContainerdCommit', 'ID')}\n runc version: ${text(found, 'RuncCommit', 'ID')}\n init version: ${text(found, 'InitCommit', 'ID')}\n Security Options:\n  apparmor\n  seccomp\n   Profile: builtin\n  cgroupns\n Kernel Version: ${of('KernelVersion')}\n Operating System: ${of('OperatingSystem')}\n OSType: linux\n Architecture: ${of('Architecture')}\n CPUs: ${of('NCPU')}\n Total Memory: ${(number(found, 'MemTotal') / 1024 ** 3).toPrecision(4)}GiB\n Name: ${of('Name')}\n ID: ${of('ID')}\n Docker Root Dir: ${of('DockerRootDir')}\n Debug Mode: ${of('Debug')}\n Experimental: false\n Insecure Registries:\n${cidrs.join('\n')}\n Live Restore Enabled: ${of('LiveRestoreEnabled')}\n\n`,
  );
  return 0;
}

const removeEach =
  (path: string) =>
  (context: Context): Promise<number> =>
    each(context, async (name) => {
      await context.client.must('DELETE', `/${path}/${encode(name)}`);
      return name;
    });

export const objectVerbs: Readonly<Record<string, Verb>> = {
  images: {
    use: '[OPTIONS] [REPOSITORY[:TAG]]',
    short: 'List images',
    args: [0, 1],
    flags: ['all', 'digests', 'filter', 'format', 'no-trunc', 'quiet'],
    completes: 'images',
    run: images,
  },
  rmi,
  history: {
    use: '[OPTIONS] IMAGE',
    short: 'Show the history of an image',
    args: [1, 1],
    flags: ['format', 'human', 'no-trunc', 'quiet'],
    completes: 'images',
    run: history,
  },
  tag: {
    use: 'SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
    short: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
    args: [2, 2],
    flags: [],
    completes: 'images',
    run: async ({ client, flags }) => {
      const [from = '', to = ''] = flags.args;
      const colon = to.lastIndexOf(':');
      const hasTag = colon > to.lastIndexOf('/');
      await client.must(
        'POST',
        `/images/${encode(from)}/tag?repo=${encodeURIComponent(hasTag ? to.slice(0, colon) : to)}&tag=${encodeURIComponent(hasTag ? to.slice(colon + 1) : '')}`,
      );
      return 0;
    },
  },
  search: {
    use: '[OPTIONS] TERM',
    short: 'Search Docker Hub for images',
    args: [1, 1],
    flags: ['limit', 'no-trunc', 'format'],
    run: async (context) => {
      const list = array(
        await context.client.must('GET', `/images/search?term=${encodeURIComponent(context.flags.args[0] ?? '')}`),
      );
      printRows(
        context,
        context.flags.string('format'),
        { Name: 'NAME', Description: 'DESCRIPTION', StarCount: 'STARS', IsOfficial: 'OFFICIAL' },
        ['Name', 'Description', 'StarCount', 'IsOfficial'],
        list.map((item) => ({
          Name: text(item, 'name'),
          Description: text(item, 'description'),
          StarCount: String(number(item, 'star_count')),
          IsOfficial: item['is_official'] === true ? '[OK]' : '',
        })),
      );
      return 0;
    },
  },
  inspect: inspectVerb(
    '[OPTIONS] NAME|ID [NAME|ID...]',
    'Return low-level information on Docker objects',
    [CONTAINER, IMAGE, NETWORK, VOLUME],
    'containers',
  ),
  'container inspect': inspectVerb(
    '[OPTIONS] CONTAINER [CONTAINER...]',
    'Display detailed information on one or more containers',
    [CONTAINER],
    'containers',
  ),
  'image inspect': inspectVerb(
    '[OPTIONS] IMAGE [IMAGE...]',
    'Display detailed information on one or more images',
    [IMAGE],
    'images',
  ),
  'network inspect': inspectVerb(
    '[OPTIONS] NETWORK [NETWORK...]',
    'Display detailed information on one or more networks',
    [NETWORK],
    'networks',
  ),
  'volume inspect': inspectVerb(
    '[OPTIONS] VOLUME [VOLUME...]',
    'Display detailed information on one or more volumes',
    [VOLUME],
    'volumes',
  ),
  'network ls': {
    use: '[OPTIONS]',
    short: 'List networks',
    args: [0, 0],
    flags: ['filter', 'format', 'no-trunc', 'quiet'],
    run: networkLs,
  },
  'network create': {
    use: '[OPTIONS] NETWORK',
    short: 'Create a network',
    args: [1, 1],
    flags: ['attachable', 'driver', 'gateway', 'internal', 'label', 'opt', 'subnet'],
    run: networkCreate,
  },
  'network rm': {
    use: 'NETWORK [NETWORK...]',
    short: 'Remove one or more networks',
    args: [1, Infinity],
    flags: [],
    completes: 'networks',
    run: removeEach('networks'),
  },
  'network connect': {
    use: '[OPTIONS] NETWORK CONTAINER',
    short: 'Connect a container to a network',
    args: [2, 2],
    flags: ['alias', 'ip'],
    completes: 'networks',
    run: async ({ client, flags }) => {
      await client.must('POST', `/networks/${encode(flags.args[0] ?? '')}/connect`, {
        Container: flags.args[1] ?? '',
        EndpointConfig: {
          Aliases: flags.list('alias'),
          ...(flags.changed('ip') ? { IPAMConfig: { IPv4Address: flags.string('ip') } } : {}),
        },
      });
      return 0;
    },
  },
  'network disconnect': {
    use: '[OPTIONS] NETWORK CONTAINER',
    short: 'Disconnect a container from a network',
    args: [2, 2],
    flags: ['force'],
    completes: 'networks',
    run: async ({ client, flags }) => {
      await client.must('POST', `/networks/${encode(flags.args[0] ?? '')}/disconnect`, {
        Container: flags.args[1] ?? '',
        Force: flags.bool('force'),
      });
      return 0;
    },
  },
  'network prune': {
    use: '[OPTIONS]',
    short: 'Remove all unused networks',
    args: [0, 0],
    flags: ['filter', 'force'],
    run: pruneOf(
      'networks',
      () => 'This will remove all custom networks not used by at least one container.',
      'NetworksDeleted',
      'Deleted Networks',
    ),
  },
  'volume ls': {
    use: '[OPTIONS]',
    short: 'List volumes',
    args: [0, 0],
    flags: ['filter', 'format', 'quiet'],
    run: volumeLs,
  },
  'volume create': {
    use: '[OPTIONS] [VOLUME]',
    short: 'Create a volume',
    args: [0, 1],
    flags: ['driver', 'label', 'name', 'opt'],
    run: async ({ client, flags, io }) => {
      io.line(
        text(
          await client.must('POST', '/volumes/create', {
            Name: flags.args[0] ?? flags.string('name'),
            Driver: flags.string('driver'),
            Labels: pairs(flags.list('label')),
            DriverOpts: pairs(flags.list('opt')),
          }),
          'Name',
        ),
      );
      return 0;
    },
  },
  'volume rm': {
    use: '[OPTIONS] VOLUME [VOLUME...]',
    short: 'Remove one or more volumes',
    args: [1, Infinity],
    flags: ['force'],
    completes: 'volumes',
    run: removeEach('volumes'),
  },
  'volume prune': {
    use: '[OPTIONS]',
    short: 'Remove unused local volumes',
    args: [0, 0],
    flags: ['all', 'filter', 'force'],
    run: pruneOf(
      'volumes',
      ({ flags }) =>
        flags.bool('all')
          ? 'This will remove all local volumes not used by at least one container.'
          : 'This will remove anonymous local volumes not used by at least one container.',
      'VolumesDeleted',
      'Deleted Volumes',
    ),
  },
  'image prune': {
    use: '[OPTIONS]',
    short: 'Remove unused images',
    args: [0, 0],
    flags: ['all', 'filter', 'force'],
    run: pruneOf(
      'images',
      ({ flags }) =>
        flags.bool('all')
          ? 'This will remove all images without at least one container associated to them.'
          : 'This will remove all dangling images.',
      'ImagesDeleted',
      'Deleted Images',
    ),
  },
  'system prune': {
    use: '[OPTIONS]',
    short: 'Remove unused data',
    args: [0, 0],
    flags: ['all', 'force', 'volumes'],
    run: systemPrune,
  },
  'system df': { use: '[OPTIONS]', short: 'Show docker disk usage', args: [0, 0], flags: [], run: df },
  events: {
    use: '[OPTIONS]',
    short: 'Get real time events from the server',
    args: [0, 0],
    flags: ['filter', 'format', 'since', 'until'],
    run: events,
  },
  version: {
    use: '[OPTIONS]',
    short: 'Show the Docker version information',
    args: [0, 0],
    flags: ['format'],
    run: version,
  },
  info: { use: '[OPTIONS]', short: 'Display system-wide information', args: [0, 0], flags: ['format'], run: info },
  login: {
    use: '[OPTIONS] [SERVER]',
    short: 'Authenticate to a registry',
    args: [0, 1],
    flags: ['username', 'password', 'password-stdin'],
    run: async ({ client, flags }) => {
      if (!flags.changed('username'))
        throw new Fatal('Error: Cannot perform an interactive login from a non TTY device');
      await client.must('POST', '/auth', {
        username: flags.string('username'),
        password: flags.string('password'),
        serveraddress: flags.args[0] ?? 'https://index.docker.io/v1/',
      });
      return 0;
    },
  },
};
