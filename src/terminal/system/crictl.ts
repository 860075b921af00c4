/**
 * crictl (cri-tools 1.36) over containerd's socket.
 * Models: ps, pods, images, inspect, inspectp, inspecti, logs, exec, pull, rmi, stop, rm, stopp, rmp, stats, info, imagefsinfo,
 * version. Leaves out: create and run from files, port-forward, events, checkpoint.
 */
import { CRICTL_VERSION } from '../../protocol/client-versions.ts';
import { parseOptions, type Options } from '../coreutils/command.ts';
import { ask } from './cri-client.ts';
import { inspectContainer, inspectImage, inspectSandbox } from './cri-inspect.ts';
import { containers, images, pods } from './cri-lists.ts';
import { imageFileSystem, runtimeInfo, stats } from './cri-stats.ts';
import { notSimulated, plainProgram, type PlainCall } from './plain-program.ts';
import { change, exec, logs, pull } from './cri-actions.ts';
import { fatal, findById, refuse } from './cri-command.ts';

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
  stopp: '',
  rmp: 'fa',
  stats: 'ao:ws:',
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
  id: 'id:',
  label: 'label:',
  seconds: 's:',
  watch: 'w',
  template: 'template:',
  help: 'help',
};

const VERBS: ReadonlySet<string> = new Set(
  'ps pods images image img inspect inspectp inspecti logs exec pull rmi stop rm stopp rmp stats info imagefsinfo version'.split(
    ' ',
  ),
);

export const crictl = plainProgram('crictl', async (call) => {
  const { io } = call;
  const global = parseOptions(call.args, {
    name: 'crictl',
    short: 'r:i:c:t:Dv',
    long: {
      help: 'help',
      'runtime-endpoint': 'r',
      'image-endpoint': 'i',
      config: 'c',
      timeout: 't',
      debug: 'D',
      version: 'v',
    },
    stopEarly: true,
  });
  if ('problem' in global) return await fatal(call, global.problem);
  if (global.has('v')) {
    io.line(`crictl version v${CRICTL_VERSION}`);
    return await io.end(0);
  }
  const [verb = '', ...rest] = global.operands;
  if (!VERBS.has(verb))
    return verb === '' || verb === 'help' || verb === 'h'
      ? await usage(call)
      : await notSimulated(io, `crictl ${verb}`);
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
    case 'stats':
      return await stats(call, options);
    case 'info':
      return await runtimeInfo(call);
    case 'imagefsinfo':
      return await imageFileSystem(call);
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
    `NAME:\n   crictl - client for CRI\n\nUSAGE:\n   crictl [global options] command [command options] [arguments...]\n\nVERSION:\n   v${CRICTL_VERSION}\n\nCOMMANDS:`,
  );
  for (const verb of [...VERBS].toSorted()) io.line(`   ${verb}`);
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
