/**
 * kubectl logs.
 * Leaves out: --insecure-skip-tls-verify-backend.
 */
import { parseRfc3339 } from '../../../../formats/civil-time.ts';
import type { FailureStatus } from '../../../../engine/kubernetes/apimachinery/status.ts';
import { failed } from '../../../../protocol/errno.ts';
import type { JsonObject, Plain } from '../../../../protocol/plain.ts';
import type { Fd } from '../../../../protocol/program.ts';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { chunkBytes, HttpConnection } from '../../../http-client.ts';
import { bytesToText, textToBytes } from '../../../text.ts';
import type { ApiStream, Query } from '../api.ts';
import { Faults, type Context } from '../context.ts';
import { fatal } from '../fatal.ts';
import { nameOf, namespaceOf } from '../fields.ts';
import { allContainers, chooseContainer, listPods, podPath, podsOf } from '../pods.ts';
import { refuse } from '../server-error.ts';
import type { Verb } from '../verb.ts';

export const logs: Verb = {
  path: 'logs',
  short: 'Print the logs for a container in a pod',
  aliases: ['log'],
  examples: ['kubectl logs nginx', 'kubectl logs -f -c ruby web-1', 'kubectl logs deployment/nginx --tail=20'],
  flags: [
    'all-containers',
    'all-pods',
    'container',
    'follow',
    'ignore-errors',
    'limit-bytes',
    'max-log-requests',
    'pod-running-timeout',
    'prefix',
    'previous',
    'selector',
    'since',
    'since-time',
    'tail',
    'timestamps',
  ],
  run: async (context) => {
    const { flags } = context;
    checkWindow(context);
    const sources = await findSources(context);
    const faults = new Faults();
    if (flags.bool('follow') && sources.length > 1) {
      const most = flags.int('max-log-requests');
      if (sources.length > most) {
        fatal(
          `you are attempting to follow ${String(sources.length)} log streams, but maximum allowed concurrency is ${String(most)}, use --max-log-requests to increase the limit`,
        );
      }
      const open_: OpenLog[] = [];
      for (const source of sources)
        open_.push({
          connection: (await open(context, source)).connection,
          liner: new Liner(prefixOf(context, source), ''),
        });
      return pourAll(context, open_);
    }
    for (const source of sources) {
      const stream = flags.bool('ignore-errors')
        ? await faults.guard(() => open(context, source))
        : await open(context, source);
      if (stream === undefined) continue;
      const code = await pour(context, stream.connection, new Liner(prefixOf(context, source), ''));
      if (code !== 0) return code;
    }
    return 0;
  },
  resume: (context, state) => {
    const saved = (state as unknown as LogsState).map(({ fd, prefix, held }) => ({
      connection: HttpConnection.over(context.process, fd),
      liner: new Liner(prefix, held),
    }));
    return pourAll(context, saved);
  },
};

/** The open logs at a checkpoint. */
type LogsState = readonly { readonly fd: Fd; readonly prefix: string; readonly held: string }[];

interface Source {
  readonly pod: JsonObject;
  readonly container: string;
}

/** Which lines are wanted has to make sense before anybody is asked. */
function checkWindow({ flags }: Context): void {
  const since = flags.string('since-time');
  if (since !== '' && flags.changed('since')) fatal('at most one of `sinceTime` or `sinceSeconds` may be specified');
  if (since !== '' && parseRfc3339(since) === undefined)
    fatal(
      `parsing time ${JSON.stringify(since)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(since)} as "2006"`,
    );
  if (flags.changed('since') && flags.durationMs('since') < 0) fatal('--since must be greater than 0');
  if (flags.changed('limit-bytes') && flags.int('limit-bytes') < 0) fatal('--limit-bytes must be greater than 0');
  if (flags.changed('tail') && flags.int('tail') < -1) fatal('--tail must be greater than or equal to -1');
}

async function findSources(context: Context): Promise<Source[]> {
  const { flags } = context;
  const selector = flags.string('selector');
  const [word, second] = flags.args;
  if (word === undefined && selector === '') {
    context.usage(
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command",
    );
  }
  if (word !== undefined && selector !== '') context.usage('only a selector (-l) or a POD name is allowed');
  const named = second ?? flags.string('container');
  if (flags.bool('all-containers') && named !== '')
    fatal('--all-containers=true should not be specified with container name ' + named);
  if (selector !== '') {
    const pods = await listPods(context, selector);
    if (pods.length === 0) await context.error(`No resources found in ${context.namespace} namespace.`);
    return sourcesOf(context, pods, named);
  }
  const pods = await podsOf(context, word ?? '', missingHere(context));
  const [first] = pods;
  if (first === undefined) fatal('timed out waiting for the condition');
  if (flags.bool('all-pods')) return sourcesOf(context, pods, named);
  if (pods.length > 1) await context.error(`Found ${String(pods.length)} pods, using pod/${nameOf(first)}`);
  return sourcesOf(context, [first], named);
}

/** Since 1.33 an object that is not there is told with the namespace that was searched. */
function missingHere(context: Context): (failure: FailureStatus) => never {
  return (failure) =>
    failure.reason === 'NotFound'
      ? fatal(`error from server (NotFound): ${failure.message} in namespace ${JSON.stringify(context.namespace)}`)
      : refuse(failure);
}

async function sourcesOf(context: Context, pods: readonly JsonObject[], named: string): Promise<Source[]> {
  const out: Source[] = [];
  for (const pod of pods) {
    if (context.flags.bool('all-containers')) out.push(...allContainers(pod).map((container) => ({ pod, container })));
    else if (named !== '') {
      if (!allContainers(pod).includes(named)) fatal(`container ${named} is not valid for pod ${nameOf(pod)}`);
      out.push({ pod, container: named });
    } else out.push({ pod, container: await chooseContainer(context, pod, '', { announce: true }) });
  }
  return out;
}

async function open(context: Context, source: Source): Promise<ApiStream> {
  const { flags } = context;
  const since = flags.durationMs('since');
  const tail = flags.changed('tail') ? flags.int('tail') : flags.string('selector') === '' ? -1 : 10;
  const query: Query = {
    container: source.container,
    ...(flags.bool('follow') ? { follow: true } : {}),
    ...(flags.bool('previous') ? { previous: true } : {}),
    ...(flags.bool('timestamps') ? { timestamps: true } : {}),
    ...(since > 0 ? { sinceSeconds: Math.ceil(since / 1000) } : {}),
    ...(flags.string('since-time') === '' ? {} : { sinceTime: flags.string('since-time') }),
    ...(flags.int('limit-bytes') > 0 ? { limitBytes: flags.int('limit-bytes') } : {}),
    ...(tail >= 0 ? { tailLines: tail } : {}),
  };
  const stream = await context.api.stream({
    path: podPath(namespaceOf(source.pod), nameOf(source.pod), 'log'),
    query,
    accept: '*/*',
  });
  return 'failure' in stream ? refuse(stream.failure) : stream;
}

function prefixOf(context: Context, source: Source): string {
  const { flags } = context;
  return flags.bool('prefix') || flags.bool('all-pods') ? `[pod/${nameOf(source.pod)}/${source.container}] ` : '';
}

/** Passes a log on as it comes. */
async function pour(context: Context, connection: HttpConnection, liner: Liner): Promise<number> {
  for (;;) {
    if (context.flags.bool('follow')) context.process.checkpoint(logsState([{ connection, liner }]));
    const chunk = await connection.nextChunk();
    if (chunk === undefined || failed(chunk)) break;
    const written = await context.process.write(1, liner.push(chunkBytes(chunk)));
    if (failed(written)) {
      connection.close();
      return 1;
    }
  }
  connection.close();
  const rest = liner.end();
  if (rest.length > 0) await context.process.write(1, rest);
  return 0;
}

/** Puts a prefix in front of every line; without one, bytes pass as they are. */
class Liner {
  readonly prefix: string;
  held: string;

  constructor(prefix: string, held: string) {
    this.prefix = prefix;
    this.held = held;
  }

  push(bytes: Uint8Array): Uint8Array {
    if (this.prefix === '') return bytes;
    const lines = (this.held + bytesToText(bytes)).split('\n');
    this.held = lines.pop() ?? '';
    return textToBytes(lines.map((line) => `${this.prefix}${line}\n`).join(''));
  }

  end(): Uint8Array {
    return this.held === '' ? encodeUtf8('') : textToBytes(this.prefix + this.held);
  }
}

interface OpenLog {
  readonly connection: HttpConnection;
  readonly liner: Liner;
}

const logsState = (open_: readonly OpenLog[]): Plain =>
  open_.map(({ connection, liner }) => ({
    fd: connection.fd,
    prefix: liner.prefix,
    held: liner.held,
  })) satisfies LogsState;

/** Passes several logs on as they come, until all have ended. */
async function pourAll(context: Context, open_: readonly OpenLog[]): Promise<number> {
  const [only] = open_;
  if (open_.length === 1 && only !== undefined) return pour(context, only.connection, only.liner);
  let left = open_;
  while (left.length > 0) {
    context.process.checkpoint(logsState(left));
    const ready = await context.process.poll(left.map(({ connection }) => ({ fd: connection.fd, read: true })));
    if (failed(ready)) continue;
    const still: OpenLog[] = [];
    for (const item of left) {
      const { connection, liner } = item;
      const chunk = ready.includes(connection.fd) ? await connection.nextChunk() : 'none';
      if (chunk === undefined || (chunk !== 'none' && failed(chunk))) {
        await context.process.write(1, liner.end());
        connection.close();
        continue;
      }
      still.push(item);
      if (chunk !== 'none' && failed(await context.process.write(1, liner.push(chunkBytes(chunk))))) return 1;
    }
    left = still;
  }
  return 0;
}
