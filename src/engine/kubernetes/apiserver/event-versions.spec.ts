import { expect, test } from 'vitest';
import { httpLab } from './http/http-lab.spec-support.ts';

test('an event written by one spelling is read by the other', () => {
  const lab = httpLab();
  const created = lab.send('POST', '/apis/events.k8s.io/v1/namespaces/default/events', {
    metadata: { name: 'e' },
    eventTime: '2026-03-02T00:00:00.000000Z',
    regarding: { kind: 'Pod', name: 'p' },
    note: 'Hello',
    reason: 'R',
    type: 'Normal',
    action: 'A',
    reportingController: 'c',
    reportingInstance: 'i',
  });
  expect(created.chunks[0]).toMatchObject({ apiVersion: 'events.k8s.io/v1', regarding: { name: 'p' }, note: 'Hello' });
  expect(
    lab.send('GET', '/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Dp').chunks[0],
  ).toMatchObject({
    items: [
      {
        apiVersion: 'v1',
        kind: 'Event',
        involvedObject: { kind: 'Pod', name: 'p' },
        message: 'Hello',
        reportingComponent: 'c',
      },
    ],
  });
});
