import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from '../../../../protocol/bytes.ts';
import { decodePlain, encodePlain } from '../../../sim/plain-codec.ts';
import { bench, connected, rule } from '../two-nodes.spec-support.ts';
import { createSimulation } from '../../../sim/create-simulation.ts';
import { createNetwork } from '../network.ts';

const owner = { pid: 7, host: 'node-0' };
const text = (value: string) => ({ type: 'bytes', bytes: encodeUtf8(value) }) as const;

/** A Service 10.96.0.10:80 in front of 10.244.1.2:80, as kube-proxy writes it in essence. */
function service(b: ReturnType<typeof bench>, node: number, endpoint: string): void {
  const host = b.hosts[node];
  if (host === undefined) return;
  for (const chain of ['PREROUTING', 'OUTPUT']) {
    b.must(
      host.addRule(
        host.netns,
        'nat',
        chain,
        rule(
          [
            { type: 'destination', cidr: '10.96.0.10/32' },
            { type: 'protocol', protocol: 'tcp' },
          ],
          { type: 'DNAT', ip: endpoint, port: 80 },
        ),
      ),
    );
  }
}

test.for([
  { given: 'the endpoint is on another node', endpoint: '10.244.1.2', node: 1 },
  { given: 'the endpoint is on the same node, so the answer is bridged', endpoint: '10.244.0.3', node: 0 },
])('given $given, a Service answers with its own address', ({ endpoint, node }) => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  const server = b.pod(node, endpoint);
  service(b, 0, endpoint);
  const ends = connected(b, a, { netns: server, ip: endpoint, port: 80, service: '10.96.0.10' });
  expect(b.network.sockets.info(ends.client)?.peer).toEqual({ family: 'inet', ip: '10.96.0.10', port: 80 });
  expect(b.network.sockets.info(ends.server)?.peer).toMatchObject({ ip: '10.244.0.2' });
  const [host] = b.hosts;
  const entries = host?.kernel(host.netns, { subsystem: 'conntrack', op: 'list' }, { pid: 1, netAdmin: true });
  const flows = entries as unknown as readonly {
    state?: string;
    original: { destination: string };
    reply: { source: string };
  }[];
  expect(
    flows
      .filter(({ state }) => state === 'ESTABLISHED')
      .map(({ original, reply }) => [original.destination, reply.source]),
  ).toEqual([['10.96.0.10', endpoint]]);
});

test('without bridge-nf-call-iptables the bridged answer of a Service is lost', () => {
  const b = bench(1);
  const a = b.pod(0, '10.244.0.2');
  const server = b.pod(0, '10.244.0.3');
  service(b, 0, '10.244.0.3');
  b.hosts[0]?.setSysctl(b.hosts[0].netns, 'net.bridge.bridge-nf-call-iptables', '0');
  expect(() => connected(b, a, { netns: server, ip: '10.244.0.3', port: 80, service: '10.96.0.10' })).toThrow(
    'ETIMEDOUT',
  );
});

test('a hairpin: a pod reaches itself through its Service when masqueraded', () => {
  const b = bench(1);
  const a = b.pod(0, '10.244.0.2');
  service(b, 0, '10.244.0.2');
  const [host] = b.hosts;
  host?.addRule(
    host.netns,
    'nat',
    'POSTROUTING',
    rule(
      [
        { type: 'source', cidr: '10.244.0.2/32' },
        { type: 'destination', cidr: '10.244.0.2/32' },
      ],
      { type: 'MASQUERADE' },
    ),
  );
  const ends = connected(b, a, { netns: a, ip: '10.244.0.2', port: 80, service: '10.96.0.10' });
  expect(b.network.sockets.info(ends.server)?.peer).toMatchObject({ ip: '10.244.0.1' });
});

test.for([
  { given: 'nobody listens', outcome: { connected: false, errno: 'ECONNREFUSED' }, maxUs: 100_000, drop: false },
  { given: 'a rule drops it', outcome: { connected: false, errno: 'ETIMEDOUT' }, maxUs: 127_000_000, drop: true },
])('given $given, connect fails truthfully', ({ outcome, drop, maxUs }) => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  b.pod(1, '10.244.1.2');
  const host = b.hosts[1];
  if (drop)
    host?.addRule(
      host.netns,
      'filter',
      'FORWARD',
      rule([{ type: 'destination', cidr: '10.244.1.2/32' }], { type: 'DROP' }),
    );
  b.network.sockets.connect(
    a,
    { family: 'inet', ip: '10.244.1.2', port: 81 },
    owner,
    {},
    { target: 'test', type: 'connected' },
  );
  b.run();
  expect(b.told.events).toHaveLength(1);
  expect(b.told.last()).toMatchObject(outcome);
  expect(b.told.events[0]?.atUs).toBeLessThanOrEqual(maxUs);
  if (drop) expect(b.told.events[0]?.atUs).toBe(127_000_000);
  const drops = b.simulation.trace.since(1).filter(({ type }) => type === 'packet.dropped');
  expect(drops.length > 0).toBe(drop);
  if (drop) expect(drops[0]?.data).toMatchObject({ host: 'node-1', rule: '-A FORWARD -d 10.244.1.2/32 -j DROP' });
});

test('bytes arrive in order, halves close one by one', () => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  const server = b.pod(1, '10.244.1.2');
  const { sockets } = b.network;
  const ends = connected(b, a, { netns: server, ip: '10.244.1.2', port: 80 });
  sockets.send(ends.client, text('hello '));
  sockets.send(ends.client, text('world'));
  sockets.shutdown(ends.client);
  expect(sockets.receive(ends.server)).toEqual({ type: 'wait' });
  b.run();
  const got = sockets.receiveBytes(ends.server, 8);
  expect(got.type === 'bytes' ? decodeUtf8(got.bytes) : got).toBe('hello wo');
  const rest = sockets.receiveBytes(ends.server, 100);
  expect(rest.type === 'bytes' ? decodeUtf8(rest.bytes) : rest).toBe('rld');
  expect(sockets.receive(ends.server)).toEqual({ type: 'end' });
  expect(sockets.send(ends.client, text('more'))).toEqual({ errno: 'EPIPE' });
  expect(sockets.send(ends.server, text('bye'))).toBeUndefined();
  sockets.close(ends.server);
  b.run();
  expect(sockets.receive(ends.client)).toEqual({ type: 'segment', segment: text('bye') });
  expect(sockets.receive(ends.client)).toEqual({ type: 'end' });
  sockets.close(ends.client);
  b.run();
  expect(sockets.list(a)).toEqual([]);
});

test('a reader that lags fills the window and reopens it', () => {
  const b = bench(1);
  const a = b.pod(0, '10.244.0.2');
  const server = b.pod(0, '10.244.0.3');
  const { sockets } = b.network;
  const ends = connected(b, a, { netns: server, ip: '10.244.0.3', port: 80 });
  const block = { type: 'bytes', bytes: new Uint8Array(65_536) } as const;
  let sent = 0;
  while (sockets.send(ends.client, block) === undefined) sent += 1;
  expect(sent).toBe(4);
  sockets.whenWritable(ends.client, { target: 'test', type: 'room' });
  b.run();
  expect(b.told.events.some(({ type }) => type === 'room')).toBe(false);
  for (let i = 0; i < 4; i += 1) sockets.receive(ends.server);
  b.run();
  expect(b.told.events.some(({ type }) => type === 'room')).toBe(true);
  expect(sockets.send(ends.client, block)).toBeUndefined();
});

test('data waits while the way is broken and arrives when it is back', () => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  const server = b.pod(1, '10.244.1.2');
  const { sockets } = b.network;
  const ends = connected(b, a, { netns: server, ip: '10.244.1.2', port: 80 });
  b.network.setCable('node-1', false);
  sockets.send(ends.client, text('late'));
  b.run(1_000_000);
  expect(sockets.receive(ends.server)).toEqual({ type: 'wait' });
  b.network.setCable('node-1', true);
  b.run();
  expect(sockets.receive(ends.server)).toEqual({ type: 'segment', segment: text('late') });
});

test('ports: in use, wildcard against specific, ephemeral', () => {
  const b = bench(1);
  const a = b.pod(0, '10.244.0.2');
  const { sockets } = b.network;
  const at = (ip: string, port: number): unknown => sockets.listen(a, { family: 'inet', ip, port }, owner);
  expect(typeof at('127.0.0.1', 80)).toBe('number');
  expect(at('0.0.0.0', 80)).toEqual({ errno: 'EADDRINUSE' });
  expect(typeof at('10.244.0.2', 80)).toBe('number');
  expect(at('10.9.9.9', 81)).toEqual({ errno: 'EADDRNOTAVAIL' });
  expect(typeof at('0.0.0.0', 0)).toBe('number');
});

test('udp: answered, refused once, and dropped by the own output chain', () => {
  const b = bench(1);
  const a = b.pod(0, '10.244.0.2');
  const c = b.pod(0, '10.244.0.3');
  const { sockets } = b.network;
  const server = b.must(sockets.udp(c, owner, 53));
  const client = b.must(sockets.udp(a, owner));
  sockets.sendTo(client, { ip: '10.244.0.3', port: 53 }, encodeUtf8('?'));
  b.run();
  const got = b.must(sockets.receiveFrom(server));
  expect(got).toMatchObject({ from: { ip: '10.244.0.2' }, bytes: encodeUtf8('?') });
  sockets.sendTo(client, { ip: '10.244.0.3', port: 54 }, encodeUtf8('?'));
  b.run();
  expect([sockets.receiveFrom(client), sockets.receiveFrom(client)]).toEqual([{ errno: 'ECONNREFUSED' }, undefined]);
  b.hosts[0]?.addRule(a, 'filter', 'OUTPUT', rule([], { type: 'DROP' }));
  expect(sockets.sendTo(client, { ip: '10.244.0.3', port: 53 }, encodeUtf8('?'))).toEqual({ errno: 'EPERM' });
});

test('a restored lab goes on where it was', () => {
  const b = bench(2);
  const a = b.pod(0, '10.244.0.2');
  const server = b.pod(1, '10.244.1.2');
  service(b, 0, '10.244.1.2');
  const ends = connected(b, a, { netns: server, ip: '10.244.1.2', port: 80, service: '10.96.0.10' });
  b.network.sockets.send(ends.client, text('before'));
  const saved = encodePlain([b.network.snapshot(), b.simulation.loop.snapshot(), b.simulation.random.snapshot()]);
  const simulation = createSimulation(1);
  const network = createNetwork(simulation);
  const [net, loop, random] = decodePlain(saved) as [never, never, never];
  simulation.random.restore(random);
  simulation.loop.restore(loop);
  network.restore(net);
  expect(
    decodePlain(encodePlain([network.snapshot(), simulation.loop.snapshot(), simulation.random.snapshot()])),
  ).toEqual(decodePlain(saved));
  while (simulation.loop.step());
  network.sockets.send(ends.server, text('after'));
  while (simulation.loop.step());
  expect(network.sockets.receive(ends.server)).toEqual({ type: 'segment', segment: text('before') });
  expect(network.sockets.receive(ends.client)).toEqual({ type: 'segment', segment: text('after') });
});
