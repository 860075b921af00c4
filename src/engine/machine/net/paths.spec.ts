import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { bench, rule, type Bench } from './two-nodes.spec-support.ts';

/** What may happen to links of node-1, where the server's pod (veth2, behind a second bridge) and another one (veth3) are. */
const CHANGES = [
  'pod comes',
  'port down',
  'port up',
  'no master',
  'master',
  'bridge master',
  'trunk down',
  'trunk up',
  'other port down',
  'port gets an address',
  'port loses it',
  'port gets a route',
  'bridge down',
  'bridge up',
  'inner end down',
  'inner end up',
  'inner end moves out',
  'pod goes',
  'rule',
  'no rule',
] as const;

const drop = rule([{ type: 'destination', cidr: '10.244.1.2/32' }], { type: 'DROP' });

function change(b: Bench, what: (typeof CHANGES)[number], server: number, turn: number): void {
  const [, host] = b.hosts;
  if (host === undefined) return;
  const root = host.netns;
  switch (what) {
    case 'pod comes':
      b.pod(1, `10.244.1.${String(20 + turn)}`);
      break;
    case 'port down':
      host.changeLink(root, 'veth2', { up: false });
      break;
    case 'port up':
      host.changeLink(root, 'veth2', { up: true });
      break;
    case 'no master':
      host.changeLink(root, 'veth2', { master: null });
      break;
    case 'master':
      host.changeLink(root, 'veth2', { master: 'cni0' });
      break;
    case 'bridge master':
      host.changeLink(root, 'veth2', { master: 'br1' });
      break;
    case 'trunk down':
      host.changeLink(root, 'trunk0', { up: false });
      break;
    case 'trunk up':
      host.changeLink(root, 'trunk0', { up: true });
      break;
    case 'other port down':
      host.changeLink(root, 'veth3', { up: false });
      break;
    case 'port gets an address':
      host.addAddress(root, 'veth2', '10.99.0.1/24');
      break;
    case 'port loses it':
      host.deleteAddress(root, 'veth2', '10.99.0.1/24');
      break;
    case 'port gets a route':
      host.addRoute(root, { destination: '10.244.1.2/32', device: 'veth2' });
      break;
    case 'bridge down':
      host.changeLink(root, 'cni0', { up: false });
      break;
    case 'bridge up':
      host.changeLink(root, 'cni0', { up: true });
      break;
    case 'inner end down':
      host.changeLink(server, 'eth0', { up: false });
      break;
    case 'inner end up':
      host.changeLink(server, 'eth0', { up: true });
      break;
    case 'inner end moves out':
      host.changeLink(server, 'eth0', { netns: root });
      break;
    case 'pod goes':
      host.deleteNamespace(server);
      break;
    case 'rule':
      host.addRule(root, 'filter', 'FORWARD', drop);
      break;
    case 'no rule':
      host.deleteRule(root, 'filter', 'FORWARD', drop);
      break;
  }
}

/** cni0 and a second bridge, br1, joined by a veth pair without addresses; the server is a port of br1. */
function joinBridges(b: Bench): void {
  const [, host] = b.hosts;
  if (host === undefined) return;
  const { netns } = host;
  b.must(host.addLink(netns, { kind: 'bridge', name: 'br1', mtu: 1450 }));
  b.must(host.addLink(netns, { kind: 'veth', name: 'trunk0', mtu: 1450, peer: { name: 'trunk1', netns } }));
  b.must(host.changeLink(netns, 'br1', { up: true }));
  b.must(host.changeLink(netns, 'trunk0', { master: 'cni0', up: true }));
  b.must(host.changeLink(netns, 'trunk1', { master: 'br1', up: true }));
  b.must(host.changeLink(netns, 'veth2', { master: 'br1' }));
}

test('a way that is remembered is the way that a packet would go now, whatever has changed since', () => {
  assert(
    property(array(constantFrom(...CHANGES), { minLength: 1, maxLength: 8 }), (changes) => {
      const b = bench(2);
      const client = b.pod(0, '10.244.0.2');
      const server = b.pod(1, '10.244.1.2');
      const neighbour = b.pod(1, '10.244.1.3');
      joinBridges(b);
      const owner = { pid: 1, host: 'node-1' };
      b.must(b.network.sockets.listen(server, { family: 'inet', ip: '0.0.0.0', port: 80 }, owner));
      const to = { ip: '10.244.1.2', port: 80 };
      const [first, second] = b.hosts;
      const from = [client, neighbour, first?.netns ?? 0, second?.netns ?? 0];
      for (const netns of from) expect(b.network.checkPath(netns, to).connected).toBe(true);
      changes.forEach((what, turn) => {
        change(b, what, server, turn);
        for (const netns of from) {
          const { outcome, latencyUs } = b.network.explain(netns, {
            protocol: 'tcp',
            destination: to.ip,
            destinationPort: to.port,
          });
          const check = b.network.checkPath(netns, to);
          // The listener itself goes with its pod, not with the way to it.
          const reaches = outcome.type === 'delivered' && outcome.netns === server;
          expect(check.connected).toBe(reaches);
          if (check.connected) expect(check.latencyUs).toBe(latencyUs);
        }
      });
    }),
    { seed: 7, numRuns: 300 },
  );
});
