/**
 * The API server as kubectl talks to it: one connection kept for requests in turn, another for each stream.
 * Bodies are shared objects; text is made only where a person reads it.
 */
import type { FailureStatus } from '../../../engine/kubernetes/apimachinery/status.ts';
import { encodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, type SysFailure } from '../../../protocol/errno.ts';
import type { BodyChunk, Headers } from '../../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import { isJsonObject } from '../../../formats/json.ts';
import {
  HttpConnection,
  bodyJson,
  bodyText,
  readBody,
  type HttpEndpoint,
  type HttpResponse,
} from '../../http-client.ts';
import { resolveHost } from '../../resolver.ts';
import { hostHeader, parseUrl, type Url } from '../../url.ts';
import { Fatal, fatal } from './fatal.ts';
import type { Connection } from './kubeconfig.ts';
import { refuse } from './server-error.ts';

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ApiCall {
  readonly method?: string;
  readonly path: string;
  readonly query?: Query;
  readonly accept?: string;
  readonly contentType?: string;
  readonly body?: JsonValue;
}

export type ApiReply =
  | { readonly ok: true; readonly status: number; readonly object: JsonObject }
  | { readonly ok: false; readonly failure: FailureStatus };

/** A response that is read as it comes, on a connection of its own. */
export interface ApiStream {
  readonly connection: HttpConnection;
  readonly response: HttpResponse;
}

export const PATCH_TYPES = {
  strategic: 'application/strategic-merge-patch+json',
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  apply: 'application/apply-patch+yaml',
} as const;
export type PatchKind = keyof typeof PATCH_TYPES;

export class Api {
  readonly process: Process;
  readonly connection: Connection;
  private readonly url: Url;
  private readonly warn: (text: string) => void;
  private endpoint: HttpEndpoint | undefined;
  private kept: HttpConnection | undefined;

  constructor(process: Process, connection: Connection, warn: (text: string) => void) {
    this.process = process;
    this.connection = connection;
    const url = parseUrl(connection.server);
    if (url === undefined) fatal(`host must be a URL or a host:port pair: ${JSON.stringify(connection.server)}`);
    this.url = url;
    this.warn = warn;
  }

  /** Something to tell the user once, as a warning. */
  warning(text: string): void {
    this.warn(text);
  }

  get server(): string {
    return this.connection.server.replace(/\/$/, '');
  }

  /** Asks and reads the whole answer; a refusal is a value. */
  async ask(call: ApiCall): Promise<ApiReply> {
    const { response } = await this.send(call, true);
    const chunks = await readBody(response);
    if (failed(chunks)) return this.broken(chunks);
    const { status, headers } = response.head;
    this.warnings(headers);
    if (status === 204) return { ok: true, status, object: {} };
    const value = bodyJson(chunks);
    if (status >= 400) return { ok: false, failure: failureOf(status, value, chunks) };
    if (!isJsonObject(value)) fatal(`unexpected answer of the server: ${bodyText(chunks).slice(0, 200)}`);
    return { ok: true, status, object: value };
  }

  /** Asks and ends the command if the server refuses. */
  async get(path: string, query?: Query, accept?: string): Promise<JsonObject> {
    return this.must(
      await this.ask({ path, ...(query === undefined ? {} : { query }), ...(accept === undefined ? {} : { accept }) }),
    );
  }

  must(reply: ApiReply, source?: { readonly verb: string; readonly file: string }): JsonObject {
    return reply.ok ? reply.object : refuse(reply.failure, source);
  }

  create(path: string, body: JsonObject, query: Query = {}): Promise<ApiReply> {
    return this.ask({ method: 'POST', path, query, body });
  }

  replace(path: string, body: JsonObject, query: Query = {}): Promise<ApiReply> {
    return this.ask({ method: 'PUT', path, query, body });
  }

  patch(path: string, kind: PatchKind, body: JsonValue, query: Query = {}): Promise<ApiReply> {
    return this.ask({ method: 'PATCH', path, query, body, contentType: PATCH_TYPES[kind] });
  }

  delete(path: string, body: JsonObject, query: Query = {}): Promise<ApiReply> {
    return this.ask({ method: 'DELETE', path, query, body });
  }

  /** Plain text of an endpoint (logs, /version paths); a refusal is a value. */
  async text(
    path: string,
    query?: Query,
  ): Promise<{ readonly ok: true; readonly text: string } | { readonly ok: false; readonly failure: FailureStatus }> {
    const { response } = await this.send({ path, ...(query === undefined ? {} : { query }), accept: '*/*' }, true);
    const chunks = await readBody(response);
    if (failed(chunks)) return this.broken(chunks);
    if (response.head.status >= 400)
      return { ok: false, failure: failureOf(response.head.status, bodyJson(chunks), chunks) };
    return { ok: true, text: bodyText(chunks) };
  }

  /** Opens a stream; a refusal is a value. The caller closes the connection. */
  async stream(call: ApiCall): Promise<ApiStream | { readonly failure: FailureStatus }> {
    const opened = await this.send(call, false);
    const { status, headers } = opened.response.head;
    this.warnings(headers);
    if (status < 400) {
      // A checkpoint in the middle of a stream holds that connection alone.
      this.close();
      return opened;
    }
    const chunks = await readBody(opened.response);
    opened.connection.close();
    const body = failed(chunks) ? [] : chunks;
    return { failure: failureOf(status, bodyJson(body), body) };
  }

  /** Opens channels (exec, attach, port-forward). */
  upgrade(path: string, query: string): Promise<ApiStream | { readonly failure: FailureStatus }> {
    return this.stream({
      method: 'GET',
      path: `${path}?${query}`,
      accept: '*/*',
      contentType: 'upgrade',
    });
  }

  /** A connection of its own, for messages that are passed on as they are. */
  connect(): Promise<HttpConnection> {
    return this.open();
  }

  /** What says who is asking. */
  credentials(): Headers {
    const { token, impersonate, impersonateGroups } = this.connection;
    return {
      host: hostHeader(this.url),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(impersonate === undefined ? {} : { 'impersonate-user': impersonate }),
      ...(impersonateGroups.length === 0 ? {} : { 'impersonate-group': impersonateGroups.join(',') }),
    };
  }

  close(): void {
    this.kept?.close();
    this.kept = undefined;
  }

  private async send(call: ApiCall, keep: boolean): Promise<ApiStream> {
    const isUpgrade = call.contentType === 'upgrade';
    const head = {
      method: call.method ?? 'GET',
      target: call.path + queryText(call.query),
      headers: isUpgrade ? this.upgradeHeaders() : this.headers(call),
    };
    const body: BodyChunk | undefined = call.body === undefined ? undefined : { object: call.body };
    for (let attempt = 0; ; attempt += 1) {
      const reused = keep ? this.kept : undefined;
      if (keep) this.kept = undefined;
      const connection = reused ?? (await this.open());
      const sent = await connection.request({ ...head, ...(body === undefined ? {} : { body }) });
      const response = failed(sent) ? sent : await connection.response();
      if (!failed(response)) {
        if (keep) this.kept = connection;
        return { connection, response };
      }
      connection.close();
      // A kept connection may have died unnoticed; a fresh one decides.
      if (reused === undefined || attempt > 0) this.unreachable(response, head.method, head.target);
    }
  }

  private async open(): Promise<HttpConnection> {
    this.endpoint ??= await this.resolve();
    const opened = await HttpConnection.open(this.process, this.endpoint);
    return failed(opened) ? this.unreachable(opened, '', '') : opened;
  }

  private async resolve(): Promise<HttpEndpoint> {
    const { url, connection } = this;
    const found = await resolveHost(this.process, url.host);
    const ip = found.type === 'found' ? found.addresses[0] : undefined;
    if (ip === undefined)
      throw new Fatal(`Unable to connect to the server: dial tcp: lookup ${url.host}: no such host`);
    const address = { family: 'inet', ip, port: url.port } as const;
    const timeout = connection.timeoutMs > 0 ? { timeoutUs: connection.timeoutMs * 1000 } : {};
    if (url.scheme !== 'https') return { address, ...timeout };
    const authorities = connection.insecure ? 'insecure' : connection.authorityPem;
    return {
      address,
      ...timeout,
      tls: {
        serverName: connection.serverName ?? url.host,
        ...(authorities === undefined ? {} : { authorities }),
        ...(connection.clientCertificatePem === undefined
          ? {}
          : { clientCertificate: connection.clientCertificatePem }),
      },
    };
  }

  private unreachable(failure: SysFailure, method: string, target: string): never {
    const host = `${this.url.host}:${String(this.url.port)}`;
    const dial =
      this.endpoint?.address.family === 'inet'
        ? `${this.endpoint.address.ip}:${String(this.endpoint.address.port)}`
        : host;
    if (failure.tls !== undefined) {
      const why =
        failure.tls.reason === 'no-tls' ? 'http: server gave HTTP response to HTTPS client' : failure.tls.text;
      throw new Fatal(`Unable to connect to the server: ${why}`);
    }
    switch (failure.errno) {
      case 'ECONNREFUSED':
        throw new Fatal(`The connection to the server ${host} was refused - did you specify the right host or port?`);
      case 'ETIMEDOUT':
        throw new Fatal(`Unable to connect to the server: dial tcp ${dial}: i/o timeout`);
      case 'EHOSTUNREACH':
        throw new Fatal(`Unable to connect to the server: dial tcp ${dial}: connect: no route to host`);
      case 'ENETUNREACH':
        throw new Fatal(`Unable to connect to the server: dial tcp ${dial}: connect: network is unreachable`);
      default:
        throw new Fatal(
          method === ''
            ? 'Unable to connect to the server: EOF'
            : `Unable to connect to the server: ${method} "${this.server}${target}": EOF`,
        );
    }
  }

  private broken(failure: SysFailure): never {
    return this.unreachable(failure, '', '');
  }

  private headers(call: ApiCall): Headers {
    return {
      ...this.commonHeaders(),
      accept: call.accept ?? 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': call.contentType ?? 'application/json' }),
    };
  }

  private upgradeHeaders(): Headers {
    return {
      ...this.commonHeaders(),
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-protocol': 'v5.channel.k8s.io',
    };
  }

  private commonHeaders(): Headers {
    return { ...this.credentials(), 'user-agent': 'kubectl/v1.36.1 (linux/amd64) kubernetes/drydock' };
  }

  private warnings(headers: Headers): void {
    for (const found of (headers['warning'] ?? '').matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g)) {
      this.warn((found[1] ?? '').replace(/\\(.)/g, '$1'));
    }
  }
}

function queryText(query: Query | undefined): string {
  const parts = Object.entries(query ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encodeURIComponent(String(value))}`],
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/** A refusal: the Status that came, or one made of what came instead. */
function failureOf(status: number, value: JsonValue, chunks: readonly BodyChunk[]): FailureStatus {
  if (isJsonObject(value) && value['kind'] === 'Status') return value as unknown as FailureStatus;
  const text = bodyText(chunks).trim();
  const isMissing = status === 404;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    reason: isMissing ? 'NotFound' : status === 403 ? 'Forbidden' : status === 401 ? 'Unauthorized' : 'InternalError',
    message: isMissing
      ? 'the server could not find the requested resource'
      : text === ''
        ? `an error on the server ("unknown") has prevented the request from succeeding`
        : text,
    code: status,
  };
}

/** Text as a body of bytes. */
export const textBody = (text: string): BodyChunk => ({ bytes: encodeUtf8(text) });
