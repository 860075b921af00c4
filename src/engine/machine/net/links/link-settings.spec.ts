/** Flags and values of links that somebody sets, with what comes of them. */
import { expect, test } from 'vitest';
import { bench } from '../two-nodes.spec-support.ts';

const asRoot = { pid: 1, netAdmin: true };

test('a link without ARP neither asks nor answers', () => {
  const b = bench(1);
  const [host] = b.hosts;
  const [a, server] = [b.pod(0, '10.244.0.2'), b.pod(0, '10.244.0.3')];
  const connect = (): string => {
    b.network.sockets.connect(
      a,
      { family: 'inet', ip: '10.244.0.3', port: 80 },
      { pid: 1, host: 'node-0' },
      {},
      {
        target: 'test',
        type: 'connected',
      },
    );
    b.run();
    return JSON.stringify(b.told.last());
  };
  expect(connect()).toContain('ECONNREFUSED');
  for (const netns of [server, a]) {
    host?.changeLink(netns, 'eth0', { flags: { arp: false } });
    expect(connect()).toMatch(/EHOSTUNREACH|ETIMEDOUT/);
    host?.changeLink(netns, 'eth0', { flags: { arp: true } });
    expect(connect()).toContain('ECONNREFUSED');
  }
});

test('flags, the length of the queue and a broadcast address are told', () => {
  const b = bench(1);
  const netns = b.pod(0, '10.244.0.2');
  const [host] = b.hosts;
  b.must(host?.changeLink(netns, 'eth0', { flags: { promiscuous: true }, queueLength: 7 }));
  b.must(host?.setBroadcast(netns, 'eth0', '10.244.0.2/24', '10.244.0.99'));
  expect(host?.kernel(netns, { subsystem: 'link', op: 'show', args: { name: 'eth0' } }, asRoot)).toMatchObject({
    promiscuous: true,
    allMulticast: false,
    multicast: true,
    arp: true,
    queueLength: 7,
    addresses: [{ ip: '10.244.0.2', broadcast: '10.244.0.99' }],
  });
  expect(host?.setBroadcast(netns, 'eth0', '10.9.9.9/24', '10.9.9.255')).toEqual({ errno: 'EADDRNOTAVAIL' });
});
