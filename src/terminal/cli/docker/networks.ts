/** docker network. */
import type { JsonObject } from '../../../protocol/plain.ts';
import { array, encode, filters, shortId, text, pairs, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { labelFields, printRows } from './listing.ts';
import { pruneOf } from './prune.ts';
import { removeEach } from './remove-each.ts';
import { momentText } from './timestamp.ts';

const LISTING = {
  type: '*network.networkContext',
  headers: {
    ID: 'NETWORK ID',
    Name: 'NAME',
    Driver: 'DRIVER',
    Scope: 'SCOPE',
    IPv4: 'IPV4',
    IPv6: 'IPV6',
    Internal: 'INTERNAL',
    Labels: 'LABELS',
    CreatedAt: 'CREATED AT',
  },
  columns: ['ID', 'Name', 'Driver', 'Scope'],
  raw: 'network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n',
};

async function networkLs(context: Context): Promise<number> {
  const { client, flags, io } = context;
  const list = array(await client.must('GET', `/networks?filters=${filters(flags.list('filter'))}`)).toSorted((a, b) =>
    text(a, 'Name') < text(b, 'Name') ? -1 : 1,
  );
  const rows = list.map((item) => ({
    ID: flags.bool('no-trunc') ? text(item, 'Id') : shortId(text(item, 'Id')),
    Name: text(item, 'Name'),
    Driver: text(item, 'Driver'),
    Scope: text(item, 'Scope'),
    IPv4: String(item['EnableIPv4'] === true),
    IPv6: String(item['EnableIPv6'] === true),
    Internal: String(item['Internal'] === true),
    CreatedAt: momentText(text(item, 'Created')),
    ...labelFields((item['Labels'] ?? {}) as JsonObject),
  }));
  if (flags.bool('quiet') && flags.string('format') === '') for (const row of rows) io.line(row.ID);
  else printRows(context, flags.string('format'), LISTING, rows);
  return 0;
}

async function networkCreate({ client, flags, io }: Context): Promise<number> {
  const subnet = flags.list('subnet')[0];
  if (subnet === undefined && flags.list('gateway').length > 0)
    throw new Fatal('every ip-range or gateway must have a corresponding subnet');
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

export const networkVerbs: Readonly<Record<string, Verb>> = {
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
    run: async (context) => {
      try {
        return await removeEach('networks')(context);
      } catch (problem) {
        if (!(problem instanceof Fatal)) throw problem;
        throw new Fatal(`${problem.text}\nexit status ${String(problem.code)}`, problem.code);
      }
    },
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
};
