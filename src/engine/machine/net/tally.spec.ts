import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import type { Plain } from '../../../protocol/plain.ts';
import type { KernelRequest } from '../../../protocol/program.ts';
import { decodePlain, encodePlain } from '../../sim/plain-codec.ts';
import { bench, connected, rule, type Bench } from './two-nodes.spec-support.ts';

const ACTS = ['ask', 'answer', 'rule', 'mangle', 'random', 'untrack', 'policy', 'pause'] as const;
type Act = readonly [what: (typeof ACTS)[number], size: number];

interface Ends {
  readonly client: number;
  readonly server: number;
}

function act(b: Bench, ends: Ends, [what, size]: Act): void {
  const [, host] = b.hosts;
  if (host === undefined) return;
  const { sockets } = b.network;
  switch (what) {
    case 'ask':
      sockets.send(ends.client, { type: 'bytes', bytes: new Uint8Array(size) });
      break;
    case 'answer':
      sockets.send(ends.server, { type: 'bytes', bytes: new Uint8Array(size) });
      break;
    case 'rule':
      host.addRule(
        host.netns,
        'filter',
        'FORWARD',
        rule([{ type: 'conntrack', module: 'conntrack', states: ['ESTABLISHED'] }], { type: 'ACCEPT' }),
      );
      break;
    case 'mangle':
      host.addRule(
        host.netns,
        'mangle',
        'PREROUTING',
        rule([{ type: 'protocol', protocol: 'tcp' }], { type: 'RETURN' }),
      );
      break;
    case 'random':
      host.addRule(
        host.netns,
        'filter',
        'FORWARD',
        rule([{ type: 'statistic', mode: 'nth', every: 3, packet: 0 }], { type: 'RETURN' }),
      );
      break;
    case 'untrack':
      host.kernel(host.netns, { subsystem: 'conntrack', op: 'flush' }, { pid: 1, netAdmin: true });
      break;
    case 'policy':
      host.kernel(
        host.netns,
        { subsystem: 'netfilter', op: 'policy', args: { table: 'filter', chain: 'FORWARD', policy: 'ACCEPT' } },
        { pid: 1, netAdmin: true },
      );
      break;
    case 'pause':
      b.run(1_000_000);
      break;
  }
  b.run(1_000_000);
}

const REQUESTS: readonly KernelRequest[] = [
  { subsystem: 'link', op: 'list' },
  { subsystem: 'netfilter', op: 'list', args: { table: 'filter' } },
  { subsystem: 'netfilter', op: 'list', args: { table: 'mangle' } },
  { subsystem: 'conntrack', op: 'list' },
];

/** What links, rules and tracked connections of both nodes, and of the pod of each, have counted. */
const counted = (b: Bench, pods: readonly number[]): Plain =>
  b.hosts.flatMap((host, n) =>
    [host.netns, pods[n] ?? 0].flatMap((netns) =>
      REQUESTS.map((request) => b.must(host.kernel(netns, request, { pid: 1, netAdmin: true }))),
    ),
  );

function played(acts: readonly Act[], how: 'counted' | 'walked' | 'restored'): Plain {
  const b = bench(2);
  const client = b.pod(0, '10.244.0.2');
  const server = b.pod(1, '10.244.1.2');
  b.network.traceEveryPacket(how === 'walked');
  const ends = connected(b, client, { netns: server, ip: '10.244.1.2', port: 80 });
  for (const each of acts) {
    act(b, ends, each);
    if (how === 'restored') b.network.restore(decodePlain(encodePlain(b.network.snapshot())));
  }
  return counted(b, [client, server]);
}

test('packets that are counted along a known way are counted as if each had walked it, before and after a restore', () => {
  assert(
    property(
      array(tuple(constantFrom(...ACTS), integer({ min: 1, max: 3000 })), { minLength: 1, maxLength: 12 }),
      (acts) => {
        const walked = played(acts, 'walked');
        expect(played(acts, 'counted')).toEqual(walked);
        expect(played(acts, 'restored')).toEqual(walked);
      },
    ),
    { seed: 11, numRuns: 120 },
  );
});

test('what a server sends is on the links of its pod', () => {
  const b = bench(2);
  const client = b.pod(0, '10.244.0.2');
  const server = b.pod(1, '10.244.1.2');
  const ends = connected(b, client, { netns: server, ip: '10.244.1.2', port: 80 });
  const before = b.hosts[1]?.counters(server, 'eth0');
  b.network.sockets.send(ends.server, { type: 'bytes', bytes: new Uint8Array(1000) });
  b.run();
  const after = b.hosts[1]?.counters(server, 'eth0');
  // 1,000 bytes with 52 of IP and TCP and 14 of Ethernet, and the packet that acknowledges them.
  expect([(after?.txBytes ?? 0) - (before?.txBytes ?? 0), (after?.rxBytes ?? 0) - (before?.rxBytes ?? 0)]).toEqual([
    1066, 66,
  ]);
});
