/** Following one object until something holds, with a time limit in virtual time. */
import { failed } from '../../../protocol/errno.ts';
import type { JsonObject } from '../../../protocol/plain.ts';
import type { Context } from './context.ts';
import { resourcePath, type ResourceType } from './discovery.ts';
import { objectsAt, textAt } from './fields.ts';
import { refuse } from './server-error.ts';
import { isJsonObject } from '../../../formats/json.ts';
import { bodyText } from '../../http-client.ts';

/** What is known of the object: its latest form, or that it is not there. */
export type Sight = JsonObject | undefined;

export interface FollowOptions {
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name: string;
  /** Ends the wait; Infinity waits for ever. */
  readonly timeoutMs: number;
}

/**
 * Calls `check` with what is seen, first at once, then at each change, until it answers something.
 * Undefined is the answer when the time is over.
 */
export async function follow<T>(context: Context, options: FollowOptions, check: (sight: Sight) => T | undefined | Promise<T | undefined>): Promise<T | undefined> {
  const deadline = context.nowMs + options.timeoutMs;
  const path = resourcePath(options.type, options.namespace);
  const fieldSelector = `metadata.name=${options.name}`;
  for (;;) {
    const listed = await context.api.ask({ path, query: { fieldSelector, limit: 500 } });
    if (!listed.ok) refuse(listed.failure);
    const [item] = objectsAt(listed.object, 'items');
    const first = await check(item === undefined ? undefined : { apiVersion: textAt(listed.object, 'apiVersion'), kind: options.type.kind, ...item });
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
    const outcome = await readEvents(context, stream, deadline, check);
    stream.connection.close();
    if (outcome !== 'again') return outcome.value;
  }
}

type Stream = Exclude<Awaited<ReturnType<Context['api']['stream']>>, { failure: unknown }>;

async function readEvents<T>(
  context: Context,
  stream: Stream,
  deadline: number,
  check: (sight: Sight) => T | undefined | Promise<T | undefined>,
): Promise<{ readonly value: T | undefined } | 'again'> {
  let text = '';
  for (;;) {
    const left = deadline - context.nowMs;
    if (left <= 0) return { value: undefined };
    if (Number.isFinite(left)) {
      const ready = await context.process.poll([{ fd: stream.connection.fd, read: true }], Math.ceil(left * 1000));
      if (!failed(ready) && ready.length === 0) return { value: undefined };
    }
    const chunk = await stream.response.next();
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
