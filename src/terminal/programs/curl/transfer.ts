/** One URL: its requests from redirect to redirect, and what becomes of the body. */
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed } from '../../../protocol/errno.ts';
import type { ResponseHead } from '../../../protocol/http.ts';
import { parseDate } from '../../coreutils/date/parse-date.ts';
import { hostHeader, parseUrl, resolveUrl, type Url } from '../../url.ts';
import { exchange, type ExchangeContext } from './exchange.ts';
import { newFacts, type TransferFacts } from './facts.ts';
import { headerValues, headText } from './head.ts';
import { type Progress, progressOf } from './meter.ts';
import { netrcUser } from './netrc.ts';
import { type Body, customHeaders, requestHead, timeCondition } from './request.ts';
import type { Session, TransferFailure } from './session.ts';
import type { Settings } from './settings.ts';
import { dispositionName, fileName, Sink } from './sink.ts';
import type { GlobbedUrl } from './url-glob.ts';
import { Verbose } from './verbose.ts';

const MAX_REDIRECTS = 50;

/** Which of the call's transfers it is. */
export interface TransferPlace {
  readonly url: GlobbedUrl;
  readonly urlIndex: number;
  readonly transferIndex: number;
}

export class Transfer {
  readonly facts: TransferFacts;
  readonly #session: Session;
  readonly #settings: Settings;
  readonly #url: Url;
  readonly #body: Body | undefined;
  readonly #sink: Sink;
  readonly #meter: Progress | undefined;
  readonly #verbose: Verbose;
  readonly #customHeaders: readonly string[];
  readonly #range: string | undefined;
  /** Where --continue-at goes on. */
  readonly #offset: number;

  constructor(session: Session, settings: Settings, place: TransferPlace, url: Url, body: Body | undefined) {
    const { process, io } = session;
    this.#session = session;
    this.#settings = settings;
    this.#url = url;
    this.#body = body;
    this.facts = newFacts(place.url.text, place.urlIndex, place.transferIndex, process.time().monotonicUs);
    const name = fileName(settings, place.url, url.target, place.urlIndex);
    this.#sink = new Sink(process, io, settings, name);
    const isShown = name === undefined && process.isatty(1);
    this.#meter = progressOf(process, io, settings, isShown);
    this.#verbose = new Verbose(io, settings.on('verbose'), isShown);
    this.#customHeaders = customHeaders(process, settings);
    this.#offset = this.#startOf(name);
    this.#range = settings.value('range') ?? (settings.has('continue-at') ? `${String(this.#offset)}-` : undefined);
    this.facts.insecure = settings.on('insecure');
    this.facts.fileName = name ?? '';
  }

  #startOf(name: string | undefined): number {
    const asked = this.#settings.value('continue-at');
    if (asked !== '-') return Number(asked ?? '0');
    const stat = name === undefined ? undefined : this.#session.process.stat(name);
    return stat === undefined || failed(stat) ? 0 : stat.size;
  }

  /** Fetches it; undefined where all went well. */
  async run(): Promise<TransferFailure | undefined> {
    if (this.#sink.name === '') return { code: 23, message: 'Failed writing received data to disk/application' };
    const outcome = await this.#follow();
    if (outcome !== undefined) {
      this.#sink.discard();
      return outcome;
    }
    return this.#finish();
  }

  async #follow(): Promise<TransferFailure | undefined> {
    const settings = this.#settings;
    let url = this.#url;
    let body = this.#body;
    let method = this.#firstMethod();
    for (let redirects = 0; ; redirects += 1) {
      const head = await this.#exchange(url, settings.value('request') ?? method, body);
      if ('code' in head) return head;
      const location = this.#locationOf(head);
      if (location === undefined) return undefined;
      const most = Number(settings.value('max-redirs') ?? String(MAX_REDIRECTS));
      if (most >= 0 && redirects >= most) return { code: 47, message: `Maximum (${String(most)}) redirects followed` };
      const next = parseUrl(resolveUrl(url, location));
      if (next === undefined || (next.scheme !== 'http' && next.scheme !== 'https'))
        return { code: 1, message: 'The redirect target URL could not be parsed: Unsupported URL scheme' };
      await this.#noteRedirect(url, next);
      if (!keepsMethod(settings, head.status) && method !== 'GET' && method !== 'HEAD') {
        if (!settings.has('request')) await this.#verbose.note(`Switch from ${method} to GET`);
        [method, body] = ['GET', undefined];
      }
      url = next;
      this.facts.redirects += 1;
      this.facts.redirectedUs = this.#session.process.time().monotonicUs;
    }
  }

  #firstMethod(): string {
    const settings = this.#settings;
    if (settings.on('head')) return 'HEAD';
    if (settings.has('upload-file')) return 'PUT';
    return this.#body === undefined ? 'GET' : 'POST';
  }

  #locationOf(head: ResponseHead): string | undefined {
    const { location } = head.headers;
    return this.#settings.on('location') && head.status >= 300 && head.status < 400 ? location : undefined;
  }

  async #noteRedirect(from: Url, to: Url): Promise<void> {
    if (from.scheme !== to.scheme)
      await this.#verbose.note(
        `Clear auth, redirects scheme from ${from.scheme.toUpperCase()} to ${to.scheme.toUpperCase()}`,
      );
    else if (from.port !== to.port)
      await this.#verbose.note(`Clear auth, redirects to port from ${String(from.port)} to ${String(to.port)}`);
    await this.#verbose.note(`Issue another request to this URL: '${urlText(to)}'`);
  }

  async #exchange(url: Url, method: string, body: Body | undefined): Promise<ResponseHead | TransferFailure> {
    const { facts } = this;
    const settings = this.#settings;
    const user = this.#userFor(url);
    const head = requestHead({
      settings,
      url,
      method,
      body,
      user,
      cookies: this.#cookiesFor(url),
      range: this.#range,
      modifiedSince: timeCondition(this.#session.process, settings),
      customHeaders:
        isSamePlace(url, this.#url) || settings.on('location-trusted') ? this.#customHeaders : this.#publicHeaders(),
    });
    facts.method = method;
    facts.effectiveUrl = urlText(url);
    facts.referer = head.headers['referer'] ?? '';
    await this.#meter?.begin(body?.bytes.length ?? 0);
    const request = body === undefined ? head : { ...head, body: { bytes: body.bytes } };
    return await exchange(this.#context(url, body), url, request, user);
  }

  /** Custom headers without those that are for the first host alone. */
  #publicHeaders(): readonly string[] {
    return this.#customHeaders.filter((line) => !/^(authorization|cookie):/i.test(line));
  }

  #userFor(url: Url): string | undefined {
    if (!isSamePlace(url, this.#url) && !this.#settings.on('location-trusted')) return undefined;
    const given = this.#settings.value('user');
    if (given !== undefined) return given.includes(':') ? given : `${given}:`;
    const own = this.#url;
    if (own.user !== undefined) return `${own.user}:${own.password ?? ''}`;
    return netrcUser(this.#session.process, this.#settings, url.host);
  }

  #cookiesFor(url: Url): string {
    const given = this.#settings.values('cookie').filter((text) => text.includes('='));
    const kept = this.#session.jar?.header(url, this.#nowSeconds()) ?? '';
    return [kept, given.join(';')].filter((text) => text !== '').join('; ');
  }

  #nowSeconds(): number {
    return Math.floor(this.#session.process.time().realtimeUs / 1e6);
  }

  #context(url: Url, body: Body | undefined): ExchangeContext {
    return {
      session: this.#session,
      settings: this.#settings,
      facts: this.facts,
      verbose: this.#verbose,
      meter: this.#meter,
      notesOn: (line, head) => this.#notesOn(line, head, url, body),
      onHead: (head) => this.#onHead(head, url),
      onBody: async (bytes) =>
        (await this.#sink.write(bytes)) ? undefined : { code: 23, message: 'Failure writing output to destination' },
    };
  }

  #notesOn(line: string, head: ResponseHead, url: Url, body: Body | undefined): readonly string[] {
    const colon = line.indexOf(':');
    if (colon < 0) {
      const uploaded = body !== undefined && !this.#settings.has('data') && body.contentType !== FORM_TYPE;
      return [
        ...(uploaded ? ['We are completely uploaded and fine'] : []),
        ...(line.startsWith('HTTP/1.0') ? ['HTTP 1.0, assume close after body'] : []),
      ];
    }
    switch (line.slice(0, colon).toLowerCase()) {
      case 'location':
        return this.#locationOf(head) !== undefined && body !== undefined
          ? ['Please rewind output before next send']
          : [];
      case 'www-authenticate':
        return head.status === 401 && this.#userFor(url) !== undefined
          ? ['Authentication problem. Ignoring this.']
          : [];
      case 'set-cookie': {
        const note = this.#session.jar?.set(line.slice(colon + 1).trim(), url, this.#nowSeconds());
        return note === undefined ? [] : [note];
      }
      default:
        return [];
    }
  }

  #onHead(head: ResponseHead, url: Url): 'keep' | 'ignore' | TransferFailure {
    const settings = this.#settings;
    const length = Number(head.headers['content-length'] ?? '0');
    if (settings.on('fail') && head.status >= 400)
      return { code: 22, message: `The requested URL returned error: ${String(head.status)}` };
    this.#showHead(headText(head));
    if (settings.on('remote-header-name')) this.#nameByHeader(head);
    const tags = settings.value('etag-save');
    if (tags !== undefined) this.#session.process.writeFile(tags, encodeUtf8(`${head.headers['etag'] ?? ''}\n`));
    if (this.#locationOf(head) !== undefined) return 'ignore';
    if (this.#offset > 0 && head.status === 200 && length === this.#offset) return 'ignore';
    if (this.#offset > 0 && head.status === 200)
      return { code: 33, message: "HTTP server doesn't seem to support byte ranges. Cannot resume." };
    const most = Number(settings.value('max-filesize') ?? '0');
    if (most > 0 && length > most) return { code: 63, message: 'Maximum file size exceeded' };
    return url.target === '' ? 'ignore' : 'keep';
  }

  #nameByHeader(head: ResponseHead): void {
    const [header] = headerValues(head, 'content-disposition');
    const name = header === undefined ? undefined : dispositionName(header);
    if (name === undefined || this.#sink.name === undefined) return;
    this.#sink.name = name;
    this.facts.fileName = name;
  }

  /** -i and -I show the head of the answer, -D keeps it. */
  #showHead(text: string): void {
    const { io, process } = this.#session;
    if (this.#settings.on('include') || this.#settings.on('head')) this.#headBytes(text);
    const dump = this.#settings.value('dump-header');
    if (dump === '-') io.out(text);
    else if (dump !== undefined) process.writeFile(dump, encodeUtf8(text), { append: this.facts.redirects > 0 });
  }

  #headBytes(text: string): void {
    if (this.#sink.name === undefined) this.#session.io.out(text);
    else this.#sink.hold(encodeUtf8(text));
  }

  #finish(): TransferFailure | undefined {
    const { status } = this.facts.head ?? { status: 0 };
    if (!this.#sink.finish(this.#offset > 0 && status === 206))
      return { code: 23, message: 'Failed writing received data to disk/application' };
    this.facts.fileName = this.#sink.name ?? '';
    this.#keepTime();
    return this.#settings.on('fail-with-body') && status >= 400
      ? { code: 22, message: `The requested URL returned error: ${String(status)}` }
      : undefined;
  }

  /** --remote-time. */
  #keepTime(): void {
    const modified = this.facts.head?.headers['last-modified'];
    const { process } = this.#session;
    if (!this.#settings.on('remote-time') || modified === undefined || this.#sink.name === undefined) return;
    const whenUs = parseDate(modified, process.time().realtimeUs);
    if (whenUs !== undefined) process.utimes(this.#sink.name, whenUs / 1_000, whenUs / 1_000);
  }
}

/** Whether a status lets a request with a body be made again as it was. */
const keepsMethod = (settings: Settings, status: number): boolean =>
  status === 307 || status === 308 || settings.on(`post${String(status)}`);

const isSamePlace = (one: Url, other: Url): boolean =>
  one.scheme === other.scheme && one.host === other.host && one.port === other.port;

const urlText = (url: Url): string =>
  `${url.scheme}://${hostHeader(url)}${url.target}${url.fragment === undefined ? '' : `#${url.fragment}`}`;

export const FORM_TYPE = 'application/x-www-form-urlencoded';
