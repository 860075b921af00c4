import { expect, test } from 'vitest';
import { formatRule } from '../../../formats/iptables/format.ts';
import type { ChainListing, TableName } from '../../../formats/iptables/rule.ts';
import type { NetnsId } from '../../machine/net/interface.ts';
import { bench, type Bench } from '../../machine/net/two-nodes.spec-support.ts';
import { endpointChain, serviceChain } from './chain-names.ts';
import { FakeInformers, serviceOf } from './fake-informers.spec-support.ts';
import { KUBE_PROXY_TARGET, KubeProxy } from './kube-proxy.ts';

test('chains have the names that upstream gives them', () => {
  expect(serviceChain('ns1/svc1:p80', 'tcp')).toBe('KUBE-SVC-XPGD46QRK7WJZT7O');
  expect(endpointChain('ns1/svc1:p80', 'tcp', '10.180.0.1:80')).toBe('KUBE-SEP-SXIVWICOYRO3J4NJ');
});

function cluster(): Bench & { readonly informers: FakeInformers; readonly proxy: KubeProxy } {
  const b = bench(2);
  const informers = new FakeInformers();
  const proxy = new KubeProxy({
    simulation: b.simulation,
    informers,
    clusterCidr: '10.244.0.0/16',
    host: (node) => b.network.host(node),
  });
  b.simulation.loop.register(KUBE_PROXY_TARGET, proxy);
  for (const host of b.hosts) proxy.startNode(host.name);
  return { ...b, informers, proxy };
}

function saved(b: Bench, table: TableName, only: RegExp): readonly string[] {
  const [host] = b.hosts;
  if (host === undefined) return [];
  const chains = host.kernel(
    host.netns,
    { subsystem: 'netfilter', op: 'list', args: { table } },
    { pid: 1, netAdmin: true },
  ) as unknown as readonly ChainListing[];
  return chains
    .flatMap(({ name, rules }) => rules.map((rule) => formatRule(name, rule)))
    .filter((line) => only.test(line));
}

/** Connects and answers the errno, or the address that the server saw. */
function reach(b: Bench, from: NetnsId, ip: string, port: number, server?: NetnsId, targetPort = 80): string {
  const owner = { pid: 1, host: 'node-0' };
  const { sockets } = b.network;
  const listener =
    server === undefined
      ? undefined
      : b.must(sockets.listen(server, { family: 'inet', ip: '0.0.0.0', port: targetPort }, owner));
  const client = b.must(
    sockets.connect(
      from,
      { family: 'inet', ip, port },
      owner,
      { timeoutUs: 5_000_000 },
      { target: 'test', type: 'connected' },
    ),
  );
  b.run(10_000_000);
  const outcome = b.told.last();
  const accepted = listener === undefined ? undefined : sockets.accept(listener, owner);
  const peer = typeof accepted === 'number' ? sockets.info(accepted)?.peer : undefined;
  sockets.close(client);
  if (typeof accepted === 'number') sockets.close(accepted);
  if (listener !== undefined) sockets.close(listener);
  b.run(10_000_000);
  return outcome.connected === true ? (peer?.family === 'inet' ? peer.ip : 'elsewhere') : (outcome.errno as string);
}

test('a Service with two endpoints is written as upstream writes it', () => {
  const b = cluster();
  const [service, slice] = serviceOf('web', { type: 'ClusterIP', clusterIP: '10.96.0.20', ports: [{ port: 80 }] }, [
    { ip: '10.244.1.2' },
    { ip: '10.244.0.2' },
  ]);
  b.informers.set('services', service);
  b.informers.set('endpointslices.discovery.k8s.io', slice);
  b.run();
  const svc = serviceChain('default/web', 'tcp');
  const first = endpointChain('default/web', 'tcp', '10.244.0.2:80');
  const second = endpointChain('default/web', 'tcp', '10.244.1.2:80');
  expect(saved(b, 'nat', /default\/web|POSTROUTING/)).toEqual([
    '-A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
    '-A KUBE-POSTROUTING -m mark ! --mark 0x4000/0x4000 -j RETURN',
    '-A KUBE-POSTROUTING -j MARK --set-xmark 0x4000/0x0',
    '-A KUBE-POSTROUTING -m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE --random-fully',
    `-A ${svc} ! -s 10.244.0.0/16 -d 10.96.0.20/32 -p tcp -m comment --comment "default/web cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ`,
    `-A ${svc} -m comment --comment "default/web -> 10.244.0.2:80" -m statistic --mode random --probability 0.50000000000 -j ${first}`,
    `-A ${svc} -m comment --comment "default/web -> 10.244.1.2:80" -j ${second}`,
    `-A ${first} -s 10.244.0.2/32 -m comment --comment default/web -j KUBE-MARK-MASQ`,
    `-A ${first} -p tcp -m comment --comment default/web -m tcp -j DNAT --to-destination 10.244.0.2:80`,
    `-A ${second} -s 10.244.1.2/32 -m comment --comment default/web -j KUBE-MARK-MASQ`,
    `-A ${second} -p tcp -m comment --comment default/web -m tcp -j DNAT --to-destination 10.244.1.2:80`,
    `-A KUBE-SERVICES -d 10.96.0.20/32 -p tcp -m comment --comment "default/web cluster IP" -m tcp --dport 80 -j ${svc}`,
  ]);
});

test('ClusterIP, hairpin, NodePort and no endpoints', () => {
  const b = cluster();
  const a = b.pod(0, '10.244.0.2');
  const server = b.pod(1, '10.244.1.2');
  const spec = { type: 'NodePort', clusterIP: '10.96.0.20', ports: [{ port: 80, nodePort: 30080 }] };
  const [service, slice] = serviceOf('web', spec, [{ ip: '10.244.1.2', node: 'node-1' }]);
  b.informers.set('services', service, serviceOf('empty', { clusterIP: '10.96.0.21', ports: [{ port: 80 }] }, [])[0]);
  b.informers.set('endpointslices.discovery.k8s.io', slice);
  b.run();
  const hosts = b.hosts.map(({ netns }) => netns);
  expect({
    pod: reach(b, a, '10.96.0.20', 80, server),
    itself: reach(b, server, '10.96.0.20', 80, server),
    node: reach(b, hosts[0] ?? 0, '10.96.0.20', 80, server),
    nodePortHere: reach(b, a, '192.168.56.11', 30080, server),
    nodePortThere: reach(b, a, '192.168.56.10', 30080, server),
    empty: reach(b, a, '10.96.0.21', 80),
  }).toEqual({
    pod: '10.244.0.2',
    itself: '10.244.1.1',
    node: '10.244.0.0',
    nodePortHere: '10.244.1.1',
    nodePortThere: '10.244.0.0',
    empty: 'ECONNREFUSED',
  });
});

test('externalTrafficPolicy Local keeps the client and drops where nothing is local', () => {
  const b = cluster();
  const server = b.pod(1, '10.244.1.2');
  const [service, slice] = serviceOf(
    'web',
    {
      type: 'NodePort',
      clusterIP: '10.96.0.20',
      externalTrafficPolicy: 'Local',
      ports: [{ port: 80, nodePort: 30080 }],
    },
    [{ ip: '10.244.1.2', node: 'node-1' }],
  );
  b.informers.set('services', service);
  b.informers.set('endpointslices.discovery.k8s.io', slice);
  b.run();
  const [first] = b.hosts;
  expect(reach(b, first?.netns ?? 0, '192.168.56.11', 30080, server)).toBe('192.168.56.10');
  const walk = b.network.explain(b.hosts[1]?.netns ?? 0, {
    protocol: 'tcp',
    destination: '192.168.56.10',
    destinationPort: 30080,
  });
  expect(walk.outcome).toMatchObject({
    type: 'dropped',
    host: 'node-0',
    rule: '-A KUBE-EXTERNAL-SERVICES -p tcp -m addrtype --dst-type LOCAL -m comment --comment "default/web has no local endpoints" -m tcp --dport 30080 -j DROP',
  });
});

test('endpoints that go are forgotten on both nodes with one computed layer', () => {
  const b = cluster();
  const [service, slice] = serviceOf('web', { clusterIP: '10.96.0.20', ports: [{ port: 80 }] }, [{ ip: '10.244.1.2' }]);
  b.informers.set('services', service);
  b.informers.set('endpointslices.discovery.k8s.io', slice);
  b.run();
  b.informers.of('endpointslices.discovery.k8s.io').remove('default/web-abc');
  b.run();
  expect(saved(b, 'nat', /default\/web/)).toEqual([]);
  expect(saved(b, 'filter', /default\/web/)).toEqual([
    '-A KUBE-SERVICES -d 10.96.0.20/32 -p tcp -m comment --comment "default/web has no endpoints" -m tcp --dport 80 -j REJECT --reject-with icmp-port-unreachable',
  ]);
  const synced = b.simulation.trace.since(1).filter(({ type }) => type === 'service.synced');
  expect(synced.map(({ data }) => data)).toEqual([
    { revision: 1, services: 1, nodes: 2 },
    { revision: 2, services: 1, nodes: 2 },
  ]);
});

test('a dead kube-proxy leaves its node with old rules', () => {
  const b = cluster();
  const [service, slice] = serviceOf('web', { clusterIP: '10.96.0.20', ports: [{ port: 80 }] }, [{ ip: '10.244.1.2' }]);
  b.informers.set('services', service);
  b.informers.set('endpointslices.discovery.k8s.io', slice);
  b.run();
  b.proxy.stopNode('node-0');
  b.informers.of('services').remove('default/web');
  b.run();
  expect(saved(b, 'nat', /default\/web cluster IP/).length).toBe(2);
});
