/** Objects of files alone, for --local: nothing is asked of the server. */
import type { JsonObject } from '../../../protocol/plain.ts';
import type { Context } from './context.ts';
import { readManifests } from './documents.ts';
import { fatal } from './fatal.ts';

/** What -f names; ends the command at a fault. */
export async function localObjects(context: Context): Promise<JsonObject[]> {
  const { flags } = context;
  if (flags.list('filename').length === 0) fatal('one or more files must be specified as -f when --local is set');
  if (context.dryRun() === 'server')
    fatal('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  return (await readManifests(context, { validate: false })).map((item) => {
    if ('fault' in item) throw item.fault;
    return item.object;
  });
}
