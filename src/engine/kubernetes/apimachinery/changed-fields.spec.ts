import { expect, test } from 'vitest';
import type { JsonObject } from '../../../protocol/plain.ts';
import { mergeKey, typeOf } from '../schema/index.ts';
import { changedFields } from './changed-fields.ts';

const SCHEMA = { typeOf, mergeKey };
const ready = { type: 'Ready', status: 'False' };
const initialized = { type: 'Initialized', status: 'True' };
const status = (...conditions: JsonObject[]): JsonObject => ({ status: { conditions } });
const inReady = (fields: object): object => ({ 'f:status': { 'f:conditions': { 'k:{"type":"Ready"}': fields } } });

test.for([
  { given: 'equal conditions', before: status(ready), after: status({ ...ready }), set: {}, removed: {} },
  {
    given: 'a condition changed in its place',
    before: status(ready, initialized),
    after: status({ ...ready, status: 'True' }, initialized),
    set: inReady({ 'f:status': {} }),
    removed: {},
  },
  {
    given: 'a condition changed and moved',
    before: status(ready, initialized),
    after: status(initialized, { ...ready, status: 'True' }),
    set: inReady({ 'f:status': {} }),
    removed: {},
  },
  {
    given: 'a new condition',
    before: status(initialized),
    after: status(initialized, ready),
    set: inReady({ '.': {}, 'f:type': {}, 'f:status': {} }),
    removed: {},
  },
  {
    given: 'a condition less',
    before: status(ready, initialized),
    after: status(initialized),
    set: {},
    removed: inReady({ '.': {}, 'f:type': {}, 'f:status': {} }),
  },
])('$given', ({ before, after, set, removed }) => {
  expect(changedFields(before, after, 'V1Pod', SCHEMA)).toEqual({ set, removed });
});
