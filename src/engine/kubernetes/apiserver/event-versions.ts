/** Events have two spellings over one store: core/v1, which is stored, and events.k8s.io/v1. */
import type { JsonObject, JsonValue } from '../../../protocol/plain.ts';
import { type FailureStatus, isFailure } from '../apimachinery/status.ts';
import type { ApiRequest } from '../client/interface.ts';
import type { Outcome } from './core.ts';
import { isObject } from './selection.ts';

export const EVENTS_V1 = 'events.events.k8s.io';

/** Fields by their events.k8s.io name and their core name. */
const NAMES: readonly (readonly [v1: string, core: string])[] = [
  ['regarding', 'involvedObject'],
  ['note', 'message'],
  ['reportingController', 'reportingComponent'],
  ['deprecatedSource', 'source'],
  ['deprecatedFirstTimestamp', 'firstTimestamp'],
  ['deprecatedLastTimestamp', 'lastTimestamp'],
  ['deprecatedCount', 'count'],
];

const renamed = (object: JsonObject, from: 0 | 1, apiVersion: string): JsonObject => {
  const to = new Map(NAMES.map((pair) => [pair[from], pair[1 - from]]));
  return {
    ...Object.fromEntries(
      Object.entries(object).map(([key, value]): [string, JsonValue] => [to.get(key) ?? key, value]),
    ),
    apiVersion,
  };
};

/** The request on core events that means the same. */
export function onCoreEvents(request: ApiRequest): ApiRequest {
  return request.verb === 'create' || request.verb === 'update'
    ? { ...request, resource: 'events', object: renamed(request.object, 0, 'v1') }
    : { ...request, resource: 'events' };
}

/** The answer in the spelling of events.k8s.io. */
export function asEventsV1(outcome: Outcome | FailureStatus): Outcome | FailureStatus {
  if (isFailure(outcome)) return outcome;
  const { object } = outcome;
  if (object['kind'] === 'Event') return { ...outcome, object: renamed(object, 1, 'events.k8s.io/v1') };
  const items = object['items'];
  if (!Array.isArray(items)) return outcome;
  return {
    ...outcome,
    object: {
      ...object,
      apiVersion: 'events.k8s.io/v1',
      items: items.filter(isObject).map((item) => renamed(item, 1, 'events.k8s.io/v1')),
    },
  };
}
