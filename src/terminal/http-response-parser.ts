import { concatBytes, EMPTY_BYTES } from '../protocol/bytes.ts';
import type { Segment } from '../protocol/program.ts';

/** Turns the bytes of an HTTP/1.1 response into messages, however they are cut (RFC 9112). */
export class ResponseParser {
  readonly #method: string;
  #held: Uint8Array = EMPTY_BYTES;
  #state: 'head' | 'length' | 'chunk-size' | 'chunk-data' | 'until-close' | 'upgraded' = 'head';
  #left = 0;

  constructor(method: string) {
    this.#method = method;
  }

  /** Segments completed by these bytes; undefined is the end of the stream. */
  push(bytes: Uint8Array | undefined): Segment[] {
    if (bytes === undefined) {
      const ended = this.#state === 'until-close';
      this.#state = 'head';
      return ended ? [{ type: 'end' }] : [];
    }
    this.#held = this.#held.length === 0 ? bytes : concatBytes([this.#held, bytes]);
    const out: Segment[] = [];
    while (this.#step(out)) {
      // Each step consumes something or says that more bytes are needed.
    }
    return out;
  }

  #step(out: Segment[]): boolean {
    switch (this.#state) {
      case 'head':
        return this.#head(out);
      case 'chunk-size': {
        const line = this.#line();
        if (line === undefined) return false;
        if (line === '') return true;
        this.#left = Number.parseInt(line, 16);
        if (this.#left > 0) this.#state = 'chunk-data';
        else this.#end(out);
        return true;
      }
      case 'chunk-data':
      case 'length': {
        if (this.#held.length === 0) return false;
        const piece = this.#take(Math.min(this.#left, this.#held.length));
        this.#left -= piece.length;
        out.push({ type: 'body', chunk: { bytes: piece } });
        if (this.#left === 0) {
          if (this.#state === 'length') this.#end(out);
          else this.#state = 'chunk-size';
        }
        return true;
      }
      case 'until-close':
      case 'upgraded':
        if (this.#held.length === 0) return false;
        out.push(
          this.#state === 'upgraded'
            ? { type: 'bytes', bytes: this.#take(this.#held.length) }
            : { type: 'body', chunk: { bytes: this.#take(this.#held.length) } },
        );
        return true;
      default:
        return false;
    }
  }

  #head(out: Segment[]): boolean {
    const text = latin1(this.#held);
    const end = /\r?\n\r?\n/.exec(text);
    if (end === null) return false;
    const [status = '', ...lines] = text.slice(0, end.index).split(/\r?\n/);
    this.#take(end.index + end[0].length);
    const code = Number(/^HTTP\/\d(?:\.\d)? (\d{3})/.exec(status)?.[1] ?? '0');
    const headers: Record<string, string> = {};
    for (const line of lines) {
      const at = line.indexOf(':');
      if (at > 0) headers[line.slice(0, at).toLowerCase()] = line.slice(at + 1).trim();
    }
    out.push({ type: 'response', head: { status: code, headers, lines: [status, ...lines] } });
    this.#bodyKind(code, headers, out);
    return true;
  }

  #bodyKind(code: number, headers: Readonly<Record<string, string>>, out: Segment[]): void {
    const length = headers['content-length'];
    if (code === 101) this.#state = 'upgraded';
    else if (this.#method === 'HEAD' || code === 204 || code === 304) this.#end(out);
    else if (headers['transfer-encoding']?.includes('chunked') === true) this.#state = 'chunk-size';
    else if (length === undefined) this.#state = 'until-close';
    else if (Number(length) === 0) this.#end(out);
    else {
      this.#left = Number(length);
      this.#state = 'length';
    }
  }

  #end(out: Segment[]): void {
    this.#state = 'head';
    out.push({ type: 'end' });
  }

  #line(): string | undefined {
    const at = this.#held.indexOf(10);
    if (at < 0) return undefined;
    return latin1(this.#take(at + 1)).trim();
  }

  #take(count: number): Uint8Array {
    const taken = this.#held.subarray(0, count);
    this.#held = this.#held.subarray(count);
    return taken;
  }
}

function latin1(bytes: Uint8Array): string {
  let out = '';
  for (let i = 0; i < bytes.length; i += 4096) out += String.fromCharCode(...bytes.subarray(i, i + 4096));
  return out;
}
