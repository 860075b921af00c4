/** Requests from the page to a simulated server, as inputs; answers arrive as outputs. */
import { decodeUtf8 } from '../../protocol/bytes.ts';
import type { HttpRequest } from '../../protocol/http.ts';
import type { JsonValue } from '../../protocol/plain.ts';
import type { Input, Output, ServerName } from '../../protocol/simulation.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body as a value where it is JSON, else its text. */
  readonly body: JsonValue;
}

interface Waiting {
  status: number;
  headers: Readonly<Record<string, string>>;
  readonly parts: JsonValue[];
  readonly settle: (answer: Answer | { readonly failed: string }) => void;
}

const PATIENCE_MS = 15_000;

export class Exchanges {
  readonly #waiting = new Map<string, Waiting>();
  /** Given up, and not ended yet. */
  readonly #abandoned = new Set<string>();
  #count = 0;

  constructor(private readonly send: (input: Input) => void) {}

  /** Settles with the whole answer, or with why none came. */
  request(server: ServerName, request: HttpRequest): Promise<Answer | { readonly failed: string }> {
    this.#count += 1;
    const exchange = `page-${Date.now().toString(36)}-${String(this.#count)}`;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(exchange);
        this.#abandon(exchange);
        resolve({ failed: 'timeout' });
      }, PATIENCE_MS);
      const settle: Waiting['settle'] = (answer) => {
        clearTimeout(timer);
        this.#waiting.delete(exchange);
        resolve(answer);
      };
      this.#waiting.set(exchange, { status: 0, headers: {}, parts: [], settle });
      this.send({ type: 'request', exchange, server, request });
    });
  }

  take({ exchange, event }: Extract<Output, { readonly type: 'exchange' }>): void {
    const waiting = this.#waiting.get(exchange);
    if (waiting === undefined) {
      // Asked before a reload: nobody waits for it any more.
      if (event.type === 'end') this.#abandoned.delete(exchange);
      else this.#abandon(exchange);
      return;
    }
    if (event.type === 'head') {
      waiting.status = event.head.status;
      waiting.headers = event.head.headers;
    } else if (event.type === 'chunk') {
      waiting.parts.push('object' in event.chunk ? event.chunk.object : decodeUtf8(event.chunk.bytes));
    } else if (event.type === 'end') {
      if (event.aborted !== undefined) waiting.settle({ failed: event.aborted });
      else waiting.settle({ status: waiting.status, headers: waiting.headers, body: wholeBody(waiting.parts) });
    }
  }

  #abandon(exchange: string): void {
    if (this.#abandoned.has(exchange)) return;
    this.#abandoned.add(exchange);
    this.send({ type: 'request.abort', exchange });
  }
}

function wholeBody(parts: readonly JsonValue[]): JsonValue {
  const [first] = parts;
  if (parts.length === 1 && typeof first !== 'string') return first;
  const text = parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('');
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}
