/** Connections whose own end is bound by the caller. */
import { expect, test } from 'vitest';
import { bench, connected } from '../two-nodes.spec-support.ts';

const owner = { pid: 1, host: 'node-0' };

test('a connection begins at the address and port that were asked for', () => {
  const b = bench(1);
  const [a, server] = [b.pod(0, '10.244.0.2'), b.pod(0, '10.244.0.3')];
  const { client } = connected(b, a, {
    netns: server,
    ip: '10.244.0.3',
    port: 80,
    from: { ip: '10.244.0.2', port: 6000 },
  });
  const { sockets } = b.network;
  expect(sockets.info(client)?.local).toEqual({ family: 'inet', ip: '10.244.0.2', port: 6000 });
  const again = (from: { readonly ip?: string; readonly port?: number }, port = 80): unknown =>
    sockets.connect(a, { family: 'inet', ip: '10.244.0.3', port }, owner, { from });
  expect([again({ port: 6000 }), again({ ip: '10.9.9.9' })]).toEqual([
    { errno: 'EADDRINUSE' },
    { errno: 'EADDRNOTAVAIL' },
  ]);
  expect(again({ port: 6000 }, 81)).toEqual(expect.any(Number));
});
