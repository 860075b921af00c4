/** One URL: connection, request, answer, redirects, and what becomes of the body. */
import { concatBytes, encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { HttpRequest, ResponseHead } from '../../../protocol/http.ts';
import type { Process } from '../../../protocol/program.ts';
import { reasonPhrase } from '../../../formats/http-status.ts';
import type { Options } from '../../coreutils/command.ts';
import { chunkBytes } from '../../http-client.ts';
import { type Io, readOperand } from '../../io.ts';
import { bytesToText } from '../../text.ts';
import { hostHeader, parseUrl, percentDecode, resolveUrl, type Url } from '../../url.ts';
import { notSimulated } from '../../system/plain-program.ts';
import { reach } from '../http-tool.ts';
import { type Progress, progressOf } from './meter.ts';
import { readIdentity } from './identity.ts';
import { headerName, requestOf } from './request.ts';
import { tlsRefusal } from './tls-refusal.ts';
import type { GlobbedUrl } from './url-glob.ts';
import { fillIn } from './write-out.ts';

const headLines = ({ status, headers }: ResponseHead): readonly string[] => [
  `HTTP/1.1 ${String(status)} ${reasonPhrase(status)}`,
  ...Object.entries(headers).map(([name, text]) => `${headerName(name)}: ${text}`),
];

/** Protocols that curl speaks and this one does not. */
const OTHER_PROTOCOLS =
  'dict ftp ftps gopher gophers imap imaps ldap ldaps mqtt pop3 pop3s rtmp rtsp scp sftp smb smbs smtp smtps telnet tftp'.split(
    ' ',
  );

export class Transfer {
  readonly #process: Process;
  readonly #io: Io;
  readonly #options: Options;
  readonly #text: string;
  readonly #index: number;
  readonly #parts: readonly string[];
  #redirects = 0;
  #connections = 0;
  #method = 'GET';
  #uploaded = 0;
  #connectedUs = 0;
  #answeredUs = 0;
  #size = 0;
  readonly #started: number;
  readonly #meter: Progress | undefined;

  constructor(process: Process, io: Io, options: Options, { text, parts }: GlobbedUrl, index: number) {
    this.#process = process;
    this.#io = io;
    this.#options = options;
    this.#text = text;
    this.#parts = parts;
    this.#index = index;
    this.#started = process.time().monotonicUs;
    this.#meter = progressOf(process, io, options, this.#isShown());
  }

  /** Whether the body goes to somebody's terminal. */
  #isShown(): boolean {
    return !this.#options.has('o') && !this.#options.has('O') && this.#process.isatty(1);
  }

  async #fail(code: number, message: string): Promise<number> {
    if (!this.#options.has('s') || this.#options.has('S')) await this.#io.raw(`curl: (${String(code)}) ${message}\n`);
    await this.#writeOut(undefined, this.#text, '', code);
    return code;
  }

  async #note(text: string): Promise<void> {
    if (this.#options.has('v')) await this.#io.raw(`${text}\n`);
  }

  async run(): Promise<number> {
    if (/^file:\/\//i.test(this.#text)) return await this.#file(this.#text.replace(/^file:\/\/(localhost)?/i, ''));
    const url = parseUrl(this.#text);
    if (url === undefined) return await this.#fail(3, 'URL rejected: No host part in the URL');
    if (OTHER_PROTOCOLS.includes(url.scheme)) return await notSimulated(this.#io, `curl ${url.scheme}://`);
    if (url.scheme !== 'http' && url.scheme !== 'https')
      return await this.#fail(1, `Protocol "${url.scheme}" not supported`);
    const body = await this.#body();
    if (typeof body === 'number') return body;
    return await this.#exchange(url, body);
  }

  async #file(path: string): Promise<number> {
    const bytes = this.#process.readFile(percentDecode(path));
    if (failed(bytes)) return await this.#fail(37, `Couldn't open file ${percentDecode(path)}`);
    this.#size = bytes.length;
    await this.#meter?.begin(0);
    this.#meter?.expect(bytes.length);
    await this.#meter?.receive(bytes.length);
    await this.#meter?.end();
    const sink = this.#sink({ target: path });
    if (sink === undefined) await this.#io.bytes(bytes);
    else if (failed(this.#process.writeFile(sink, bytes)))
      return await this.#fail(23, 'Failure writing output to destination');
    await this.#writeOut(undefined, this.#text, '');
    return 0;
  }

  async #body(): Promise<Uint8Array | undefined | number> {
    const parts: Uint8Array[] = [];
    for (const [letter, value] of this.#options.order) {
      if (!['d', 'data-raw', 'data-binary', 'data-urlencode', 'json'].includes(letter)) continue;
      let bytes = encodeUtf8(value);
      if (letter === 'data-urlencode') {
        const at = value.indexOf('=');
        bytes = encodeUtf8(
          at < 0 ? encodeURIComponent(value) : `${value.slice(0, at + 1)}${encodeURIComponent(value.slice(at + 1))}`,
        );
      } else if (letter !== 'data-raw' && value.startsWith('@')) {
        const file = await readOperand(this.#process, value.slice(1));
        if (failed(file)) return await this.#fail(26, `Failed to open ${value.slice(1)}`);
        bytes = letter === 'd' ? encodeUtf8(bytesToText(file).replace(/[\r\n]/g, '')) : file;
      }
      if (parts.length > 0 && letter !== 'json') parts.push(encodeUtf8('&'));
      parts.push(bytes);
    }
    const upload = this.#options.value('T');
    if (upload !== undefined) {
      const file = await readOperand(this.#process, upload);
      return failed(file) ? await this.#fail(26, `Failed to open ${upload}`) : file;
    }
    if (this.#options.has('F')) {
      await this.#io.raw("drydock: 'curl --form' is not simulated\n");
      return 2;
    }
    return parts.length === 0 ? undefined : concatBytes(parts);
  }

  async #exchange(url: Url, body: Uint8Array | undefined): Promise<number> {
    const options = this.#options;
    const maxTime = options.value('m');
    const connectTime = options.value('connect-timeout') ?? maxTime;
    const cacert = options.value('cacert');
    const authority = cacert === undefined ? undefined : this.#process.readFile(cacert);
    if (authority !== undefined && failed(authority))
      return await this.#fail(77, `error setting certificate file: ${cacert ?? ''}`);
    const certPath = options.value('E');
    const identity = certPath === undefined ? undefined : readIdentity(this.#process, certPath, options.value('key'));
    if (identity !== undefined && 'problem' in identity) return await this.#fail(58, identity.problem);
    const socket = options.value('unix-socket');
    const pinned = new Map(
      this.#options.values('resolve').map((entry) => {
        const match = /^\+?([^:]*):(\d+):(.*)$/.exec(entry);
        return [`${match?.[1] ?? ''}:${match?.[2] ?? ''}`, match?.[3] ?? ''] as const;
      }),
    );
    await this.#meter?.begin(body?.length ?? 0);
    const reached = await reach(this.#process, url, {
      resolve: pinned,
      ...(options.has('k')
        ? { authorities: 'insecure' as const }
        : authority === undefined
          ? {}
          : { authorities: bytesToText(authority) }),
      ...(identity === undefined ? {} : { clientCertificate: identity.certificate }),
      ...(connectTime === undefined ? {} : { timeoutUs: Math.round(Number(connectTime) * 1e6) }),
      ...(socket === undefined ? {} : { unixSocket: socket }),
    });
    if (reached.type === 'unresolved') return await this.#fail(6, `Could not resolve host: ${url.host}`);
    if (reached.type === 'failed') {
      await this.#meter?.end();
      const ms = String(Math.round(reached.tookUs / 1_000));
      const { tls } = reached.failure;
      if (tls !== undefined) return await this.#fail(...tlsRefusal(tls, url.host));
      if (reached.failure.errno === 'ETIMEDOUT' && connectTime !== undefined)
        return await this.#fail(
          28,
          maxTime !== undefined && options.value('connect-timeout') === undefined
            ? `Connection timed out after ${ms} milliseconds`
            : `Failed to connect to ${url.host} port ${String(url.port)} after ${ms} ms: Timeout was reached`,
        );
      return await this.#fail(
        reached.failure.errno === 'ETIMEDOUT' ? 28 : 7,
        `Failed to connect to ${url.host} port ${String(url.port)} after ${ms} ms: Couldn't connect to server`,
      );
    }
    await this.#note(
      `*   Trying ${reached.address}:${String(url.port)}...\n* Connected to ${url.host} (${reached.address}) port ${String(url.port)}`,
    );
    this.#connections += 1;
    this.#connectedUs = this.#process.time().monotonicUs;
    const request = requestOf(this.#options, url, body);
    this.#method = request.method;
    this.#uploaded = request.body === undefined ? 0 : (body?.length ?? 0);
    await this.#noteRequest(request);
    const sent = await reached.connection.request(request);
    this.#meter?.sent();
    const response = failed(sent) ? sent : await reached.connection.response();
    if (failed(response)) {
      await this.#meter?.end();
      reached.connection.close();
      return response.errno === 'ECONNRESET'
        ? await this.#fail(52, 'Empty reply from server')
        : await this.#fail(56, 'Recv failure: Connection reset by peer');
    }
    return await this.#receive(url, reached, request, response, body);
  }

  async #noteRequest(request: HttpRequest): Promise<void> {
    if (!this.#options.has('v')) return;
    await this.#note(`> ${request.method} ${request.target} HTTP/1.1`);
    for (const [name, text] of Object.entries(request.headers)) await this.#note(`> ${headerName(name)}: ${text}`);
    await this.#note('> ');
  }

  async #receive(
    url: Url,
    reached: Extract<Awaited<ReturnType<typeof reach>>, { type: 'connected' }>,
    request: HttpRequest,
    response: { readonly head: ResponseHead; next(): Promise<unknown> },
    body: Uint8Array | undefined,
  ): Promise<number> {
    const { head } = response;
    this.#answeredUs = this.#process.time().monotonicUs;
    const { headers } = head;
    this.#meter?.expect(headers['content-length'] === undefined ? undefined : Number(headers['content-length']));
    const options = this.#options;
    const headText = headLines(head);
    for (const line of options.has('v') ? [...headText, ''] : []) await this.#note(`< ${line}`);
    const location = head.headers['location'];
    const follow = options.has('L') && location !== undefined && head.status >= 300 && head.status < 400;
    const sink = this.#sink(url);
    this.#showHead(`${headText.join('\r\n')}\r\n\r\n`);
    const keep = !follow && !(options.has('f') && head.status >= 400) && request.method !== 'HEAD';
    const saved: Uint8Array[] = [];
    const deadline = options.value('m') === undefined ? undefined : this.#started + Number(options.value('m')) * 1e6;
    for (;;) {
      const chunk = await (reached.connection.response === undefined ? Promise.resolve(undefined) : response.next());
      if (chunk === undefined) break;
      if (typeof chunk !== 'object' || chunk === null || 'errno' in chunk) {
        reached.connection.close();
        await this.#meter?.end();
        return await this.#fail(18, 'transfer closed with outstanding read data remaining');
      }
      const bytes = chunkBytes(chunk as Parameters<typeof chunkBytes>[0]);
      this.#size += keep ? bytes.length : 0;
      if (!keep && !follow) continue;
      await this.#meter?.receive(bytes.length);
      if (!keep) continue;
      if (sink === undefined) {
        if (!(await this.#io.bytes(bytes))) {
          reached.connection.close();
          return await this.#fail(23, 'Failure writing output to destination');
        }
      } else saved.push(bytes);
      if (deadline !== undefined && this.#process.time().monotonicUs > deadline) {
        reached.connection.close();
        return await this.#fail(
          28,
          `Operation timed out after ${String(Math.round((this.#process.time().monotonicUs - this.#started) / 1_000))} milliseconds with ${String(this.#size)} bytes received`,
        );
      }
    }
    reached.connection.close();
    await this.#meter?.end();
    if (options.has('v')) await this.#io.flush();
    await this.#note(`* Connection #0 to host ${url.host} left intact`);
    if (follow) {
      this.#redirects += 1;
      const next = parseUrl(resolveUrl(url, location));
      if (this.#redirects > Number(options.value('max-redirs') ?? '50'))
        return await this.#fail(47, `Maximum (${options.value('max-redirs') ?? '50'}) redirects followed`);
      if (next !== undefined)
        return await this.#exchange(next, head.status === 307 || head.status === 308 ? body : undefined);
    }
    if (sink !== undefined && sink !== '/dev/null') {
      const written = this.#process.writeFile(sink, concatBytes(saved));
      if (failed(written)) return await this.#fail(23, `Failure writing output to destination`);
    }
    if ((options.has('f') || options.has('fail-with-body')) && head.status >= 400)
      return await this.#fail(22, `The requested URL returned error: ${String(head.status)}`);
    await this.#writeOut(head, `${url.scheme}://${hostHeader(url)}${url.target}`, reached.address);
    return 0;
  }

  /** -i and -I show the head of the answer, -D keeps it. */
  #showHead(text: string): void {
    if (this.#options.has('i') || this.#options.has('I')) this.#io.out(text);
    const dump = this.#options.value('D');
    if (dump === '-') this.#io.out(text);
    else if (dump !== undefined) this.#process.writeFile(dump, encodeUtf8(text));
  }

  #sink(url: Pick<Url, 'target'>): string | undefined {
    const output = this.#options.values('o')[this.#index] ?? this.#options.value('o');
    if (output !== undefined)
      return output === '-'
        ? undefined
        : output.replace(/#(\d)/g, (whole, at: string) => this.#parts[Number(at) - 1] ?? whole);
    return this.#options.has('O') ? percentDecode(url.target.replace(/\?.*$/, '').split('/').at(-1) ?? '') : undefined;
  }

  async #writeOut(head: ResponseHead | undefined, url: string, ip: string, code = 0): Promise<void> {
    const format = this.#options.value('w');
    if (format === undefined) return;
    const now = this.#process.time().monotonicUs;
    const since = (us: number): string => (Math.max(us - this.#started, 0) / 1e6).toFixed(6);
    const { scheme, port } = parseUrl(url) ?? {};
    const filled = fillIn(format, {
      http_code: String(head?.status ?? 0).padStart(3, '0'),
      response_code: String(head?.status ?? 0).padStart(3, '0'),
      time_total: since(now),
      time_connect: since(this.#connectedUs),
      time_pretransfer: since(this.#connectedUs),
      time_starttransfer: since(this.#answeredUs),
      speed_download: String(Math.floor((this.#size * 1e6) / Math.max(now - this.#started, 1))),
      size_upload: String(head === undefined ? 0 : this.#uploaded),
      size_download: String(this.#size),
      url_effective: url,
      num_redirects: String(this.#redirects),
      content_type: head?.headers['content-type'] ?? '',
      remote_ip: ip,
      exitcode: String(code),
      redirect_url: head?.headers['location'] ?? '',
      method: this.#method,
      num_connects: String(this.#connections),
      remote_port: head === undefined ? '0' : String(port ?? 0),
      http_version: head === undefined ? '0' : '1.1',
      scheme: head === undefined ? '' : (scheme ?? '').toUpperCase(),
      ssl_verify_result: this.#options.has('k') && scheme === 'https' ? '19' : '0',
      urlnum: String(this.#index),
      url: this.#text,
    });
    this.#io.out(filled.text);
    await this.#io.flush();
    for (const name of filled.unknown) await this.#io.raw(`curl: unknown --write-out variable: '${name}'\n`);
  }
}
