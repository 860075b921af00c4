/** Taking what has arrived at a stream socket: as segments, or as bytes. */
import { concatBytes } from '../../../../protocol/bytes.ts';
import type { Segment } from '../../../../protocol/program.ts';
import { parseBytes, parseEnd, renderSegment, segmentSize } from '../http/text.ts';
import type { Received, SocketId } from '../interface.ts';
import type { Socket } from './socket.ts';
import type { SocketTable } from './table.ts';
import type { Tcp } from './tcp.ts';

export class Reading {
  constructor(
    private readonly table: SocketTable,
    private readonly tcp: Tcp,
  ) {}

  receive(id: SocketId): Received {
    const socket = this.table.get(id);
    if (socket === undefined) return { type: 'broken', errno: 'EBADF' };
    for (;;) {
      const segment = socket.queue.shift();
      if (segment === undefined) return this.#drained(socket);
      this.tcp.taken(socket, segmentSize(segment));
      if (segment.type !== 'bytes' || socket.parser === undefined) return { type: 'segment', segment };
      // A socket that sent an HTTP request reads messages: the server's text is understood here.
      const parsed = parseBytes(socket.parser, segment.bytes);
      if (parsed === undefined) {
        const { rest } = socket.parser;
        delete socket.parser;
        return { type: 'segment', segment: { type: 'bytes', bytes: rest } };
      }
      this.#unread(socket, parsed);
    }
  }

  /** Puts understood messages in front of what has not been read. */
  #unread(socket: Socket, segments: readonly Segment[]): void {
    socket.queue = [...segments.map((segment) => segment), ...socket.queue];
    const [first] = segments;
    if (first?.type === 'bytes' && socket.parser !== undefined) delete socket.parser;
    for (const segment of segments) {
      const size = segmentSize(segment);
      socket.queuedBytes += size;
      const other = this.table.get(socket.other);
      if (other !== undefined) other.outstanding += size;
    }
  }

  #drained(socket: Socket): Received {
    // After a FIN nothing more is to come, whatever happens to the connection (SOCK_DONE).
    if (socket.broken !== undefined && !socket.ended) return { type: 'broken', errno: socket.broken };
    if (socket.protocol === 'icmp' || socket.protocol === 'packet') return { type: 'wait' };
    if (!socket.ended)
      return socket.state === 'SYN-SENT'
        ? { type: 'wait' }
        : socket.state === 'ESTAB'
          ? { type: 'wait' }
          : { type: 'broken', errno: 'ENOTCONN' };
    if (socket.parser !== undefined) {
      const [last] = parseEnd(socket.parser);
      if (last !== undefined) return { type: 'segment', segment: last };
    }
    return { type: 'end' };
  }

  receiveBytes(
    id: SocketId,
    max: number,
  ): { readonly type: 'bytes'; readonly bytes: Uint8Array } | Exclude<Received, { readonly type: 'segment' }> {
    const socket = this.table.get(id);
    if (socket === undefined) return { type: 'broken', errno: 'EBADF' };
    delete socket.parser;
    const parts: Uint8Array[] = socket.rendered === undefined ? [] : [socket.rendered];
    let length = socket.rendered?.length ?? 0;
    delete socket.rendered;
    while (length < max) {
      const segment = socket.queue.shift();
      if (segment === undefined) break;
      this.tcp.taken(socket, segmentSize(segment));
      const bytes = renderSegment(segment, socket.render);
      parts.push(bytes);
      length += bytes.length;
    }
    if (length === 0) {
      const drained = this.#drained(socket);
      return drained.type === 'segment' ? { type: 'end' } : drained;
    }
    const all = concatBytes(parts);
    if (length > max) socket.rendered = all.subarray(max);
    return { type: 'bytes', bytes: length > max ? all.subarray(0, max) : all };
  }
}
