/**
 * The rules of kube-proxy's iptables mode (kubernetes pkg/proxy/iptables/proxier.go): what one Service port needs, and the
 * chains that all share. Rules are immutable and shared by every node.
 */
import type { Match, Rule, Target } from '../../../formats/iptables/rule.ts';
import { endpointChain, externalChain, localChain, serviceChain } from './chain-names.ts';
import type { ProxyEndpoint, ProxyPort } from './service-port.ts';

export interface PortRules {
  readonly port: ProxyPort;
  /** Rules in KUBE-SERVICES (nat), KUBE-NODEPORTS (nat), KUBE-SERVICES (filter) and KUBE-EXTERNAL-SERVICES (filter). */
  readonly services: readonly Rule[];
  readonly nodePorts: readonly Rule[];
  readonly rejected: readonly Rule[];
  readonly rejectedExternal: readonly Rule[];
  /** The port's own chains. */
  readonly chains: { readonly [chain: string]: readonly Rule[] };
  /** The chain with local endpoints differs per node; undefined where no policy is Local. */
  readonly local?: { readonly chain: string };
}

const MASQUERADE_MARK = 0x4000;
const jump = (chain: string): Target => ({ type: 'jump', chain });
const comment = (text: string): Match => ({ type: 'comment', text });
const rule = (matches: readonly Match[], target: Target): Rule => ({ matches, target });

/** What one port adds. */
export function portRules(port: ProxyPort, clusterCidr: string): PortRules {
  const { name, protocol, endpoints } = port;
  const to = (ip: string): readonly Match[] => [
    { type: 'destination', cidr: `${ip}/32` },
    { type: 'protocol', protocol },
  ];
  const at = (number: number): Match => ({ type: 'destination-port', module: protocol, ports: [number, number] });
  const local: readonly Match[] = [{ type: 'protocol', protocol }];
  const externals = [
    ...port.externalIps.map((ip) => [ip, 'external IP'] as const),
    ...port.loadBalancerIps.map((ip) => [ip, 'loadbalancer IP'] as const),
  ];
  if (endpoints.length === 0) {
    const none = comment(`${name} has no endpoints`);
    const reject: Target = { type: 'REJECT', with: 'icmp-port-unreachable' };
    return {
      port,
      services: [],
      nodePorts: [],
      chains: {},
      rejected: [rule([...to(port.clusterIp), none, at(port.port)], reject)],
      rejectedExternal: [
        ...externals.map(([ip]) => rule([...to(ip), none, at(port.port)], reject)),
        ...(port.nodePort === undefined
          ? []
          : [
              rule(
                [...local, none, { type: 'addrtype', side: 'destination', addressType: 'LOCAL' }, at(port.nodePort)],
                reject,
              ),
            ]),
      ],
    };
  }
  const chain = serviceChain(name, protocol);
  const localName = localChain(name, protocol);
  const external = externalChain(name, protocol);
  const internal = port.internalLocal ? localName : chain;
  const chains: { [chain: string]: readonly Rule[] } = {};
  const cluster = comment(`${name} cluster IP`);
  const marked = rule(
    [{ type: 'source', cidr: clusterCidr, not: true }, ...to(port.clusterIp), cluster, at(port.port)],
    jump('KUBE-MARK-MASQ'),
  );
  chains[chain] = [...(port.internalLocal ? [] : [marked]), ...balance(port, endpoints)];
  for (const endpoint of endpoints)
    chains[endpointChain(name, protocol, address(endpoint))] = endpointRules(port, endpoint);
  const exposed = port.nodePort !== undefined || externals.length > 0;
  if (exposed) chains[external] = externalRules(port, chain, localName, clusterCidr);
  return {
    port,
    services: [
      rule([...to(port.clusterIp), cluster, at(port.port)], jump(internal)),
      ...externals.map(([ip, what]) => rule([...to(ip), comment(`${name} ${what}`), at(port.port)], jump(external))),
    ],
    nodePorts: port.nodePort === undefined ? [] : [rule([...local, comment(name), at(port.nodePort)], jump(external))],
    rejected: [],
    rejectedExternal: [],
    chains,
    ...(port.internalLocal || (exposed && port.externalLocal) ? { local: { chain: localName } } : {}),
  };
}

const address = ({ ip, port }: ProxyEndpoint): string => `${ip}:${String(port)}`;

/** What only this node has under a Local policy: the chain of its own endpoints, or drops where it has none. */
export function localRules(
  port: ProxyPort,
  node: string,
): { readonly chain: readonly Rule[]; readonly dropped: readonly Rule[]; readonly droppedExternal: readonly Rule[] } {
  const own = port.endpoints.filter((endpoint) => endpoint.node === node);
  if (own.length > 0) return { chain: balance(port, own), dropped: [], droppedExternal: [] };
  const { protocol } = port;
  const none = comment(`${port.name} has no local endpoints`);
  const drop = (matches: readonly Match[], number: number): Rule =>
    rule([...matches, none, { type: 'destination-port', module: protocol, ports: [number, number] }], { type: 'DROP' });
  const to = (ip: string): readonly Match[] => [
    { type: 'destination', cidr: `${ip}/32` },
    { type: 'protocol', protocol },
  ];
  const externals = port.externalLocal
    ? [...port.externalIps, ...port.loadBalancerIps].map((ip) => drop(to(ip), port.port))
    : [];
  const nodePort =
    port.externalLocal && port.nodePort !== undefined
      ? [
          drop(
            [
              { type: 'protocol', protocol },
              { type: 'addrtype', side: 'destination', addressType: 'LOCAL' },
            ],
            port.nodePort,
          ),
        ]
      : [];
  return {
    chain: [],
    dropped: port.internalLocal ? [drop(to(port.clusterIp), port.port)] : [],
    droppedExternal: [...externals, ...nodePort],
  };
}

/** Equal chances: each rule takes its share of what is left. */
function balance(port: ProxyPort, endpoints: readonly ProxyEndpoint[]): readonly Rule[] {
  const { name, protocol, affinitySeconds } = port;
  const sticky =
    affinitySeconds === undefined
      ? []
      : endpoints.map((endpoint) => {
          const chain = endpointChain(name, protocol, address(endpoint));
          return rule(
            [
              comment(`${name} -> ${address(endpoint)}`),
              { type: 'recent', op: 'rcheck', name: chain, seconds: affinitySeconds, reap: true },
            ],
            jump(chain),
          );
        });
  const spread = endpoints.map((endpoint, i) => {
    const left = endpoints.length - i;
    const text = comment(`${name} -> ${address(endpoint)}`);
    const share: readonly Match[] = left === 1 ? [] : [{ type: 'statistic', mode: 'random', probability: 1 / left }];
    return rule([text, ...share], jump(endpointChain(name, protocol, address(endpoint))));
  });
  return [...sticky, ...spread];
}

function endpointRules(port: ProxyPort, endpoint: ProxyEndpoint): readonly Rule[] {
  const { name, protocol, affinitySeconds } = port;
  const remember: readonly Match[] =
    affinitySeconds === undefined
      ? []
      : [{ type: 'recent', op: 'set', name: endpointChain(name, protocol, address(endpoint)) }];
  return [
    // A pod that reaches itself through its Service must see the node as the sender.
    rule([{ type: 'source', cidr: `${endpoint.ip}/32` }, comment(name)], jump('KUBE-MARK-MASQ')),
    rule([{ type: 'protocol', protocol }, comment(name), ...remember, { type: 'module', module: protocol }], {
      type: 'DNAT',
      ip: endpoint.ip,
      port: endpoint.port,
    }),
  ];
}

function externalRules(port: ProxyPort, chain: string, localName: string, clusterCidr: string): readonly Rule[] {
  const { name } = port;
  if (!port.externalLocal)
    return [
      rule([comment(`masquerade traffic for ${name} external destinations`)], jump('KUBE-MARK-MASQ')),
      rule([], jump(chain)),
    ];
  const fromHere: Match = { type: 'addrtype', side: 'source', addressType: 'LOCAL' };
  return [
    rule(
      [{ type: 'source', cidr: clusterCidr }, comment(`pod traffic for ${name} external destinations`)],
      jump(chain),
    ),
    rule([comment(`masquerade LOCAL traffic for ${name} external destinations`), fromHere], jump('KUBE-MARK-MASQ')),
    rule([comment(`route LOCAL traffic for ${name} external destinations`), fromHere], jump(chain)),
    rule([], jump(localName)),
  ];
}

/** Chains without a Service in them, by table. */
export const FIXED_CHAINS: {
  readonly filter: { readonly [chain: string]: readonly Rule[] };
  readonly nat: { readonly [chain: string]: readonly Rule[] };
} = {
  filter: {
    'KUBE-PROXY-FIREWALL': [],
    'KUBE-NODEPORTS': [],
    'KUBE-FIREWALL': [
      rule(
        [
          { type: 'source', cidr: '127.0.0.0/8', not: true },
          { type: 'destination', cidr: '127.0.0.0/8' },
          comment('block incoming localnet connections'),
          { type: 'conntrack', module: 'conntrack', states: ['RELATED', 'ESTABLISHED', 'DNAT'], not: true },
        ],
        { type: 'DROP' },
      ),
    ],
    'KUBE-FORWARD': [
      rule([{ type: 'conntrack', module: 'conntrack', states: ['INVALID'] }], { type: 'DROP' }),
      rule([comment('kubernetes forwarding rules'), { type: 'mark', value: MASQUERADE_MARK, mask: MASQUERADE_MARK }], {
        type: 'ACCEPT',
      }),
      rule(
        [
          comment('kubernetes forwarding conntrack rule'),
          { type: 'conntrack', module: 'conntrack', states: ['RELATED', 'ESTABLISHED'] },
        ],
        { type: 'ACCEPT' },
      ),
    ],
  },
  nat: {
    'KUBE-MARK-MASQ': [rule([], { type: 'MARK', value: MASQUERADE_MARK, mask: MASQUERADE_MARK })],
    'KUBE-POSTROUTING': [
      rule([{ type: 'mark', value: MASQUERADE_MARK, mask: MASQUERADE_MARK, not: true }], { type: 'RETURN' }),
      rule([], { type: 'MARK', value: MASQUERADE_MARK, mask: 0 }),
      rule([comment('kubernetes service traffic requiring SNAT')], { type: 'MASQUERADE', randomFully: true }),
    ],
  },
};

/** The last rule of KUBE-SERVICES in nat. */
export const NODE_PORTS_RULE = rule(
  [
    comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain'),
    { type: 'addrtype', side: 'destination', addressType: 'LOCAL' },
  ],
  jump('KUBE-NODEPORTS'),
);

const fresh: Match = { type: 'conntrack', module: 'conntrack', states: ['NEW'] };
/** Jumps from the built-in chains; each is put in front, so the list's last comes first. */
export const JUMPS: readonly { readonly table: 'filter' | 'nat'; readonly chain: string; readonly rule: Rule }[] = [
  {
    table: 'filter',
    chain: 'INPUT',
    rule: rule([fresh, comment('kubernetes externally-visible service portals')], jump('KUBE-EXTERNAL-SERVICES')),
  },
  {
    table: 'filter',
    chain: 'FORWARD',
    rule: rule([fresh, comment('kubernetes externally-visible service portals')], jump('KUBE-EXTERNAL-SERVICES')),
  },
  {
    table: 'filter',
    chain: 'INPUT',
    rule: rule([comment('kubernetes health check service ports')], jump('KUBE-NODEPORTS')),
  },
  {
    table: 'filter',
    chain: 'FORWARD',
    rule: rule([fresh, comment('kubernetes service portals')], jump('KUBE-SERVICES')),
  },
  {
    table: 'filter',
    chain: 'OUTPUT',
    rule: rule([fresh, comment('kubernetes service portals')], jump('KUBE-SERVICES')),
  },
  { table: 'filter', chain: 'FORWARD', rule: rule([comment('kubernetes forwarding rules')], jump('KUBE-FORWARD')) },
  {
    table: 'filter',
    chain: 'INPUT',
    rule: rule([fresh, comment('kubernetes load balancer firewall')], jump('KUBE-PROXY-FIREWALL')),
  },
  {
    table: 'filter',
    chain: 'OUTPUT',
    rule: rule([fresh, comment('kubernetes load balancer firewall')], jump('KUBE-PROXY-FIREWALL')),
  },
  {
    table: 'filter',
    chain: 'FORWARD',
    rule: rule([fresh, comment('kubernetes load balancer firewall')], jump('KUBE-PROXY-FIREWALL')),
  },
  { table: 'filter', chain: 'INPUT', rule: rule([], jump('KUBE-FIREWALL')) },
  { table: 'filter', chain: 'OUTPUT', rule: rule([], jump('KUBE-FIREWALL')) },
  { table: 'nat', chain: 'OUTPUT', rule: rule([comment('kubernetes service portals')], jump('KUBE-SERVICES')) },
  { table: 'nat', chain: 'PREROUTING', rule: rule([comment('kubernetes service portals')], jump('KUBE-SERVICES')) },
  {
    table: 'nat',
    chain: 'POSTROUTING',
    rule: rule([comment('kubernetes postrouting rules')], jump('KUBE-POSTROUTING')),
  },
];
