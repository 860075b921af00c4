import { expect, test } from 'vitest';
import { decodeDns, dnsQuery, encodeDns, type DnsMessage, type DnsRecord, type DnsType } from '../../../formats/dns.ts';
import { bench, type Bench } from '../../machine/net/two-nodes.spec-support.ts';
import { FakeInformers, serviceOf } from '../proxy/fake-informers.spec-support.ts';
import { CORE_DNS_TARGET, CoreDns } from './core-dns.ts';

function cluster(): Bench & { ask(name: string, type?: DnsType): DnsMessage | undefined; readonly dns: CoreDns } {
  const b = bench(2);
  const informers = new FakeInformers();
  const dns = new CoreDns({ simulation: b.simulation, network: b.network, informers, clusterDomain: 'cluster.local' });
  b.simulation.loop.register(CORE_DNS_TARGET, dns);
  const [host] = b.hosts;
  // As flannel's --ip-masq does, so that the way to the outside has a way back.
  if (host !== undefined)
    b.must(
      host.addRule(host.netns, 'nat', 'POSTROUTING', {
        matches: [
          { type: 'source', cidr: '10.244.0.0/16' },
          { type: 'destination', cidr: '10.244.0.0/16', not: true },
        ],
        target: { type: 'MASQUERADE' },
      }),
    );
  const server = b.pod(0, '10.244.0.2');
  const client = b.pod(1, '10.244.1.2');
  informers.set('namespaces', { metadata: { name: 'default' } }, { metadata: { name: 'other' } });
  const web = serviceOf('web', { clusterIP: '10.96.0.20', ports: [{ name: 'http', port: 80 }] }, [
    { ip: '10.244.1.5' },
  ]);
  const db = serviceOf(
    'db',
    { clusterIP: 'None', ports: [{ name: 'sql', port: 5432 }] },
    [{ ip: '10.244.1.6', hostname: 'db-0' }, { ip: '10.244.1.7' }, { ip: '10.244.1.8', ready: false }],
    5432,
  );
  const names = [
    serviceOf('ext', { type: 'ExternalName', externalName: 'registry.k8s.io' }, [])[0],
    serviceOf('gone', { type: 'ExternalName', externalName: 'example.com' }, [])[0],
  ];
  informers.set('services', web[0], db[0], ...names);
  informers.set('endpointslices.discovery.k8s.io', web[1], db[1]);
  b.network.addInternetSite('registry.k8s.io', {
    target: 'registry',
    service: { open: () => undefined, body: () => undefined, finish: () => undefined, abort: () => undefined },
  });
  b.must(dns.start({ host: 'node-0', pid: 9, netns: server, upstreams: ['192.168.56.1'] }));
  let id = 0;
  const { sockets } = b.network;
  const socket = b.must(sockets.udp(client, { pid: 3, host: 'node-1' }));
  return {
    ...b,
    dns,
    ask(name, type = 'A') {
      id += 2;
      sockets.sendTo(socket, { ip: '10.244.0.2', port: 53 }, encodeDns(dnsQuery(id, name, type)));
      b.run(10_000_000);
      const answer = sockets.receiveFrom(socket);
      return answer !== undefined && 'bytes' in answer ? decodeDns(answer.bytes) : undefined;
    },
  };
}

function describe(record: DnsRecord): string {
  switch (record.type) {
    case 'A':
      return `${record.name} A ${record.ip}`;
    case 'SRV':
      return `${record.name} SRV ${String(record.priority)} ${String(record.weight)} ${String(record.port)} ${record.target}`;
    case 'TXT':
      return `${record.name} TXT ${record.texts.join(' ')}`;
    default:
      return 'target' in record ? `${record.name} ${record.type} ${record.target}` : `${record.name} ${record.type}`;
  }
}

test.for([
  {
    asked: 'web.default.svc.cluster.local',
    type: 'A',
    code: 'NOERROR',
    answers: ['web.default.svc.cluster.local. A 10.96.0.20'],
  },
  { asked: 'web.default.svc.cluster.local', type: 'AAAA', code: 'NOERROR', answers: [] },
  {
    asked: '_http._tcp.web.default.svc.cluster.local',
    type: 'SRV',
    code: 'NOERROR',
    answers: ['_http._tcp.web.default.svc.cluster.local. SRV 0 100 80 web.default.svc.cluster.local.'],
  },
  {
    asked: 'db.default.svc.cluster.local',
    type: 'A',
    code: 'NOERROR',
    answers: ['db.default.svc.cluster.local. A 10.244.1.6', 'db.default.svc.cluster.local. A 10.244.1.7'],
  },
  {
    asked: 'db-0.db.default.svc.cluster.local',
    type: 'A',
    code: 'NOERROR',
    answers: ['db-0.db.default.svc.cluster.local. A 10.244.1.6'],
  },
  {
    asked: '10-244-1-7.db.default.svc.cluster.local',
    type: 'A',
    code: 'NOERROR',
    answers: ['10-244-1-7.db.default.svc.cluster.local. A 10.244.1.7'],
  },
  {
    asked: '10-244-1-5.default.pod.cluster.local',
    type: 'A',
    code: 'NOERROR',
    answers: ['10-244-1-5.default.pod.cluster.local. A 10.244.1.5'],
  },
  {
    asked: '20.0.96.10.in-addr.arpa',
    type: 'PTR',
    code: 'NOERROR',
    answers: ['20.0.96.10.in-addr.arpa. PTR web.default.svc.cluster.local.'],
  },
  {
    asked: '6.1.244.10.in-addr.arpa',
    type: 'PTR',
    code: 'NOERROR',
    answers: ['6.1.244.10.in-addr.arpa. PTR db-0.db.default.svc.cluster.local.'],
  },
  {
    asked: 'ext.default.svc.cluster.local',
    type: 'A',
    code: 'NOERROR',
    answers: ['ext.default.svc.cluster.local. CNAME registry.k8s.io.', 'registry.k8s.io. A 198.51.100.10'],
  },
  {
    asked: 'gone.default.svc.cluster.local',
    type: 'A',
    code: 'NOERROR',
    answers: ['gone.default.svc.cluster.local. CNAME example.com.'],
  },
  { asked: 'nosuch.default.svc.cluster.local', type: 'A', code: 'NXDOMAIN', answers: [] },
  { asked: 'web.nosuch.svc.cluster.local', type: 'A', code: 'NXDOMAIN', answers: [] },
  { asked: 'web.other.svc.cluster.local', type: 'A', code: 'NXDOMAIN', answers: [] },
  { asked: 'registry.k8s.io', type: 'A', code: 'NOERROR', answers: ['registry.k8s.io. A 198.51.100.10'] },
  { asked: 'example.com', type: 'A', code: 'NXDOMAIN', answers: [] },
  {
    asked: 'dns-version.cluster.local',
    type: 'TXT',
    code: 'NOERROR',
    answers: ['dns-version.cluster.local. TXT 1.1.0'],
  },
] as const)('$asked $type is $code', ({ asked, type, code, answers }) => {
  const b = cluster();
  const answer = b.ask(asked, type);
  expect({ code: answer?.code, answers: answer?.answers.map(describe).sort() }).toEqual({
    code,
    answers: [...answers].sort(),
  });
});

test('an unreachable upstream is SERVFAIL, a dead server is silence', () => {
  const b = cluster();
  b.hosts[0]?.addRule(b.hosts[0].netns, 'filter', 'FORWARD', {
    matches: [{ type: 'destination', cidr: '192.168.56.1/32' }],
    target: { type: 'DROP' },
  });
  expect(b.ask('example.com')?.code).toBe('SERVFAIL');
  b.dns.stop('node-0', 9);
  expect(b.ask('web.default.svc.cluster.local')).toBeUndefined();
});

test('the message codec keeps every record', () => {
  const answers: DnsRecord[] = [
    { name: 'a.example.', ttl: 5, type: 'A', ip: '10.0.0.1' },
    { name: 'a.example.', ttl: 5, type: 'AAAA', ip: 'fd00::1' },
    { name: 'a.example.', ttl: 5, type: 'CNAME', target: 'b.example.' },
    { name: 'a.example.', ttl: 5, type: 'SRV', priority: 1, weight: 2, port: 3, target: 'c.a.example.' },
    { name: 'a.example.', ttl: 5, type: 'TXT', texts: ['one', 'two'] },
    {
      name: 'example.',
      ttl: 5,
      type: 'SOA',
      primary: 'ns.example.',
      mailbox: 'host.example.',
      serial: 1_772_409_600,
      refresh: 1,
      retry: 2,
      expire: 3,
      minimum: 4,
    },
  ];
  const message: DnsMessage = { ...dnsQuery(7, 'a.example', 'A'), response: true, answers };
  expect(decodeDns(encodeDns(message))).toEqual(message);
  expect(decodeDns(encodeDns(message).subarray(0, 30))).toBeUndefined();
});
