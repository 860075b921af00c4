import { expect, test } from 'vitest';
import { formatRule } from '../../../../formats/iptables/format.ts';
import type { ChainListing, Match, Rule, Target } from '../../../../formats/iptables/rule.ts';
import type { Plain } from '../../../../protocol/plain.ts';
import { bench, rule, type Bench } from '../two-nodes.spec-support.ts';

const drop: Target = { type: 'DROP' };

/** Asks the kernel as root does. */
function ask(b: Bench, op: string, args: { readonly [key: string]: unknown }, netAdmin = true): unknown {
  const [host] = b.hosts;
  return host?.kernel(host.netns, { subsystem: 'netfilter', op, args: args as unknown as Plain }, { pid: 1, netAdmin });
}
const listing = (b: Bench, table: string): readonly ChainListing[] =>
  ask(b, 'list', { table }) as readonly ChainListing[];

test.for<{ given: string; matches: readonly Match[]; hit: boolean }>([
  { given: 'nothing', matches: [], hit: true },
  { given: 'the source', matches: [{ type: 'source', cidr: '10.244.0.0/24' }], hit: true },
  { given: 'another source', matches: [{ type: 'source', cidr: '10.244.0.0/24', not: true }], hit: false },
  { given: 'a link by prefix', matches: [{ type: 'in-interface', name: 'cni+' }], hit: true },
  { given: 'another link', matches: [{ type: 'out-interface', name: 'eth0' }], hit: false },
  {
    given: 'the port',
    matches: [
      { type: 'protocol', protocol: 'tcp' },
      { type: 'destination-port', module: 'tcp', ports: [80, 90] },
    ],
    hit: true,
  },
  {
    given: 'the port of another protocol',
    matches: [{ type: 'destination-port', module: 'udp', ports: [80, 90] }],
    hit: false,
  },
  {
    given: 'several ports',
    matches: [
      {
        type: 'multiport',
        side: 'destination',
        ports: [
          [22, 22],
          [80, 80],
        ],
      },
    ],
    hit: true,
  },
  { given: 'a new connection', matches: [{ type: 'conntrack', module: 'conntrack', states: ['NEW'] }], hit: true },
  {
    given: 'an old connection',
    matches: [{ type: 'conntrack', module: 'state', states: ['ESTABLISHED', 'RELATED'] }],
    hit: false,
  },
  {
    given: 'a local destination',
    matches: [{ type: 'addrtype', side: 'destination', addressType: 'LOCAL' }],
    hit: false,
  },
  { given: 'SYN', matches: [{ type: 'tcp-flags', mask: ['FIN', 'SYN', 'RST', 'ACK'], set: ['SYN'] }], hit: true },
  { given: 'a mark nobody set', matches: [{ type: 'mark', value: 1, mask: 1 }], hit: false },
])('a rule for $given drops: $hit', ({ matches, hit }) => {
  const b = bench(2);
  const pod = b.pod(0, '10.244.0.2');
  b.pod(1, '10.244.1.2');
  const [host] = b.hosts;
  if (host !== undefined) b.must(host.addRule(host.netns, 'filter', 'FORWARD', rule(matches, drop)));
  expect(b.network.explain(pod, { protocol: 'tcp', destination: '10.244.1.2', destinationPort: 80 }).outcome.type).toBe(
    hit ? 'dropped' : 'delivered',
  );
});

test('RETURN, goto, marks and policies decide in order', () => {
  const b = bench(1);
  const pod = b.pod(0, '10.244.0.2');
  const jump = (chain: string): Target => ({ type: 'jump', chain });
  const outcome = (): string =>
    b.network.explain(pod, { protocol: 'tcp', destination: '192.168.56.10', destinationPort: 80 }).outcome.type;
  for (const chain of ['A', 'B']) ask(b, 'new-chain', { table: 'filter', chain });
  ask(b, 'append', { table: 'filter', chain: 'INPUT', rule: rule([], jump('A')) });
  ask(b, 'append', { table: 'filter', chain: 'A', rule: rule([], { type: 'MARK', value: 4, mask: 0xffffffff }) });
  ask(b, 'append', {
    table: 'filter',
    chain: 'A',
    rule: rule([{ type: 'mark', value: 4, mask: 4 }], { type: 'goto', chain: 'B' }),
  });
  ask(b, 'append', { table: 'filter', chain: 'A', rule: rule([], drop) });
  ask(b, 'append', { table: 'filter', chain: 'B', rule: rule([], { type: 'RETURN' }) });
  expect(outcome()).toBe('delivered');
  ask(b, 'policy', { table: 'filter', chain: 'INPUT', policy: 'DROP' });
  expect(outcome()).toBe('dropped');
});

test('chains and rules fail as iptables does', () => {
  const b = bench(1);
  const some = rule([], { type: 'ACCEPT' });
  ask(b, 'new-chain', { table: 'filter', chain: 'A' });
  ask(b, 'append', { table: 'filter', chain: 'FORWARD', rule: rule([], { type: 'jump', chain: 'A' }) });
  expect({
    twice: ask(b, 'new-chain', { table: 'filter', chain: 'A' }),
    used: ask(b, 'delete-chain', { table: 'filter', chain: 'A' }),
    unknown: ask(b, 'append', { table: 'filter', chain: 'B', rule: some }),
    target: ask(b, 'append', { table: 'filter', chain: 'A', rule: rule([], { type: 'jump', chain: 'B' }) }),
    absent: ask(b, 'check', { table: 'filter', chain: 'A', rule: some }),
    missing: ask(b, 'delete', { table: 'filter', chain: 'A', rule: some }),
    far: ask(b, 'delete', { table: 'filter', chain: 'A', position: 9 }),
    nobody: ask(b, 'list', { table: 'filter' }, false),
  }).toEqual({
    twice: { errno: 'EEXIST' },
    used: { errno: 'EMLINK' },
    unknown: { errno: 'ENOENT' },
    target: { errno: 'ENOENT' },
    absent: { errno: 'ENOENT' },
    missing: { errno: 'EINVAL' },
    far: { errno: 'E2BIG' },
    nobody: { errno: 'EPERM' },
  });
});

test('shared layers: a change by hand stays on its host until the next revision', () => {
  const b = bench(2);
  const shared: Rule = rule([{ type: 'comment', text: 'shared' }], { type: 'ACCEPT' });
  const layer = { revision: 1, tables: { filter: { 'KUBE-X': [shared] } } };
  for (const host of b.hosts) host.setLayer(host.netns, 'x', layer);
  ask(b, 'append', { table: 'filter', chain: 'KUBE-X', rule: rule([], drop) });
  const rulesOf = (n: number): number => {
    const host = b.hosts[n];
    const chains = host?.kernel(
      host.netns,
      { subsystem: 'netfilter', op: 'list', args: { table: 'filter' } },
      { pid: 1, netAdmin: true },
    ) as unknown as readonly ChainListing[];
    return chains.find(({ name }) => name === 'KUBE-X')?.rules.length ?? 0;
  };
  expect([rulesOf(0), rulesOf(1)]).toEqual([2, 1]);
  b.hosts[0]?.setLayer(b.hosts[0].netns, 'x', { ...layer, revision: 2 });
  expect(rulesOf(0)).toBe(1);
});

test('restore replaces a table, and counters count', () => {
  const b = bench(1);
  const pod = b.pod(0, '10.244.0.2');
  expect(
    ask(b, 'restore', {
      table: 'filter',
      flush: true,
      chains: [
        {
          name: 'INPUT',
          policy: 'ACCEPT',
          rules: [rule([{ type: 'protocol', protocol: 'icmp' }], { type: 'ACCEPT' })],
        },
      ],
    }),
  ).toBe(null);
  const socket = b.network.sockets.icmp(pod, { external: 'test' });
  b.network.sockets.sendProbe(socket, '192.168.56.10', { sequence: 1, protocol: 'icmp', bytes: 84 });
  b.run();
  const input = listing(b, 'filter').find(({ name }) => name === 'INPUT');
  expect(input?.rules.map((one) => [formatRule('INPUT', one), one.counters])).toEqual([
    ['-A INPUT -p icmp -j ACCEPT', { packets: 1, bytes: 84 }],
  ]);
});
