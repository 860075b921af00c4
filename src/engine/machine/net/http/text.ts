/**
 * HTTP/1.1 as text (RFC 9112): messages to bytes for a reader of bytes, and bytes to messages for a reader of messages.
 * Models: content-length, chunked transfer, keep-alive, 100-continue as no body, upgrades. Leaves out: trailers, pipelining limits.
 */
import { reasonPhrase } from '../../../../formats/http-status.ts';
import { concatBytes, decodeUtf8, encodeUtf8, EMPTY_BYTES, utf8Length } from '../../../../protocol/bytes.ts';
import type { BodyChunk, ChannelFrame, Headers, RequestHead, ResponseHead } from '../../../../protocol/http.ts';
import type { Segment } from '../../../../protocol/program.ts';

/** A body piece as bytes: an object becomes one line of JSON. */
export const chunkBytes = (chunk: BodyChunk): Uint8Array =>
  'bytes' in chunk ? chunk.bytes : encodeUtf8(`${JSON.stringify(chunk.object)}\n`);

/** `content-type` to `Content-Type`: how most servers spell it on the wire. */
export const headerCase = (name: string): string =>
  name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());

export const requestHeadText = (head: RequestHead): string =>
  spelled(head) ?? `${head.method} ${head.target} HTTP/1.1\r\n${headerLines(head.headers)}\r\n`;
export const responseHeadText = (head: ResponseHead): string =>
  spelled(head) ?? `HTTP/1.1 ${String(head.status)} ${reasonPhrase(head.status)}\r\n${headerLines(head.headers)}\r\n`;

const spelled = ({ lines }: Pick<RequestHead, 'lines'>): string | undefined => lines && `${lines.join('\r\n')}\r\n\r\n`;

const headerLines = (headers: Headers): string =>
  Object.entries(headers)
    .map(([name, value]) => `${headerCase(name)}: ${value}\r\n`)
    .join('');

/** State of the text that one direction of a connection has written so far; data. */
export interface RenderState {
  /** The message under way is sent in chunks. */
  chunked: boolean;
}

/** The bytes of the next segment of a stream. */
export function renderSegment(segment: Segment, state: RenderState): Uint8Array {
  switch (segment.type) {
    case 'bytes':
      return segment.bytes;
    case 'request': {
      state.chunked = isChunked(segment.head.headers);
      return encodeUtf8(requestHeadText(segment.head));
    }
    case 'response': {
      state.chunked = isChunked(segment.head.headers);
      return encodeUtf8(responseHeadText(segment.head));
    }
    case 'body': {
      const bytes = chunkBytes(segment.chunk);
      if (!state.chunked || bytes.length === 0) return bytes;
      return concatBytes([encodeUtf8(`${bytes.length.toString(16)}\r\n`), bytes, encodeUtf8('\r\n')]);
    }
    case 'end': {
      const { chunked } = state;
      state.chunked = false;
      return chunked ? encodeUtf8('0\r\n\r\n') : EMPTY_BYTES;
    }
    case 'frame':
      return segment.frame.bytes ?? EMPTY_BYTES;
    case 'message':
      return encodeUtf8(JSON.stringify(segment.value));
  }
}

/** How many bytes a segment is on the wire where its message is not sent in chunks. */
export function renderedSize(segment: Segment): number {
  switch (segment.type) {
    case 'request': {
      const { method, target, headers } = segment.head;
      if (segment.head.lines !== undefined) return utf8Length(requestHeadText(segment.head));
      return utf8Length(method) + utf8Length(target) + ' '.length + ' HTTP/1.1\r\n'.length + headersSize(headers);
    }
    case 'response': {
      const { status, headers } = segment.head;
      if (segment.head.lines !== undefined) return utf8Length(responseHeadText(segment.head));
      return `HTTP/1.1 ${String(status)} \r\n`.length + reasonPhrase(status).length + headersSize(headers);
    }
    default:
      return renderSegment(segment, { chunked: false }).length;
  }
}

function headersSize(headers: Headers): number {
  let size = '\r\n'.length;
  for (const name in headers) size += utf8Length(name) + utf8Length(headers[name] ?? '') + ': \r\n'.length;
  return size;
}

const isChunked = (headers: Headers): boolean => /\bchunked\b/i.test(headers['transfer-encoding'] ?? '');

/** Where a parser stands; data, so that half a message survives a snapshot. */
export interface ParseState {
  readonly side: 'request' | 'response';
  phase: 'head' | 'length' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailer' | 'until-close' | 'upgraded';
  /** Bytes not yet understood. */
  rest: Uint8Array;
  /** Of the body or chunk under way. */
  left: number;
  /** The request was HEAD: its response has no body. */
  headOnly: boolean;
}

export const newParser = (side: 'request' | 'response'): ParseState => ({
  side,
  phase: 'head',
  rest: EMPTY_BYTES,
  left: 0,
  headOnly: false,
});

/** Longest head that is taken (nginx: 4 buffers of 8 KiB). */
const MAX_HEAD_BYTES = 32_768;

/** Understands as much as it can; undefined where the text is no HTTP. */
export function parseBytes(state: ParseState, bytes: Uint8Array): readonly Segment[] | undefined {
  state.rest = state.rest.length === 0 ? bytes : concatBytes([state.rest, bytes]);
  const out: Segment[] = [];
  for (;;) {
    const before = state.rest.length;
    const phase = state.phase;
    const good = parseStep(state, out);
    if (!good) return undefined;
    if (state.rest.length === before && state.phase === phase) return out;
  }
}

/** The peer closed: a body without a length ends here. */
export function parseEnd(state: ParseState): readonly Segment[] {
  const open = state.phase === 'until-close';
  state.phase = 'head';
  return open ? [{ type: 'end' }] : [];
}

function parseStep(state: ParseState, out: Segment[]): boolean {
  switch (state.phase) {
    case 'head':
      return parseHead(state, out);
    case 'length':
    case 'chunk': {
      const take = Math.min(state.left, state.rest.length);
      if (take > 0) out.push({ type: 'body', chunk: { bytes: state.rest.subarray(0, take) } });
      state.rest = state.rest.subarray(take);
      state.left -= take;
      if (state.left > 0) return true;
      if (state.phase === 'chunk') state.phase = 'chunk-end';
      else {
        out.push({ type: 'end' });
        state.phase = 'head';
      }
      return true;
    }
    case 'chunk-end': {
      const line = takeLine(state);
      if (line !== undefined) state.phase = 'chunk-size';
      return line === undefined || line === '';
    }
    case 'chunk-size': {
      const line = takeLine(state);
      if (line === undefined) return true;
      const size = /^([0-9a-fA-F]+)\s*(;.*)?$/.exec(line)?.[1];
      if (size === undefined) return false;
      state.left = parseInt(size, 16);
      state.phase = state.left === 0 ? 'trailer' : 'chunk';
      return true;
    }
    case 'trailer': {
      const line = takeLine(state);
      if (line !== '') return true;
      out.push({ type: 'end' });
      state.phase = 'head';
      return true;
    }
    case 'until-close':
    case 'upgraded':
      if (state.rest.length > 0)
        out.push(
          state.phase === 'upgraded'
            ? { type: 'bytes', bytes: state.rest }
            : { type: 'body', chunk: { bytes: state.rest } },
        );
      state.rest = EMPTY_BYTES;
      return true;
  }
}

function parseHead(state: ParseState, out: Segment[]): boolean {
  const end = headEnd(state.rest);
  if (end === undefined) return state.rest.length <= MAX_HEAD_BYTES && looksLikeHead(state);
  const [first = '', ...lines] = decodeUtf8(state.rest.subarray(0, end.at)).split(/\r?\n/);
  state.rest = state.rest.subarray(end.after);
  const headers: { [name: string]: string } = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0) return false;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  if (state.side === 'request') {
    const match = /^([A-Za-z]+) (\S+) HTTP\/1\.[01]$/.exec(first);
    if (match === null) return false;
    out.push({ type: 'request', head: { method: match[1] ?? '', target: match[2] ?? '', headers } });
    beginBody(state, headers, out, false);
    return true;
  }
  const match = /^HTTP\/1\.[01] (\d{3})(?: (.*))?$/.exec(first);
  if (match === null) return false;
  const status = Number(match[1]);
  out.push({ type: 'response', head: { status, headers, lines: [first, ...lines] } });
  if (status === 101) state.phase = 'upgraded';
  else if (state.headOnly || status === 204 || status === 304 || status < 200) {
    if (status >= 200) out.push({ type: 'end' });
  } else beginBody(state, headers, out, true);
  return true;
}

function beginBody(state: ParseState, headers: Headers, out: Segment[], untilClose: boolean): void {
  const length = headers['content-length'];
  if (isChunked(headers)) state.phase = 'chunk-size';
  else if (length !== undefined) {
    state.left = Number(length);
    state.phase = 'length';
  } else if (untilClose) state.phase = 'until-close';
  else {
    out.push({ type: 'end' });
    // What follows an upgrade request is the other protocol's.
    if (headers.upgrade !== undefined) state.phase = 'upgraded';
  }
}

const looksLikeHead = (state: ParseState): boolean => {
  if (state.rest.length === 0) return true;
  const start = decodeUtf8(state.rest.subarray(0, 8));
  return state.side === 'request'
    ? /^[A-Za-z]+( |$)/.test(start)
    : 'HTTP/1.1'.startsWith(start.slice(0, 5)) || start.startsWith('HTTP/1.');
};

function headEnd(bytes: Uint8Array): { readonly at: number; readonly after: number } | undefined {
  for (let i = 0; i < bytes.length; i += 1) {
    if (bytes[i] !== 10) continue;
    if (bytes[i + 1] === 10) return { at: i, after: i + 2 };
    if (bytes[i + 1] === 13 && bytes[i + 2] === 10) return { at: bytes[i - 1] === 13 ? i - 1 : i, after: i + 3 };
  }
  return undefined;
}

function takeLine(state: ParseState): string | undefined {
  const at = state.rest.indexOf(10);
  if (at < 0) return undefined;
  const line = decodeUtf8(state.rest.subarray(0, at)).replace(/\r$/, '');
  state.rest = state.rest.subarray(at + 1);
  return line;
}

/** Bytes that a segment takes in a window; objects are not rendered for that. */
export function segmentSize(segment: Segment): number {
  switch (segment.type) {
    case 'bytes':
      return segment.bytes.length;
    case 'body':
      return 'bytes' in segment.chunk ? segment.chunk.bytes.length : 1024;
    case 'frame':
      return frameSize(segment.frame);
    case 'message':
      return 512;
    case 'request':
    case 'response':
      return 256;
    case 'end':
      return 1;
  }
}
const frameSize = (frame: ChannelFrame): number => (frame.bytes?.length ?? 0) + 16;
