/**
 * kubectl port-forward: a local listener for each port, and one upgraded connection to the pod for each caller.
 * Models: POD, TYPE/NAME, named ports, services' target ports, --address; ends with the first failure of the far end.
 * Leaves out: IPv6, waiting for a pod that does not run yet.
 */
import { decodeUtf8 } from '../../../../protocol/bytes.ts';
import { failed, strerror } from '../../../../protocol/errno.ts';
import type { JsonObject, Plain } from '../../../../protocol/plain.ts';
import type { Fd } from '../../../../protocol/program.ts';
import { quoteGo } from '../../../../formats/go-syntax.ts';
import { HttpConnection } from '../../../http-client.ts';
import { isIpv4 } from '../../../resolver.ts';
import type { Context } from '../context.ts';
import { resourcePath } from '../discovery.ts';
import { Fatal, fatal } from '../fatal.ts';
import { nameOf, namespaceOf, textAt } from '../fields.ts';
import { errorLine } from '../log-line.ts';
import { onePodOf, podPath } from '../pods.ts';
import { forwardedPorts, type ForwardedPort } from '../port-spec.ts';
import { serverErrorText } from '../server-error.ts';
import type { Verb } from '../verb.ts';

interface Listener {
  readonly fd: Fd;
  readonly port: ForwardedPort;
}

/** One caller and its connection to the pod. */
interface Link {
  readonly caller: Fd;
  readonly stream: Fd;
  readonly port: ForwardedPort;
  /** The caller may still send. */
  readonly open: boolean;
}

interface State {
  readonly path: string;
  readonly listeners: readonly Listener[];
  readonly links: readonly Link[];
}

export const portForward: Verb = {
  path: 'port-forward',
  short: 'Forward one or more local ports to a pod',
  examples: [
    'kubectl port-forward pod/mypod 5000 6000',
    'kubectl port-forward service/myservice 8443:https',
    'kubectl port-forward --address 0.0.0.0 pod/mypod 8888:5000',
  ],
  flags: ['address', 'pod-running-timeout'],
  run: async (context) => {
    const { flags } = context;
    const [word = '', ...words] = flags.args;
    if (words.length === 0) context.usage('TYPE/NAME and list of ports are required for port-forward');
    const service = await serviceOf(context, word);
    const pod = await onePodOf(context, word);
    const ports = forwardedPorts(words, pod, service);
    const phase = textAt(pod, 'status', 'phase');
    if (phase !== 'Running') fatal(`unable to forward port because pod is not running. Current status=${phase}`);
    const path = podPath(namespaceOf(pod), nameOf(pod), 'portforward');
    const first = await connect(context, path);
    first.close();
    const listeners = await listenAll(context, ports);
    return carry(context, { path, listeners, links: [] });
  },
  resume: (context, state) => carry(context, state as unknown as State),
};

async function serviceOf(context: Context, word: string): Promise<JsonObject | undefined> {
  const [typeWord = '', name = ''] = word.split('/');
  if (name === '') return undefined;
  const type = await context.discovery.find(typeWord);
  return type.kind === 'Service' && type.group === ''
    ? context.api.get(resourcePath(type, context.namespace, name))
    : undefined;
}

async function connect(context: Context, path: string): Promise<HttpConnection> {
  const stream = await context.api.upgrade(path, '');
  if (!('failure' in stream)) return stream.connection;
  const { failure } = stream;
  throw new Fatal(
    failure.reason === 'InternalError'
      ? `error: error upgrading connection: ${failure.message}`
      : serverErrorText(failure),
  );
}

async function listenAll(context: Context, ports: readonly ForwardedPort[]): Promise<Listener[]> {
  const { process } = context;
  const listeners: Listener[] = [];
  const addresses = context.flags.list('address').map((address) => {
    if (address === 'localhost') return '127.0.0.1';
    return isIpv4(address) ? address : fatal(`error parsing address '${address}': must be an IP or 'localhost'`);
  });
  for (const { local, remote } of ports) {
    const faults: string[] = [];
    for (const ip of addresses) {
      const fd = process.listen({ family: 'inet', ip, port: local });
      if (failed(fd)) {
        faults.push(
          `unable to create listener: Error listen tcp4 ${ip}:${String(local)}: bind: ${strerror(fd.errno).toLowerCase()}`,
        );
        continue;
      }
      const name = process.socketName(fd);
      const port = { local: !failed(name) && name.family === 'inet' ? name.port : local, remote };
      listeners.push({ fd, port });
      context.line(`Forwarding from ${ip}:${String(port.local)} -> ${String(remote)}`);
    }
    await context.io.flush();
    if (faults.length > 0)
      await context.error(
        `Unable to listen on port ${String(local)}: Listeners failed to create with the following errors: [${faults.join(' ')}]`,
      );
  }
  if (listeners.length === 0)
    fatal(
      `unable to listen on any of the requested ports: [${ports.map(({ local, remote }) => `{${String(local)} ${String(remote)}}`).join(' ')}]`,
    );
  return listeners;
}

async function carry(context: Context, start: State): Promise<number> {
  const { process } = context;
  const { path, listeners } = start;
  process.sigaction('SIGINT', 'catch');
  process.sigaction('SIGPIPE', 'ignore');
  let links = [...start.links];
  const streams = new Map(links.map((link) => [link.stream, HttpConnection.over(process, link.stream)]));
  for (;;) {
    const state: State = { path, listeners, links };
    process.checkpoint(state as unknown as Plain);
    const reading = [
      ...listeners.map(({ fd }) => fd),
      ...links.flatMap((link) => (link.open ? [link.caller, link.stream] : [link.stream])),
    ];
    const ready = await process.poll(reading.map((fd) => ({ fd, read: true })));
    if (failed(ready)) {
      if (process.takeSignals().includes('SIGINT')) return 0;
      continue;
    }
    for (const { fd, port } of listeners) {
      if (!ready.includes(fd)) continue;
      const caller = await process.accept(fd);
      if (failed(caller)) continue;
      context.line(`Handling connection for ${String(port.local)}`);
      await context.io.flush();
      const connection = await connect(context, path);
      streams.set(connection.fd, connection);
      links.push({ caller, stream: connection.fd, port, open: true });
    }
    const before = links;
    links = [];
    for (const link of before) {
      const stream = streams.get(link.stream);
      const next = stream === undefined ? undefined : await carryLink(context, link, stream, ready);
      if (next !== undefined) {
        links.push(next);
        continue;
      }
      process.close(link.caller);
      stream?.close();
      streams.delete(link.stream);
    }
  }
}

/** Passes on what is ready in either direction; undefined when both sides are done. */
async function carryLink(
  context: Context,
  link: Link,
  stream: HttpConnection,
  ready: readonly Fd[],
): Promise<Link | undefined> {
  const { process } = context;
  const { port } = link;
  let { open } = link;
  if (open && ready.includes(link.caller)) {
    const bytes = await process.read(link.caller, 65_536);
    open = !failed(bytes) && bytes.length > 0;
    await stream.sendFrame({
      channel: 'data',
      port: port.remote,
      ...(failed(bytes) || bytes.length === 0 ? { close: true } : { bytes }),
    });
  }
  if (!ready.includes(link.stream)) return { ...link, open };
  const frame = await stream.nextFrame();
  if (frame === undefined || failed(frame)) return undefined;
  if (frame.channel === 'error') {
    const problem = `an error occurred forwarding ${String(port.local)} -> ${String(port.remote)}: ${decodeUtf8(frame.bytes ?? new Uint8Array(0))}`;
    await context.error(
      errorLine(context.nowMs, process.pid, 'portforward.go:522', `"Unhandled Error" err=${quoteGo(problem)}`),
    );
    fatal('lost connection to pod');
  }
  if (frame.bytes !== undefined && frame.bytes.length > 0 && failed(await process.write(link.caller, frame.bytes)))
    return undefined;
  return frame.close === true ? undefined : { ...link, open };
}
