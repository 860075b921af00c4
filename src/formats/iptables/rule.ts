/**
 * Netfilter rules as data, in the vocabulary of iptables(8): what a program parses its arguments to, the kernel keeps and
 * evaluates, and iptables-save prints. Matches keep the order in which they were given.
 */

export type TableName = 'raw' | 'mangle' | 'nat' | 'filter';
/** In the order in which iptables-save of the legacy and nft variants walks them. */
export const TABLES: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter'];

export type HookName = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

/** Built-in chains per table. */
export const BUILT_IN_CHAINS: { readonly [table in TableName]: readonly HookName[] } = {
  raw: ['PREROUTING', 'OUTPUT'],
  mangle: ['PREROUTING', 'INPUT', 'FORWARD', 'OUTPUT', 'POSTROUTING'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

export type ConntrackState = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED' | 'DNAT' | 'SNAT';
export type AddressType = 'LOCAL' | 'UNICAST' | 'BROADCAST' | 'MULTICAST';
export type PortRange = readonly [from: number, to: number];

export type Match =
  | { readonly type: 'source' | 'destination'; readonly cidr: string; readonly not?: true }
  /** A trailing + stands for any suffix. */
  | { readonly type: 'in-interface' | 'out-interface'; readonly name: string; readonly not?: true }
  /** `header`: asked of the header of IPv4 itself (`ip protocol` of nft). */
  | { readonly type: 'protocol'; readonly protocol: string; readonly header?: true; readonly not?: true }
  /** `module` is the -m name under which it is printed: tcp or udp. */
  | {
      readonly type: 'source-port' | 'destination-port';
      readonly module: 'tcp' | 'udp';
      readonly ports: PortRange;
      readonly not?: true;
    }
  /** -m tcp or -m udp without a question. */
  | { readonly type: 'module'; readonly module: 'tcp' | 'udp' }
  | {
      readonly type: 'multiport';
      readonly side: 'source' | 'destination' | 'either';
      readonly ports: readonly PortRange[];
      /** Made by nft, whose sets of ports need no other question about the protocol. */
      readonly tellsProtocol?: true;
      readonly not?: true;
    }
  | {
      readonly type: 'tcp-flags';
      readonly mask: readonly string[];
      readonly set: readonly string[];
      readonly not?: true;
    }
  | { readonly type: 'icmp-type'; readonly icmpType: number; readonly not?: true }
  | {
      readonly type: 'addrtype';
      readonly side: 'source' | 'destination';
      readonly addressType: AddressType;
      readonly not?: true;
    }
  | { readonly type: 'comment'; readonly text: string }
  /** `module` is how it was given: -m conntrack --ctstate or -m state --state. */
  | {
      readonly type: 'conntrack';
      readonly module: 'conntrack' | 'state';
      readonly states: readonly ConntrackState[];
      readonly not?: true;
    }
  | { readonly type: 'statistic'; readonly mode: 'random'; readonly probability: number }
  | { readonly type: 'statistic'; readonly mode: 'nth'; readonly every: number; readonly packet: number }
  | { readonly type: 'mark'; readonly value: number; readonly mask: number; readonly not?: true }
  | { readonly type: 'physdev'; readonly in?: string; readonly out?: string; readonly bridged?: true }
  | {
      readonly type: 'recent';
      readonly op: 'set' | 'rcheck';
      readonly name: string;
      readonly seconds?: number;
      readonly reap?: true;
    };

export type RejectType =
  'icmp-port-unreachable' | 'icmp-host-unreachable' | 'icmp-net-unreachable' | 'icmp-admin-prohibited' | 'tcp-reset';

export type Target =
  | { readonly type: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly type: 'REJECT'; readonly with: RejectType }
  | { readonly type: 'jump' | 'goto'; readonly chain: string }
  | { readonly type: 'DNAT'; readonly ip?: string; readonly port?: number }
  | { readonly type: 'SNAT'; readonly ip: string; readonly port?: number }
  | { readonly type: 'MASQUERADE'; readonly randomFully?: true }
  | { readonly type: 'REDIRECT'; readonly port: number }
  /** mark = (mark & ~mask) ^ value; printed as --set-xmark. */
  | { readonly type: 'MARK'; readonly value: number; readonly mask: number }
  /** `level` where it is not 4, warning. */
  | { readonly type: 'LOG'; readonly prefix?: string; readonly level?: number };

export interface Rule {
  readonly matches: readonly Match[];
  /** Without one a rule only counts. */
  readonly target?: Target;
  /** It has no counter, as nft makes rules that are not told to count. */
  readonly uncounted?: true;
}

export interface RuleCounters {
  readonly packets: number;
  readonly bytes: number;
}

/** What the kernel answers for a chain. */
export interface ChainListing {
  readonly name: string;
  /** `-` for a chain that a user made. */
  readonly policy: 'ACCEPT' | 'DROP' | '-';
  readonly counters: RuleCounters;
  readonly rules: readonly (Rule & { readonly counters: RuleCounters })[];
}
