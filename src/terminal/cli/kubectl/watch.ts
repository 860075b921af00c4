/** Watches: the events of a collection, one at a time. */
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { isJsonObject } from '../../../formats/json.ts';
import type { Fd, Process } from '../../../protocol/program.ts';
import { HttpConnection, bodyText } from '../../http-client.ts';
import type { Api, Query } from './api.ts';
import { objectAt, textAt } from './fields.ts';
import { refuse } from './server-error.ts';

export interface WatchEvent {
  readonly type: string;
  readonly object: JsonObject;
}

/** A watch as data, for a checkpoint. */
export interface SavedWatch {
  readonly fd: Fd;
  readonly text: string;
  readonly waiting: readonly WatchEvent[];
}

export interface Watch {
  /** The next event; undefined when the server has ended the watch, or within `withinMs` none came. */
  next(withinMs?: number): Promise<WatchEvent | undefined>;
  close(): void;
  save(): SavedWatch;
}

/** Opens a watch; ends the command if the server refuses. */
export async function openWatch(api: Api, path: string, query: Query, accept?: string): Promise<Watch> {
  const stream = await api.stream({
    path,
    query: { ...query, watch: true },
    ...(accept === undefined ? {} : { accept }),
  });
  if ('failure' in stream) return refuse(stream.failure);
  return watchOver(api.process, stream.connection, { fd: stream.connection.fd, text: '', waiting: [] });
}

/** A watch that was open at a checkpoint. */
export function resumeWatch(process: Process, saved: SavedWatch): Watch {
  return watchOver(process, HttpConnection.over(process, saved.fd), saved);
}

function watchOver(process: Process, connection: HttpConnection, saved: SavedWatch): Watch {
  const waiting: WatchEvent[] = [...saved.waiting];
  let { text } = saved;
  return {
    save: () => ({ fd: connection.fd, text, waiting: [...waiting] }),
    close: () => {
      connection.close();
    },
    next: async (withinMs) => {
      for (;;) {
        const ready = waiting.shift();
        if (ready !== undefined) return ready;
        if (withinMs !== undefined && !(await readable(process, connection.fd, withinMs))) return undefined;
        const chunk = await connection.nextChunk();
        if (chunk === undefined || failed(chunk)) return undefined;
        if ('object' in chunk) {
          const event = eventOf(chunk.object);
          if (event !== undefined) waiting.push(event);
          continue;
        }
        text += bodyText([chunk]);
        const lines = text.split('\n');
        text = lines.pop() ?? '';
        for (const line of lines) {
          const event = line.trim() === '' ? undefined : eventOf(JSON.parse(line) as JsonValue);
          if (event !== undefined) waiting.push(event);
        }
      }
    },
  };
}

async function readable(process: Process, fd: Fd, withinMs: number): Promise<boolean> {
  if (withinMs <= 0) return false;
  const ready = await process.poll([{ fd, read: true }], Math.ceil(withinMs * 1000));
  return failed(ready) || ready.length > 0;
}

function eventOf(value: JsonValue): WatchEvent | undefined {
  return isJsonObject(value) ? { type: textAt(value, 'type'), object: objectAt(value, 'object') } : undefined;
}
