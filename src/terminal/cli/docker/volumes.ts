/** docker volume. */
import { array, encode, filters, member, text, pairs, type Context, type Verb } from './context.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import { Fatal } from './fatal.ts';
import { labelFields, printRows } from './listing.ts';
import { pruneOf } from './prune.ts';
import { removeEach } from './remove-each.ts';

const LISTING = {
  type: '*formatter.volumeContext',
  headers: {
    Driver: 'DRIVER',
    Name: 'VOLUME NAME',
    Mountpoint: 'MOUNTPOINT',
    Scope: 'SCOPE',
    Labels: 'LABELS',
    Links: 'LINKS',
    Size: 'SIZE',
    Availability: 'AVAILABILITY',
    Group: 'GROUP',
    Status: 'STATUS',
  },
  columns: ['Driver', 'Name'],
  raw: 'name: {{.Name}}\ndriver: {{.Driver}}\n',
};

/** What the list of volumes does not say, and only clusters have. */
const UNKNOWN = { Links: 'N/A', Size: 'N/A', Availability: 'N/A', Group: 'N/A', Status: 'N/A' };

async function volumeLs(context: Context): Promise<number> {
  const { client, flags, io } = context;
  const list = array(
    member(await client.must('GET', `/volumes?filters=${filters(flags.list('filter'), '-f, --filter')}`), 'Volumes'),
  ).toSorted((a, b) => (text(a, 'Name') < text(b, 'Name') ? -1 : 1));
  const rows = list.map((item) => ({
    Driver: text(item, 'Driver'),
    Name: text(item, 'Name'),
    Mountpoint: text(item, 'Mountpoint'),
    Scope: text(item, 'Scope'),
    ...UNKNOWN,
    ...labelFields((item['Labels'] ?? {}) as JsonObject),
  }));
  if (flags.bool('quiet') && flags.string('format') === '') for (const row of rows) io.line(row.Name);
  else printRows(context, flags.string('format'), LISTING, rows);
  return 0;
}

export const volumeVerbs: Readonly<Record<string, Verb>> = {
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
      if (flags.changed('name') && flags.args.length > 0)
        throw new Fatal(
          'conflicting options: cannot specify a volume-name through both --name and as a positional arg',
        );
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
  'volume update': {
    use: '[OPTIONS] VOLUME',
    short: 'Update a volume (cluster volumes only)',
    args: [1, 1],
    flags: [],
    completes: 'volumes',
    run: async ({ client, flags }) => {
      await client.must('GET', `/volumes/${encode(flags.args[0] ?? '')}`);
      throw new Fatal('can only update cluster volumes');
    },
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
};
