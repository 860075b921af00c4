/** docker plugin ls. No plugin can be installed here, so the list is empty. */
import { array, filters, type Verb } from './context.ts';
import { printRows } from './listing.ts';

const LISTING = {
  type: '*plugin.pluginContext',
  headers: { ID: 'ID', Name: 'NAME', Description: 'DESCRIPTION', Enabled: 'ENABLED' },
  columns: ['ID', 'Name', 'Description', 'Enabled'],
};

export const pluginVerbs: Readonly<Record<string, Verb>> = {
  'plugin ls': {
    use: '[OPTIONS]',
    short: 'List plugins',
    args: [0, 0],
    flags: ['filter', 'format'],
    run: async (context) => {
      const { client, flags } = context;
      printRows(
        context,
        flags.string('format'),
        LISTING,
        array(await client.must('GET', `/plugins?filters=${filters(flags.list('filter'))}`)),
      );
      return 0;
    },
  },
};
