/** One request and its answer over a connection that is kept for the next one where it can be. */
import type { HttpRequest, ResponseHead } from '../../../protocol/http.ts';
import { failed, strerror, type SysFailure } from '../../../protocol/errno.ts';
import { chunkBytes, type HttpResponse } from '../../http-client.ts';
import type { Url } from '../../url.ts';
import type { CurlConnection, Opened } from './connections.ts';
import type { TransferFacts } from './facts.ts';
import { hasEnd, headLines, headText, isHttp10, staysOpen } from './head.ts';
import type { Progress } from './meter.ts';
import type { Session, TransferFailure } from './session.ts';
import type { Settings } from './settings.ts';
import { pinnedAddresses, reachOptions, targetOf } from './target.ts';
import { tlsRefusal } from './tls-refusal.ts';
import type { Verbose } from './verbose.ts';

/** What an exchange works with. */
export interface ExchangeContext {
  readonly session: Session;
  readonly settings: Settings;
  readonly facts: TransferFacts;
  readonly verbose: Verbose;
  readonly meter: Progress | undefined;
  /** Notes that go before a line of the head (cookies taken, a body to be sent again). */
  readonly notesOn: (line: string, head: ResponseHead) => readonly string[];
  /** The head is there: whether its body is wanted, or why the transfer ends. */
  readonly onHead: (head: ResponseHead) => 'keep' | 'ignore' | TransferFailure;
  readonly onBody: (bytes: Uint8Array) => Promise<TransferFailure | undefined>;
}

/** Opens a connection, asks, and takes the answer in. */
export async function exchange(
  context: ExchangeContext,
  url: Url,
  request: HttpRequest & { readonly lines: readonly string[] },
  user: string | undefined,
): Promise<ResponseHead | TransferFailure> {
  const { verbose, facts, meter } = context;
  for (;;) {
    const opened = await open(context, url);
    if ('code' in opened) return opened;
    const { connection, reused } = opened;
    if (user !== undefined) await verbose.note(`Server auth using Basic with user '${user.split(':')[0] ?? ''}'`);
    const sent = await connection.http.request(request);
    const response = failed(sent) ? sent : await headOf(context, connection);
    if (reused && 'errno' in response && response.errno === 'ECONNRESET') {
      connection.http.close();
      continue;
    }
    await verbose.requestHead(request.lines);
    facts.requestBytes += request.lines.reduce((sum, line) => sum + line.length + 2, 2);
    const bodyBytes = request.body === undefined ? 0 : chunkBytes(request.body).length;
    facts.sent = bodyBytes;
    if (bodyBytes > 0) await verbose.data('}', bodyBytes);
    meter?.sent();
    if ('head' in response) return await receive(context, request, connection, response);
    connection.http.close();
    await meter?.end();
    if ('code' in response) return response;
    const empty = response.errno === 'ECONNRESET';
    const message = empty ? 'Empty reply from server' : 'Recv failure: Connection reset by peer';
    await verbose.note(message);
    await verbose.note('Closing connection');
    return { code: empty ? 52 : 56, message };
  }
}

async function open(context: ExchangeContext, url: Url): Promise<Extract<Opened, { type: 'open' }> | TransferFailure> {
  const { session, settings, facts, verbose } = context;
  const resolved = pinnedAddresses(settings);
  if ('code' in resolved) return resolved;
  const pinned = resolved.addresses;
  const options = reachOptions(session.process, settings, url, pinned);
  if ('code' in options) return options;
  const target = targetOf(settings, url);
  for (const note of target.redirected) await verbose.note(note);
  for (const [place, address] of pinned) await verbose.note(`Added ${place}:${address} to DNS cache`);
  const key = `${target.scheme}://${target.host}:${String(target.port)}/${options.unixSocket ?? ''}`;
  const opened = await session.connections.open(key, target, options);
  if (opened.type !== 'open') return await notOpened(context, opened, url, target.host, target.port);
  const { connection } = opened;
  facts.connection = connection;
  if (opened.reused) {
    await verbose.note(`Found bundle for host: ${session.connections.bundleAddress} [serially]`);
    await verbose.note('Can not multiplex, even if we wanted to');
    await verbose.note(`Re-using existing connection with host ${url.host}`);
    return opened;
  }
  facts.connects += 1;
  facts.lookedUpUs = opened.lookedUpUs;
  facts.connectedUs = session.process.time().monotonicUs;
  await noteLookUp(verbose, target, opened.addresses, pinned);
  await verbose.note(`  Trying ${options.unixSocket ?? `${connection.address}:${String(connection.port)}`}...`);
  await verbose.note(`Connected to ${target.host} (${connection.address}) port ${String(connection.port)}`);
  return opened;
}

/** The addresses of a name, where a resolver was asked. */
async function noteLookUp(
  verbose: Verbose,
  { host, port }: { readonly host: string; readonly port: number },
  addresses: readonly string[],
  pinned: ReadonlyMap<string, string>,
): Promise<void> {
  if (pinned.has(`${host}:${String(port)}`)) await verbose.note(`Hostname ${host} was found in DNS cache`);
  else if (addresses.length > 0 && addresses[0] !== host && addresses[0] !== '') {
    await verbose.note(`Host ${host}:${String(port)} was resolved.`);
    await verbose.note('IPv6: (none)');
    await verbose.note(`IPv4: ${addresses.join(', ')}`);
  }
}

async function notOpened(
  { settings, verbose, meter }: ExchangeContext,
  reached: Exclude<Opened, { type: 'open' }>,
  url: Url,
  host: string,
  port: number,
): Promise<TransferFailure> {
  const end = async (code: number, message: string): Promise<TransferFailure> => {
    await verbose.note(message);
    await verbose.note('Closing connection');
    return { code, message };
  };
  if (reached.type === 'unresolved') return await end(6, `Could not resolve host: ${host}`);
  await meter?.end();
  const { failure, address, addresses } = reached;
  await noteLookUp(verbose, { host, port }, addresses, new Map());
  await verbose.note(`  Trying ${address}:${String(port)}...`);
  const ms = String(Math.round(reached.tookUs / 1_000));
  if (failure.tls !== undefined) return await end(...tlsRefusal(failure.tls, url.host));
  const late = failure.errno === 'ETIMEDOUT';
  if (late && settings.has('max-time') && !settings.has('connect-timeout'))
    return await end(28, `Connection timed out after ${ms} milliseconds`);
  const why = late && settings.has('connect-timeout') ? 'Timeout was reached' : "Couldn't connect to server";
  if (!late) await verbose.note(`connect to ${address} port ${String(port)} failed: ${strerror(failure)}`);
  return await end(late ? 28 : 7, `Failed to connect to ${host} port ${String(port)} after ${ms} ms: ${why}`);
}

/** Why nothing more came in the time of --max-time. */
function timedOut({ session, facts }: ExchangeContext, expected?: string): TransferFailure {
  const ms = Math.round((session.process.time().monotonicUs - facts.startedUs) / 1_000);
  const got = expected === undefined ? String(facts.received) : `${String(facts.received)} out of ${expected}`;
  return { code: 28, message: `Operation timed out after ${String(ms)} milliseconds with ${got} bytes received` };
}

/** Whether something comes before --max-time is over. */
async function inTime({ session, settings, facts }: ExchangeContext, connection: CurlConnection): Promise<boolean> {
  const seconds = settings.seconds('max-time');
  if (seconds === undefined || seconds === 0) return true;
  return await connection.http.ready(facts.startedUs + seconds * 1e6 - session.process.time().monotonicUs);
}

async function headOf(
  context: ExchangeContext,
  connection: CurlConnection,
): Promise<HttpResponse | TransferFailure | SysFailure> {
  return (await inTime(context, connection)) ? await connection.http.response() : timedOut(context);
}

async function receive(
  context: ExchangeContext,
  request: HttpRequest,
  connection: CurlConnection,
  response: HttpResponse,
): Promise<ResponseHead | TransferFailure> {
  const { session, facts, verbose, meter } = context;
  const { head } = response;
  facts.head = head;
  facts.answeredUs = session.process.time().monotonicUs;
  facts.headerBytes += headText(head).length;
  const length = head.headers['content-length'];
  if (length !== undefined && request.method !== 'HEAD') meter?.expect(Number(length));
  const give = async (failure: TransferFailure): Promise<TransferFailure> => {
    connection.http.close();
    await meter?.end();
    await verbose.note(failure.message);
    await verbose.note('Closing connection');
    return failure;
  };
  if (head.status === 0) return await give({ code: 1, message: 'Received HTTP/0.9 when not allowed' });
  for (const line of headLines(head)) {
    for (const note of context.notesOn(line, head)) await verbose.note(note);
    await verbose.responseLine(line);
  }
  const wanted = context.onHead(head);
  if (typeof wanted === 'object') return await give(wanted);
  if (!hasEnd(head) && request.method !== 'HEAD' && !isHttp10(head))
    await verbose.note('no chunk, no close, no size. Assume close to signal end');
  await verbose.responseLine('');
  if (wanted === 'ignore' && length !== '0') await verbose.note('Ignoring the response-body');
  const bodyFailure = await readBody(context, connection, response, wanted === 'keep');
  if (bodyFailure !== undefined) return await give(bodyFailure);
  await meter?.end();
  if (staysOpen(head) || request.method === 'HEAD') {
    session.connections.keep(connection);
    await verbose.note(`Connection #${String(connection.number)} to host ${connection.host} left intact`);
  } else {
    connection.http.close();
    await verbose.note('Closing connection');
  }
  return head;
}

async function readBody(
  context: ExchangeContext,
  connection: CurlConnection,
  response: HttpResponse,
  keep: boolean,
): Promise<TransferFailure | undefined> {
  const { facts, verbose, meter } = context;
  const length = response.head.headers['content-length'];
  const before = facts.received;
  for (;;) {
    if (!(await inTime(context, connection))) return timedOut(context, length);
    const chunk = await response.next();
    if (chunk === undefined) return undefined;
    if (failed(chunk)) {
      const left = length === undefined ? undefined : Number(length) - (facts.received - before);
      return {
        code: 18,
        message:
          left === undefined
            ? 'transfer closed with outstanding read data remaining'
            : `transfer closed with ${String(left)} bytes remaining to read`,
      };
    }
    const bytes = chunkBytes(chunk);
    if (!keep || bytes.length === 0) continue;
    await verbose.data('{', bytes.length);
    facts.received += bytes.length;
    await meter?.receive(bytes.length);
    const failure = await context.onBody(bytes);
    if (failure !== undefined) return failure;
  }
}
