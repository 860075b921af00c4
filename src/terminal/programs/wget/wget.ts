/** wget: GNU's 1.21 and busybox's, which print differently. Leaves out recursion and resuming. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, strerror, type Result } from '../../../protocol/errno.ts';
import type { Headers } from '../../../protocol/http.ts';
import { command } from '../../coreutils/command.ts';
import type { Invocation } from '../../coreutils/command.ts';
import { bodyBytes, readBody, type HttpConnection, type HttpResponse } from '../../http-client.ts';
import { resolveErrorText } from '../../resolver.ts';
import { baseName } from '../../io.ts';
import { strftime } from '../../strftime.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { hostHeader, parseUrl, percentDecode, resolveUrl } from '../../url.ts';
import type { Url } from '../../url.ts';
import { reach } from '../http-tool.ts';
import { headerName } from '../curl/head.ts';
import { barLine, dotRows, rateText } from './report.ts';
import { reasonPhrase } from '../../../formats/http-status.ts';

/** Letters that wget has and this one refuses by name. */
const ABSENT_SWITCHES =
  'adjust-extension ask-password auth-no-challenge background backup-converted content-disposition content-on-error convert-file-only convert-links debug delete-after follow-ftp force-directories force-html ftps-clear-data-connection ftps-fallback-to-ftp ftps-implicit ftps-resume-ssl hsts-file https-only ignore-case ignore-length inet6-only keep-session-cookies max-redirect mirror no-cache no-clobber no-config no-cookies no-directories no-dns-cache no-glob no-host-directories no-hsts no-http-keep-alive no-if-modified-since no-iri no-netrc no-parent no-passive-ftp no-proxy no-remove-listing no-use-server-timestamps no-warc-compression no-warc-digests no-warc-keep-log page-requisites preserve-permissions protocol-directories random-wait recursive relative retr-symlinks retry-connrefused save-headers span-hosts strict-comments timestamping trust-server-names unlink warc-cdx xattr'.split(
    ' ',
  );
const ABSENT_VALUED =
  'accept accept-regex append-output backups base bind-address body-file ca-certificate ca-directory certificate certificate-type ciphers compression config connect-timeout crl-file cut-dirs default-page dns-timeout domains exclude-directories exclude-domains execute follow-tags ftp-password ftp-user http-password http-user ignore-tags include-directories input-file level limit-rate load-cookies local-encoding output-file password pinnedpubkey post-file prefer-family private-key private-key-type progress proxy-password proxy-user quota read-timeout referer regex-type reject reject-regex rejected-log remote-encoding report-speed restrict-file-names retry-on-http-error save-cookies secure-protocol start-pos use-askpass user wait waitretry warc-dedup warc-file warc-header warc-max-size warc-tempdir'.split(
    ' ',
  );
const ABSENT = [...'cdNbmrpxKLHEF6haABDeiIloQRwX', ...ABSENT_SWITCHES, ...ABSENT_VALUED];

/** The first such option; of -n only -nv is here. */
const absentOption = ({ options }: Invocation): string | undefined => {
  const letter = ABSENT.find((each) => options.has(each));
  if (letter !== undefined) return letter.length === 1 ? `-${letter}` : `--${letter}`;
  const of = options.values('n').find((each) => each !== 'v');
  return of === undefined ? undefined : `-n${of}`;
};

export const wget = command(
  {
    name: 'wget',
    short: 'qO:P:T:t:ScdvNn:bmrpxKLHEF46ha:A:B:D:e:i:I:l:o:Q:R:U:w:X:',
    long: {
      ...Object.fromEntries(ABSENT_SWITCHES.map((name) => [name, name])),
      ...Object.fromEntries(ABSENT_VALUED.map((name) => [name, `${name}:`])),
      'inet4-only': '4',
      quiet: 'q',
      'output-document': 'O',
      'directory-prefix': 'P',
      timeout: 'T',
      tries: 't',
      'server-response': 'S',
      continue: 'c',
      'no-check-certificate': 'k',
      header: 'header:',
      'post-data': 'post-data:',
      spider: 'spider',
      verbose: 'v',
      'no-verbose': 'nv',
      'show-progress': 'show-progress',
      method: 'method:',
      'body-data': 'post-data:',
      'user-agent': 'U:',
    },
    usage: '[OPTION]... [URL]...',
  },
  async (call) => {
    if (call.operands.length === 0) {
      await call.io.raw("wget: missing URL\nUsage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options.\n");
      return 1;
    }
    const absent = absentOption(call);
    if (absent !== undefined) return await notSimulated(call.io, `wget ${absent}`);
    let status = 0;
    for (const text of call.operands) status = Math.max(status, await fetchOne(call, text, 0));
    return await call.io.end(status);
  },
);

/** One transfer: the call, where it goes, and how it tells of itself. */
interface Transfer {
  readonly call: Invocation;
  readonly url: Url;
  readonly busybox: boolean;
  readonly say: (line: string) => Promise<void>;
}

/** -nv: one line for each file. */
const isTerse = ({ options }: Invocation): boolean => options.has('nv') || (options.value('n') ?? '').includes('v');

const TIMEOUT_SECONDS = '900';
const MAX_REDIRECTS = 10;

async function fetchOne(call: Invocation, text: string, redirects: number): Promise<number> {
  const { io, options } = call;
  const busybox = call.flavour === 'busybox';
  const url = parseUrl(text);
  if (url === undefined) {
    await io.warn(`bad address '${text}'`);
    return 1;
  }
  const say = async (line: string): Promise<void> => {
    if (!options.has('q') && !isTerse(call)) await io.raw(line);
  };
  const transfer: Transfer = { call, url, busybox, say };
  const connection = await connect(transfer);
  if (typeof connection === 'number') return connection;
  const response = await requestOver(transfer, connection);
  if (failed(response)) {
    connection.close();
    await io.warn(busybox ? 'error getting response' : 'No data received.');
    return busybox ? 1 : 4;
  }
  const { status, headers } = response.head;
  await tellHead(transfer, status, headers);
  const location = headers['location'];
  if (location !== undefined && status >= 300 && status < 400 && redirects < MAX_REDIRECTS) {
    connection.close();
    if (!busybox) await say(`Location: ${location} [following]\n`);
    return await fetchOne(call, resolveUrl(url, location), redirects + 1);
  }
  if (status >= 400) {
    connection.close();
    return await refusedBy(transfer, status);
  }
  const startedUs = call.process.time().monotonicUs;
  const body = await readBody(response);
  const seconds = (call.process.time().monotonicUs - startedUs) / 1e6;
  connection.close();
  if (failed(body)) {
    await io.warn(busybox ? 'connection closed prematurely' : 'Read error.');
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
  const gnuLine = `Connecting to ${url.host} (${url.host})|${reached.address}|:${String(url.port)}...`;
  const resolved = isAddress(url.host) ? '' : `${reached.address}\n`;
  if (reached.type === 'failed') {
    const why = strerror(reached.failure);
    await say(busybox ? busyboxLine : `${resolved}${gnuLine} failed: ${why}.\n`);
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
  { call: { options }, url, busybox }: Transfer,
  connection: HttpConnection,
): Promise<Result<HttpResponse>> {
  const data = options.value('post-data');
  const headers: Record<string, string> = {
    host: hostHeader(url),
    'user-agent': options.value('U') ?? (busybox ? 'Wget' : 'Wget/1.21.4'),
    accept: '*/*',
    connection: busybox ? 'close' : 'Keep-Alive',
  };
  if (data !== undefined)
    Object.assign(headers, {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': String(data.length),
    });
  for (const line of options.values('header'))
    headers[line.slice(0, line.indexOf(':')).toLowerCase()] = line.slice(line.indexOf(':') + 1).trim();
  const method =
    options.value('method') ?? (options.has('spider') && !busybox ? 'HEAD' : data === undefined ? 'GET' : 'POST');
  const body = data === undefined ? {} : { body: { bytes: encodeUtf8(data) } };
  const sent = await connection.request({ method, target: url.target, headers, ...body });
  return failed(sent) ? sent : connection.response();
}

async function tellHead({ call, busybox, say }: Transfer, status: number, headers: Headers): Promise<void> {
  const line = `${String(status)} ${reasonPhrase(status)}`;
  if (!busybox) await say(`${line}\n`);
  if (!call.options.has('S')) return;
  const lines = Object.entries(headers).map(([name, value]) => `  ${headerName(name)}: ${value}\n`);
  await call.io.raw(`  HTTP/1.1 ${line}\n${lines.join('')}`);
}

/** Tells that the server answered with an error; the exit code. */
async function refusedBy({ call, busybox }: Transfer, status: number): Promise<number> {
  const reason = reasonPhrase(status);
  if (busybox) {
    await call.io.warn(`server returned error: HTTP/1.1 ${String(status)} ${reason}`);
    return 1;
  }
  if (!call.options.has('q')) await call.io.raw(`${nowText(call)} ERROR ${String(status)}: ${reason}.\n\n`);
  return 8;
}

/** The name that a URL's last part gives a file. */
const nameOf = ({ url, call: { options } }: Transfer): string => {
  const base = percentDecode(url.target.replace(/\?.*$/, '').split('/').at(-1) ?? '') || 'index.html';
  const prefix = options.value('P');
  return prefix === undefined ? base : `${prefix}/${base}`;
};

async function saveAsBusybox(transfer: Transfer, bytes: Uint8Array): Promise<number> {
  const { call, say } = transfer;
  const { process, io, options } = call;
  if (options.has('spider')) {
    await say('remote file exists\n');
    return 0;
  }
  const target = options.value('O') ?? nameOf(transfer);
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
  const target = options.value('O') ?? freeName(call, nameOf(transfer));
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
