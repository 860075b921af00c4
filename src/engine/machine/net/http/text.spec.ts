import { expect, test } from 'vitest';
import type { Segment } from '../../../../protocol/program.ts';
import { renderedSize, renderSegment } from './text.ts';

test.for<Segment>([
  {
    type: 'request',
    head: { method: 'GET', target: '/가?x=1', headers: { host: 'a.example', 'user-agent': 'curl/8.5.0' } },
  },
  { type: 'response', head: { status: 404, headers: { server: 'nginx', 'x-name': '드라이독' } } },
  { type: 'body', chunk: { object: { a: [1, '나'] } } },
  { type: 'bytes', bytes: new Uint8Array(7) },
  { type: 'end' },
])('the size of $type is that of its bytes', (segment) => {
  expect(renderedSize(segment)).toBe(renderSegment(segment, { chunked: false }).length);
});
