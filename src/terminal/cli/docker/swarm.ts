/** docker swarm, node, service, stack, secret and config, as far as a daemon outside of any swarm gets with them. */
import type { Verb } from './context.ts';
import { Fatal } from './fatal.ts';

type Request = readonly [method: 'GET' | 'POST', target: string];

/** Asks what its command asks first. A daemon that is in no swarm refuses it; what would come next is not modelled. */
function asking(
  use: string,
  short: string,
  args: Verb['args'],
  [method, target]: Request,
  wrap: (refusal: string, names: readonly string[]) => string = (refusal) => refusal,
): Verb {
  return {
    use,
    short,
    args,
    flags: [],
    run: async ({ client, flags, path }) => {
      try {
        await client.must(method, target);
      } catch (problem) {
        if (!(problem instanceof Fatal)) throw problem;
        throw new Fatal(wrap(problem.text, flags.args), problem.code);
      }
      throw new Fatal(`drydock: '${path}' is not simulated`);
    },
  };
}

const SERVICES: Request = ['GET', '/services'];
const NODES: Request = ['GET', '/nodes'];
const SWARM: Request = ['GET', '/swarm'];

/** Inspection shows what it found before it tells what it did not. */
const inspecting = (what: string, request: Request): Verb => {
  const verb = asking(
    `[OPTIONS] ${what}`,
    `Display detailed information on one or more ${words(what)}`,
    [1, Infinity],
    request,
  );
  return {
    ...verb,
    run: async (context) => {
      context.io.line('[]');
      await context.io.flush();
      return verb.run(context);
    },
  };
};
const words = (what: string): string => `${(what.split(' ')[0] ?? '').toLowerCase()}s`;

/** Secrets and configs have the same commands. */
function stored(noun: 'secret' | 'config', create: string): Readonly<Record<string, Verb>> {
  const [name, request]: [string, Request] = [noun.toUpperCase(), ['GET', `/${noun}s`]];
  return {
    [`${noun} create`]: asking(
      `[OPTIONS] ${name} [file|-]`.replace('[file|-]', noun === 'config' ? 'file|-' : '[file|-]'),
      create,
      noun === 'config' ? [2, 2] : [1, 2],
      ['POST', `/${noun}s/create`],
    ),
    [`${noun} inspect`]: inspecting(`${name} [${name}...]`, request),
    [`${noun} ls`]: asking('[OPTIONS]', `List ${noun}s`, [0, 0], request),
    [`${noun} rm`]: asking(`${name} [${name}...]`, `Remove one or more ${noun}s`, [1, Infinity], request),
  };
}

const services: Readonly<Record<string, Verb>> = {
  'service create': asking(
    '[OPTIONS] IMAGE [COMMAND] [ARG...]',
    'Create a new service',
    [1, Infinity],
    ['POST', '/services/create'],
  ),
  'service inspect': inspecting('SERVICE [SERVICE...]', SERVICES),
  'service logs': asking('[OPTIONS] SERVICE|TASK', 'Fetch the logs of a service or task', [1, 1], SERVICES),
  'service ls': asking('[OPTIONS]', 'List services', [0, 0], SERVICES),
  'service ps': asking(
    '[OPTIONS] SERVICE [SERVICE...]',
    'List the tasks of one or more services',
    [1, Infinity],
    SERVICES,
  ),
  'service rm': asking('SERVICE [SERVICE...]', 'Remove one or more services', [1, Infinity], SERVICES),
  'service rollback': asking('[OPTIONS] SERVICE', "Revert changes to a service's configuration", [1, 1], SERVICES),
  'service scale': asking(
    'SERVICE=REPLICAS [SERVICE=REPLICAS...]',
    'Scale one or multiple replicated services',
    [1, Infinity],
    SERVICES,
    (refusal, names) => names.map((name) => `${name.split('=')[0] ?? ''}: ${refusal}`).join('\n'),
  ),
  'service update': asking('[OPTIONS] SERVICE', 'Update a service', [1, 1], SERVICES),
  'stack ls': asking('[OPTIONS]', 'List stacks', [0, 0], SERVICES),
  'stack ps': asking('[OPTIONS] STACK', 'List the tasks in the stack', [1, 1], ['GET', '/tasks']),
  'stack rm': asking('[OPTIONS] STACK [STACK...]', 'Remove one or more stacks', [1, Infinity], SERVICES),
  'stack services': asking('[OPTIONS] STACK', 'List the services in the stack', [1, 1], SERVICES),
};

const nodes: Readonly<Record<string, Verb>> = {
  'node demote': asking('NODE [NODE...]', 'Demote one or more nodes from manager in the swarm', [1, Infinity], NODES),
  'node inspect': inspecting('self|NODE [NODE...]', NODES),
  'node ls': asking('[OPTIONS]', 'List nodes in the swarm', [0, 0], NODES),
  'node promote': asking('NODE [NODE...]', 'Promote one or more nodes to manager in the swarm', [1, Infinity], NODES),
  'node ps': asking(
    '[OPTIONS] [NODE...]',
    'List tasks running on one or more nodes, defaults to current node',
    [0, Infinity],
    NODES,
  ),
  'node rm': asking('[OPTIONS] NODE [NODE...]', 'Remove one or more nodes from the swarm', [1, Infinity], NODES),
  'node update': asking('[OPTIONS] NODE', 'Update a node', [1, 1], NODES),
};

export const swarmVerbs: Readonly<Record<string, Verb>> = {
  ...services,
  ...nodes,
  ...stored('config', 'Create a config from a file or STDIN'),
  ...stored('secret', 'Create a secret from a file or STDIN as content'),
  'swarm ca': asking('[OPTIONS]', 'Display and rotate the root CA', [0, 0], SWARM),
  'swarm join-token': asking('[OPTIONS] (worker|manager)', 'Manage join tokens', [1, 1], SWARM),
  'swarm leave': asking('[OPTIONS]', 'Leave the swarm', [0, 0], ['POST', '/swarm/leave']),
  'swarm unlock': {
    use: '',
    short: 'Unlock swarm',
    args: [0, 0],
    flags: [],
    run: () => Promise.reject(new Fatal('Error: This node is not part of a swarm')),
  },
  'swarm unlock-key': asking(
    '[OPTIONS]',
    'Manage the unlock key',
    [0, 0],
    ['GET', '/swarm/unlockkey'],
    (refusal) => `could not fetch unlock key: ${refusal}`,
  ),
};
