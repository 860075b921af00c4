/** docker ps, stop, rm and the other commands about containers. */
import { formatTable } from '../../../formats/table.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { jsonLines } from './client.ts';
import {
  array,
  each,
  encode,
  filters,
  humanDuration,
  humanSize,
  member,
  number,
  printRows,
  text,
  type Context,
  type Verb,
} from './context.ts';
import { Fatal } from './fatal.ts';
import { ramInBytes } from './run-options.ts';

const HEADERS = {
  ID: 'CONTAINER ID',
  Image: 'IMAGE',
  Command: 'COMMAND',
  RunningFor: 'CREATED',
  CreatedAt: 'CREATED AT',
  Status: 'STATUS',
  State: 'STATE',
  Ports: 'PORTS',
  Names: 'NAMES',
  Size: 'SIZE',
  Labels: 'LABELS',
  Mounts: 'MOUNTS',
  Networks: 'NETWORKS',
  LocalVolumes: 'LOCAL VOLUMES',
};

const cut = (value: string, length: number): string =>
  value.length <= length ? value : `${value.slice(0, length - 1)}…`;

/** `0.0.0.0:8080->80/tcp, [::]:8080->80/tcp, 443/tcp`. */
export function portsText(ports: readonly JsonObject[]): string {
  const shown = ports.map((port) => {
    const inner = `${String(number(port, 'PrivatePort'))}/${text(port, 'Type')}`;
    const ip = text(port, 'IP');
    return port['PublicPort'] === undefined
      ? inner
      : `${ip.includes(':') ? `[${ip}]` : ip}:${String(number(port, 'PublicPort'))}->${inner}`;
  });
  return shown.join(', ');
}

async function ps(context: Context): Promise<number> {
  const { client, flags, process, io } = context;
  const query = [`filters=${filters(flags.list('filter'))}`];
  if (flags.bool('all')) query.push('all=1');
  if (flags.bool('latest')) query.push('limit=1');
  else if (flags.int('last') > 0) query.push(`limit=${String(flags.int('last'))}`);
  if (flags.bool('size')) query.push('size=1');
  const list = array(await client.must('GET', `/containers/json?${query.join('&')}`));
  const full = flags.bool('no-trunc');
  if (flags.bool('quiet') && flags.string('format') === '') {
    for (const item of list) io.line(full ? text(item, 'Id') : text(item, 'Id').slice(0, 12));
    return 0;
  }
  const now = process.time().realtimeUs / 1_000_000;
  const rows = list.map((item) => ({
    ID: full ? text(item, 'Id') : text(item, 'Id').slice(0, 12),
    Image: full || !text(item, 'Image').startsWith('sha256:') ? text(item, 'Image') : text(item, 'Image').slice(7, 19),
    Command: `"${full ? text(item, 'Command') : cut(text(item, 'Command'), 20)}"`,
    RunningFor: `${humanDuration(now - number(item, 'Created'))} ago`,
    Status: text(item, 'Status'),
    State: text(item, 'State'),
    Ports: portsText(array(item['Ports'])),
    Names: (member(item, 'Names') as readonly string[]).map((name) => name.slice(1)).join(','),
    Size: `${humanSize(number(item, 'SizeRw'))} (virtual ${humanSize(number(item, 'SizeRootFs'))})`,
    Labels: Object.entries((item['Labels'] ?? {}) as JsonObject)
      .map(([key, value]) => `${key}=${String(value)}`)
      .join(','),
    Mounts: array(item['Mounts'])
      .map((mount) => cut(text(mount, 'Name') === '' ? text(mount, 'Source') : text(mount, 'Name'), full ? 1e6 : 15))
      .join(','),
    Networks: Object.keys((member(item, 'NetworkSettings', 'Networks') ?? {}) as JsonObject).join(','),
  }));
  printRows(
    context,
    flags.string('format'),
    HEADERS,
    ['ID', 'Image', 'Command', 'RunningFor', 'Status', 'Ports', 'Names', ...(flags.bool('size') ? ['Size'] : [])],
    rows,
  );
  return 0;
}

/** A verb that sends one request per container and echoes its name. */
function simple(
  use: string,
  short: string,
  flags: readonly string[],
  completes: 'containers' | 'running',
  request: (context: Context, id: string) => readonly [method: string, target: string, body?: JsonObject],
): Verb {
  return {
    use,
    short,
    args: [1, Infinity],
    flags,
    completes,
    run: (context) =>
      each(context, async (name) => {
        const [method, target, body] = request(context, encode(name));
        await context.client.must(method, target, body);
        return name;
      }),
  };
}

/** With -f a container that is not there is told and forgiven. */
function withMissing(verb: Verb): Verb {
  return {
    ...verb,
    run: async (context) => {
      if (!context.flags.bool('force')) return verb.run(context);
      for (const name of context.flags.args) {
        try {
          await verb.run({ ...context, flags: context.flags.withArgs([name]) });
        } catch (problem) {
          if (!(problem instanceof Fatal) || !problem.text.includes('No such container')) throw problem;
          await context.io.raw(`${problem.text}\n`);
        }
      }
      return 0;
    },
  };
}

const timeout = ({ flags }: Context): string => {
  const query = [
    ...(flags.changed('timeout')
      ? [`t=${String(flags.int('timeout'))}`]
      : flags.changed('time')
        ? [`t=${String(flags.int('time'))}`]
        : []),
    ...(flags.changed('signal') ? [`signal=${flags.string('signal')}`] : []),
  ];
  return query.length === 0 ? '' : `?${query.join('&')}`;
};

async function top(context: Context): Promise<number> {
  const [name = '', ...args] = context.flags.args;
  const table = await context.client.must(
    'GET',
    `/containers/${encode(name)}/top${args.length === 0 ? '' : `?ps_args=${encodeURIComponent(args.join(' '))}`}`,
  );
  const rows = [
    member(table, 'Titles'),
    ...((member(table, 'Processes') ?? []) as readonly JsonValue[]),
  ] as readonly (readonly string[])[];
  context.io.out(formatTable(rows, { minWidth: 20, padding: 3 }));
  return 0;
}

async function port(context: Context): Promise<number> {
  const [name = '', wanted] = context.flags.args;
  const container = await context.client.must('GET', `/containers/${encode(name)}/json`);
  const ports = (member(container, 'NetworkSettings', 'Ports') ?? {}) as JsonObject;
  const lines: string[] = [];
  const key = wanted === undefined ? undefined : wanted.includes('/') ? wanted : `${wanted}/tcp`;
  for (const [inner, bound] of Object.entries(ports)) {
    if (key !== undefined && inner !== key) continue;
    for (const one of array(bound))
      lines.push(
        `${key === undefined ? `${inner} -> ` : ''}${text(one, 'HostIp')}:${text(one, 'HostPort')}`,
        ...(text(one, 'HostIp') === '0.0.0.0'
          ? [`${key === undefined ? `${inner} -> ` : ''}[::]:${text(one, 'HostPort')}`]
          : []),
      );
  }
  if (key !== undefined && lines.length === 0)
    throw new Fatal(`no public port '${wanted ?? ''}' published for ${name}`);
  for (const line of lines) context.io.line(line);
  return 0;
}

async function stats(context: Context): Promise<number> {
  const { client, flags } = context;
  if (!flags.bool('no-stream')) throw new Fatal("drydock: 'docker stats' without --no-stream is not simulated");
  const names =
    flags.args.length > 0
      ? flags.args
      : array(await client.must('GET', `/containers/json${flags.bool('all') ? '?all=1' : ''}`)).map((item) =>
          text(item, 'Id'),
        );
  const rows: Record<string, string>[] = [];
  for (const name of names) {
    const { connection, response } = await client.open('GET', `/containers/${encode(name)}/stats?stream=0`);
    if (response.head.status >= 400) throw new Fatal(`Error response from daemon: No such container: ${name}`);
    for await (const item of jsonLines(response)) {
      const used = number(item, 'memory_stats', 'usage');
      const limit = number(item, 'memory_stats', 'limit');
      const share =
        number(item, 'cpu_stats', 'system_cpu_usage') === 0
          ? 0
          : (number(item, 'cpu_stats', 'cpu_usage', 'total_usage') / number(item, 'cpu_stats', 'system_cpu_usage')) *
            number(item, 'cpu_stats', 'online_cpus') *
            100;
      const networks = Object.values((item['networks'] ?? {}) as JsonObject);
      const sum = (key: string): number => networks.reduce((total: number, network) => total + number(network, key), 0);
      rows.push({
        ID: text(item, 'id').slice(0, 12),
        Container: name,
        Name: text(item, 'name').replace(/^\//, ''),
        CPUPerc: `${share.toFixed(2)}%`,
        MemUsage: `${binarySize(used)} / ${binarySize(limit)}`,
        MemPerc: `${(limit === 0 ? 0 : (used / limit) * 100).toFixed(2)}%`,
        NetIO: `${humanSize(sum('rx_bytes'))} / ${humanSize(sum('tx_bytes'))}`,
        BlockIO: '0B / 0B',
        PIDs: String(number(item, 'pids_stats', 'current')),
      });
    }
    connection.close();
  }
  printRows(
    context,
    flags.string('format'),
    {
      ID: 'CONTAINER ID',
      Container: 'CONTAINER',
      Name: 'NAME',
      CPUPerc: 'CPU %',
      MemUsage: 'MEM USAGE / LIMIT',
      MemPerc: 'MEM %',
      NetIO: 'NET I/O',
      BlockIO: 'BLOCK I/O',
      PIDs: 'PIDS',
    },
    ['ID', 'Name', 'CPUPerc', 'MemUsage', 'MemPerc', 'NetIO', 'BlockIO', 'PIDs'],
    rows,
  );
  return 0;
}

function binarySize(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < 3) {
    value /= 1024;
    unit += 1;
  }
  return `${String(Number(value.toPrecision(4)))}${units[unit] ?? ''}`;
}

async function prune(context: Context): Promise<number> {
  await confirm(context, 'This will remove all stopped containers.');
  const done = await context.client.must('POST', `/containers/prune?filters=${filters(context.flags.list('filter'))}`);
  const deleted = (member(done, 'ContainersDeleted') ?? []) as readonly string[];
  if (deleted.length > 0) context.io.out(`Deleted Containers:\n${deleted.join('\n')}\n\n`);
  context.io.line(`Total reclaimed space: ${humanSize(number(done, 'SpaceReclaimed'), 4)}`);
  return 0;
}

/** Asks unless -f; a closed input or anything but y is no. */
export async function confirm(context: Context, warning: string): Promise<void> {
  if (context.flags.bool('force')) return;
  context.io.out(`WARNING! ${warning}\nAre you sure you want to continue? [y/N] `);
  await context.io.flush();
  const answer = await context.process.read(0, 64);
  const said =
    answer instanceof Uint8Array
      ? String.fromCharCode(...answer)
          .trim()
          .toLowerCase()
      : '';
  if (said !== 'y' && said !== 'yes')
    throw new Fatal(
      `${context.path.split(' ').slice(1).join(' ')} has been cancelled`.replace(/^.*?(\w+) prune/, '$1 prune'),
    );
}

export const containerVerbs: Readonly<Record<string, Verb>> = {
  ps: {
    use: '[OPTIONS]',
    short: 'List containers',
    args: [0, 0],
    flags: ['all', 'filter', 'format', 'last', 'latest', 'no-trunc', 'quiet', 'size'],
    run: ps,
  },
  stop: simple(
    '[OPTIONS] CONTAINER [CONTAINER...]',
    'Stop one or more running containers',
    ['signal', 'time', 'timeout'],
    'running',
    (context, id) => ['POST', `/containers/${id}/stop${timeout(context)}`],
  ),
  restart: simple(
    '[OPTIONS] CONTAINER [CONTAINER...]',
    'Restart one or more containers',
    ['signal', 'time', 'timeout'],
    'containers',
    (context, id) => ['POST', `/containers/${id}/restart${timeout(context)}`],
  ),
  kill: simple(
    '[OPTIONS] CONTAINER [CONTAINER...]',
    'Kill one or more running containers',
    ['signal'],
    'running',
    ({ flags }, id) => [
      'POST',
      `/containers/${id}/kill${flags.changed('signal') ? `?signal=${flags.string('signal')}` : ''}`,
    ],
  ),
  pause: simple(
    'CONTAINER [CONTAINER...]',
    'Pause all processes within one or more containers',
    [],
    'running',
    (_context, id) => ['POST', `/containers/${id}/pause`],
  ),
  unpause: simple(
    'CONTAINER [CONTAINER...]',
    'Unpause all processes within one or more containers',
    [],
    'running',
    (_context, id) => ['POST', `/containers/${id}/unpause`],
  ),
  rm: withMissing(
    simple(
      '[OPTIONS] CONTAINER [CONTAINER...]',
      'Remove one or more containers',
      ['force', 'volumes'],
      'containers',
      ({ flags }, id) => [
        'DELETE',
        `/containers/${id}?${flags.bool('force') ? 'force=1' : ''}${flags.bool('volumes') ? '&v=1' : ''}`,
      ],
    ),
  ),
  update: simple(
    '[OPTIONS] CONTAINER [CONTAINER...]',
    'Update configuration of one or more containers',
    ['memory', 'cpus', 'cpu-shares', 'cpu-quota', 'cpu-period', 'pids-limit', 'restart'],
    'containers',
    ({ flags }, id) => [
      'POST',
      `/containers/${id}/update`,
      {
        ...(flags.changed('memory') ? { Memory: ramInBytes(flags.string('memory'), '-m, --memory') } : {}),
        ...(flags.changed('cpus') ? { NanoCpus: Math.round(Number(flags.string('cpus')) * 1e9) } : {}),
        CpuShares: flags.int('cpu-shares'),
        CpuQuota: flags.int('cpu-quota'),
        CpuPeriod: flags.int('cpu-period'),
        PidsLimit: flags.int('pids-limit'),
        ...(flags.changed('restart')
          ? {
              RestartPolicy: {
                Name: flags.string('restart').split(':')[0] ?? '',
                MaximumRetryCount: Number(flags.string('restart').split(':')[1] ?? '0'),
              },
            }
          : {}),
      },
    ],
  ),
  wait: {
    use: 'CONTAINER [CONTAINER...]',
    short: 'Block until one or more containers stop, then print their exit codes',
    args: [1, Infinity],
    flags: [],
    completes: 'containers',
    run: (context) =>
      each(context, async (name) =>
        String(number(await context.client.must('POST', `/containers/${encode(name)}/wait`), 'StatusCode')),
      ),
  },
  rename: {
    use: 'CONTAINER NEW_NAME',
    short: 'Rename a container',
    args: [2, 2],
    flags: [],
    completes: 'containers',
    run: async ({ client, flags }) => {
      await client.must(
        'POST',
        `/containers/${encode(flags.args[0] ?? '')}/rename?name=${encodeURIComponent(flags.args[1] ?? '')}`,
      );
      return 0;
    },
  },
  top: {
    use: 'CONTAINER [ps OPTIONS]',
    short: 'Display the running processes of a container',
    args: [1, Infinity],
    flags: [],
    interspersed: false,
    completes: 'running',
    run: top,
  },
  port: {
    use: 'CONTAINER [PRIVATE_PORT[/PROTO]]',
    short: 'List port mappings or a specific mapping for the container',
    args: [1, 2],
    flags: [],
    completes: 'running',
    run: port,
  },
  stats: {
    use: '[OPTIONS] [CONTAINER...]',
    short: 'Display a live stream of container(s) resource usage statistics',
    args: [0, Infinity],
    flags: ['all', 'format', 'no-stream', 'no-trunc'],
    completes: 'running',
    run: stats,
  },
  diff: {
    use: 'CONTAINER',
    short: "Inspect changes to files or directories on a container's filesystem",
    args: [1, 1],
    flags: [],
    completes: 'containers',
    run: async ({ client, flags, io }) => {
      for (const change of array(await client.must('GET', `/containers/${encode(flags.args[0] ?? '')}/changes`)))
        io.line(`${'CAD'.charAt(number(change, 'Kind'))} ${text(change, 'Path')}`);
      return 0;
    },
  },
  'container prune': {
    use: '[OPTIONS]',
    short: 'Remove all stopped containers',
    args: [0, 0],
    flags: ['filter', 'force'],
    run: prune,
  },
};
