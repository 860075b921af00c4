/**
 * crictl (cri-tools 1.32) over containerd's socket.
 * Models: ps, pods, images, inspect, inspectp, inspecti, logs, exec, pull, rmi, stop, rm, stopp, rmp, version.
 * Leaves out: create and run from files, port-forward, stats, events, checkpoint.
 */
import { parseOptions, type Options } from '../coreutils/command.ts';
import { ask } from './cri-client.ts';
import { humanAgo, humanBytes } from './cri-text.ts';
import { inspectContainer, inspectImage, inspectSandbox } from './cri-inspect.ts';
import { type KernelRecord } from './kernel-data.ts';
import { notSimulated, plainProgram, type PlainCall } from './plain-program.ts';
import { change, exec, logs, pull } from './cri-actions.ts';
import { fatal, findById, refuse, table } from './cri-command.ts';

const SHORT = {
  ps: 'aqvlrn:s:o:p:',
  pods: 'qvln:s:o:',
  images: 'qvo:',
  exec: 'itsT',
  logs: 'ftp',
  pull: 'qc:',
  rm: 'fa',
  rmi: 'apq',
  stop: 't:',
} as const;
const LONG: Readonly<Record<string, string>> = {
  all: 'a',
  quiet: 'q',
  verbose: 'v',
  latest: 'l',
  state: 's',
  output: 'o',
  pod: 'p',
  name: 'name:',
  namespace: 'namespace:',
  label: 'label:',
  image: 'image:',
  'no-trunc': 'notrunc',
  digests: 'digests',
  tail: 'tail:',
  since: 'since:',
  timestamps: 't',
  follow: 'f',
  tty: 't',
  interactive: 'i',
  sync: 's',
  force: 'f',
  timeout: 't',
  prune: 'p',
  last: 'n',
};

const VERBS: ReadonlySet<string> = new Set(
  'ps pods images image img inspect inspectp inspecti logs exec pull rmi stop rm stopp rmp version'.split(' '),
);

export const crictl = plainProgram('crictl', async (call) => {
  const { io } = call;
  const global = parseOptions(call.args, {
    name: 'crictl',
    short: 'r:i:c:t:Dv',
    long: { 'runtime-endpoint': 'r', 'image-endpoint': 'i', config: 'c', timeout: 't', debug: 'D', version: 'v' },
    stopEarly: true,
  });
  if ('problem' in global) return await fatal(call, global.problem);
  if (global.has('v')) {
    io.line('crictl version v1.32.0');
    return await io.end(0);
  }
  const [verb = '', ...rest] = global.operands;
  if (!VERBS.has(verb))
    return verb === '' || verb === 'help' ? await usage(call) : await notSimulated(io, `crictl ${verb}`);
  const options = parseOptions(rest, {
    name: 'crictl',
    short: SHORT[verb as keyof typeof SHORT] ?? 'o:qt:',
    long: LONG,
    stopEarly: verb === 'exec',
  });
  if ('problem' in options) return await fatal(call, options.problem);
  switch (verb) {
    case 'ps':
      return await containers(call, options);
    case 'pods':
      return await pods(call, options);
    case 'images':
    case 'image':
    case 'img':
      return await images(call, options);
    case 'inspect':
    case 'inspectp':
    case 'inspecti':
      return await inspect(call, verb, options);
    case 'logs':
      return await logs(call, options);
    case 'exec':
      return await exec(call, options);
    case 'pull':
      return await pull(call, options);
    case 'version': {
      const reply = await ask(call.process, { method: 'version' });
      if (reply.type !== 'ok') return await refuse(call, reply, 'getting the runtime version');
      io.out(
        `Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  v${reply.record.text('version')}\nRuntimeApiVersion:  v1\n`,
      );
      return await io.end(0);
    }
    default:
      return await change(call, verb, options);
  }
});

async function usage({ io }: PlainCall): Promise<number> {
  io.line(
    'NAME:\n   crictl - client for CRI\n\nUSAGE:\n   crictl [global options] command [command options] [arguments...]\n\nVERSION:\n   v1.32.0',
  );
  return await io.end(0);
}

const shortId = (id: string, options: Options): string =>
  options.has('notrunc') ? id : id.replace(/^sha256:/, '').slice(0, 13);
const STATES: Readonly<Record<string, string>> = {
  created: 'Created',
  running: 'Running',
  paused: 'Running',
  exited: 'Exited',
};

async function containers(call: PlainCall, options: Options): Promise<number> {
  const { io, process } = call;
  const reply = await ask(process, { method: 'containers' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing containers');
  const missing = ['o', 'v', 'r', 'n', 'label', 'image'].find((letter) => options.has(letter));
  if (missing !== undefined && !(missing === 'o' && options.value('o') === 'table'))
    return await notSimulated(io, `crictl ps --${missing}`);
  const label = (each: KernelRecord, name: string): string =>
    each.record('labels')?.text(`io.kubernetes.${name}`) ?? '';
  const [idOperand] = options.operands;
  const found = reply.record
    .records('containers')
    .filter(
      (each) =>
        (options.has('a') || options.has('s') || each.text('state') === 'running') &&
        (!options.has('s') ||
          (STATES[each.text('state')] ?? '').toLowerCase() === (options.value('s') ?? '').toLowerCase()) &&
        (!options.has('name') || new RegExp(options.value('name') ?? '').test(each.text('name'))) &&
        (!options.has('p') || each.text('sandboxId').startsWith(options.value('p') ?? '')) &&
        (!options.has('namespace') || label(each, 'pod.namespace') === options.value('namespace')) &&
        (idOperand === undefined || each.text('id').startsWith(idOperand)),
    )
    .toSorted((a, b) => b.number('createdUnixUs') - a.number('createdUnixUs'));
  const shown = options.has('l') ? found.slice(0, 1) : found;
  if (options.has('q')) for (const each of shown) io.line(each.text('id'));
  else {
    table(call, [
      ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE'],
      ...shown.map((each) => [
        shortId(each.text('id'), options),
        shortId(each.text('imageId'), options),
        humanAgo(process.time().realtimeUs - each.number('createdUnixUs')),
        STATES[each.text('state')] ?? each.text('state'),
        each.text('name'),
        String(each.number('attempt')),
        shortId(each.text('sandboxId'), options),
        label(each, 'pod.name'),
        label(each, 'pod.namespace'),
      ]),
    ]);
  }
  return await io.end(0);
}

async function pods(call: PlainCall, options: Options): Promise<number> {
  const { io, process } = call;
  const reply = await ask(process, { method: 'sandboxes' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing pod sandboxes');
  const missing = ['o', 'v', 'n', 'label'].find((letter) => options.has(letter));
  if (missing !== undefined) return await notSimulated(io, `crictl pods --${missing}`);
  const found = reply.record
    .records('sandboxes')
    .filter(
      (each) =>
        (!options.has('name') || new RegExp(options.value('name') ?? '').test(each.text('name'))) &&
        (!options.has('namespace') || each.text('namespace') === options.value('namespace')) &&
        (!options.has('s') || (each.text('state') === 'ready') === (options.value('s')?.toLowerCase() === 'ready')),
    )
    .toSorted((a, b) => b.number('createdUnixUs') - a.number('createdUnixUs'));
  const shown = options.has('l') ? found.slice(0, 1) : found;
  if (options.has('q')) for (const each of shown) io.line(each.text('id'));
  else
    table(call, [
      ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'],
      ...shown.map((each) => [
        shortId(each.text('id'), options),
        humanAgo(process.time().realtimeUs - each.number('createdUnixUs')),
        each.text('state') === 'ready' ? 'Ready' : 'NotReady',
        each.text('name'),
        each.text('namespace'),
        String(each.number('attempt')),
        '(default)',
      ]),
    ]);
  return await io.end(0);
}

async function images(call: PlainCall, options: Options): Promise<number> {
  const { io, process } = call;
  const reply = await ask(process, { method: 'images' });
  if (reply.type !== 'ok') return await refuse(call, reply, 'listing images');
  const missing = ['o', 'v'].find((letter) => options.has(letter));
  if (missing !== undefined) return await notSimulated(io, `crictl images -${missing}`);
  const rows = reply.record
    .records('images')
    .flatMap((image) => {
      const tags = image.texts('repoTags');
      const digest = image.texts('repoDigests')[0]?.split('@')[1] ?? '<none>';
      return (tags.length === 0 ? ['<none>:<none>'] : tags).map((tag) => {
        const at = tag.lastIndexOf(':');
        return {
          id: image.text('id'),
          cells: [
            tag.slice(0, at),
            tag.slice(at + 1),
            ...(options.has('digests') ? [shortId(digest, options)] : []),
            shortId(image.text('id'), options),
            humanBytes(image.number('sizeBytes')),
          ],
        };
      });
    })
    .toSorted((a, b) => ((a.cells[0] ?? '') < (b.cells[0] ?? '') ? -1 : 1))
    .filter(
      ({ cells }) =>
        options.operands[0] === undefined || cells[0]?.includes(options.operands[0].replace(/:.*$/, '')) === true,
    );
  if (options.has('q')) for (const id of new Set(rows.map((row) => row.id))) io.line(id);
  else
    table(call, [
      ['IMAGE', 'TAG', ...(options.has('digests') ? ['DIGEST'] : []), 'IMAGE ID', 'SIZE'],
      ...rows.map(({ cells }) => cells),
    ]);
  return await io.end(0);
}

async function inspect(call: PlainCall, verb: 'inspect' | 'inspectp' | 'inspecti', options: Options): Promise<number> {
  const [method, show] =
    verb === 'inspect'
      ? (['containers', inspectContainer] as const)
      : verb === 'inspectp'
        ? (['sandboxes', inspectSandbox] as const)
        : (['images', inspectImage] as const);
  if (options.operands.length === 0) return await fatal(call, 'ID cannot be empty');
  for (const id of options.operands) {
    const found = await findById(call, method, id);
    if (typeof found === 'number') return found;
    call.io.line(JSON.stringify(show(found), null, 2));
  }
  return await call.io.end(0);
}
