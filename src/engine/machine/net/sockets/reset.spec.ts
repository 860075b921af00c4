/**
 * What a reset leaves of a connection (tcp_reset and tcp_recvmsg of Linux): a packet does not overtake those sent before it, what has
 * come can still be read, and after a FIN the end stays the end.
 */
import { expect, test } from 'vitest';
import { encodeUtf8 } from '../../../../protocol/bytes.ts';
import { bench, connected } from '../two-nodes.spec-support.ts';

const text = (value: string) => ({ type: 'bytes', bytes: encodeUtf8(value) }) as const;
const hello = { type: 'segment', segment: text('hello') };

const pair = () => {
  const b = bench(2);
  const [a, netns] = [b.pod(0, '10.244.0.2'), b.pod(1, '10.244.1.2')];
  const { sockets } = b.network;
  const { client, server } = connected(b, a, { netns, ip: '10.244.1.2', port: 80 });
  return { b, sockets, client, server };
};

test('given a server that answers and closes while a client still writes, the client reads the answer and its end', () => {
  const { b, sockets, client, server } = pair();
  b.must(sockets.send(server, text('hello')));
  sockets.close(server);
  // On the way when the server closes: nobody is there to read it.
  b.must(sockets.send(client, text('late')));
  b.run();
  expect([1, 2].map(() => sockets.receive(client))).toEqual([hello, { type: 'end' }]);
  expect(sockets.send(client, text('more'))).toEqual({ errno: 'EPIPE' });
});

test('given a server that closes over unread input, the client reads what came and then the reset', () => {
  const { b, sockets, client, server } = pair();
  b.must(sockets.send(client, text('unread')));
  b.run();
  b.must(sockets.send(server, text('hello')));
  sockets.close(server);
  b.run();
  expect([1, 2].map(() => sockets.receive(client))).toEqual([hello, { type: 'broken', errno: 'ECONNRESET' }]);
});

test('a reset does not overtake what is long on the way', () => {
  const { b, sockets, client, server } = pair();
  const large = text('x'.repeat(200_000));
  b.must(sockets.send(server, large));
  sockets.close(server, { reset: true });
  b.run();
  expect([1, 2].map(() => sockets.receive(client))).toEqual([
    { type: 'segment', segment: large },
    { type: 'broken', errno: 'ECONNRESET' },
  ]);
});
