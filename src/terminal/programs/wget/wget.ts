/** wget: GNU's 1.21 and busybox's, which print differently. Leaves out recursion, resuming, time-stamping and proxies. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { ResponseHead } from '../../../protocol/http.ts';
import type { Process } from '../../../protocol/program.ts';
import { command } from '../../coreutils/command.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { bodyBytes, readBody, type HttpConnection, type HttpResponse } from '../../http-client.ts';
import { resolveErrorText } from '../../resolver.ts';
import { baseName, readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { strftime } from '../../strftime.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { hostHeader, parseUrl, percentDecode, resolveUrl } from '../../url.ts';
import type { Url } from '../../url.ts';
import { reach } from '../http-tool.ts';
import { ABSENT, LONG, SHORT } from './options.ts';
import { requestHead } from './request.ts';
import { headLines, staysOpen } from '../curl/head.ts';
import { barLine, dotRows, rateText } from './report.ts';
import { reasonPhrase } from '../../../formats/http-status.ts';

/** The first such option; of -n only -nv is here. */
const absentOption = ({ options }: Invocation): string | undefined => {
  const letter = ABSENT.find((each) => options.has(each));
  if (letter !== undefined) return letter.length === 1 ? `-${letter}` : `--${letter}`;
  const of = options.values('n').find((each) => each !== 'v' && each !== 'c');
  return of === undefined ? undefined : `-n${of}`;
};

const hint = (name: string): string => `Usage: ${name} [OPTION]... [URL]...\n\nTry \`${name} --help' for more options.`;

export const wget = command(
  {
    name: 'wget',
    calls: 'short',
    short: SHORT,
    long: LONG,
    usageStatus: 2,
    hint,
    usage: '[OPTION]... [URL]...',
  },
  async (call) => {
    const absent = absentOption(call);
    if (absent !== undefined) return await notSimulated(call.io, `wget ${absent}`);
    const period = call.options.value('T');
    if (call.flavour === 'gnu' && period !== undefined && !/^(\d+\.?\d*|\.\d+)[smhdw]?$/.test(period)) {
      await call.io.warn(`--timeout: Invalid time period \u2018${period}\u2019`);
      return 2;
    }
    const urls = [...call.operands, ...(await listedUrls(call))];
    if (urls.length === 0) {
      await call.io.raw(`${call.io.name}: missing URL\n${hint(call.io.name)}\n`);
      return 1;
    }
    logElsewhere(call);
    let status = 0;
    for (const text of urls) status = Math.max(status, await fetchOne(call, text));
    return await call.io.end(status);
  },
);

/** The URLs of --input-file. */
async function listedUrls({ process, options }: Invocation): Promise<readonly string[]> {
  const name = options.value('i');
  const bytes = name === undefined ? undefined : await readOperand(process, name);
  if (bytes === undefined || failed(bytes)) return [];
  return bytesToText(bytes)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** -o and -a: messages go to a file. */
function logElsewhere({ process, options }: Invocation): void {
  const name = options.value('o') ?? options.value('a');
  if (name === undefined) return;
  const append = !options.has('o');
  const fd = process.open(name, { write: true, create: true, ...(append ? { append } : { truncate: true }) });
  if (!failed(fd)) process.dup2(fd, 2);
}

/** One transfer: the call, where it goes, and how it tells of itself. */
interface Transfer {
  readonly call: Invocation;
  readonly url: Url;
  readonly busybox: boolean;
  readonly say: (line: string) => Promise<void>;
  /** The last part of the URL first asked for, which names the file. */
  readonly name: string;
  /** The server has asked for a name and password. */
  readonly challenged: boolean;
}

/** -nc: what is there stays. */
const keepsFiles = ({ options }: Invocation): boolean => options.values('n').some((each) => each.includes('c'));

/** -nv: one line for each file. */
const isTerse = ({ options }: Invocation): boolean => options.has('nv') || (options.value('n') ?? '').includes('v');

const TIMEOUT_SECONDS = '900';
const MAX_REDIRECTS = '20';

async function fetchOne(call: Invocation, text: string): Promise<number> {
  const { io, options } = call;
  const busybox = call.flavour === 'busybox';
  const say = async (line: string): Promise<void> => {
    if (!options.has('q') && !isTerse(call)) await io.raw(line);
  };
  const first = parseUrl(text);
  const problem = busybox ? undefined : urlProblem(text);
  if (first === undefined || problem !== undefined) {
    await (busybox ? io.warn(`bad address '${text}'`) : io.raw(`${text}: ${problem ?? 'Invalid host name'}.\n`));
    return 1;
  }
  const name = percentDecode(first.target.replace(/\?.*$/, '').split('/').at(-1) ?? '') || 'index.html';
  const taken = nameOf(call, name);
  if (keepsFiles(call) && !failed(call.process.lstat(taken))) {
    await say(`File \u2018${taken}\u2019 already there; not retrieving.\n\n`);
    return 0;
  }
  if (options.has('spider') && !busybox) await say('Spider mode enabled. Check if remote file exists.\n');
  let kept: HttpConnection | undefined;
  let url = first;
  let challenged = false;
  for (let redirects = 0; ; redirects += 1) {
    const transfer: Transfer = { call, url, busybox, say, name, challenged };
    const connection = kept ?? (await connect(transfer));
    if (typeof connection === 'number') return connection;
    if (kept !== undefined) await say(reusing(transfer, challenged));
    const response = await requestOver(transfer, connection);
    if (failed(response)) {
      connection.close();
      await io.warn(busybox ? 'error getting response' : 'No data received.');
      return busybox ? 1 : 4;
    }
    const { head } = response;
    await tellHead(transfer, head);
    const { location } = head.headers;
    const challenge = head.headers['www-authenticate'];
    if (head.status === 401 && challenge !== undefined && options.has('user') && !challenged && !busybox) {
      await say(`Authentication selected: ${challenge}\n`);
      kept = await keepOpen(connection, response);
      challenged = true;
      continue;
    }
    const isRedirect = location !== undefined && head.status >= 300 && head.status < 400;
    if (!isRedirect) return await takeAnswer(transfer, connection, response);
    const most = options.value('max-redirect') ?? MAX_REDIRECTS;
    if (!busybox) await say(`Location: ${location} [following]\n`);
    if (redirects >= Number(most)) {
      connection.close();
      await say(`${most} redirections exceeded.\n`);
      return busybox ? 1 : 8;
    }
    const next = parseUrl(resolveUrl(url, location));
    if (next === undefined) return 1;
    const same = next.scheme === url.scheme && next.host === url.host && next.port === url.port;
    kept = same && !busybox ? await keepOpen(connection, response) : undefined;
    if (kept === undefined) connection.close();
    challenged = false;
    url = next;
  }
}

/** What GNU wget says of a URL that it cannot use. */
function urlProblem(text: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase() ?? 'http';
  if (scheme !== 'http' && scheme !== 'https') return 'Unsupported scheme';
  return parseUrl(text) === undefined && /^[^/]*\/*[^/?#]+:[^/?#]*/.test(text) ? 'Bad port number' : undefined;
}

/** The connection, where it can carry another request. */
async function keepOpen(connection: HttpConnection, response: HttpResponse): Promise<HttpConnection | undefined> {
  if (staysOpen(response.head) && !failed(await readBody(response))) return connection;
  connection.close();
  return undefined;
}

const reusing = ({ call, url }: Transfer, same: boolean): string =>
  (same ? '' : `--${nowText(call)}--  ${url.scheme}://${hostHeader(url)}${url.target}\n`) +
  `Reusing existing connection to ${url.host}:${String(url.port)}.\nHTTP request sent, awaiting response... `;

/** The answer that is no redirection: an error, or what is saved. */
async function takeAnswer(transfer: Transfer, connection: HttpConnection, response: HttpResponse): Promise<number> {
  const { call, busybox } = transfer;
  const { status, headers } = response.head;
  if (status >= 400) {
    connection.close();
    return await refusedBy(transfer, status);
  }
  const startedUs = call.process.time().monotonicUs;
  const body = await readBody(response);
  const seconds = (call.process.time().monotonicUs - startedUs) / 1e6;
  connection.close();
  if (failed(body)) {
    await call.io.warn(busybox ? 'connection closed prematurely' : 'Read error.');
    return 4;
  }
  const got = { bytes: bodyBytes(body), type: headers['content-type'] ?? 'text/html', seconds };
  return busybox ? await saveAsBusybox(transfer, got.bytes) : await saveAsGnu(transfer, got);
}

const nowText = (call: Invocation): string => strftime('%Y-%m-%d %H:%M:%S', call.process.time().realtimeUs);
const isAddress = (host: string): boolean => /^[\d.]+$/.test(host);

/** Opens the connection; a number is the exit code where that does not succeed. */
async function connect({ call, url, busybox, say }: Transfer): Promise<HttpConnection | number> {
  const { process, io, options } = call;
  if (!busybox) {
    const resolving = isAddress(url.host) ? '' : `Resolving ${url.host} (${url.host})... `;
    await say(`--${nowText(call)}--  ${url.scheme}://${hostHeader(url)}${url.target}\n${resolving}`);
  }
  const reached = await reach(process, url, {
    timeoutUs: Number(options.value('T') ?? TIMEOUT_SECONDS) * 1e6,
    ...(options.has('k') || busybox ? { authorities: 'insecure' as const } : {}),
  });
  if (reached.type === 'unresolved') {
    if (busybox) await io.warn(`bad address '${url.host}'`);
    else {
      await say(`failed: ${resolveErrorText(reached.reason)}.\n`);
      await io.warn(`unable to resolve host address \u2018${url.host}\u2019`);
    }
    return busybox ? 1 : 4;
  }
  const busyboxLine = `Connecting to ${hostHeader(url)} (${reached.address}:${String(url.port)})\n`;
  const place = isAddress(url.host) ? url.host : `${url.host} (${url.host})|${reached.address}|`;
  const gnuLine = `Connecting to ${place}:${String(url.port)}...`;
  const resolved = isAddress(url.host) ? '' : `${reached.address}\n`;
  if (reached.type === 'failed') {
    const why = strerror(reached.failure);
    await say(busybox ? busyboxLine : `${resolved}${gnuLine} failed: ${why}.\n`);
    if (!busybox && isTerse(call) && !options.has('q')) await io.raw(`failed: ${why}.\n`);
    if (!busybox) return 4;
    const late = reached.failure.errno === 'ETIMEDOUT' && options.has('T');
    await io.warn(late ? 'download timed out' : `can't connect to remote host (${reached.address}): ${why}`);
    return 1;
  }
  await say(busybox ? busyboxLine : `${resolved}${gnuLine} connected.\nHTTP request sent, awaiting response... `);
  return reached.connection;
}

/** Sends the request that the options describe, and waits for the head of the answer. */
async function requestOver(
  { call: { options, process }, url, busybox, challenged }: Transfer,
  connection: HttpConnection,
): Promise<Result<HttpResponse>> {
  const file = options.value('post-file');
  const data = file === undefined ? encodeOptional(options.value('post-data')) : await readOperand(process, file);
  if (failed(data)) return data;
  const head = requestHead(options, url, data, { busybox, challenged });
  const sent = await connection.request(data === undefined ? head : { ...head, body: { bytes: data } });
  return failed(sent) ? sent : connection.response();
}

const encodeOptional = (text: string | undefined): Uint8Array | undefined =>
  text === undefined ? undefined : encodeUtf8(text);

async function tellHead({ call, busybox, say }: Transfer, head: ResponseHead): Promise<void> {
  const shown = call.options.has('S');
  const [status = '', ...lines] = headLines(head);
  if (!busybox) await say(shown ? '\n' : `${status.replace(/^HTTP\/\S+ /, '')}\n`);
  if (shown) await call.io.raw([status, ...lines].map((line) => `  ${line}\n`).join(''));
}

/** Tells that the server answered with an error; the exit code. */
async function refusedBy({ call, busybox, say, url }: Transfer, status: number): Promise<number> {
  const reason = reasonPhrase(status);
  if (busybox) {
    await call.io.warn(`server returned error: HTTP/1.1 ${String(status)} ${reason}`);
    return 1;
  }
  if (call.options.has('spider')) {
    await say('Remote file does not exist -- broken link!!!\n\n');
    return 8;
  }
  if (isTerse(call) && !call.options.has('q'))
    await call.io.raw(
      `${url.scheme}://${hostHeader(url)}${url.target}:\n${nowText(call)} ERROR ${String(status)}: ${reason}.\n`,
    );
  else await say(`${nowText(call)} ERROR ${String(status)}: ${reason}.\n\n`);
  return 8;
}

/** Where a file of a name goes. */
const nameOf = ({ options }: Invocation, name: string): string => {
  const prefix = options.value('P');
  return options.value('O') ?? (prefix === undefined ? name : `${prefix}/${name}`);
};

/** The folders of -P are made. */
function createFolders(process: Process, path: string): void {
  const parts = path.split('/').slice(0, -1);
  for (let count = 1; count <= parts.length; count += 1) {
    const folder = parts.slice(0, count).join('/');
    if (folder !== '' && failed(process.lstat(folder))) process.mkdir(folder);
  }
}

async function saveAsBusybox(transfer: Transfer, bytes: Uint8Array): Promise<number> {
  const { call, say } = transfer;
  const { process, io, options } = call;
  if (options.has('spider')) {
    await say('remote file exists\n');
    return 0;
  }
  const target = nameOf(call, transfer.name);
  await say(target === '-' ? 'writing to stdout\n' : `saving to '${target}'\n`);
  if (target === '-') await io.bytes(bytes);
  else {
    const written = process.writeFile(target, bytes);
    if (failed(written)) {
      await io.warn(`can't open '${target}': ${strerror(written)}`);
      return 1;
    }
  }
  const label = target === '-' ? '-' : baseName(target);
  await say(`${label.padEnd(20)} 100% |${'*'.repeat(32)}| ${String(bytes.length).padStart(5)}  0:00:00 ETA\n`);
  await say(target === '-' ? 'written to stdout\n' : `'${target}' saved\n`);
  return 0;
}

/** A name that is taken gets a number, as long as nobody has said which name it is to be. */
function freeName({ process }: Invocation, name: string): string {
  const isTaken = (path: string): boolean => !failed(process.lstat(path));
  if (!isTaken(name)) return name;
  let number = 1;
  while (isTaken(`${name}.${String(number)}`)) number += 1;
  return `${name}.${String(number)}`;
}

interface Got {
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly seconds: number;
}

async function saveAsGnu(transfer: Transfer, { bytes, type, seconds }: Got): Promise<number> {
  const { call, url, say } = transfer;
  const { process, io, options } = call;
  if (options.has('spider')) {
    await say('Remote file exists.\n\n');
    return 0;
  }
  const target = options.value('O') ?? freeName(call, nameOf(call, transfer.name));
  if (options.has('P')) createFolders(process, target);
  const name = target === '-' ? 'STDOUT' : target;
  const size = String(bytes.length);
  await say(
    `Length: ${size}${sizeNote(bytes.length)} [${type.split(';')[0] ?? type}]\nSaving to: \u2018${name}\u2019\n\n`,
  );
  if (target === '-') await io.bytes(bytes);
  else {
    const written = process.writeFile(target, bytes);
    if (failed(written)) {
      await io.warn(`${target}: ${strerror(written)}`);
      return 3;
    }
  }
  const shown = process.isatty(2) ? barLine(name, bytes.length, seconds) : dotRows(bytes.length, seconds);
  const what = target === '-' ? 'written to stdout' : `\u2018${target}\u2019 saved`;
  await say(`${shown}\n\n${nowText(call)} (${rateText(bytes.length, seconds)}) - ${what} [${size}/${size}]\n\n`);
  if (isTerse(call) && !options.has('q'))
    await io.raw(
      `${nowText(call)} URL:${url.scheme}://${hostHeader(url)}${url.target} [${size}/${size}] -> "${target}" [1]\n`,
    );
  return 0;
}

/** ` (2.9M)` behind a length of a KiB or more. */
function sizeNote(bytes: number): string {
  if (bytes < 1024) return '';
  let [value, power] = [bytes / 1024, 0];
  for (; value >= 1024; power += 1) value /= 1024;
  return ` (${value < 10 ? value.toFixed(1) : String(Math.round(value))}${'KMGT'.charAt(power)})`;
}
