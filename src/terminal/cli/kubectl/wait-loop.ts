/** Following one object until something holds, with a time limit in virtual time. */
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject, Plain } from '../../../protocol/plain.ts';
import type { Fd } from '../../../protocol/program.ts';
import type { Context } from './context.ts';
import { resourcePath, type ResourceType } from './discovery.ts';
import { objectsAt, textAt } from './fields.ts';
import { refuse } from './server-error.ts';
import { isJsonObject } from '../../../formats/json.ts';
import { bodyText, HttpConnection } from '../../http-client.ts';

/** What is known of the object: its latest form, or that it is not there. */
export type Sight = JsonObject | undefined;

export interface FollowOptions {
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name: string;
  /** Ends the wait; Infinity waits for ever. */
  readonly timeoutMs: number;
  /** What the verb needs besides to go on from a checkpoint; without it a long wait cannot be saved. */
  readonly state?: () => Plain;
  /** Goes on with a wait that was saved. */
  readonly from?: SavedWait;
}

/** A wait at a checkpoint. */
export interface SavedWait {
  readonly fd: Fd;
  /** Of an event that has come in part. */
  readonly text: string;
  /** Unix ms; undefined waits for ever. */
  readonly deadlineMs: number | undefined;
}

/** State of a verb's checkpoint while it follows an object. */
export interface FollowState<T> {
  readonly wait: SavedWait;
  readonly verb: T;
}

/**
 * Calls `check` with what is seen, first at once, then at each change, until it answers something.
 * Undefined is the answer when the time is over.
 */
export async function follow<T>(
  context: Context,
  options: FollowOptions,
  check: (sight: Sight) => T | undefined | Promise<T | undefined>,
): Promise<T | undefined> {
  const { from } = options;
  const deadline = from === undefined ? context.nowMs + options.timeoutMs : (from.deadlineMs ?? Infinity);
  const path = resourcePath(options.type, options.namespace);
  const fieldSelector = `metadata.name=${options.name}`;
  if (from !== undefined) {
    const outcome = await readEvents(
      context,
      HttpConnection.over(context.process, from.fd),
      { deadline, text: from.text, state: options.state },
      check,
    );
    if (outcome !== 'again') return outcome.value;
  }
  for (;;) {
    const listed = await context.api.ask({ path, query: { fieldSelector, limit: 500 } });
    if (!listed.ok) refuse(listed.failure);
    const [item] = objectsAt(listed.object, 'items');
    const first = await check(
      item === undefined
        ? undefined
        : { apiVersion: textAt(listed.object, 'apiVersion'), kind: options.type.kind, ...item },
    );
    if (first !== undefined) return first;
    const left = deadline - context.nowMs;
    if (left <= 0) return undefined;
    const stream = await context.api.stream({
      path,
      query: {
        fieldSelector,
        resourceVersion: textAt(listed.object, 'metadata', 'resourceVersion'),
        watch: true,
        ...(Number.isFinite(left) ? { timeoutSeconds: Math.ceil(left / 1000) } : {}),
      },
    });
    if ('failure' in stream) return refuse(stream.failure);
    const outcome = await readEvents(context, stream.connection, { deadline, text: '', state: options.state }, check);
    if (outcome !== 'again') return outcome.value;
  }
}

interface Reading {
  readonly deadline: number;
  readonly text: string;
  readonly state: (() => Plain) | undefined;
}

/** Reads a watch to its end and closes it. */
async function readEvents<T>(
  context: Context,
  connection: HttpConnection,
  { deadline, text: begun, state }: Reading,
  check: (sight: Sight) => T | undefined | Promise<T | undefined>,
): Promise<{ readonly value: T | undefined } | 'again'> {
  try {
    return await nextEvents(context, connection, { deadline, text: begun, state }, check);
  } finally {
    connection.close();
  }
}

async function nextEvents<T>(
  context: Context,
  connection: HttpConnection,
  { deadline, text: begun, state }: Reading,
  check: (sight: Sight) => T | undefined | Promise<T | undefined>,
): Promise<{ readonly value: T | undefined } | 'again'> {
  let text = begun;
  for (;;) {
    if (state !== undefined) {
      const wait: SavedWait = { fd: connection.fd, text, deadlineMs: Number.isFinite(deadline) ? deadline : undefined };
      context.process.checkpoint({ wait, verb: state() } as unknown as Plain);
    }
    const left = deadline - context.nowMs;
    if (left <= 0) return { value: undefined };
    if (Number.isFinite(left)) {
      const ready = await context.process.poll([{ fd: connection.fd, read: true }], Math.ceil(left * 1000));
      if (!failed(ready) && ready.length === 0) return { value: undefined };
    }
    const chunk = await connection.nextChunk();
    if (chunk === undefined || failed(chunk)) return 'again';
    const values: unknown[] = [];
    if ('object' in chunk) values.push(chunk.object);
    else {
      text += bodyText([chunk]);
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) if (line.trim() !== '') values.push(JSON.parse(line));
    }
    for (const value of values) {
      if (!isJsonObject(value)) continue;
      const type = textAt(value, 'type');
      if (type === 'BOOKMARK') continue;
      if (type === 'ERROR') return 'again';
      const object = value['object'];
      const sight = type === 'DELETED' || !isJsonObject(object) ? undefined : (object as JsonObject);
      const outcome = await check(sight);
      if (outcome !== undefined) return { value: outcome };
    }
  }
}
