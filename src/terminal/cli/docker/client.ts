/** The docker command's connection to the daemon. */
import { concatBytes, decodeUtf8 } from '../../../protocol/bytes.ts';
import { failed, type SysFailure } from '../../../protocol/errno.ts';
import type { BodyChunk, Headers } from '../../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import type { Process } from '../../../protocol/program.ts';
import {
  bodyBytes,
  bodyJson,
  HttpConnection,
  readBody,
  type HttpEndpoint,
  type HttpResponse,
} from '../../http-client.ts';
import { Fatal } from './fatal.ts';

const API = '/v1.50';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonValue | undefined;
  readonly bytes: Uint8Array;
}
export interface Streaming {
  readonly connection: HttpConnection;
  readonly response: HttpResponse;
}

export class Client {
  readonly #endpoint: HttpEndpoint;
  constructor(
    private readonly process: Process,
    /** `unix:///var/run/docker.sock` or `tcp://host:2375`. */
    private readonly host: string,
  ) {
    const tcp = /^tcp:\/\/([^:/]+):(\d+)$/.exec(host);
    this.#endpoint = {
      address:
        tcp === null
          ? { family: 'unix', path: host.replace(/^unix:\/\//, '') }
          : { family: 'inet', ip: tcp[1] ?? '', port: Number(tcp[2]) },
    };
  }

  /** One request and its whole answer; a refusal of the daemon is a reply too. */
  async ask(method: string, target: string, body?: JsonObject | Uint8Array, headers: Headers = {}): Promise<Reply> {
    const { connection, response } = await this.open(method, target, body, headers);
    const chunks = await readBody(response);
    connection.close();
    const pieces: readonly BodyChunk[] = failed(chunks) ? [] : chunks;
    return {
      status: response.head.status,
      headers: response.head.headers,
      json: pieces.length === 0 ? undefined : bodyJson(pieces),
      bytes: bodyBytes(pieces),
    };
  }

  /** As `ask`, where anything but success ends the command. */
  async must(method: string, target: string, body?: JsonObject | Uint8Array): Promise<JsonValue | undefined> {
    const reply = await this.ask(method, target, body);
    if (reply.status >= 400) throw new Fatal(daemonError(reply.json));
    return reply.json;
  }

  /** A request whose answer is read piece by piece. */
  async open(
    method: string,
    target: string,
    body?: JsonObject | Uint8Array,
    headers: Headers = {},
  ): Promise<Streaming> {
    const connection = await HttpConnection.open(this.process, this.#endpoint);
    if (failed(connection)) throw new Fatal(this.#unreachable(connection, method, target));
    const type =
      body === undefined
        ? {}
        : { 'content-type': body instanceof Uint8Array ? 'application/x-tar' : 'application/json' };
    const chunk: BodyChunk | undefined =
      body === undefined ? undefined : body instanceof Uint8Array ? { bytes: body } : { object: body };
    const sent = await connection.request({
      method,
      target: `${API}${target}`,
      headers: { host: 'api.moby.localhost', 'user-agent': 'Docker-Client/28.2.2 (linux)', ...type, ...headers },
      ...(chunk === undefined ? {} : { body: chunk }),
    });
    const response = failed(sent) ? sent : await connection.response();
    if (failed(response)) {
      connection.close();
      throw new Fatal(this.#unreachable(response, method, target));
    }
    return { connection, response };
  }

  #unreachable(failure: SysFailure, method: string, target: string): string {
    if (failure.errno === 'EACCES') {
      const verb = `${method.charAt(0)}${method.slice(1).toLowerCase()}`;
      const path = this.host.replace(/^unix:\/\//, '');
      return `permission denied while trying to connect to the Docker daemon socket at ${this.host}: ${verb} "http://${path.replaceAll('/', '%2F')}${API}${target}": dial unix ${path}: connect: permission denied`;
    }
    return `Cannot connect to the Docker daemon at ${this.host}. Is the docker daemon running?`;
  }
}

/** `Error response from daemon: …` of an error body. */
export function daemonError(json: JsonValue | undefined): string {
  const message =
    typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as JsonObject)['message'] : undefined;
  return `Error response from daemon: ${typeof message === 'string' ? message : 'unknown error'}`;
}

/** JSON values of a stream (pull, events, stats): shared objects, or lines of text. */
export async function* jsonLines(response: HttpResponse): AsyncGenerator<JsonObject> {
  let held: Uint8Array = new Uint8Array(0);
  for (;;) {
    const chunk = await response.next();
    if (chunk === undefined || failed(chunk)) return;
    if ('object' in chunk) {
      yield chunk.object as JsonObject;
      continue;
    }
    held = concatBytes([held, chunk.bytes]);
    for (let at = held.indexOf(10); at >= 0; at = held.indexOf(10)) {
      const line = decodeUtf8(held.subarray(0, at)).trim();
      held = held.slice(at + 1);
      if (line !== '') yield JSON.parse(line) as JsonObject;
    }
  }
}

/** Demultiplexes the 8-byte framed streams of logs and attach without upgrade. */
export class Demultiplexer {
  #held: Uint8Array = new Uint8Array(0);
  push(bytes: Uint8Array): readonly { readonly fd: 1 | 2; readonly bytes: Uint8Array }[] {
    this.#held = this.#held.length === 0 ? bytes : concatBytes([this.#held, bytes]);
    const out: { fd: 1 | 2; bytes: Uint8Array }[] = [];
    for (;;) {
      const [kind = 1, , , , a = 0, b = 0, c = 0, d = 0] = this.#held;
      const length = a * 16_777_216 + b * 65_536 + c * 256 + d;
      if (this.#held.length < 8 || this.#held.length < 8 + length) return out;
      out.push({ fd: kind === 2 ? 2 : 1, bytes: this.#held.slice(8, 8 + length) });
      this.#held = this.#held.slice(8 + length);
    }
  }
}
