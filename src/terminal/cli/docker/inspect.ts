/** docker inspect, for one kind of object or whichever has the name. */
import type { JsonValue } from '../../../protocol/plain.ts';
import { daemonError } from './client.ts';
import { encode, printObjects, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';

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

export const inspectVerbs: Readonly<Record<string, Verb>> = {
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
};
