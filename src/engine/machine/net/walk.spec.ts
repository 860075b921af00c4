import { expect, test } from 'vitest';
import { bench, rule } from './two-nodes.spec-support.ts';
import type { Walk } from './interface.ts';

const steps = (walk: Walk): readonly string[] =>
  walk.hops.map(({ host, link, step, packet }) => `${host} ${link} ${step} ${packet}`);

test('within a node a packet crosses the bridge', () => {
  const b = bench(1);
  const a = b.pod(0, '10.244.0.2');
  b.pod(0, '10.244.0.3');
  const walk = b.network.explain(a, { protocol: 'icmp', destination: '10.244.0.3' });
  expect(steps(walk)).toEqual([
    'node-0 eth0 send 10.244.0.2 > 10.244.0.3 icmp echo-request',
    'node-0 veth1 receive 10.244.0.2 > 10.244.0.3 icmp echo-request',
    'node-0 cni0 bridge 10.244.0.2 > 10.244.0.3 icmp echo-request',
    'node-0 eth0 receive 10.244.0.2 > 10.244.0.3 icmp echo-request',
    'node-0 eth0 deliver 10.244.0.2 > 10.244.0.3 icmp echo-request',
  ]);
  expect(walk.outcome).toMatchObject({ type: 'delivered', ip: '10.244.0.3' });
});

test('across nodes it is routed, wrapped into VXLAN and unwrapped', () => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  b.pod(1, '10.244.1.2');
  const walk = b.network.explain(a, {
    protocol: 'tcp',
    destination: '10.244.1.2',
    destinationPort: 80,
    sourcePort: 40_000,
  });
  const flow = '10.244.0.2:40000 > 10.244.1.2:80';
  expect(steps(walk).map((line) => line.replace(/192\.168\.56\.10:\d+/, 'outer'))).toEqual([
    `node-0 eth0 send ${flow}`,
    `node-0 veth1 receive ${flow}`,
    `node-0 flannel.1 route ${flow}`,
    'node-0 flannel.1 encapsulate outer > 192.168.56.11:8472',
    'node-0 eth0 send outer > 192.168.56.11:8472',
    'node-1 eth0 receive outer > 192.168.56.11:8472',
    `node-1 flannel.1 decapsulate ${flow}`,
    `node-1 flannel.1 receive ${flow}`,
    `node-1 cni0 route ${flow}`,
    `node-1 veth2 bridge ${flow}`.replace('veth2 bridge', 'cni0 bridge'),
    `node-1 eth0 receive ${flow}`,
    `node-1 eth0 deliver ${flow}`,
  ]);
  expect(walk.latencyUs).toBeGreaterThan(150);
});

test.for([
  {
    given: 'a DROP in FORWARD',
    chain: 'FORWARD' as const,
    expected: { type: 'dropped', host: 'node-0', rule: '-A FORWARD -d 10.244.1.2/32 -j DROP' },
    target: { type: 'DROP' as const },
  },
  {
    given: 'a REJECT in FORWARD',
    chain: 'FORWARD' as const,
    expected: { type: 'rejected', errno: 'ECONNREFUSED', from: '10.244.0.1' },
    target: { type: 'REJECT' as const, with: 'icmp-port-unreachable' as const },
  },
])('given $given, the rule is named', ({ chain, target, expected }) => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  b.pod(1, '10.244.1.2');
  const [host] = b.hosts;
  host?.addRule(host.netns, 'filter', chain, rule([{ type: 'destination', cidr: '10.244.1.2/32' }], target));
  expect(
    b.network.explain(a, { protocol: 'tcp', destination: '10.244.1.2', destinationPort: 80 }).outcome,
  ).toMatchObject(expected);
});

test.for([
  { given: 'no route', destination: '10.99.0.1', expected: { type: 'rejected', errno: 'ENETUNREACH' } },
  {
    given: 'nobody at the address',
    destination: '10.244.0.77',
    expected: { type: 'rejected', errno: 'EHOSTUNREACH', from: '10.244.0.2' },
  },
  {
    given: 'an address of the real internet',
    destination: '8.8.8.8',
    expected: { type: 'rejected', errno: 'ENETUNREACH', from: '192.168.56.1' },
  },
])('given $given, the sender is told', ({ destination, expected, given }) => {
  const b = bench(1);
  const a = b.pod(0, '10.244.0.2');
  const [host] = b.hosts;
  host?.addRule(
    host.netns,
    'nat',
    'POSTROUTING',
    rule([{ type: 'source', cidr: '10.244.0.0/16' }], { type: 'MASQUERADE' }),
  );
  if (given === 'no route') host?.deleteRoute(a, { destination: 'default' });
  expect(b.network.explain(a, { protocol: 'tcp', destination, destinationPort: 80 }).outcome).toMatchObject(expected);
});

test('without ip_forward a node routes nothing', () => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  b.pod(1, '10.244.1.2');
  b.hosts[0]?.setSysctl(b.hosts[0].netns, 'net.ipv4.ip_forward', '0');
  expect(b.network.explain(a, { protocol: 'tcp', destination: '10.244.1.2', destinationPort: 80 }).outcome).toEqual({
    type: 'dropped',
    host: 'node-0',
    reason: 'not addressed to this host, and net.ipv4.ip_forward is 0',
  });
});

test('ping gives round trips, time to live and errors', () => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  b.pod(1, '10.244.1.2');
  const ping = (ip: string, options: { ttl?: number; size?: number } = {}): unknown => {
    b.network.sockets.ping(
      a,
      ip,
      {
        sequence: 1,
        size: options.size ?? 56,
        timeoutUs: 5_000_000,
        ...(options.ttl === undefined ? {} : { ttl: options.ttl }),
      },
      { target: 'test', type: 'pong' },
    );
    b.run();
    return b.told.last();
  };
  expect(ping('10.244.1.2')).toMatchObject({ from: '10.244.1.2', ttl: 62 });
  expect(ping('10.244.1.2', { ttl: 1 })).toMatchObject({ from: '10.244.0.1', error: 'ttl-exceeded' });
  expect(ping('10.244.1.2', { ttl: 2 })).toMatchObject({ from: '10.244.1.0', error: 'ttl-exceeded' });
  expect(ping('10.244.0.77')).toMatchObject({ error: 'unreachable-host' });
  expect(ping('10.244.1.2', { size: 1500 })).toMatchObject({ error: 'unreachable-host' });
});

test('a pulled cable loses packets until it is back', () => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  b.pod(1, '10.244.1.2');
  b.network.setCable('node-1', false);
  expect(
    b.network.explain(a, { protocol: 'tcp', destination: '10.244.1.2', destinationPort: 80 }).outcome.type,
  ).not.toBe('delivered');
  b.network.setCable('node-1', true);
  expect(b.network.explain(a, { protocol: 'tcp', destination: '10.244.1.2', destinationPort: 80 }).outcome.type).toBe(
    'delivered',
  );
});
