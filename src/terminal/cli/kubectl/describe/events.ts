/** The events about an object, as the last part of a description. */
import type { JsonObject } from '../../../../protocol/plain.ts';
import type { Context } from '../context.ts';
import { numberAt, objectsAt, textAt } from '../fields.ts';
import { ageOf } from '../time.ts';
import type { Page } from './page.ts';

/** The last part of a description, unless --show-events=false. */
export async function describeEvents(context: Context, page: Page, object: JsonObject): Promise<void> {
  if (!context.flags.bool('show-events')) return;
  const { nowMs } = context;
  const events = await eventsOf(context, object);
  if (events.length === 0) {
    page.line(0, 'Events:', '<none>');
    return;
  }
  page.line(0, 'Events:');
  page.line(1, 'Type', 'Reason', 'Age', 'From', 'Message');
  page.line(1, '----', '------', '----', '----', '-------');
  for (const event of events.toSorted((a, b) => (lastTime(a) < lastTime(b) ? -1 : lastTime(a) > lastTime(b) ? 1 : 0))) {
    const source = textAt(event, 'source', 'component');
    page.line(
      1,
      textAt(event, 'type'),
      textAt(event, 'reason'),
      interval(event, nowMs),
      source === '' ? textAt(event, 'reportingComponent') : source,
      textAt(event, 'message').trim(),
    );
  }
}

async function eventsOf(context: Context, object: JsonObject): Promise<readonly JsonObject[]> {
  const namespace = textAt(object, 'metadata', 'namespace');
  const uid = textAt(object, 'metadata', 'uid');
  const name = textAt(object, 'metadata', 'name');
  // Controllers name a node by its UID; the kubelet puts the node's name there.
  const uids = textAt(object, 'kind') === 'Node' ? [uid, name] : [uid];
  const found: JsonObject[] = [];
  for (const asked of uids) found.push(...(await eventsWith(context, object, namespace, asked)));
  return found;
}

async function eventsWith(
  context: Context,
  object: JsonObject,
  namespace: string,
  uid: string,
): Promise<readonly JsonObject[]> {
  const selectors = [
    `involvedObject.name=${textAt(object, 'metadata', 'name')}`,
    `involvedObject.namespace=${namespace}`,
    `involvedObject.kind=${textAt(object, 'kind')}`,
    ...(uid === '' ? [] : [`involvedObject.uid=${uid}`]),
  ];
  const path = namespace === '' ? '/api/v1/events' : `/api/v1/namespaces/${namespace}/events`;
  const reply = await context.api.ask({ path, query: { fieldSelector: selectors.join(','), limit: 500 } });
  return reply.ok ? objectsAt(reply.object, 'items') : [];
}

export const lastTime = (event: JsonObject): string => {
  const series = textAt(event, 'series', 'lastObservedTime');
  if (series !== '') return series;
  const last = textAt(event, 'lastTimestamp');
  return last === '' ? textAt(event, 'eventTime') : last;
};

/** `5s`, or `5s (x3 over 2m)`. */
export function interval(event: JsonObject, nowMs: number): string {
  const eventTime = textAt(event, 'eventTime');
  const first = ageOf(eventTime === '' ? textAt(event, 'firstTimestamp') : eventTime, nowMs);
  const series = numberAt(event, 'series', 'count');
  if (series > 0)
    return `${ageOf(textAt(event, 'series', 'lastObservedTime'), nowMs)} (x${String(series)} over ${first})`;
  const count = numberAt(event, 'count');
  return count > 1 ? `${ageOf(textAt(event, 'lastTimestamp'), nowMs)} (x${String(count)} over ${first})` : first;
}
