/** A service that throws answers for it; the other connections live on. */
import { expect, test } from 'vitest';
import { decodeUtf8 } from '../../../../protocol/bytes.ts';
import { bench } from '../two-nodes.spec-support.ts';
import type { Exchanges } from './interface.ts';

test.for([
  { given: 'before its head', headSent: false, told: '500 drydock: this request failed: Error: oh\n' },
  { given: 'after its head', headSent: true, told: '200 Connection reset by peer' },
])('given a service that throws $given, the client is told', ({ headSent, told }) => {
  const b = bench(1);
  const exchanges: Exchanges = b.network.http('broken', {
    open: (id) => {
      if (headSent) exchanges.head(id, { status: 200, headers: {} });
      throw new Error('oh');
    },
    body: () => undefined,
    finish: () => undefined,
    abort: () => undefined,
  });
  const [host] = b.hosts;
  if (host === undefined) throw new Error('no host');
  const address = { family: 'inet', ip: '0.0.0.0', port: 80 } as const;
  b.must(b.network.sockets.listen(host.netns, address, { component: 'broken', host: host.name }));
  const got: string[] = [];
  const request = { method: 'GET', target: '/', headers: {} };
  b.network.outside.handle({ host: 'node-0', port: 80 }, request).listen((event) => {
    if (event.type === 'head') got.push(String(event.head.status));
    if (event.type === 'chunk' && 'bytes' in event.chunk) got.push(decodeUtf8(event.chunk.bytes));
    if (event.type === 'end' && event.aborted !== undefined) got.push(event.aborted);
  });
  b.run();
  expect(got.join(' ')).toBe(told);
});
