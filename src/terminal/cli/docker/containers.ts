/** docker stop, rm and the other commands that change or look into containers. */
import { formatTable } from '../../../formats/table.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { daemonError } from './client.ts';
import { array, each, encode, filters, humanSize, member, number, text, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { hostPort } from './ports-text.ts';
import { confirm } from './prune.ts';
import { updateVerb } from './update.ts';

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
  const ports = Object.entries((member(container, 'NetworkSettings', 'Ports') ?? {}) as JsonObject);
  const address = (bound: JsonObject): string => hostPort(text(bound, 'HostIp'), text(bound, 'HostPort'));
  if (wanted === undefined) {
    const lines = ports
      .toSorted(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1))
      .flatMap(([inner, bound]) => array(bound).map((one) => `${inner} -> ${address(one)}`));
    for (const line of lines) context.io.line(line);
    return 0;
  }
  const [number_ = '', protocol = 'tcp'] = wanted.split('/');
  if (!/^\d+$/.test(number_))
    throw new Fatal(`Error: invalid port (${number_}): strconv.ParseUint: parsing "${number_}": invalid syntax`);
  const bound = array(ports.find(([inner]) => inner === `${number_}/${protocol}`)?.[1]);
  if (bound.length === 0) throw new Fatal(`Error: No public port '${wanted}' published for ${name}`);
  for (const one of bound) context.io.line(address(one));
  return 0;
}

async function prune(context: Context): Promise<number> {
  if (!(await confirm(context, 'This will remove all stopped containers.'))) return 0;
  const done = await context.client.must(
    'POST',
    `/containers/prune?filters=${filters(context.flags.list('filter'), '--filter')}`,
  );
  const deleted = (member(done, 'ContainersDeleted') ?? []) as readonly string[];
  if (deleted.length > 0) context.io.out(`Deleted Containers:\n${deleted.join('\n')}\n\n`);
  context.io.line(`Total reclaimed space: ${humanSize(number(done, 'SpaceReclaimed'), 4)}`);
  return 0;
}

export const containerVerbs: Readonly<Record<string, Verb>> = {
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
  update: updateVerb,
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
      const [from = '', to = ''] = flags.args;
      const reply = await client.ask('POST', `/containers/${encode(from)}/rename?name=${encodeURIComponent(to)}`);
      if (reply.status >= 400)
        throw new Fatal(`${daemonError(reply.json)}\nError: failed to rename container named ${from}`);
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
