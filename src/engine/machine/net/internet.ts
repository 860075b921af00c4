/**
 * What lies outside the hosts: the gateway (the machine the lab runs on, 192.168.56.1) with its resolver, and an internet whose only
 * inhabitants are the simulated sites. Everything else is unreachable, every other name NXDOMAIN.
 */
import { answerDns, decodeDns, encodeDns, type DnsRecord } from '../../../formats/dns.ts';
import { dnsMessagesOf, dnsSegment } from '../../../formats/dns-stream.ts';
import { addressOfReverseName, formatIpv4, parseCidr, parseIpv4 } from '../../../formats/ip.ts';
import { failed } from '../../../protocol/errno.ts';
import type { Plain } from '../../../protocol/plain.ts';
import { GATEWAY, GATEWAY_IP, type Lab } from './lab.ts';
import type { LabSockets } from './sockets/lab-sockets.ts';

const INTERNET = 'internet';
/** Documentation addresses (RFC 5737): no real site has one. */
const SITES = parseCidr('198.51.100.0/24');
const WAN = parseCidr('203.0.113.0/30');
/** The longest datagram that the resolver takes, which it tells who asks with EDNS; it knows no cookies and other options. */
const UDP_SIZE = 1232;
const NAMES_TARGET = 'network/resolver';

/** Makes the gateway and the internet behind it. */
export function layOutside(lab: Lab): void {
  const gatewayHost = lab.addHost({ name: GATEWAY, ip: GATEWAY_IP, prefixLength: 16 });
  const internetHost = lab.addHost({ name: INTERNET, ip: '198.51.100.1' });
  internetHost.cable = false;
  const gateway = lab.namespace(gatewayHost.netns);
  const internet = lab.namespace(internetHost.netns);
  if (gateway === undefined || internet === undefined || WAN === undefined || SITES === undefined)
    throw new Error('the outside has no namespaces');
  const wan = lab.addLink(gateway, 'wan0', 'ethernet', lab.newMac(), 1500);
  const far = lab.addLink(internet, 'wan0', 'ethernet', lab.newMac(), 1500);
  wan.peer = far.id;
  far.peer = wan.id;
  wan.up = true;
  far.up = true;
  wan.addresses = [{ ip: WAN.network + 1, prefixLength: 30 }];
  far.addresses = [{ ip: WAN.network + 2, prefixLength: 30 }];
  const connected = { type: 'unicast', metric: 0, scope: 'link', protocol: 'kernel' } as const;
  gateway.addRoute({ ...connected, destination: WAN, link: wan.id });
  gateway.addRoute({
    ...connected,
    destination: SITES,
    link: wan.id,
    via: WAN.network + 2,
    scope: 'global',
    protocol: 'static',
  });
  internet.removeRoutes((route) => route.destination.prefixLength === 0);
  internet.addRoute({ ...connected, destination: WAN, link: far.id });
  gateway.setSysctl('net.ipv4.ip_forward', '1');
  gateway.rules.add('nat', 'POSTROUTING', {
    matches: [{ type: 'out-interface', name: 'wan0' }],
    target: { type: 'MASQUERADE' },
  });
  gateway.changed();
}

/** Gives a site an address, its name, and listeners for http and https. */
export function addInternetSite(
  lab: Lab,
  sockets: LabSockets,
  names: OutsideNames,
  name: string,
  target: string,
): void {
  const internet = lab.namespace(lab.hosts.get(INTERNET)?.netns ?? 0);
  const link = internet?.linkByName('wan0');
  if (internet === undefined || link === undefined || SITES === undefined || names.lookup(name) !== undefined) return;
  const ip = SITES.network + 10 + names.size;
  names.add(name, ip);
  link.addresses = [...link.addresses, { ip, prefixLength: 32 }];
  internet.changed();
  const owner = { component: target, host: INTERNET } as const;
  sockets.listen(internet.id, { family: 'inet', ip: formatIpv4(ip), port: 80 }, owner);
  sockets.listen(internet.id, { family: 'inet', ip: formatIpv4(ip), port: 443 }, owner, {
    tls: { chain: '', names: [name], public: true },
  });
}

/** The gateway's resolver. */
export class OutsideNames {
  readonly #names = new Map<string, number>();

  constructor(
    private readonly lab: Lab,
    sockets: LabSockets,
  ) {
    sockets.attach(NAMES_TARGET, {
      accepted: () => undefined,
      segment: (socket, segment) => {
        const messages = dnsMessagesOf(segment);
        if (messages === undefined) sockets.close(socket);
        for (const bytes of messages ?? []) {
          const answer = this.#answer(bytes);
          if (answer !== undefined) sockets.send(socket, dnsSegment(answer));
        }
      },
      closed: (socket) => {
        sockets.close(socket);
      },
      datagram: (socket, { from, bytes }) => {
        const answer = this.#answer(bytes);
        if (answer !== undefined) sockets.sendTo(socket, from, answer);
      },
    });
    const netns = lab.hosts.get(GATEWAY)?.netns ?? 0;
    const owner = { component: NAMES_TARGET, host: GATEWAY };
    const socket = sockets.udp(netns, owner, 53);
    const listener = sockets.listen(netns, { family: 'inet', ip: '0.0.0.0', port: 53 }, owner);
    if (failed(socket) || failed(listener)) throw new Error('the resolver has no port');
  }

  get size(): number {
    return this.#names.size;
  }

  add(name: string, ip: number): void {
    this.#names.set(name, ip);
  }

  lookup(name: string): string | undefined {
    const ip = this.#names.get(name.replace(/\.$/, '').toLowerCase());
    return ip === undefined ? undefined : formatIpv4(ip);
  }

  #answer(bytes: Uint8Array): Uint8Array | undefined {
    const query = decodeDns(bytes);
    const question = query?.questions[0];
    if (query === undefined || question === undefined || query.response) return undefined;
    const name = question.name.toLowerCase();
    const ip = this.lookup(name) ?? this.#hostIp(name);
    const pointer = this.#pointer(name);
    const records: DnsRecord[] = [];
    if (ip !== undefined && (question.type === 'A' || question.type === 'ANY'))
      records.push({ name: question.name, type: 'A', ttl: 300, ip });
    if (pointer !== undefined && question.type === 'PTR')
      records.push({ name: question.name, type: 'PTR', ttl: 300, target: `${pointer}.` });
    const known = ip !== undefined || pointer !== undefined;
    return encodeDns(
      answerDns(query, {
        code: known ? 'NOERROR' : 'NXDOMAIN',
        answers: records,
        recursionAvailable: true,
        edns: query.edns && { ...query.edns, udpSize: UDP_SIZE, options: [] },
      }),
    );
  }

  #hostIp(name: string): string | undefined {
    const host = this.lab.hosts.get(name.replace(/\.$/, ''));
    return host === undefined || host.name === INTERNET ? undefined : formatIpv4(host.ip);
  }

  #pointer(name: string): string | undefined {
    const ip = parseIpv4(addressOfReverseName(name) ?? '');
    return ip === undefined ? undefined : this.lab.hostByIp.get(ip)?.name;
  }

  snapshot(): Plain {
    return [...this.#names].map(([name, ip]) => [name, ip]);
  }

  restore(state: Plain): void {
    this.#names.clear();
    for (const [name, ip] of state as unknown as [string, number][]) this.#names.set(name, ip);
  }
}
