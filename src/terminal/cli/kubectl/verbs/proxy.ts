/**
 * kubectl proxy: requests of local callers, passed on to the API server as the user of the kubeconfig.
 * Models: --port, --address, --unix-socket, --api-prefix, the filters of hosts, paths and methods, streams (watch, logs).
 * Leaves out: static files (--www), --append-server-path.
 */
import { EMPTY_BYTES, concatBytes, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed, strerror } from '../../../../protocol/errno.ts';
import type { RequestHead } from '../../../../protocol/http.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import type { Fd, Segment } from '../../../../protocol/program.ts';
import type { Context } from '../context.ts';
import { Fatal, fatal } from '../fatal.ts';
import { errorLine } from '../log-line.ts';
import { readRequest } from '../request-text.ts';
import type { Verb } from '../verb.ts';

/** A caller; `server` is there from its first request on. */
interface Link {
  readonly caller: Fd;
  readonly server?: Fd;
  /** A request that comes as text and is not whole yet. */
  readonly text: Uint8Array;
  /** The request under way was refused: its body is dropped. */
  readonly refused: boolean;
}

interface State {
  readonly listener: Fd;
  readonly links: readonly Link[];
}

export const proxy: Verb = {
  path: 'proxy',
  short: 'Run a proxy to the Kubernetes API server',
  examples: ['kubectl proxy --port=8080', 'kubectl proxy --port=0', 'kubectl proxy --api-prefix=/k8s-api'],
  flags: [
    'accept-hosts',
    'accept-paths',
    'address',
    'api-prefix',
    'disable-filter',
    'keepalive',
    'port',
    'reject-methods',
    'reject-paths',
    'unix-socket',
  ],
  run: async (context) => {
    const { flags, process } = context;
    const socketPath = flags.string('unix-socket');
    const [ip, port] = [flags.string('address'), flags.int('port')];
    if (socketPath !== '' && flags.changed('port')) fatal('cannot set --unix-socket and --port at the same time');
    // A bad kubeconfig is found before anybody is let in.
    context.api.credentials();
    const listener = process.listen(
      socketPath === '' ? { family: 'inet', ip, port } : { family: 'unix', path: socketPath },
    );
    if (failed(listener)) {
      const where = socketPath === '' ? `tcp ${ip}:${String(port)}` : `unix ${socketPath}`;
      return fatal(`listen ${where}: bind: ${strerror(listener.errno).toLowerCase()}`);
    }
    if (flags.bool('disable-filter') && socketPath === '') {
      await context.error(
        `W${errorLine(context.nowMs, process.pid, 'proxy.go:177', 'Request filter disabled, your proxy is vulnerable to XSRF attacks, please be cautious').slice(1)}`,
      );
    }
    const name = process.socketName(listener);
    const bound = !failed(name) && name.family === 'inet' ? `${name.ip}:${String(name.port)}` : socketPath;
    context.line(`Starting to serve on ${bound}`);
    await context.io.flush();
    return serve(context, { listener, links: [] });
  },
  resume: (context, state) => serve(context, state as unknown as State),
};

async function serve(context: Context, start: State): Promise<number> {
  const { process } = context;
  const { listener } = start;
  let links = start.links;
  process.sigaction('SIGPIPE', 'ignore');
  const filter = new Filter(context);
  for (;;) {
    const state: State = { listener, links };
    process.checkpoint(state as unknown as Plain);
    const reading = [
      listener,
      ...links.flatMap(({ caller, server }) => (server === undefined ? [caller] : [caller, server])),
    ];
    const ready = await process.poll(reading.map((fd) => ({ fd, read: true })));
    if (failed(ready)) continue;
    const kept: Link[] = [];
    for (const link of links) {
      const forth: Link | undefined = ready.includes(link.caller) ? await fromCaller(context, filter, link) : link;
      const next =
        forth?.server !== undefined && forth.server === link.server && ready.includes(forth.server)
          ? await fromServer(context, forth, forth.server)
          : forth;
      if (next !== undefined) {
        kept.push(next);
        continue;
      }
      process.close(link.caller);
      const server = forth?.server ?? link.server;
      if (server !== undefined) process.close(server);
    }
    if (ready.includes(listener)) {
      const caller = await process.accept(listener);
      if (!failed(caller)) kept.push({ caller, text: EMPTY_BYTES, refused: false });
    }
    links = kept;
  }
}

async function fromServer(context: Context, link: Link, server: Fd): Promise<Link | undefined> {
  const segment = await context.process.receive(server);
  if (segment === undefined || failed(segment)) return undefined;
  return failed(await context.process.send(link.caller, segment)) ? undefined : link;
}

async function fromCaller(context: Context, filter: Filter, link: Link): Promise<Link | undefined> {
  const segment = await context.process.receive(link.caller);
  if (segment === undefined || failed(segment)) return undefined;
  if (segment.type === 'request') return begin(context, filter, link, segment.head);
  if (segment.type !== 'bytes') {
    if (link.refused) return segment.type === 'end' ? { ...link, refused: false } : link;
    return link.server === undefined ? undefined : pass(context, link, segment);
  }
  let waiting: Link = { ...link, text: concatBytes([link.text, segment.bytes]) };
  for (;;) {
    const read = readRequest(waiting.text);
    if (read.type === 'part') return waiting;
    if (read.type === 'garbage') {
      await respond(context, waiting.caller, 400, 'Bad Request');
      return undefined;
    }
    const begun = await begin(context, filter, { ...waiting, text: read.rest }, read.head);
    if (begun === undefined) return undefined;
    if (!begun.refused) {
      if (read.body.length > 0) await pass(context, begun, { type: 'body', chunk: { bytes: read.body } });
      await pass(context, begun, { type: 'end' });
    }
    waiting = { ...begun, refused: false };
  }
}

async function pass(context: Context, link: Link, segment: Segment): Promise<Link | undefined> {
  if (link.server === undefined) return undefined;
  return failed(await context.process.send(link.server, segment)) ? undefined : link;
}

/** Takes a request in: refused by the filter, or sent on with the user's credentials. */
async function begin(context: Context, filter: Filter, link: Link, head: RequestHead): Promise<Link | undefined> {
  const target = filter.target(head.target);
  if (target === undefined || !filter.allows(head, target)) {
    await respond(
      context,
      link.caller,
      target === undefined ? 404 : 403,
      target === undefined ? '404 page not found' : 'Forbidden',
    );
    return { ...link, refused: true };
  }
  let { server } = link;
  if (server === undefined) {
    try {
      server = (await context.api.connect()).fd;
    } catch (problem) {
      if (!(problem instanceof Fatal)) throw problem;
      await context.error(
        errorLine(
          context.nowMs,
          context.process.pid,
          'proxy_server.go:147',
          `Error while proxying request: ${problem.text}`,
        ),
      );
      await respond(context, link.caller, 500, problem.text);
      return { ...link, refused: true };
    }
  }
  const headers = { ...head.headers, ...context.api.credentials() };
  return pass(context, { ...link, server, refused: false }, { type: 'request', head: { ...head, target, headers } });
}

async function respond(context: Context, caller: Fd, status: number, text: string): Promise<void> {
  const bytes = encodeUtf8(`${text}\n`);
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-length': String(bytes.length),
  };
  const segments: readonly Segment[] = [
    { type: 'response', head: { status, headers } },
    { type: 'body', chunk: { bytes } },
    { type: 'end' },
  ];
  for (const segment of segments) if (failed(await context.process.send(caller, segment))) return;
}

/** Which requests are let through (kubectl pkg/proxy). */
class Filter {
  private readonly off: boolean;
  private readonly prefix: string;
  private readonly acceptHosts: readonly RegExp[];
  private readonly acceptPaths: readonly RegExp[];
  private readonly rejectPaths: readonly RegExp[];
  private readonly rejectMethods: readonly RegExp[];

  constructor({ flags }: Context) {
    this.off = flags.bool('disable-filter');
    const prefix = flags.string('api-prefix');
    this.prefix = `/${prefix.replace(/^\/|\/$/g, '')}`;
    this.acceptHosts = expressions(flags.string('accept-hosts'));
    this.acceptPaths = expressions(flags.string('accept-paths'));
    this.rejectPaths = expressions(flags.string('reject-paths'));
    this.rejectMethods = expressions(flags.string('reject-methods'));
  }

  /** The path at the API server; undefined for what lies outside the prefix. */
  target(target: string): string | undefined {
    if (this.prefix === '/') return target;
    return target.startsWith(`${this.prefix}/`) ? target.slice(this.prefix.length) : undefined;
  }

  allows(head: RequestHead, target: string): boolean {
    if (this.off) return true;
    const path = target.split('?')[0] ?? '';
    const host = (head.headers['host'] ?? '').replace(/:\d+$/, '');
    const some = (list: readonly RegExp[], text: string): boolean => list.some((expression) => expression.test(text));
    if (some(this.rejectPaths, path) || some(this.rejectMethods, head.method)) return false;
    return some(this.acceptPaths, path) && some(this.acceptHosts, host);
  }
}

function expressions(text: string): RegExp[] {
  if (text === '') return [];
  return text.split(',').map((part) => {
    try {
      return new RegExp(part);
    } catch {
      return fatal(`error parsing regexp: ${part}`);
    }
  });
}
