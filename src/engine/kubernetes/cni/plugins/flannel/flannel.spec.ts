import { expect, test } from 'vitest';
import { fail, type Result } from '../../../../../protocol/errno.ts';
import type { JsonObject } from '../../../../../protocol/plain.ts';
import type { FileView } from '../../../../machine/files/interface.ts';
import type { NetnsId } from '../../../../machine/net/interface.ts';
import { createNetwork } from '../../../../machine/net/network.ts';
import { createSimulation } from '../../../../sim/create-simulation.ts';
import type { Client } from '../../../client/interface.ts';
import { FakeInformers } from '../../../proxy/fake-informers.spec-support.ts';
import { CniPodNetwork } from '../../pod-network.ts';
import { flannelPlugin } from './flannel-plugin.ts';
import { FLANNEL_TARGET, Flannel } from './flanneld.ts';

/** Files as far as plugins use them. */
function memoryFiles(start: { readonly [path: string]: string }): {
  readonly view: FileView;
  readonly files: Map<string, string>;
} {
  const files = new Map(Object.entries(start));
  const view = {
    readText: (path: string): Result<string> => files.get(path) ?? fail('ENOENT'),
    write: (path: string, content: string) => void files.set(path, content),
    exists: (path: string) => files.has(path),
    mkdirp: () => undefined,
    remove: (path: string) => void files.delete(path),
    list: (dir: string) =>
      [...files.keys()]
        .filter((path) => path.startsWith(`${dir}/`))
        .map((path) => ({ name: path.slice(dir.length + 1), type: 'file', inode: 1 })),
  };
  return { view: view as unknown as FileView, files };
}

const CONFLIST = JSON.stringify({
  name: 'cbr0',
  cniVersion: '0.3.1',
  plugins: [{ type: 'flannel', delegate: { hairpinMode: true, isDefaultGateway: true } }, { type: 'portmap' }],
});

function cluster(count: number) {
  const simulation = createSimulation(1);
  const network = createNetwork(simulation);
  const informers = new FakeInformers();
  const node = (n: number, annotations: JsonObject = {}): object => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `node-${String(n)}`, annotations },
    spec: { podCIDR: `10.244.${String(n)}.0/24` },
    status: {},
  });
  const hosts = Array.from({ length: count }, (_, n) => {
    const net = network.addHost({ name: `node-${String(n)}`, ip: `192.168.56.${String(10 + n)}` });
    return { net, ...memoryFiles({ '/opt/cni/bin/flannel': '', '/etc/cni/net.d/10-flannel.conflist': CONFLIST }) };
  });
  hosts.forEach((_, n) => {
    informers.set('nodes', node(n));
  });
  const client = {
    patch: (_: string, at: { name: string }, __: string, patch: { metadata: { annotations: JsonObject } }) => {
      informers.set('nodes', node(Number(at.name.slice(5)), patch.metadata.annotations));
      return {};
    },
  } as unknown as Client;
  const of = (name: string) => hosts[Number(name.slice(5))];
  const flannel = new Flannel({
    simulation,
    informers,
    client,
    podCidr: '10.244.0.0/16',
    host: (name) => {
      const host = of(name);
      return host === undefined ? undefined : { files: host.view, net: host.net };
    },
  });
  simulation.loop.register(FLANNEL_TARGET, flannel);
  const cni = hosts.map(
    ({ net, view }) => new CniPodNetwork({ simulation, files: view, net, plugins: [flannelPlugin] }),
  );
  const run = (): void => {
    while (simulation.loop.step());
  };
  const pod = (n: number, id: string): { readonly netns: NetnsId; readonly result: unknown } => {
    const netns = hosts[n]?.net.createNamespace() ?? 0;
    return { netns, result: cni[n]?.add({ sandboxId: id, netns }) };
  };
  return { simulation, network, hosts, flannel, cni, pod, run };
}

test('pods get addresses, and packets cross the overlay that flanneld built', () => {
  const c = cluster(3);
  for (const { net } of c.hosts) c.flannel.startNode(net.name);
  c.run();
  const a = c.pod(0, 'aaa');
  const b = c.pod(2, 'bbb');
  expect([a.result, b.result, c.pod(0, 'ccc').result]).toEqual([
    { ips: ['10.244.0.2'] },
    { ips: ['10.244.2.2'] },
    { ips: ['10.244.0.3'] },
  ]);
  const walk = c.network.explain(a.netns, { protocol: 'icmp', destination: '10.244.2.2' });
  expect(walk.outcome).toMatchObject({ type: 'delivered', netns: b.netns });
  expect(
    walk.hops
      .filter(({ step }) => step === 'encapsulate' || step === 'decapsulate')
      .map(({ host, step }) => `${host} ${step}`),
  ).toEqual(['node-0 encapsulate', 'node-2 decapsulate']);
  expect(c.hosts[0]?.files.get('/run/flannel/subnet.env')).toBe(
    'FLANNEL_NETWORK=10.244.0.0/16\nFLANNEL_SUBNET=10.244.0.1/24\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n',
  );
  expect(c.hosts[0]?.files.get('/var/lib/cni/networks/cbr0/10.244.0.2')).toBe('aaa\r\neth0');
  const host = c.hosts[0]?.net;
  const routes = host?.kernel(
    host.netns,
    { subsystem: 'route', op: 'list' },
    { pid: 1, netAdmin: true },
  ) as unknown as { destination: string; via?: string; device: string }[];
  expect(routes.map(({ destination, via, device }) => `${destination} ${via ?? 'undefined'} ${device}`)).toEqual([
    'default 192.168.56.1 eth0',
    '10.244.0.0/24 undefined cni0',
    '10.244.1.0/24 10.244.1.0 flannel.1',
    '10.244.2.0/24 10.244.2.0 flannel.1',
    '192.168.56.0/24 undefined eth0',
  ]);
});

test('what goes outside is masqueraded, what stays inside is not', () => {
  const c = cluster(2);
  for (const { net } of c.hosts) c.flannel.startNode(net.name);
  c.run();
  const a = c.pod(0, 'aaa');
  c.pod(1, 'bbb');
  const last = (destination: string): string =>
    c.network.explain(a.netns, { protocol: 'tcp', destination, destinationPort: 80 }).hops.at(-1)?.packet ?? '';
  expect(last('192.168.56.11')).toBe('192.168.56.10:40000 > 192.168.56.11:80');
  expect(last('10.244.1.2')).toBe('10.244.0.2:40000 > 10.244.1.2:80');
});

test('an address given back is used again only after the others', () => {
  const c = cluster(1);
  c.flannel.startNode('node-0');
  c.run();
  const a = c.pod(0, 'aaa');
  c.cni[0]?.del({ sandboxId: 'aaa', netns: a.netns });
  c.cni[0]?.del({ sandboxId: 'aaa', netns: a.netns });
  expect(c.hosts[0]?.files.has('/var/lib/cni/networks/cbr0/10.244.0.2')).toBe(false);
  expect(c.pod(0, 'bbb').result).toEqual({ ips: ['10.244.0.3'] });
  for (let n = 4; n <= 254; n += 1) c.pod(0, `pod-${String(n)}`);
  expect(c.pod(0, 'ddd').result).toEqual({ ips: ['10.244.0.2'] });
  expect(c.pod(0, 'eee').result).toEqual({
    error:
      'plugin type="flannel" failed (add): failed to allocate for range 0: no IP addresses available in range set: 10.244.0.1-10.244.0.254',
  });
});

test.for([
  {
    given: 'no configuration',
    missing: '/etc/cni/net.d/10-flannel.conflist',
    notReady: 'Network plugin returns error: cni plugin not initialized',
    error: 'cni plugin not initialized',
  },
  {
    given: 'no plugin file',
    missing: '/opt/cni/bin/flannel',
    notReady: undefined,
    error: 'failed to find plugin "flannel" in path [/opt/cni/bin]',
  },
  {
    given: 'no flanneld',
    missing: '/run/flannel/subnet.env',
    notReady: undefined,
    error: `plugin type="flannel" failed (add): failed to load flannel 'subnet.env' file: open /run/flannel/subnet.env: no such file or directory. Check the flannel pod log for this node.`,
  },
])('given $given, a pod has no network', ({ missing, notReady, error }) => {
  const c = cluster(1);
  c.flannel.startNode('node-0');
  c.run();
  c.hosts[0]?.files.delete(missing);
  expect(c.cni[0]?.notReady()).toBe(notReady);
  expect(c.pod(0, 'aaa').result).toEqual({ error });
});

test('a route deleted by hand stays deleted while peers come and go', () => {
  const c = cluster(3);
  c.flannel.startNode('node-0');
  c.flannel.startNode('node-1');
  c.run();
  const net = c.hosts[0]?.net;
  const reach = (ip: string): string =>
    c.network.explain(net?.netns ?? 0, { protocol: 'icmp', destination: ip }).hops.find(({ step }) => step === 'send')
      ?.link ?? '';
  expect(reach('10.244.1.9')).toBe('flannel.1');
  expect(net?.deleteRoute(net.netns, { destination: '10.244.1.0/24' })).toBeUndefined();
  c.flannel.startNode('node-2');
  c.run();
  expect([reach('10.244.1.9'), reach('10.244.2.9')]).toEqual(['eth0', 'flannel.1']);
});
