/** Modules that are there because somebody asked for them, or because they are in use. Source: lsmod of Ubuntu 24.04. */
import { expect, test } from 'vitest';
import { worldOf } from './kernel.spec-support.ts';

const names = (world: ReturnType<typeof worldOf>): readonly string[] =>
  world.kernel.modules().map(({ name, references }) => `${name} ${String(references)}`);

test('what a link needs is loaded with it and cannot be removed', () => {
  const world = worldOf([], { network: true });
  expect(names(world)).toEqual([]);
  world.kernel.network?.addLink(world.kernel.namespaces.host.net, { kind: 'dummy', name: 'd0' });
  expect(names(world)).toEqual(['dummy 1']);
  expect(world.kernel.tables.removeModule('dummy')).toMatchObject({ errno: 'EBUSY' });
});

test('br_netfilter brings its settings, which are on', () => {
  const world = worldOf([], { network: true });
  const keys = ['net.bridge.bridge-nf-call-iptables', 'net.bridge.bridge-nf-call-ip6tables'];
  expect(keys.map((key) => world.kernel.sysctl(key))).toEqual([undefined, undefined]);
  world.kernel.loadModule('br_netfilter');
  expect(keys.map((key) => world.kernel.sysctl(key))).toEqual(['1', '1']);
  expect(names(world)).toEqual(['br_netfilter 0', 'bridge 1', 'stp 1', 'llc 1']);
});
