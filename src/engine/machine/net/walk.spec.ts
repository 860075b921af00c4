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

test.for([
  { given: 'an echo request', ip: '10.244.1.2', probe: {}, answer: { from: '10.244.1.2', ttl: 62 } },
  {
    given: 'one hop to live',
    ip: '10.244.1.2',
    probe: { ttl: 1 },
    answer: { from: '10.244.0.1', error: 'ttl-exceeded' },
  },
  {
    given: 'two hops to live',
    ip: '10.244.1.2',
    probe: { ttl: 2 },
    answer: { from: '10.244.1.0', error: 'ttl-exceeded' },
  },
  { given: 'nobody at the address', ip: '10.244.0.77', probe: {}, answer: { error: 'unreachable-host' } },
  { given: 'a packet that is cut', ip: '10.244.1.2', probe: { bytes: 1528 }, answer: { from: '10.244.1.2' } },
  {
    given: 'a datagram to a closed port',
    ip: '10.244.1.2',
    probe: { protocol: 'udp', port: 33_434 },
    answer: { from: '10.244.1.2', error: 'unreachable-port' },
  },
  {
    given: 'a SYN to a closed port',
    ip: '10.244.1.2',
    probe: { protocol: 'tcp', port: 80 },
    answer: { from: '10.244.1.2' },
  },
  {
    given: 'a SYN to an open port',
    ip: '10.244.1.2',
    probe: { protocol: 'tcp', port: 8080 },
    answer: { from: '10.244.1.2', ttl: 62 },
  },
] as const)('$given brings back $answer', ({ ip, probe, answer }) => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  const server = b.pod(1, '10.244.1.2');
  b.must(b.network.sockets.listen(server, { family: 'inet', ip: '0.0.0.0', port: 8080 }, { external: 'server' }));
  const socket = b.network.sockets.icmp(a, { pid: 1, host: 'node-0' });
  b.must(b.network.sockets.sendProbe(socket, ip, { sequence: 7, protocol: 'icmp', bytes: 84, ...probe }));
  b.run();
  expect(b.network.sockets.receive(socket)).toMatchObject({
    type: 'segment',
    segment: { type: 'message', value: { sequence: 7, ...answer } },
  });
});

test('a packet that must not be cut is refused where its own link is too narrow', () => {
  const b = bench(2);
  const socket = b.network.sockets.icmp(b.pod(0, '10.244.0.2'), { pid: 1, host: 'node-0' });
  const long = { sequence: 1, protocol: 'icmp', bytes: 1528, dontFragment: true } as const;
  expect(b.network.sockets.sendProbe(socket, '10.244.1.2', long)).toEqual({ errno: 'EMSGSIZE' });
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
