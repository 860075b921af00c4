/** docker run, create, start, attach and exec. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Signal } from '../../../protocol/program.ts';
import { fileText } from '../../io.ts';
import { daemonError } from './client.ts';
import { encode, member, number, text, type Context, type Verb } from './context.ts';
import { Fatal, refuseRun, runFatal } from './fatal.ts';
import { pullImage } from './pull.ts';
import type { Flags } from '../framework/flags.ts';
import { attachedStreams, createBody, variables } from './run-options.ts';
import { checkRunFlags } from './run-checks.ts';
import { carry } from './session.ts';
import { follow } from './logs.ts';

const RUN_FLAGS = [
  'add-host',
  'attach',
  'cap-add',
  'cap-drop',
  'cgroup-parent',
  'cidfile',
  'cpu-period',
  'cpu-quota',
  'cpu-shares',
  'cpus',
  'cpuset-cpus',
  'detach',
  'dns',
  'entrypoint',
  'env',
  'env-file',
  'expose',
  'group-add',
  'health-cmd',
  'health-interval',
  'health-retries',
  'health-start-period',
  'health-timeout',
  'no-healthcheck',
  'hostname',
  'init',
  'interactive',
  'ip',
  'ipc',
  'label',
  'log-driver',
  'log-opt',
  'memory',
  'memory-swap',
  'mount',
  'name',
  'network',
  'network-alias',
  'pid',
  'pids-limit',
  'platform',
  'privileged',
  'publish',
  'publish-all',
  'pull',
  'quiet',
  'read-only',
  'restart',
  'rm',
  'security-opt',
  'shm-size',
  'sig-proxy',
  'stop-signal',
  'stop-timeout',
  'sysctl',
  'tmpfs',
  'tty',
  'ulimit',
  'user',
  'uts',
  'volume',
  'volumes-from',
  'workdir',
];

/** Creates the container, pulling the image where it is missing. */
async function create(context: Context): Promise<string> {
  const { client, flags, process } = context;
  const [image = '', ...command] = flags.args;
  checkRunFlags(flags);
  const cidFile = flags.string('cidfile');
  if (cidFile !== '' && !failed(process.stat(cidFile)))
    refuseRun(`container ID file found, make sure the other container isn't running or delete ${cidFile}`);
  const body = createBody(flags, image, command, {
    readFile: (path) => fileText(process, path),
    environment: process.env,
    cwd: process.cwd(),
  });
  // Every image of the registry is for this one.
  if (!['', 'linux/amd64'].includes(flags.string('platform')))
    throw new Fatal(`drydock: 'docker run --platform ${flags.string('platform')}' is not simulated`, 1);
  const name = flags.string('name');
  const target = `/containers/create${name === '' ? '' : `?name=${encodeURIComponent(name)}`}`;
  if (flags.string('pull') === 'always') await pullImage(context, image, flags.bool('quiet'), true);
  let reply = await client.ask('POST', target, body);
  if (
    reply.status === 404 &&
    text(reply.json, 'message').startsWith('No such image') &&
    flags.string('pull') !== 'never'
  ) {
    const shown = /[:@]/.test(image.split('/').at(-1) ?? '') ? image : `${image}:latest`;
    if (!flags.bool('quiet')) await context.io.raw(`Unable to find image '${shown}' locally\n`);
    await pullImage(context, image, flags.bool('quiet'), true);
    reply = await client.ask('POST', target, body);
  }
  if (reply.status >= 400) throw runFatal(daemonError(reply.json), context.path);
  for (const warning of warningsOf(reply.json)) await context.io.raw(`WARNING: ${warning}\n`);
  const id = text(reply.json, 'Id');
  if (cidFile !== '') process.writeFile(cidFile, encodeUtf8(id), { mode: 0o666 });
  return id;
}

const warningsOf = (json: JsonValue | undefined): readonly string[] => {
  const warnings = member(json, 'Warnings');
  return Array.isArray(warnings) ? warnings.filter((item) => typeof item === 'string') : [];
};

function checkTty(context: Context, tty: boolean, stdin: boolean): void {
  if (tty && stdin && !context.process.isatty(0)) throw new Fatal('the input device is not a TTY', 1);
}

const exitOf = (message: string): number =>
  /permission denied|is a directory/.test(message)
    ? 126
    : /executable file not found|no such file or directory/.test(message)
      ? 127
      : 125;

async function forward({ client }: Context, id: string, signal: Signal): Promise<void> {
  await client.ask('POST', `/containers/${id}/kill?signal=${signal}`);
}

async function run(context: Context): Promise<number> {
  const { client, flags, io } = context;
  const detach = flags.bool('detach');
  const tty = flags.bool('tty');
  const stdin = flags.bool('interactive');
  if (detach && flags.changed('attach'))
    throw new Fatal('conflicting options: cannot specify both --attach and --detach');
  if (flags.bool('rm') && !['', 'no'].includes(flags.string('restart')))
    throw new Fatal(
      "docker: conflicting options: cannot specify both --restart and --rm\n\nRun 'docker run --help' for more information",
      125,
    );
  if (!detach) checkTty(context, tty, stdin);
  const id = await create(context);
  const attached = detach
    ? undefined
    : await client.open('POST', `/containers/${id}/attach?stream=1${streamsOf(flags)}`, undefined, {
        connection: 'Upgrade',
        upgrade: 'tcp',
      });
  const waiting = detach
    ? undefined
    : await client.open('POST', `/containers/${id}/wait?condition=${flags.bool('rm') ? 'removed' : 'next-exit'}`);
  const started = await client.ask('POST', `/containers/${id}/start`);
  if (started.status >= 400) {
    attached?.connection.close();
    waiting?.connection.close();
    const message = daemonError(started.json);
    if (detach) io.line(id);
    throw new Fatal(`docker: ${message}\n\nRun 'docker run --help' for more information`, exitOf(message));
  }
  if (attached === undefined || waiting === undefined) {
    io.line(id);
    return 0;
  }
  const how = await carry(context, attached.connection, {
    stdin,
    tty,
    signal: (signal) => forward(context, id, signal),
  });
  attached.connection.close();
  if (how === 'detached') return 0;
  const end = await waiting.response.next();
  waiting.connection.close();
  return end === undefined || failed(end) || !('object' in end) ? 0 : number(end.object, 'StatusCode');
}

/** Both outputs and what -i adds, or what -a names. */
function streamsOf(flags: Flags): string {
  const attached = attachedStreams(flags);
  return ['stdin', 'stdout', 'stderr'].map((name) => (attached.has(name) ? `&${name}=1` : '')).join('');
}

async function attach(context: Context): Promise<number> {
  const { client, flags } = context;
  const [name = ''] = flags.args;
  const container = await client.must('GET', `/containers/${encode(name)}/json`);
  const state = text(container, 'State', 'Status');
  if (state === 'paused') throw new Fatal('You cannot attach to a paused container, unpause it first');
  if (state === 'restarting') throw new Fatal('You cannot attach to a restarting container, wait until it is running');
  if (state !== 'running') throw new Fatal('You cannot attach to a stopped container, start it first');
  return attachTo(context, container as JsonObject, !flags.bool('no-stdin'));
}

async function attachTo(context: Context, container: JsonObject, wantsInput: boolean, start = false): Promise<number> {
  const { client } = context;
  const id = text(container, 'Id');
  const config = container['Config'] as JsonObject;
  const tty = config['Tty'] === true;
  const stdin = wantsInput && config['OpenStdin'] === true;
  if (stdin) checkTty(context, tty, stdin);
  const waiting = await client.open('POST', `/containers/${id}/wait?condition=next-exit`);
  const attached = await client.open(
    'POST',
    `/containers/${id}/attach?stream=1&stdout=1&stderr=1${stdin ? '&stdin=1' : ''}`,
    undefined,
    { connection: 'Upgrade', upgrade: 'tcp' },
  );
  if (start) await client.must('POST', `/containers/${id}/start`);
  const how = await carry(context, attached.connection, {
    stdin,
    tty,
    signal: (signal) => forward(context, id, signal),
  });
  attached.connection.close();
  if (how === 'detached') return 0;
  const end = await waiting.response.next();
  return end === undefined || failed(end) || !('object' in end) ? 0 : number(end.object, 'StatusCode');
}

async function start(context: Context): Promise<number> {
  const { client, flags, io } = context;
  if (flags.bool('attach') || flags.bool('interactive')) {
    if (flags.args.length > 1) throw new Fatal('you cannot start and attach multiple containers at once');
    const container = await client.must('GET', `/containers/${encode(flags.args[0] ?? '')}/json`);
    return attachTo(context, container as JsonObject, flags.bool('interactive'), true);
  }
  const failures: string[] = [];
  for (const name of flags.args) {
    const reply = await client.ask('POST', `/containers/${encode(name)}/start`);
    if (reply.status < 400) io.line(name);
    else {
      await io.raw(`${daemonError(reply.json)}\n`);
      failures.push(name);
    }
  }
  if (failures.length > 0) throw new Fatal(`Error: failed to start containers: ${failures.join(', ')}`);
  return 0;
}

async function exec(context: Context): Promise<number> {
  const { client, flags, process } = context;
  const [name = '', ...command] = flags.args;
  const tty = flags.bool('tty');
  const stdin = flags.bool('interactive');
  const detach = flags.bool('detach');
  if (!detach) checkTty(context, tty, stdin);
  const env = variables(flags, (path) => fileText(process, path), process.env);
  const request: JsonObject = {
    User: flags.string('user'),
    Privileged: flags.bool('privileged'),
    Tty: tty,
    AttachStdin: stdin && !detach,
    AttachStderr: !detach,
    AttachStdout: !detach,
    DetachKeys: '',
    Env: env,
    WorkingDir: flags.string('workdir'),
    Cmd: command,
  };
  await client.must('GET', `/containers/${encode(name)}/json`);
  const id = text(await client.must('POST', `/containers/${encode(name)}/exec`, request), 'Id');
  if (detach) {
    await client.must('POST', `/exec/${id}/start`, { Detach: true, Tty: tty });
    return 0;
  }
  const size = process.windowSize(1);
  const consoleSize: JsonValue = failed(size) || !tty ? null : [size.rows, size.columns];
  const stream = await client.open(
    'POST',
    `/exec/${id}/start`,
    { Detach: false, Tty: tty, ConsoleSize: consoleSize },
    { connection: 'Upgrade', upgrade: 'tcp' },
  );
  if (stream.response.head.status >= 400) throw new Fatal('Error response from daemon: exec could not be started');
  await carry(context, stream.connection, { stdin, tty });
  stream.connection.close();
  return number(await client.must('GET', `/exec/${id}/json`), 'ExitCode');
}

export const runVerbs: Readonly<Record<string, Verb>> = {
  run: {
    use: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
    short: 'Create and run a new container from an image',
    args: [1, Infinity],
    flags: RUN_FLAGS,
    interspersed: false,
    completes: 'images',
    run,
  },
  create: {
    use: '[OPTIONS] IMAGE [COMMAND] [ARG...]',
    short: 'Create a new container',
    args: [1, Infinity],
    flags: RUN_FLAGS,
    interspersed: false,
    completes: 'images',
    run: async (context) => {
      context.io.line(await create(context));
      return 0;
    },
  },
  start: {
    use: '[OPTIONS] CONTAINER [CONTAINER...]',
    short: 'Start one or more stopped containers',
    args: [1, Infinity],
    flags: ['attach', 'interactive'],
    completes: 'containers',
    run: start,
  },
  attach: {
    use: '[OPTIONS] CONTAINER',
    short: 'Attach local standard input, output, and error streams to a running container',
    args: [1, 1],
    flags: ['no-stdin', 'sig-proxy'],
    completes: 'running',
    run: attach,
  },
  exec: {
    use: '[OPTIONS] CONTAINER COMMAND [ARG...]',
    short: 'Execute a command in a running container',
    args: [2, Infinity],
    flags: ['detach', 'env', 'env-file', 'interactive', 'privileged', 'tty', 'user', 'workdir'],
    interspersed: false,
    completes: 'running',
    run: exec,
  },
  logs: {
    use: '[OPTIONS] CONTAINER',
    short: 'Fetch the logs of a container',
    args: [1, 1],
    flags: ['details', 'follow', 'since', 'tail', 'timestamps', 'until'],
    completes: 'containers',
    run: follow,
  },
};
