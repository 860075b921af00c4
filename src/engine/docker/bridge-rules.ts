/** The netfilter rules that dockerd 28.2 writes (libnetwork drivers/bridge, iptables). */
import type { Match, Rule, TableName, Target } from '../../formats/iptables/rule.ts';
import type { HostNetwork } from '../machine/net/interface.ts';

const jump = (chain: string): Target => ({ type: 'jump', chain });
const rule = (target: Target, ...matches: readonly Match[]): Rule => ({ matches, target });
const inside = (name: string, not = false): Match =>
  not ? { type: 'in-interface', name, not: true } : { type: 'in-interface', name };
const outside = (name: string, not = false): Match =>
  not ? { type: 'out-interface', name, not: true } : { type: 'out-interface', name };
const ACCEPT: Target = { type: 'ACCEPT' };
const DROP: Target = { type: 'DROP' };
const LOCAL: Match = { type: 'addrtype', side: 'destination', addressType: 'LOCAL' };

/** Chains and the rules that lead to them; again at every start of the daemon. */
export function installChains(net: HostNetwork): void {
  const { netns } = net;
  for (const chain of [
    'DOCKER',
    'DOCKER-BRIDGE',
    'DOCKER-CT',
    'DOCKER-FORWARD',
    'DOCKER-ISOLATION-STAGE-1',
    'DOCKER-ISOLATION-STAGE-2',
    'DOCKER-USER',
  ])
    net.ensureChain(netns, 'filter', chain);
  net.ensureChain(netns, 'nat', 'DOCKER');
  net.ensureRule(netns, 'nat', 'PREROUTING', rule(jump('DOCKER'), LOCAL));
  net.ensureRule(
    netns,
    'nat',
    'OUTPUT',
    rule(jump('DOCKER'), { type: 'destination', cidr: '127.0.0.0/8', not: true }, LOCAL),
  );
  net.ensureRule(netns, 'filter', 'DOCKER-USER', rule({ type: 'RETURN' }));
  net.ensureRule(netns, 'filter', 'DOCKER-FORWARD', rule(jump('DOCKER-CT')));
  net.ensureRule(netns, 'filter', 'DOCKER-FORWARD', rule(jump('DOCKER-ISOLATION-STAGE-1')));
  net.ensureRule(netns, 'filter', 'DOCKER-FORWARD', rule(jump('DOCKER-BRIDGE')));
  net.ensureRule(netns, 'filter', 'FORWARD', rule(jump('DOCKER-FORWARD')), 'first');
  net.ensureRule(netns, 'filter', 'FORWARD', rule(jump('DOCKER-USER')), 'first');
  // Only a daemon that turned forwarding on itself closes the FORWARD chain.
  if (net.sysctl(netns, 'net.ipv4.ip_forward') !== '0') return;
  net.setSysctl(netns, 'net.ipv4.ip_forward', '1');
  net.setPolicy(netns, 'filter', 'FORWARD', 'DROP');
}

type Placed = readonly [table: TableName, chain: string, rule: Rule, where?: 'first'];

function bridgeRules(bridge: string, subnet: string, internal: boolean): readonly Placed[] {
  const isolation: readonly Placed[] = [
    [
      'filter',
      'DOCKER-ISOLATION-STAGE-1',
      rule(jump('DOCKER-ISOLATION-STAGE-2'), inside(bridge), outside(bridge, true)),
      'first',
    ],
    ['filter', 'DOCKER-ISOLATION-STAGE-2', rule(DROP, outside(bridge)), 'first'],
  ];
  if (internal) {
    return [
      [
        'filter',
        'DOCKER-ISOLATION-STAGE-1',
        rule(DROP, { type: 'source', cidr: subnet, not: true }, outside(bridge)),
        'first',
      ],
      [
        'filter',
        'DOCKER-ISOLATION-STAGE-1',
        rule(DROP, { type: 'destination', cidr: subnet, not: true }, inside(bridge)),
        'first',
      ],
      ['filter', 'DOCKER-FORWARD', rule(ACCEPT, inside(bridge), outside(bridge))],
    ];
  }
  return [
    [
      'nat',
      'POSTROUTING',
      rule({ type: 'MASQUERADE' }, { type: 'source', cidr: subnet }, outside(bridge, true)),
      'first',
    ],
    [
      'filter',
      'DOCKER-CT',
      rule(ACCEPT, outside(bridge), { type: 'conntrack', module: 'conntrack', states: ['RELATED', 'ESTABLISHED'] }),
    ],
    ['filter', 'DOCKER-BRIDGE', rule(jump('DOCKER'), outside(bridge))],
    ['filter', 'DOCKER', rule(DROP, inside(bridge, true), outside(bridge))],
    ['filter', 'DOCKER-FORWARD', rule(ACCEPT, inside(bridge))],
    ...isolation,
  ];
}

export function addBridgeRules(net: HostNetwork, bridge: string, subnet: string, internal: boolean): void {
  for (const [table, chain, each, where] of bridgeRules(bridge, subnet, internal))
    net.ensureRule(net.netns, table, chain, each, where);
}
export function removeBridgeRules(net: HostNetwork, bridge: string, subnet: string, internal: boolean): void {
  for (const [table, chain, each] of bridgeRules(bridge, subnet, internal))
    net.deleteRule(net.netns, table, chain, each);
}

function portRules(
  bridge: string,
  ip: string,
  mapping: {
    readonly protocol: 'tcp' | 'udp';
    readonly port: number;
    readonly hostIp: string;
    readonly hostPort: number;
  },
): readonly Placed[] {
  const { protocol, port, hostIp, hostPort } = mapping;
  const destination = (number: number): Match => ({
    type: 'destination-port',
    module: protocol,
    ports: [number, number],
  });
  const onlyOn: readonly Match[] =
    hostIp === '0.0.0.0' || hostIp === '' ? [] : [{ type: 'destination', cidr: `${hostIp}/32` }];
  return [
    [
      'nat',
      'DOCKER',
      rule(
        { type: 'DNAT', ip, port },
        ...onlyOn,
        inside(bridge, true),
        { type: 'protocol', protocol },
        destination(hostPort),
      ),
    ],
    [
      'filter',
      'DOCKER',
      rule(
        ACCEPT,
        { type: 'destination', cidr: `${ip}/32` },
        inside(bridge, true),
        outside(bridge),
        { type: 'protocol', protocol },
        destination(port),
      ),
      'first',
    ],
  ];
}

type Mapping = Parameters<typeof portRules>[2];
export function addPortRules(net: HostNetwork, bridge: string, ip: string, mapping: Mapping): void {
  for (const [table, chain, each, where] of portRules(bridge, ip, mapping))
    net.ensureRule(net.netns, table, chain, each, where);
}
export function removePortRules(net: HostNetwork, bridge: string, ip: string, mapping: Mapping): void {
  for (const [table, chain, each] of portRules(bridge, ip, mapping)) net.deleteRule(net.netns, table, chain, each);
}

/** Others may not reach a container's address from outside its bridge (28.0 on). */
const directAccess = (bridge: string, ip: string): Rule =>
  rule(DROP, { type: 'destination', cidr: `${ip}/32` }, inside(bridge, true));
export const addDirectAccessRule = (net: HostNetwork, bridge: string, ip: string): void => {
  net.ensureRule(net.netns, 'raw', 'PREROUTING', directAccess(bridge, ip));
};
export const removeDirectAccessRule = (net: HostNetwork, bridge: string, ip: string): void => {
  net.deleteRule(net.netns, 'raw', 'PREROUTING', directAccess(bridge, ip));
};
