import type { ResponseHead } from '../../../../protocol/http.ts';
import type { JsonObject, JsonValue } from '../../../../protocol/plain.ts';
import { decodeUtf8, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { ADMIN, type ApiOnly, apiOnly } from '../api-only.spec-support.ts';
import { HttpFront } from './front.ts';

export interface Reply {
  head?: ResponseHead;
  readonly chunks: JsonValue[];
  text: string;
  ended: boolean;
}
export interface HttpLab extends ApiOnly {
  readonly front: HttpFront;
  readonly passed: string[];
  /** Sends a request and answers its reply, which grows as events come. */
  send(
    method: string,
    target: string,
    body?: JsonObject | string,
    headers?: Record<string, string>,
  ): Reply & { readonly exchange: number };
}

export function httpLab(): HttpLab {
  const world = apiOnly(1, { plainUser: ADMIN });
  const replies = new Map<number, Reply>();
  const passed: string[] = [];
  const reply = (exchange: number): Reply => {
    const known = replies.get(exchange);
    if (known === undefined) throw new Error('no exchange');
    return known;
  };
  const front: HttpFront = new HttpFront({
    simulation: world.simulation,
    target: 'http',
    server: world.server,
    exchanges: {
      head: (exchange, head) => {
        reply(exchange).head = head;
        return true;
      },
      chunk: (exchange, chunk) => {
        if ('object' in chunk) reply(exchange).chunks.push(chunk.object);
        else reply(exchange).text += decodeUtf8(chunk.bytes);
        return true;
      },
      end: (exchange) => {
        reply(exchange).ended = true;
        return true;
      },
      respond: (exchange, status, body, headers = {}) => {
        const own = reply(exchange);
        own.head = { status, headers };
        if (body !== undefined && 'object' in body) own.chunks.push(body.object);
        if (body !== undefined && 'bytes' in body) own.text += decodeUtf8(body.bytes);
        own.ended = true;
        return true;
      },
    },
    nodes: {
      open: (_exchange, request) => passed.push(`${request.node} ${request.target}`),
      body: () => undefined,
      frame: () => undefined,
      finish: () => undefined,
      abort: () => undefined,
    },
  });
  world.simulation.loop.register('http', front);
  let next = 1;
  return {
    ...world,
    front,
    passed,
    send: (method, target, body, headers = {}) => {
      const exchange = next;
      next += 1;
      const own = { chunks: [], text: '', ended: false, exchange };
      replies.set(exchange, own);
      front.open(exchange, { method, target, headers }, { ip: '127.0.0.1', port: 40_000 });
      if (typeof body === 'string') front.body(exchange, { bytes: encodeUtf8(body) });
      else if (body !== undefined) front.body(exchange, { object: body });
      front.finish(exchange);
      return own;
    },
  };
}
