/**
 * ctr (containerd 2): the lists and the removal of what containerd keeps in its namespaces.
 * Models: version, namespaces, containers, images and tasks: ls; images pull and rm, tasks kill, containers rm.
 * Leaves out: run, create, content, snapshots, plugins, the bars that a pull draws.
 */
import { parseOptions, type Options } from '../../coreutils/command.ts';
import { ask, CONTAINERD_SOCKET, type CriEndpoint, type CriReply } from './cri-client.ts';
import { strerror } from '../../../protocol/errno.ts';
import type { KernelRecord } from '../kernel/kernel-data.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';
import { imageNames } from './cri-lists.ts';
import { ctrTable, mebibytes } from './ctr-text.ts';

interface CtrCall extends PlainCall, CriEndpoint {
  readonly namespace: string;
  readonly options: Options;
  readonly operands: readonly string[];
}
type Command = (call: CtrCall) => Promise<number>;

const NOUNS: Readonly<Record<string, string>> = {
  c: 'containers',
  container: 'containers',
  containers: 'containers',
  i: 'images',
  image: 'images',
  images: 'images',
  t: 'tasks',
  task: 'tasks',
  tasks: 'tasks',
  ns: 'namespaces',
  namespace: 'namespaces',
  namespaces: 'namespaces',
  version: 'version',
};
/** Words that containerd's ctr has: commands, and below those that are modelled. */
const WORDS: Readonly<Record<string, string>> = {
  '': 'containers content deprecations events images info install leases namespaces oci plugins pprof run sandboxes shim snapshots tasks version c i t ns container image task namespace snapshot p plugin sandbox sb s',
  containers: 'create delete del remove rm info list ls label checkpoint restore',
  images:
    'check export import list ls mount unmount pull push prune delete del remove rm tag label convert usage inspect',
  namespaces: 'create c list ls remove rm label',
  tasks: 'attach checkpoint delete del remove rm exec list ls kill metrics metric pause ps resume start',
};
const isWord = (parent: string, word: string): boolean =>
  word === '' || !(parent in WORDS) || (WORDS[parent] ?? '').split(' ').includes(word);
/** Its exit status for a command that it has not. */
const NO_TOPIC = 3;
const VERBS: Readonly<Record<string, string>> = { list: 'ls', remove: 'rm', del: 'rm', delete: 'rm' };
const COMMANDS: Readonly<Record<string, Command>> = {
  version,
  'namespaces ls': namespaces,
  'containers ls': containers,
  'containers rm': removeContainers,
  'images ls': images,
  'images pull': pull,
  'images rm': removeImages,
  'tasks ls': tasks,
  'tasks kill': killTask,
};

export const ctr = plainProgram('ctr', async (call) => {
  const { io, process } = call;
  const global = parseOptions(call.args, {
    name: 'ctr',
    short: 'n:a:hv',
    long: { namespace: 'n', address: 'a', help: 'h', version: 'v', debug: 'debug', timeout: 'timeout:' },
    stopEarly: true,
  });
  if ('problem' in global) return await fail(call, goProblem(global.problem));
  const [first = '', ...rest] = global.operands;
  if (first === '' || first === 'help' || global.has('h')) {
    io.line(
      'NAME:\n   ctr - \n        __\n  _____/ /______\n / ___/ __/ ___/\n/ /__/ /_/ /\n\\___/\\__/_/\n\ncontainerd CLI\n\n\nUSAGE:\n   ctr [global options] command [command options]',
    );
    return await io.end(0);
  }
  const noun = NOUNS[first] ?? first;
  const verb = rest[0] === undefined ? '' : (VERBS[rest[0]] ?? rest[0]);
  const name = noun === 'version' ? noun : `${noun} ${verb}`;
  const command = COMMANDS[name];
  if (command === undefined) {
    const unknown = [first, rest[0] ?? ''].find((word, at) => !isWord(at === 0 ? '' : noun, word));
    if (unknown === undefined) return await notSimulated(io, `ctr ${name}`.trimEnd());
    await io.raw(`No help topic for '${unknown}'\n`);
    return NO_TOPIC;
  }
  const options = parseOptions(noun === 'version' ? rest : rest.slice(1), {
    name: 'ctr',
    short: 'qfs:a',
    long: {
      quiet: 'q',
      force: 'f',
      signal: 's',
      all: 'a',
      platform: 'platform:',
      'all-platforms': 'platforms',
      user: 'user:',
      sync: 'sync',
      'plain-http': 'plain',
    },
  });
  if ('problem' in options) return await fail(call, goProblem(options.problem));
  const namespace = global.value('n') ?? process.env['CONTAINERD_NAMESPACE'] ?? 'default';
  const socket = global.value('a') ?? process.env['CONTAINERD_ADDRESS'] ?? CONTAINERD_SOCKET;
  return await command({ ...call, socket, namespace, options, operands: options.operands });
});

const goProblem = (problem: string): string =>
  problem
    .replace(/^unrecognized option '--(.*)'$/, 'flag provided but not defined: -$1')
    .replace(/^invalid option -- '(.)'$/, 'flag provided but not defined: -$1');

async function fail({ io }: Pick<PlainCall, 'io'>, message: string): Promise<number> {
  await io.raw(`ctr: ${message}\n`);
  return 1;
}

/** Why containerd did not do it. */
async function refuse(call: CtrCall, reply: Exclude<CriReply, { readonly type: 'ok' }>): Promise<number> {
  if (reply.type === 'error') return await fail(call, reply.message);
  const { socket } = call;
  return await fail(
    call,
    reply.failure.errno === 'EACCES' || reply.failure.errno === 'ENOENT'
      ? `failed to dial "${socket}": connection error: desc = "transport: error while dialing: dial unix ${socket}: connect: ${strerror(reply.failure).toLowerCase()}"`
      : `failed to dial "${socket}": context deadline exceeded: connection error: desc = "transport: error while dialing: dial unix ${socket}: connect: ${strerror(reply.failure).toLowerCase()}"`,
  );
}

async function version(call: CtrCall): Promise<number> {
  const reply = await ask(call, { method: 'version' });
  if (reply.type !== 'ok') return await refuse(call, reply);
  const number = `  Version:  v${reply.record.text('version')}`;
  call.io.line(`Client:\n${number}\n\nServer:\n${number}`);
  return await call.io.end(0);
}

async function namespaces(call: CtrCall): Promise<number> {
  const { io, options } = call;
  const reply = await ask(call, { method: 'namespaces' });
  if (reply.type !== 'ok') return await refuse(call, reply);
  const names = reply.record.texts('namespaces');
  if (options.has('q')) for (const name of names) io.line(name);
  else
    for (const line of ctrTable(
      ['NAME', 'LABELS'],
      names.map((name) => [name, '']),
      1,
    ))
      io.line(line);
  return await io.end(0);
}

/** Containers of the namespace, pause containers among them; undefined after a complaint. */
async function containersOf(call: CtrCall): Promise<readonly KernelRecord[] | number> {
  const { namespace } = call;
  if (namespace !== 'k8s.io' && namespace !== 'moby') return [];
  const reply = await ask(call, { method: 'containers', namespace });
  if (reply.type !== 'ok') return await refuse(call, reply);
  const sandboxes = namespace === 'k8s.io' ? await ask(call, { method: 'sandboxes' }) : undefined;
  const paused = sandboxes?.type === 'ok' ? sandboxes.record.records('sandboxes') : [];
  return [...paused, ...reply.record.records('containers')].toSorted((a, b) => (a.text('id') < b.text('id') ? -1 : 1));
}

const isSandbox = (record: KernelRecord): boolean => record.has('ips');

async function containers(call: CtrCall): Promise<number> {
  const { io, namespace, options } = call;
  const found = await containersOf(call);
  if (typeof found === 'number') return found;
  const names = await imageNames(call);
  const pause = [...names.values()].find((name) => /\/pause:/.test(name)) ?? '-';
  const imageOf = (record: KernelRecord): string =>
    isSandbox(record)
      ? pause
      : namespace === 'moby'
        ? '-'
        : (names.get(record.text('imageId')) ?? record.text('image'));
  if (options.has('q')) for (const each of found) io.line(each.text('id'));
  else {
    const rows = found.map((each) => [each.text('id'), imageOf(each), 'io.containerd.runc.v2']);
    for (const line of ctrTable(['CONTAINER', 'IMAGE', 'RUNTIME'], rows, 4)) io.line(line);
  }
  return await io.end(0);
}

const TASK_STATES: Readonly<Record<string, string>> = {
  running: 'RUNNING',
  ready: 'RUNNING',
  paused: 'PAUSED',
  created: 'CREATED',
};

async function tasks(call: CtrCall): Promise<number> {
  const { io, options } = call;
  const found = await containersOf(call);
  if (typeof found === 'number') return found;
  const running = found.filter((each) => each.number('pid') !== 0);
  if (options.has('q')) for (const each of running) io.line(each.text('id'));
  else {
    const rows = running.map((each) => [
      each.text('id'),
      String(each.number('pid')),
      TASK_STATES[each.text('state')] ?? 'STOPPED',
    ]);
    for (const line of ctrTable(['TASK', 'PID', 'STATUS'], rows, 4)) io.line(line);
  }
  return await io.end(0);
}

async function images(call: CtrCall): Promise<number> {
  const { io, namespace, options } = call;
  const reply = await ask(call, { method: 'images' });
  if (reply.type !== 'ok') return await refuse(call, reply);
  const all = namespace === 'k8s.io' ? reply.record.records('images') : [];
  const rows = all
    .flatMap((image) => {
      const digest = image.texts('repoDigests')[0]?.split('@')[1] ?? image.text('id');
      const labels = `io.cri-containerd.image=managed${image.flag('pinned') ? ',io.cri-containerd.pinned=pinned' : ''}`;
      return [...image.texts('repoTags'), ...image.texts('repoDigests'), image.text('id')].map((reference) => [
        reference,
        'application/vnd.oci.image.index.v1+json',
        digest,
        mebibytes(image.number('sizeBytes')),
        'linux/amd64',
        labels,
      ]);
    })
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  if (options.has('q')) for (const [reference = ''] of rows) io.line(reference);
  else for (const line of ctrTable(['REF', 'TYPE', 'DIGEST', 'SIZE', 'PLATFORMS', 'LABELS'], rows, 1)) io.line(line);
  return await io.end(0);
}

async function pull(call: CtrCall): Promise<number> {
  const { io, namespace, operands, process } = call;
  const [reference] = operands;
  if (reference === undefined) return await fail(call, 'please provide an image reference to pull');
  if (namespace !== 'k8s.io') return await notSimulated(io, `ctr -n ${namespace} images pull`);
  const [host = ''] = reference.split('/');
  if (!reference.includes('/') || !/[.:]|^localhost$/.test(host)) {
    const tag = /:([^/]*)$/.exec(reference)?.[1];
    const why =
      tag === undefined ? 'object required' : `parse "dummy://${reference}": invalid port ":${tag}" after host`;
    return await fail(call, `failed to resolve reference "${reference}": ${why}`);
  }
  const beganUs = process.time().realtimeUs;
  const reply = await ask(call, { method: 'pull', reference });
  if (reply.type !== 'ok') return await refuse(call, reply);
  const seconds = (process.time().realtimeUs - beganUs) / 1e6;
  const listed = await ask(call, { method: 'images' });
  const image =
    listed.type === 'ok'
      ? listed.record.records('images').find((each) => each.text('id') === reply.record.text('imageId'))
      : undefined;
  const bytes = image?.number('sizeBytes') ?? 0;
  io.line(`${reference} saved`);
  io.line(
    `Pulling from OCI Registry (${reference})\telapsed: ${seconds.toFixed(1)} s\ttotal:  ${mebibytes(bytes).replace(/B$/, '')}\t(${mebibytes(Math.round(bytes / Math.max(seconds, 0.1)))}/s)`,
  );
  return await io.end(0);
}

async function removeImages(call: CtrCall): Promise<number> {
  const { io, operands } = call;
  const listed = await ask(call, { method: 'images' });
  if (listed.type !== 'ok') return await refuse(call, listed);
  let status = 0;
  for (const reference of operands) {
    const image = listed.record
      .records('images')
      .find(
        (each) =>
          each.text('id') === reference ||
          [...each.texts('repoTags'), ...each.texts('repoDigests')].includes(reference),
      );
    const reply = image === undefined ? undefined : await ask(call, { method: 'remove-image', id: image.text('id') });
    if (reply === undefined) status = await fail(call, `image "${reference}": not found`);
    else if (reply.type !== 'ok') status = await refuse(call, reply);
    else io.line(reference);
  }
  return await io.end(status);
}

/** The record with exactly this id, or an exit status. */
async function containerNamed(call: CtrCall, id: string): Promise<KernelRecord | number> {
  const found = await containersOf(call);
  if (typeof found === 'number') return found;
  return (
    found.find((each) => each.text('id') === id) ??
    (await fail(call, `container "${id}" in namespace "${call.namespace}": not found`))
  );
}

async function killTask(call: CtrCall): Promise<number> {
  const [id] = call.operands;
  if (id === undefined) return await fail(call, 'container id must be provided');
  const found = await containerNamed(call, id);
  if (typeof found === 'number') return found;
  const reply = await ask(call, { method: 'kill', id, signal: call.options.value('s') ?? 'SIGTERM' });
  return reply.type === 'ok' ? 0 : await refuse(call, reply);
}

async function removeContainers(call: CtrCall): Promise<number> {
  if (call.operands.length === 0)
    return await fail(call, 'must specify at least one container to delete: invalid argument');
  for (const id of call.operands) {
    const found = await containerNamed(call, id);
    if (typeof found === 'number') return found;
    if (found.number('pid') !== 0)
      return await fail(call, `cannot delete a non stopped container: {running 0 0001-01-01 00:00:00 +0000 UTC}`);
    const reply = await ask(call, { method: isSandbox(found) ? 'remove-sandbox' : 'remove', id });
    if (reply.type !== 'ok') return await refuse(call, reply);
  }
  return 0;
}
