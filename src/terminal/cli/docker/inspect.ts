/** docker inspect, for one kind of object or whichever has the name. */
import type { JsonValue } from '../../../protocol/plain.ts';
import { daemonError } from './client.ts';
import { encode, type Context, type Verb } from './context.ts';
import { Fatal } from './fatal.ts';
import { printObjects } from './objects.ts';

type Kind = readonly [kind: string, path: (name: string) => string];

/** The kinds of which a swarm has objects, and plugins; none is modelled. */
const OTHER_TYPES = ['config', 'node', 'plugin', 'secret', 'service', 'task'];

function kindsOf(context: Context, kinds: readonly Kind[]): readonly Kind[] {
  const type = context.flags.string('type');
  if (type === '') return kinds;
  const wanted = kinds.filter(([kind]) => kind === type);
  if (wanted.length > 0) return wanted;
  if (OTHER_TYPES.includes(type)) throw new Fatal(`drydock: 'docker inspect --type ${type}' is not simulated`);
  const known = [...OTHER_TYPES, ...kinds.map(([kind]) => kind)].toSorted((a, b) => (a < b ? -1 : 1));
  throw new Fatal(`unknown type: "${type}": must be one of ${known.map((kind) => `"${kind}"`).join(', ')}`);
}

/** Objects of one or several kinds by name; what is missing is told after what was found. */
function inspect(kinds: readonly Kind[]): Verb['run'] {
  return async (context) => {
    const { client, flags, io } = context;
    const wanted = kindsOf(context, kinds);
    const found: JsonValue[] = [];
    const errors: string[] = [];
    for (const name of flags.args) {
      let last = `Error: No such ${wanted.length > 1 ? 'object' : (wanted[0]?.[0] ?? 'object')}: ${name}`;
      let hit = false;
      for (const [kind, path] of wanted) {
        const withSize = flags.bool('size') && kind === 'container';
        const reply = await client.ask('GET', `${path(encode(name))}${withSize ? '?size=1' : ''}`);
        if (reply.status < 400) {
          if (flags.bool('size') && !withSize) await io.raw(`WARNING: --size ignored for ${kind}\n`);
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
  flags: readonly string[] = ['format'],
): Verb => ({ use, short, args: [1, Infinity], flags, completes, run: inspect(kinds) });

export const inspectVerbs: Readonly<Record<string, Verb>> = {
  inspect: inspectVerb(
    '[OPTIONS] NAME|ID [NAME|ID...]',
    'Return low-level information on Docker objects',
    [CONTAINER, IMAGE, NETWORK, VOLUME],
    'containers',
    ['format', 'size', 'type'],
  ),
  'container inspect': inspectVerb(
    '[OPTIONS] CONTAINER [CONTAINER...]',
    'Display detailed information on one or more containers',
    [CONTAINER],
    'containers',
    ['format', 'size'],
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
    // Nothing but a swarm's networks has more to tell.
    ['format', 'verbose'],
  ),
  'volume inspect': inspectVerb(
    '[OPTIONS] VOLUME [VOLUME...]',
    'Display detailed information on one or more volumes',
    [VOLUME],
    'volumes',
  ),
};
