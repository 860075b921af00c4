/** docker volume. */
import { array, filters, member, printRows, text, pairs, type Context, type Verb } from './context.ts';
import { pruneOf } from './prune.ts';
import { removeEach } from './remove-each.ts';

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
};
