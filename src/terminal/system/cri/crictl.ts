/**
 * crictl (cri-tools 1.36) over containerd's socket.
 * Models: ps, pods, images, inspect, inspectp, inspecti, logs, exec, pull, rmi, stop, rm, stopp, rmp, stats, info, imagefsinfo,
 * version, config; the configuration file and the endpoints. Leaves out: create and run from files, port-forward, events,
 * checkpoint, the texts of help.
 */
import { CRICTL_VERSION } from '../../../protocol/client-versions.ts';
import { absentOption, parseOptions, type Options } from '../../coreutils/command.ts';
import { configure, endpointOf } from './cri-config.ts';
import { CONTAINERD_SOCKET } from './cri-client.ts';
import { fatal, type CrictlCall } from './cri-command.ts';
import { exec, logs, pull } from './cri-actions.ts';
import { inspect } from './cri-inspect.ts';
import { images } from './cri-images.ts';
import { containers, pods } from './cri-lists.ts';
import { removeContainers, removeImages, removeSandboxes, stopContainers, stopSandboxes } from './cri-removal.ts';
import { imageFileSystem, runtimeInfo, runtimeVersion, stats } from './cri-stats.ts';
import { notSimulated, plainProgram, type PlainCall } from '../plain-program.ts';

interface Verb {
  readonly run: (call: CrictlCall, options: Options) => Promise<number>;
  /** Options as getopt writes them, and long names with the letter they stand for. */
  readonly short: string;
  readonly long: string;
  /** Options that are refused by name. */
  readonly absent?: readonly string[];
  /** Services that it connects to. */
  readonly services?: readonly ('runtime' | 'image')[];
  readonly stopEarly?: true;
}

const LIST =
  'last=n latest=l no-trunc=notrunc output=o quiet=q state=s verbose=v id=id: label=label: name=name: namespace=namespace:';
const STATUS = { short: 'o:q', long: 'output=o quiet=q template=template:' } as const;
const ALL = 'all=a force=f';

const VERBS: Readonly<Record<string, Verb>> = {
  ps: {
    run: containers,
    short: 'aqvlrn:s:o:p:',
    long: `${LIST} all=a image=image: pod=p resolve-image-path=r`,
    services: ['runtime', 'image'],
  },
  pods: { run: pods, short: 'qvln:s:o:', long: LIST },
  images: {
    run: images,
    short: 'vqf:o:',
    long: 'verbose=v quiet=q filter=f output=o digests=digests no-trunc=notrunc pinned=pinned',
    services: ['image'],
  },
  inspect: { run: (call, options) => inspect(call, 'containers', options), ...STATUS },
  inspectp: { run: (call, options) => inspect(call, 'sandboxes', options), ...STATUS },
  inspecti: { run: (call, options) => inspect(call, 'images', options), ...STATUS, services: ['image'] },
  logs: {
    run: logs,
    short: 'fptr',
    long: 'follow=f previous=p tail=tail: timestamps=t since=since: limit-bytes=limit-bytes: reopen=r',
    absent: ['p', 'since', 'limit-bytes', 'r'],
  },
  exec: {
    run: exec,
    short: 'itser:x',
    long: 'interactive=i tty=t sync=s timeout=timeout: transport=r parallel=x ignore-errors=e',
    absent: ['s', 'timeout', 'r', 'x', 'e'],
    stopEarly: true,
  },
  pull: {
    run: pull,
    short: 'u:a:',
    long: 'creds=creds: auth=auth: username=u pod-config=pod-config: annotation=a pull-timeout=pull-timeout:',
    absent: ['u', 'a', 'creds', 'auth', 'pod-config', 'pull-timeout'],
    services: ['image'],
  },
  rm: { run: removeContainers, short: 'afk', long: `${ALL} keep-logs=k`, absent: ['k'] },
  rmp: { run: removeSandboxes, short: 'af', long: ALL },
  rmi: { run: removeImages, short: 'aq', long: 'all=a prune=q', services: ['image'] },
  stop: { run: stopContainers, short: 't:', long: 'timeout=t' },
  stopp: { run: stopSandboxes, short: '', long: '' },
  stats: {
    run: stats,
    short: 'ao:s:w',
    long: 'all=a id=id: label=label: output=o seconds=s watch=w',
    absent: ['a', 'o', 'w', 'label'],
  },
  info: { run: runtimeInfo, ...STATUS },
  imagefsinfo: { run: imageFileSystem, short: 'o:', long: 'output=o template=template:', services: ['image'] },
  version: { run: runtimeVersion, short: 'o:', long: 'output=o' },
  config: { run: configure, short: '', long: 'get=get: set=set: list=list', services: [] },
};
const ALIASES: Readonly<Record<string, string>> = { image: 'images', img: 'images' };
const ABSENT_VERBS: ReadonlySet<string> = new Set(
  'attach checkpoint completion create events metricdescs metricsp port-forward run runp runtime-config start statsp update update-runtime-config'.split(
    ' ',
  ),
);

export const crictl = plainProgram('crictl', async (call) => {
  const { io } = call;
  const global = parseOptions(call.args, {
    name: 'crictl',
    short: 'r:i:c:t:Dvh',
    long: {
      help: 'h',
      'runtime-endpoint': 'r',
      'image-endpoint': 'i',
      config: 'c',
      timeout: 't',
      debug: 'D',
      version: 'v',
    },
    stopEarly: true,
  });
  if ('problem' in global) return await misused(call, global.problem);
  if (global.has('D')) return await notSimulated(io, 'crictl --debug');
  if (global.has('v')) {
    io.line(`crictl version v${CRICTL_VERSION}`);
    return await io.end(0);
  }
  const [word = '', ...rest] = global.operands;
  const name = ALIASES[word] ?? word;
  if (name === '' || name === 'help' || name === 'h' || global.has('h')) return await usage(call);
  if (ABSENT_VERBS.has(name)) return await notSimulated(io, `crictl ${name}`);
  const verb = VERBS[name];
  if (verb === undefined) {
    await io.raw(`No help topic for '${name}'\n`);
    return 3;
  }
  return await runVerb(call, { name, verb, global, args: rest });
});

async function runVerb(
  call: PlainCall,
  given: { readonly name: string; readonly verb: Verb; readonly global: Options; readonly args: readonly string[] },
): Promise<number> {
  const { name, verb, global, args } = given;
  const long = verb.long.split(' ').filter((each) => each !== '');
  const options = parseOptions(args, {
    name: 'crictl',
    short: `${verb.short}h`,
    long: Object.fromEntries([...long.map((each) => splitOption(each)), ['help', 'h']]),
    stopEarly: verb.stopEarly === true,
  });
  if ('problem' in options) return await misused(call, options.problem);
  if (options.has('h')) return await notSimulated(call.io, `crictl ${name} --help`);
  const absent = absentOption({ absent: verb.absent ?? [] }, options);
  if (absent !== undefined) return await notSimulated(call.io, `crictl ${name} ${absent}`);
  const services = verb.services ?? ['runtime'];
  const socket = services.length === 0 ? CONTAINERD_SOCKET : await endpointOf(call, global, services);
  if (typeof socket === 'number') return socket;
  return await verb.run({ ...call, socket, service: services[0] ?? 'runtime' }, options);
}

function splitOption(text: string): readonly [name: string, letter: string] {
  const [name = '', letter = ''] = text.split('=');
  return [name, letter];
}

/** A flag that the command line does not have, in the words of urfave/cli. */
async function misused(call: PlainCall, problem: string): Promise<number> {
  const text = problem
    .replace(/^unrecognized option '--?(.*)'$/, 'flag provided but not defined: -$1')
    .replace(/^invalid option -- '(.)'$/, 'flag provided but not defined: -$1')
    .replace(
      /^option (?:requires an argument -- '(.)'|'--(.*)' requires an argument)$/,
      'flag needs an argument: -$1$2',
    );
  call.io.line(`Incorrect Usage: ${text}\n`);
  return await fatal(call, text);
}

async function usage({ io }: PlainCall): Promise<number> {
  io.line(
    `NAME:\n   crictl - client for CRI\n\nUSAGE:\n   crictl [global options] command [command options] [arguments...]\n\nVERSION:\n   v${CRICTL_VERSION}\n\nCOMMANDS:`,
  );
  for (const verb of Object.keys(VERBS).toSorted()) io.line(`   ${verb}`);
  return await io.end(0);
}
